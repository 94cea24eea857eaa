"""A staff member offers times to a scholar, free ones of their hours or any they name. Nothing is held by it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from domain.booking import ProposalStatus, SlotTaken
from domain.cells import CELL_MINUTES, CELL_SECONDS
from domain.delivery import NewDelivery, news
from domain.errors import DomainError, NotFound
from domain.intervals import Interval
from domain.kinds import SessionKind, UnknownKind, kind_of
from domain.people import Person, Role
from domain.slots import WAIVED_IF_NAMED, NotOffered, Refusal, StaffTime, is_offered, why_not
from domain.slots.left_out import left_out_at
from domain.times import epoch_seconds, instant_of, local_label, zone
from services.booking.commands import ProposeTimes
from services.desk import SupportDesk
from services.offers.availability import availability
from services.offers.facts import Offer
from services.offers.offer import offer_between
from services.session_news.deliveries import SessionMessage, ledger
from storage.confidential import proposal_queries
from storage.confidential.once import once
from storage.delivery import enqueue
from storage.once import recall, remember

TIMES_MAX = 5


class NotYours(DomainError):
    """I cannot offer times to this person. Please choose a scholar whom you may meet."""


class TimeNotFree(DomainError):
    """One of these times cannot be offered. Please choose another one."""


class TooManyTimes(DomainError):
    """Please offer at most five times at once."""


NOTHING_TO_PROPOSE = "Nothing of what you take is offered just now, so there is nothing to propose."


class NoTimes(DomainError):
    """Please choose at least one time, or one of your own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRefs:
    """By what each side knows the times: the scholar by `id`, the one who offered them by `staff_ref`."""

    id: str
    staff_ref: str


def kind_to_propose(desk: SupportDesk, staff: Person, kind: str | None) -> SessionKind:
    """The chosen kind among those this person can propose, or their first. Raises `UnknownKind` at field "kind"."""
    taken = kinds_to_propose(desk, staff)
    if not taken:
        raise UnknownKind(NOTHING_TO_PROPOSE, field="kind")
    return kind_of(kind, taken) if kind else taken[0]


def kinds_to_propose(desk: SupportDesk, staff: Person) -> tuple[SessionKind, ...]:
    """The kinds that scholars can book now and this person takes."""
    return tuple(kind for kind in desk.rules.of(staff).booked_by(Role.SCHOLAR) if staff.has(kind.taken_by))


def scholar_for(
    desk: SupportDesk, staff: Person, slack_user_id: str, team_id: str, *, kind: str | None = None
) -> Person:
    """The scholar behind an account, if this staff member may meet them. Raises `NotYours`, whatever the reason."""
    try:
        scholar = desk.people.who(slack_user_id, team_id)
    except DomainError:
        raise NotYours(field="scholar") from None
    if not scholar.has(Role.SCHOLAR) or supporter(desk, scholar, staff.id, kind_to_propose(desk, staff, kind)) is None:
        raise NotYours(field="scholar")
    return scholar


def offer_to(desk: SupportDesk, staff: Person, scholar: Person, *, kind: str | None = None) -> Offer:
    """Times free for both, in the staff member's zone."""
    chosen = kind_to_propose(desk, staff, kind)
    offer = offer_between(desk, viewer=staff, kind=chosen, staff=staff, scholar=scholar)
    return replace(offer, kinds=kinds_to_propose(desk, staff))


def propose_times(desk: SupportDesk, staff: Person, scholar: Person, command: ProposeTimes) -> ProposalRefs:
    """Store the offer and tell the scholar. A repeated delivery changes nothing.

    Raises `UnknownKind` at field "kind", at field "starts" `NoTimes`, or `SlotTaken` when one of the times is not free
    any more, and at field "own" `TimeNotFree`, which names the time, or `TooManyTimes`.
    """
    kind = kind_to_propose(desk, staff, command.kind)
    with desk.store.write() as connection:
        desk.store.lock(connection, scholar.id)
        earlier = recall(connection, once, command.request_key)
        return ProposalRefs(**earlier) if earlier else _propose(desk, connection, staff, scholar, kind, command)


