"""A scholar joins a line, sees what they wait for, and leaves with a press. Nobody else learns of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.errors import NotFound
from domain.kinds import SessionKind
from domain.people import Person
from domain.times import epoch_seconds, instant_of, next_labels, zone
from domain.waiting import ANYONE, DayOver, TimesAreFree, WrongDays, is_between
from services.desk import SupportDesk
from services.offers.soonest import next_times
from services.sessions.own import WHO_LEFT
from services.waiting.promote import is_by_day, local_day
from storage.confidential import waiting_queries
from storage.confidential.once import once
from storage.once import recall, remember

SUGGESTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFor:
    """A scholar's wish to wait; `staff_id` None means anyone. The days are ISO dates, "" for no limit."""

    request_key: str
    kind: str
    staff_id: str | None
    from_day: str = ""
    until_day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFor:
    """What a scholar waits for, for a modal of their own; `staff_name` is "" for anyone.

    Their place in the line is not told: it would say how many others seek support, and when one of them stops.
    """

    id: str
    kind: SessionKind
    staff_name: str
    from_day: str
    until_day: str


def wait_for(desk: SupportDesk, scholar: Person, command: WaitFor) -> None:
    """Join the end of the line; who is in it already only changes the days. A repeated delivery changes nothing.

    Raises `UnknownKind`, at field "staff" `NotFound`, at "until_day" `WrongDays` or `DayOver`, and at "from_day"
    `TimesAreFree` with the next ones: there is nothing to wait for.
    """
    _, kind = desk.bookable(scholar, command.kind)
    supporters = desk.takers(scholar, kind)
    staff = _staff(supporters, command.staff_id)
    _check_days(desk, scholar, command)
    with desk.store.read() as connection:
        is_repeated = recall(connection, once, command.request_key) is not None
    if not is_repeated:
        _check_none_free(desk, scholar, kind, staff, supporters, command)
    with desk.store.write() as connection:
        desk.store.lock(connection, scholar.id)
        if recall(connection, once, command.request_key) is None:
            _join(desk, connection, scholar, command)
            now = desk.clock.now()
            remember(connection, once, command.request_key, program_id=scholar.program_id, outcome={}, at=now)


def stop_waiting(desk: SupportDesk, scholar: Person, waiter_id: str) -> None:
    """Leave a line. Leaving it twice is once; a time that is kept already stays so."""
    with desk.store.write() as connection:
        desk.store.lock(connection, scholar.id)
        waiting_queries.leave(connection, waiter_id, scholar.id)


def waits_of(desk: SupportDesk, scholar: Person) -> tuple[WaitingFor, ...]:
    """What the scholar waits for, for them alone. One query, or two if somebody is named."""
    with desk.store.read() as connection:
        found = waiting_queries.of_scholar(connection, scholar.id)
    named = {each.staff_id for each in found} - {ANYONE}
    names = {person.id: person.name for person in desk.people.people(named)} if named else {}
    return tuple(
        WaitingFor(
            id=each.id,
            kind=desk.kind(each.kind, scholar),
            staff_name=names.get(each.staff_id, WHO_LEFT) if each.staff_id else "",
            from_day=each.from_day,
            until_day=each.until_day,
        )
        for each in found
    )


def _staff(supporters: Sequence[Person], staff_id: str | None) -> list[Person]:
    staff = [person for person in supporters if staff_id in (None, person.id)]
    if not staff:
        raise NotFound("They do not take sessions just now. Please choose somebody else.", field="staff")
    return staff


def _check_days(desk: SupportDesk, scholar: Person, command: WaitFor) -> None:
    if command.until_day and command.until_day < command.from_day:
        raise WrongDays(field="until_day")
    if command.until_day and command.until_day < local_day(desk.clock.now(), scholar):
        raise DayOver(field="until_day")


def _check_none_free(
    desk: SupportDesk,
    scholar: Person,
    kind: SessionKind,
    staff: Sequence[Person],
    supporters: Sequence[Person],
    command: WaitFor,
) -> None:
    """What colleagues offer while the chosen one is away is free, too: it is in the form for that one."""

    def suits(start: int) -> bool:
        day = local_day(instant_of(start), scholar)
        return is_between(day, command.from_day, command.until_day) and is_by_day(scholar, start)

    meanwhile = supporters if command.staff_id else ()
    free = next_times(
        desk, kind=kind, staff=staff, scholar=scholar, count=SUGGESTIONS, suits=suits, stand_ins=meanwhile
    )
    if free:
        labels = next_labels(map(instant_of, free), zone(scholar.zone))
        raise TimesAreFree(
            f"There are free times on these days: {labels}. Please book one of them, or choose days to wait for.",
            field="from_day",
        )


def _join(desk: SupportDesk, connection: Connection, scholar: Person, command: WaitFor) -> None:
    staff_id = command.staff_id or ANYONE
    for waiter in waiting_queries.of_scholar(connection, scholar.id):
        if (waiter.kind, waiter.staff_id) == (command.kind, staff_id):
            waiting_queries.set_days(connection, waiter, command.from_day, command.until_day)
            return
    # Two who join at once are one behind the other.
    desk.store.lock(connection, f"line {scholar.program_id}")
    waiting_queries.add(
        connection,
        {
            "id": desk.ids.new(),
            "program_id": scholar.program_id,
            "scholar_id": scholar.id,
            "kind": command.kind,
            "staff_id": staff_id,
            "from_day": command.from_day,
            "until_day": command.until_day,
            "place": waiting_queries.next_place(connection, scholar.program_id),
            "booking_id": None,
            "rests_until": 0,
            "joined_at": epoch_seconds(desk.clock.now()),
        },
    )
