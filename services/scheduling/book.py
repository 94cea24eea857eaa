"""A scholar books a session. One transaction: once-only key, rules, booking, cells and messages, or nothing."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from domain.booking import SlotTaken
from domain.errors import DomainError, NotFound
from domain.focus import focus_areas_of
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered, needed_busy, next_free
from domain.times import epoch_seconds, instant_of, local_label, zone
from services.desk import SupportDesk
from services.scheduling.availability import availability
from services.scheduling.commands import BookSession
from services.scheduling.facts import SessionDetails
from services.scheduling.reserve import reserve
from services.scheduling.sessions import session_details
from services.scheduling.topic import Topic
from storage.confidential.once import ConfidentialOnce
from storage.engine import table_of
from storage.once import recall, remember

ATTEMPTS = 3
"""How often we look again when a rival commits first: with anyone, another may still be free."""
SUGGESTIONS = 3

once = table_of(ConfidentialOnce)


class TimeGone(DomainError):
    """That time has just been taken. Please choose another one."""


def book_session(desk: SupportDesk, scholar: Person, command: BookSession) -> SessionDetails:
    """Book, and return what stands. The same request delivered again returns the same booking.

    Raises `TimeGone` at field "start", with the next free times in the scholar's zone, `TooManyOpen`, `UnknownKind`,
    or `NotFound` when the chosen person does not take this scholar any more.
    """
    kind = desk.kind(command.kind)
    staff = _candidates(desk, scholar, kind, command.staff_id)
    for _ in range(ATTEMPTS):
        try:
            return session_details(desk, scholar, _book(desk, scholar, kind, staff, command))
        except IntegrityError:
            continue  # a rival, or an earlier delivery of this very request, committed first
        except NotOffered as refusal:
            raise _gone(desk, scholar, kind, staff, refusal) from None
    raise _gone(desk, scholar, kind, staff, SlotTaken())


def _candidates(desk: SupportDesk, scholar: Person, kind: SessionKind, staff_id: str | None) -> Sequence[Person]:
    supporters = desk.people.supporters_for(scholar.id, kind.taken_by)
    chosen = [person for person in supporters if staff_id in (None, person.id)]
    if not chosen:
        raise NotFound("They do not take sessions just now. Please choose somebody else.", field="staff")
    return chosen


def _book(desk: SupportDesk, scholar: Person, kind: SessionKind, staff: Sequence[Person], command: BookSession) -> str:
    now = desk.clock.now()
    allowed = focus_areas_of(kind.taken_by)
    areas = tuple(area for area in command.focus_areas if area in allowed)
    with desk.store.write() as connection:
        earlier = recall(connection, once, command.request_key)
        if earlier is not None:
            return str(earlier["booking_id"])
        booked = reserve(
            connection,
            desk,
            scholar=scholar,
            staff=staff,
            kind=kind,
            start=epoch_seconds(command.starts),
            topic=Topic(areas=areas, words=command.words),
            now=now,
        )
        outcome = {"booking_id": booked.id}
        remember(connection, once, command.request_key, program_id=scholar.program_id, outcome=outcome, at=now)
        return booked.id


def _gone(
    desk: SupportDesk, scholar: Person, kind: SessionKind, staff: Sequence[Person], refusal: DomainError
) -> TimeGone:
    now = desk.clock.now()
    first, last = needed_busy(kind, now=now)
    with desk.store.read() as connection:
        found = availability(connection, staff=staff, scholar_id=scholar.id, first=first, last=last)
    starts = next_free(found.staff, kind, now=now, count=SUGGESTIONS, scholar_busy=found.scholar_busy)
    labels = "; ".join(local_label(instant_of(start), zone(scholar.zone)) for start in starts)
    return TimeGone(f"{refusal.message} Next free: {labels}." if labels else refusal.message, field="start")
