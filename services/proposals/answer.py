"""The scholar answers offered times: takes one with a press, or none; who offered them hears of it either way."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.booking import ProposalStatus, SlotTaken
from domain.delivery import Delivery, NewDelivery, Suppressed, news
from domain.errors import DomainError, NotFound
from domain.kinds import SessionKind
from domain.people import Person, Role
from domain.slots import HOURS_CHANGED, WAIVED_IF_LISTED, WAIVED_IF_NAMED, NotOffered
from domain.times import epoch_seconds, instant_of
from services.booking.reserve import reserve
from services.desk import SupportDesk
from services.proposals.propose import declined_times, supporter
from services.session_news.deliveries import NEWS_LIFE, SessionMessage, ledger
from services.sessions.facts import SessionDetails
from services.sessions.own import details_again, details_at_booking
from services.sessions.topic import Topic
from storage.confidential import proposal_queries
from storage.confidential.cell_queries import CellTaken
from storage.confidential.hours_queries import setting_of
from storage.confidential.once import once
from storage.confidential.proposal_queries import Proposed
from storage.delivery import enqueue
from storage.once import recall, remember


class NoLongerOpen(DomainError):
    """These times are no longer offered. Type /support to see what is ahead."""


class AnsweredAlready(NoLongerOpen):
    """You have answered these times already. Type /support to see what is ahead."""


class NotOfferedAnyMore(DomainError):
    """That time is no longer offered. Please choose another one, or none of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTimes:
    """Times to choose from. `staff_name` is for a modal only, never for a message; `staff_zone` is where they work."""

    id: str
    starts: tuple[datetime, ...]
    zone: str
    staff_name: str
    staff_zone: str
    kind: SessionKind


def times_ahead(proposed: Proposed, now: int) -> tuple[datetime, ...]:
    """Those of the times that lie ahead of an instant in epoch seconds."""
    return tuple(instant_of(start) for start in proposed.starts if start > now)


def proposed_times(desk: SupportDesk, scholar: Person, proposal_id: str) -> ProposedTimes:
    """Who offers what, and the times still ahead, for the scholar alone.

    Raises `NoLongerOpen`, or `NotFound`: not theirs, all past, or from somebody whom they may not meet any more.
    """
    with desk.store.read() as connection:
        proposed = _open(connection, proposal_id, scholar)
        works_in = setting_of(connection, proposed.staff_id, proposed.kind).zone
    kind = desk.kind(proposed.kind, scholar)
    staff = supporter(desk, scholar, proposed.staff_id, kind)
    ahead = times_ahead(proposed, epoch_seconds(desk.clock.now()))
    if staff is None or not ahead:
        raise NotFound
    return ProposedTimes(
        id=proposed.id,
        starts=ahead,
        zone=scholar.zone,
        staff_name=staff.name,
        staff_zone=works_in or staff.zone,
        kind=kind,
    )


def accept_time(
    desk: SupportDesk, scholar: Person, proposal_id: str, starts: datetime, *, request_key: str
) -> SessionDetails:
    """Book one of the offered times. A repeated delivery returns the same booking.

    Raises `NotFound`, `NoLongerOpen`, `NotOffered`, `NotOfferedAnyMore`, `SlotTaken` or `TooManyOpen`.
    """
    try:
        with desk.store.write() as connection:
            desk.store.lock(connection, scholar.id)
            earlier = recall(connection, once, request_key)
            if earlier is not None:
                return details_again(desk, connection, scholar, str(earlier["booking_id"]))
            return _accept(desk, connection, scholar, proposal_id, epoch_seconds(starts), request_key)
    except CellTaken:
        raise SlotTaken from None
    except NotOffered as refusal:
        if refusal.reason in HOURS_CHANGED:
            raise NotOfferedAnyMore from None
        raise


def decline_times(desk: SupportDesk, scholar: Person, proposal_id: str) -> None:
    """Say no to all, and let the one who offered them know. Saying it twice is once.

    Raises `NotFound`, or `NoLongerOpen` after accepting and once they were withdrawn.
    """
    with desk.store.write() as connection:
        # Whoever accepts or withdraws takes the same lock, so that what is read here stays true.
        desk.store.lock(connection, scholar.id)
        proposed = proposal_queries.proposal_of(connection, proposal_id, scholar.id)
        if proposed is None:
            raise NotFound
        if proposed.status == ProposalStatus.DECLINED:
            return
        _check_open(proposed)
        if proposal_queries.answer(connection, proposed, ProposalStatus.DECLINED, booking_id=None):
            now = desk.clock.now()
            enqueue(connection, ledger, [_declined(proposed, now)], ids=desk.ids, now=now)


def times_news(desk: SupportDesk, delivery: Delivery) -> ProposedTimes | Suppressed:
    """What the message to the scholar shows: the times that are still ahead."""
    scholar = desk.people.person(delivery.person_id)
    if scholar is None or not scholar.has(Role.SCHOLAR):
        return Suppressed("gone")
    try:
        return proposed_times(desk, scholar, delivery.object_id)
    except (NotFound, NoLongerOpen):
        return Suppressed("answered")


def declined_news(desk: SupportDesk, delivery: Delivery) -> str | Suppressed:
    """What the message to the one who offered the times carries: their own reference to them."""
    staff = desk.people.person(delivery.person_id)
    with desk.store.read() as connection:
        proposed = proposal_queries.proposal_by_id(connection, delivery.object_id)
    if staff is None or proposed is None:
        return Suppressed("gone")
    try:
        declined_times(desk, staff, proposed.staff_ref)
    except NotFound:
        return Suppressed("gone")
    return proposed.staff_ref


def _accept(
    desk: SupportDesk, connection: Connection, scholar: Person, proposal_id: str, start: int, request_key: str
) -> SessionDetails:
    proposed = _open(connection, proposal_id, scholar)
    kind = desk.kind(proposed.kind, scholar)
    staff = supporter(desk, scholar, proposed.staff_id, kind)
    if start not in proposed.starts or staff is None:
        raise NotFound
    now = desk.clock.now()
    booked = reserve(
        connection,
        desk,
        scholar=scholar,
        staff=[staff],
        kind=kind,
        start=start,
        topic=Topic(),
        now=now,
        waived=WAIVED_IF_NAMED if start in proposed.named else WAIVED_IF_LISTED,
    )
    if not proposal_queries.answer(connection, proposed, ProposalStatus.ACCEPTED, booking_id=booked.id):
        raise NoLongerOpen
    outcome = {"booking_id": booked.id}
    remember(connection, once, request_key, program_id=scholar.program_id, outcome=outcome, at=now)
    return details_at_booking(desk, connection, booked, scholar=scholar, staff=staff, topic=Topic())


def _open(connection: Connection, proposal_id: str, scholar: Person) -> Proposed:
    proposed = proposal_queries.proposal_of(connection, proposal_id, scholar.id)
    if proposed is None:
        raise NotFound
    _check_open(proposed)
    return proposed


def _check_open(proposed: Proposed) -> None:
    if proposed.status == ProposalStatus.WITHDRAWN:
        raise NoLongerOpen
    if proposed.status != ProposalStatus.OPEN:
        raise AnsweredAlready


def _declined(proposed: Proposed, now: datetime) -> NewDelivery:
    return news(
        SessionMessage.DECLINED,
        rung="answer",
        object_id=proposed.id,
        program_id=proposed.program_id,
        person_id=proposed.staff_id,
        at=now,
        expires_at=now + NEWS_LIFE,
    )