def declined_times(desk: SupportDesk, staff: Person, staff_ref: str) -> tuple[Person, SessionKind]:
    """Whose answer to which kind of session a message told of, for the one who offered the times alone.

    Raises `NotFound`, also when the two may not meet any more.
    """
    with desk.store.read() as connection:
        proposed = proposal_queries.proposal_by(connection, staff_ref, staff.id)
    scholar = desk.people.person(proposed.scholar_id) if proposed else None
    if proposed is None or scholar is None or not scholar.has(Role.SCHOLAR):
        raise NotFound
    kind = desk.kind(proposed.kind, staff)
    if supporter(desk, scholar, staff.id, kind) is None:
        raise NotFound
    return scholar, kind


def supporter(desk: SupportDesk, scholar: Person, staff_id: str, kind: SessionKind) -> Person | None:
    """The staff member, if they may take this scholar's sessions of the kind now."""
    return next((person for person in desk.takers(scholar, kind) if person.id == staff_id), None)


def _propose(
    desk: SupportDesk,
    connection: Connection,
    staff: Person,
    scholar: Person,
    kind: SessionKind,
    command: ProposeTimes,
) -> ProposalRefs:
    now = desk.clock.now()
    starts = _checked(desk, connection, staff, scholar, kind, command, now)
    refs = ProposalRefs(id=desk.ids.new(), staff_ref=desk.ids.new())
    proposal_queries.add(
        connection,
        {
            "id": refs.id,
            "program_id": staff.program_id,
            "staff_id": staff.id,
            "staff_ref": refs.staff_ref,
            "scholar_id": scholar.id,
            "kind": kind.key,
            "starts": json.dumps(starts),
            "named": json.dumps(sorted(map(epoch_seconds, command.own))),
            "last_start": max(starts),
            "status": ProposalStatus.OPEN,
            "booking_id": None,
            "created_at": epoch_seconds(now),
        },
    )
    enqueue(connection, ledger, [_delivery(refs.id, scholar, starts, now)], ids=desk.ids, now=now)
    remember(connection, once, command.request_key, program_id=staff.program_id, outcome=asdict(refs), at=now)
    return refs


def _checked(
    desk: SupportDesk,
    connection: Connection,
    staff: Person,
    scholar: Person,
    kind: SessionKind,
    command: ProposeTimes,
    now: datetime,
) -> list[int]:
    listed, named = {epoch_seconds(each) for each in command.starts}, {epoch_seconds(each) for each in command.own}
    wanted = sorted(listed | named)
    if not wanted:
        raise NoTimes(field="starts")
    if len(wanted) > TIMES_MAX:
        raise TooManyTimes(field="own")
    first, last = kind.busy(wanted[0])[0], kind.busy(wanted[-1])[1]
    found = availability(desk, connection, kind, staff=[staff], scholar=scholar, first=first, last=last)
    (times,) = found.staff
    for start in sorted(named):
        _check_named(start, times, kind, now, found.scholar_busy, zone(staff.zone))
    if not all(is_offered(start, times, kind, now=now, scholar_busy=found.scholar_busy) for start in listed - named):
        raise SlotTaken("One of these times has just been taken. Please look at the list again.", field="starts")
    return wanted


def _check_named(
    start: int, times: StaffTime, kind: SessionKind, now: datetime, scholar_busy: Sequence[Interval], tz: ZoneInfo
) -> None:
    reason = why_not(start, times, kind, now=now, scholar_busy=scholar_busy, waived=WAIVED_IF_NAMED)
    if reason in (Refusal.SCHOLAR_BUSY, Refusal.STAFF_BUSY):
        problem = "One of you has something else then."  # which of the two is not told
    elif reason is Refusal.SET_ASIDE:
        problem = "You have set these hours aside."
    elif reason is not None:
        problem = NotOffered(reason, kind, phase=left_out_at(start, times, kind)).message
    elif start % CELL_SECONDS:
        problem = f"Sessions start in steps of {CELL_MINUTES} minutes."
    else:
        return
    raise TimeNotFree(f"{local_label(instant_of(start), tz)}: {problem}", field="own")


def _delivery(proposal_id: str, scholar: Person, starts: Sequence[int], now: datetime) -> NewDelivery:
    return news(
        SessionMessage.PROPOSED,
        rung="times",
        object_id=proposal_id,
        program_id=scholar.program_id,
        person_id=scholar.id,
        at=now,
        expires_at=instant_of(starts[-1]),
    )
