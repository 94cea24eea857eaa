"""A staff member offers times; the scholar accepts one with a press. Nothing is held and nothing booked without it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from domain.booking import ProposalStatus, SlotTaken
from domain.delivery import Delivery, NewDelivery, Suppressed, Tier
from domain.errors import DomainError, NotFound
from domain.kinds import SessionKind, kind_of
from domain.people import Person, Role
from domain.slots import is_offered
from domain.times import epoch_seconds, instant_of
from services.desk import SupportDesk
from services.scheduling.availability import availability
from services.scheduling.book import once
from services.scheduling.commands import ProposeTimes
from services.scheduling.deliveries import SessionMessage, ledger
from services.scheduling.facts import Offer, SessionDetails
from services.scheduling.offer import offer_between
from services.scheduling.reserve import reserve
from services.scheduling.sessions import session_details
from services.scheduling.topic import Topic
from storage.confidential import proposal_queries
from storage.confidential.proposal_queries import Proposed
from storage.delivery import enqueue
from storage.once import recall, remember

TIMES_MAX = 5


class NotYours(DomainError):
    """I cannot offer times to this person. Please choose a scholar whom you may meet."""


class NoLongerOpen(DomainError):
    """These times have been answered already. Open /support to see your sessions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTimes:
    """Times to choose from; `staff_name` is for a modal only, never for a message."""

    id: str
    starts: tuple[datetime, ...]
    zone: str
    staff_name: str
    staff_zone: str
    kind: SessionKind


def kind_to_propose(desk: SupportDesk, staff: Person, kind: str | None) -> SessionKind:
    """The chosen kind among those this person takes, or their first. Raises `UnknownKind` at field "kind"."""
    taken = desk.kinds_taken_by(staff)
    return kind_of(kind, taken) if kind else taken[0]


def scholar_for(
    desk: SupportDesk, staff: Person, slack_user_id: str, team_id: str, *, kind: str | None = None
) -> Person:
    """The scholar behind an account, if this staff member may meet them. Raises `NotYours`, whatever the reason."""
    try:
        scholar = desk.people.who(slack_user_id, team_id)
    except DomainError:
        raise NotYours(field="scholar") from None
    if not scholar.has(Role.SCHOLAR) or _supporter(desk, scholar, staff.id, kind_to_propose(desk, staff, kind)) is None:
        raise NotYours(field="scholar")
    return scholar


def offer_to(desk: SupportDesk, staff: Person, scholar: Person, *, kind: str | None = None) -> Offer:
    """Times free for both, in the staff member's zone."""
    chosen = kind_to_propose(desk, staff, kind)
    offer = offer_between(desk, viewer=staff, kind=chosen, staff=staff, scholar=scholar)
    return replace(offer, kinds=desk.kinds_taken_by(staff))


def propose_times(desk: SupportDesk, staff: Person, scholar: Person, command: ProposeTimes) -> str:
    """Store the offer and tell the scholar. A repeated delivery changes nothing. Returns the proposal's id.

    Raises `UnknownKind` at field "kind", or `SlotTaken` at field "starts" when one of the times is not free any more.
    """
    kind = kind_to_propose(desk, staff, command.kind)
    with desk.store.write() as connection:
        desk.store.lock(connection, scholar.id)
        earlier = recall(connection, once, command.request_key)
        return str(earlier["proposal_id"]) if earlier else _propose(desk, connection, staff, scholar, kind, command)


def proposed_times(desk: SupportDesk, scholar: Person, proposal_id: str) -> ProposedTimes:
    """Who offers what, and the times still ahead, for the scholar alone.

    Raises `NoLongerOpen`, or `NotFound`: not theirs, all past, or from somebody whom they may not meet any more.
    """
    with desk.store.read() as connection:
        proposed = _open(connection, proposal_id, scholar)
    kind = desk.kind(proposed.kind)
    staff = _supporter(desk, scholar, proposed.staff_id, kind)
    now = epoch_seconds(desk.clock.now())
    ahead = tuple(instant_of(start) for start in proposed.starts if start > now)
    if staff is None or not ahead:
        raise NotFound
    return ProposedTimes(
        id=proposed.id,
        starts=ahead,
        zone=scholar.zone,
        staff_name=staff.name,
        staff_zone=staff.zone,
        kind=kind,
    )


def accept_time(
    desk: SupportDesk, scholar: Person, proposal_id: str, starts: datetime, *, request_key: str
) -> SessionDetails:
    """Book one of the offered times. A repeated delivery returns the same booking.

    Raises `NotFound`, `NoLongerOpen`, `NotOffered`, `SlotTaken` or `TooManyOpen`.
    """
    try:
        with desk.store.write() as connection:
            desk.store.lock(connection, scholar.id)
            earlier = recall(connection, once, request_key)
            booking_id = (
                str(earlier["booking_id"])
                if earlier
                else _accept(desk, connection, scholar, proposal_id, epoch_seconds(starts), request_key)
            )
    except IntegrityError:
        raise SlotTaken from None
    return session_details(desk, scholar, booking_id)


