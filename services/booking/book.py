"""A scholar books a session. One transaction: once-only key, rules, booking, cells and messages, or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus, SlotTaken
from domain.errors import NotFound
from domain.focus import focus_areas_of
from domain.holds import approval_until
from domain.kinds import SessionKind, UnknownKind
from domain.people import Person
from domain.slots import NotOffered
from domain.times import epoch_seconds
from services.booking.commands import BookSession
from services.booking.reserve import Keep, reserve
from services.booking.series import reserve_series, starts_of
from services.desk import SupportDesk
from services.hours.away import instead_of
from services.offers.gone import TimeGone, time_gone
from services.sessions.facts import SessionDetails
from services.sessions.own import details_again, details_at_booking
from services.sessions.topic import Topic
from storage.confidential.cell_queries import CellTaken
from storage.confidential.once import once
from storage.once import recall, remember


def book_session(desk: SupportDesk, scholar: Person, command: BookSession) -> SessionDetails:
    """Book, and return what stands. The same request delivered again returns the same booking.

    For somebody who is away the colleague whom they named takes the session, if the scholar may meet that one; a series
    only if all of it lies in those absences. A kind that needs approval is asked for: the time is taken, and no session
    yet.

    Of a series it returns the first. Raises `TimeGone` at field "start", with the next free times in the scholar's
    zone, `TooManyOpen`, `UnknownKind`, what `reserve_series` raises, or `NotFound` when the chosen person does not take
    this scholar any more.
    """
    kind = _kind(desk, scholar, command.kind)
    staff = _candidates(desk, scholar, kind, command.staff_id)
    refusal: NotOffered | SlotTaken = SlotTaken()
    # A rival who commits first takes one of those we could ask, so this often and once more is enough, and once for
    # a colleague in place of somebody who is away.
    for _ in range(len(staff) + 2):
        try:
            return _book(desk, scholar, kind, staff, command)
        except CellTaken:
            staff = _candidates(desk, scholar, kind, command.staff_id)
        except NotOffered as refused:
            refusal = refused
            chosen = [person for person in staff if person.id == command.staff_id]
            meanwhile = [one for each in chosen for one in _meanwhile(desk, scholar, kind, each, refused, command)]
            if not meanwhile:
                break
            staff = meanwhile
    raise _gone(desk, scholar, kind, command, refusal) from None


def _kind(desk: SupportDesk, scholar: Person, key: str) -> SessionKind:
    kind = desk.kind(key, scholar)
    if not kind.is_offered or kind.has_seats or not scholar.has(kind.booked_by):
        raise UnknownKind(field="kind")
    return kind


def _meanwhile(
    desk: SupportDesk, scholar: Person, kind: SessionKind, chosen: Person, refused: NotOffered, command: BookSession
) -> list[Person]:
    start, repeat = epoch_seconds(command.starts), command.repeat
    return instead_of(desk, scholar, kind, chosen, refused, start=start, repeat=repeat)


def _gone(
    desk: SupportDesk, scholar: Person, kind: SessionKind, command: BookSession, refusal: NotOffered | SlotTaken
) -> TimeGone:
    """With the next times that the form offers for the same choice, those of colleagues meanwhile included."""
    takers = desk.takers(scholar, kind)
    return time_gone(
        desk,
        refusal,
        wanted=epoch_seconds(command.starts),
        kind=kind,
        staff=[person for person in takers if command.staff_id in (None, person.id)],
        scholar=scholar,
        zone_name=scholar.zone,
        stand_ins=takers if command.staff_id else (),
    )


def _request(kind: SessionKind, scholar: Person, start: int, now: datetime) -> Keep:
    return Keep(status=BookingStatus.REQUESTED, until=approval_until(start, kind, now=now), by_id=scholar.id)


def _candidates(desk: SupportDesk, scholar: Person, kind: SessionKind, staff_id: str | None) -> Sequence[Person]:
    supporters = desk.takers(scholar, kind)
    return [person for person in supporters if staff_id in (None, person.id)]


def _book(
    desk: SupportDesk, scholar: Person, kind: SessionKind, staff: Sequence[Person], command: BookSession
) -> SessionDetails:
    with desk.store.write() as connection:
        # The lock comes before everything that is read: who waited for it must see what the one before has written.
        desk.store.lock(connection, scholar.id)
        earlier = recall(connection, once, command.request_key)
        if earlier is not None:
            return details_again(desk, connection, scholar, str(earlier["booking_id"]))
        if not staff:
            raise NotFound("They do not take sessions just now. Please choose somebody else.", field="staff")
        return _new(connection, desk, scholar, kind, staff, command)


def _reserved(
    connection: Connection,
    desk: SupportDesk,
    scholar: Person,
    kind: SessionKind,
    staff: Sequence[Person],
    command: BookSession,
    topic: Topic,
    now: datetime,
) -> list[Booked]:
    """All of a series, or the one session, which is only asked for where it needs a yes."""
    start = epoch_seconds(command.starts)
    if command.repeat.times == 1:
        keep = _request(kind, scholar, start, now) if kind.needs_approval else None
        return [
            reserve(
                connection,
                desk,
                scholar=scholar,
                staff=staff,
                kind=kind,
                start=start,
                topic=topic,
                now=now,
                keep=keep,
            )
        ]
    return reserve_series(
        connection,
        desk,
        scholar=scholar,
        staff=staff,
        kind=kind,
        start=start,
        repeat=command.repeat,
        topic=topic,
        now=now,
    )


def _new(
    connection: Connection,
    desk: SupportDesk,
    scholar: Person,
    kind: SessionKind,
    staff: Sequence[Person],
    command: BookSession,
) -> SessionDetails:
    now = desk.clock.now()
    allowed = focus_areas_of(kind.taken_by)
    topic = Topic(areas=tuple(area for area in command.focus_areas if area in allowed), words=command.words)
    booked, *others = series = _reserved(connection, desk, scholar, kind, staff, command, topic, now)
    outcome = {"booking_id": booked.id}
    remember(connection, once, command.request_key, program_id=scholar.program_id, outcome=outcome, at=now)
    taken_by = next(each for each in staff if each.id == booked.staff_id)
    details = details_at_booking(desk, connection, booked, scholar=scholar, staff=taken_by, topic=topic)
    return replace(details, series=starts_of(series) if others else ())
