"""Who offered times takes them back while nobody has answered; the scholar hears of it if they had been told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.booking import ProposalStatus
from domain.delivery import Delivery, NewDelivery, Suppressed, news
from domain.errors import NotFound
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.proposals.answer import NoLongerOpen, times_ahead
from services.session_news.deliveries import NEWS_LIFE, SessionMessage, ledger
from storage.confidential import proposal_queries
from storage.confidential.proposal_queries import Proposed
from storage.delivery import cancel, enqueue, may_have_been_sent


class TheyHaveAnswered(NoLongerOpen):
    """These times have been answered already. Type /support to see what is ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTimes:
    """Times still ahead that a staff member has offered and nobody has answered; the name is for a modal only."""

    ref: str
    scholar_name: str
    starts: tuple[datetime, ...]
    zone: str


def times_offered_by(desk: SupportDesk, staff: Person) -> tuple[OfferedTimes, ...]:
    """What this staff member has on offer, the newest first; for them alone. One query, or three if there is any."""
    now = epoch_seconds(desk.clock.now())
    with desk.store.read() as connection:
        open_ones = proposal_queries.open_by(connection, staff.id, after=now)
    found = [(each, times_ahead(each, now)) for each in open_ones]
    on_offer = [(each, ahead) for each, ahead in found if ahead]
    if not on_offer:
        return ()
    scholars = {person.id: person for person in desk.people.people({each.scholar_id for each, _ in on_offer})}
    within_reach = desk.people.scholars_for(staff, scholars)
    return tuple(
        OfferedTimes(ref=each.staff_ref, scholar_name=scholars[each.scholar_id].name, starts=ahead, zone=staff.zone)
        for each, ahead in on_offer
        if each.scholar_id in within_reach
    )


def withdraw_times(desk: SupportDesk, staff: Person, staff_ref: str) -> str:
    """Take offered times back, and return from whom. Doing it twice is once.

    Raises `NotFound`, also when the two may not meet any more, or `TheyHaveAnswered`.
    """
    with desk.store.write() as connection:
        found = proposal_queries.proposal_by(connection, staff_ref, staff.id)
        if found is None:
            raise NotFound
        # The lock of those who answer: what they have committed is read after it.
        desk.store.lock(connection, found.scholar_id)
        proposed = proposal_queries.proposal_by(connection, staff_ref, staff.id)
        if found.scholar_id not in desk.people.scholars_for(staff, [found.scholar_id]):
            raise NotFound
        if proposed is None or proposed.status in (ProposalStatus.ACCEPTED, ProposalStatus.DECLINED):
            raise TheyHaveAnswered
        if proposal_queries.answer(connection, proposed, ProposalStatus.WITHDRAWN, booking_id=None):
            take_back(desk, connection, proposed)
        return proposed.scholar_id


def take_back(desk: SupportDesk, connection: Connection, proposed: Proposed) -> None:
    """Behind the scholar's lock: the message with the times does not go any more.

    Who may have seen it, with times still ahead, is told that they are off.
    """
    now = desk.clock.now()
    cancel(connection, ledger, object_id=proposed.id, kinds=(SessionMessage.PROPOSED,), reason="withdrawn")
    is_known = may_have_been_sent(connection, ledger, object_id=proposed.id, kind=SessionMessage.PROPOSED)
    if is_known and times_ahead(proposed, epoch_seconds(now)):
        enqueue(connection, ledger, [_withdrawn(proposed, now)], ids=desk.ids, now=now)


def withdrawn_news(desk: SupportDesk, delivery: Delivery) -> Suppressed | None:
    """Whether the scholar need still be told that times are off; None for yes."""
    with desk.store.read() as connection:
        proposed = proposal_queries.proposal_by_id(connection, delivery.object_id)
    if proposed is None or desk.people.person(delivery.person_id) is None:
        return Suppressed("gone")
    return None


def _withdrawn(proposed: Proposed, now: datetime) -> NewDelivery:
    return news(
        SessionMessage.WITHDRAWN,
        rung="withdrawn",
        object_id=proposed.id,
        program_id=proposed.program_id,
        person_id=proposed.scholar_id,
        at=now,
        expires_at=now + NEWS_LIFE,
    )