def decline_times(desk: SupportDesk, scholar: Person, proposal_id: str) -> None:
    """Say no to all. Saying it twice is once. Raises `NotFound`, or `NoLongerOpen` after accepting."""
    with desk.store.write() as connection:
        proposed = proposal_queries.proposal_of(connection, proposal_id, scholar.id)
        if proposed is None:
            raise NotFound
        if proposed.status == ProposalStatus.ACCEPTED:
            raise NoLongerOpen
        proposal_queries.answer(connection, proposed, ProposalStatus.DECLINED, booking_id=None)


def times_news(desk: SupportDesk, delivery: Delivery) -> ProposedTimes | Suppressed:
    """What the message to the scholar shows: the times that are still ahead."""
    scholar = desk.people.person(delivery.person_id)
    if scholar is None:
        return Suppressed("gone")
    try:
        times = proposed_times(desk, scholar, delivery.object_id)
    except DomainError:
        return Suppressed("answered")
    return times


def _propose(
    desk: SupportDesk,
    connection: Connection,
    staff: Person,
    scholar: Person,
    kind: SessionKind,
    command: ProposeTimes,
) -> str:
    now = desk.clock.now()
    starts = _checked(connection, staff, scholar, kind, command.starts, now)
    proposal_id = desk.ids.new()
    proposal_queries.add(
        connection,
        {
            "id": proposal_id,
            "program_id": staff.program_id,
            "staff_id": staff.id,
            "scholar_id": scholar.id,
            "kind": kind.key,
            "starts": json.dumps(starts),
            "status": ProposalStatus.OPEN,
            "booking_id": None,
            "created_at": epoch_seconds(now),
        },
    )
    enqueue(connection, ledger, [_delivery(proposal_id, scholar, starts, now)], ids=desk.ids, now=now)
    outcome = {"proposal_id": proposal_id}
    remember(connection, once, command.request_key, program_id=staff.program_id, outcome=outcome, at=now)
    return proposal_id


def _checked(
    connection: Connection, staff: Person, scholar: Person, kind: SessionKind, starts: Sequence[datetime], now: datetime
) -> list[int]:
    wanted = sorted({epoch_seconds(start) for start in starts})[:TIMES_MAX]
    first, last = kind.busy(wanted[0])[0], kind.busy(wanted[-1])[1]
    found = availability(connection, staff=[staff], scholar_id=scholar.id, first=first, last=last)
    (times,) = found.staff
    if not all(is_offered(start, times, kind, now=now, scholar_busy=found.scholar_busy) for start in wanted):
        raise SlotTaken("One of these times has just been taken. Please look at the list again.", field="starts")
    return wanted


def _delivery(proposal_id: str, scholar: Person, starts: Sequence[int], now: datetime) -> NewDelivery:
    return NewDelivery(
        kind=SessionMessage.PROPOSED,
        program_id=scholar.program_id,
        object_id=proposal_id,
        object_version=1,
        person_id=scholar.id,
        rung="times",
        tier=Tier.SESSION,
        due=now,
        send_at=now,
        expires_at=instant_of(starts[-1]),
        after=None,
    )


def _accept(
    desk: SupportDesk, connection: Connection, scholar: Person, proposal_id: str, start: int, request_key: str
) -> str:
    proposed = _open(connection, proposal_id, scholar)
    kind = desk.kind(proposed.kind)
    staff = _supporter(desk, scholar, proposed.staff_id, kind)
    if start not in proposed.starts or staff is None:
        raise NotFound
    now = desk.clock.now()
    booked = reserve(connection, desk, scholar=scholar, staff=[staff], kind=kind, start=start, topic=Topic(), now=now)
    if not proposal_queries.answer(connection, proposed, ProposalStatus.ACCEPTED, booking_id=booked.id):
        raise NoLongerOpen
    outcome = {"booking_id": booked.id}
    remember(connection, once, request_key, program_id=scholar.program_id, outcome=outcome, at=now)
    return booked.id


def _open(connection: Connection, proposal_id: str, scholar: Person) -> Proposed:
    proposed = proposal_queries.proposal_of(connection, proposal_id, scholar.id)
    if proposed is None:
        raise NotFound
    if proposed.status != ProposalStatus.OPEN:
        raise NoLongerOpen
    return proposed


def _supporter(desk: SupportDesk, scholar: Person, staff_id: str, kind: SessionKind) -> Person | None:
    supporters = desk.people.supporters_for(scholar.id, kind.taken_by)
    return next((person for person in supporters if person.id == staff_id), None)
