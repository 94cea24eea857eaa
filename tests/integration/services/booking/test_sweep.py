"""The roster changes: sessions of people who may not meet any more are canceled once, both are told and re-offered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from domain.booking import Booked
from domain.delivery import Delivery, OutgoingMessage
from domain.people import Role
from handlers import texts
from handlers.outbox import composers
from services.booking.book import book_session
from services.booking.change import move_session
from services.booking.sweep import sweep_changed_programs
from services.hours.own import save_hours
from services.sessions.own import SYSTEM, session_details
from storage.confidential import ahead_queries
from storage.confidential.bookings import Booking, BookingChange
from storage.engine import table_of
from storage.program.people_queries import membership
from tests.acting.waiting_line import scarce
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_move, a_wish
from tests.builders.people import put_person, put_program, put_recusal
from tests.builders.scheduling import LOS_ANGELES, hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House, ledger_rows, replica
from tests.looking.queries import queries_of

CANCELED_NEWS = [
    ("session.canceled", "ada", "v2", "2027-01-11T12:00Z"),
    ("session.canceled", "cleo", "v2", "2027-01-11T12:00Z"),
]


def ends_on(house: House, person_id: str, day: str, *, zone: str = LONDON) -> None:
    with house.stores.program.write() as connection:
        of_person = update(membership).where(membership.c.person_id == person_id)
        connection.execute(of_person.values(zone=zone, ends_on=day))


def canceled_news(house: House) -> list[tuple[str, str, str, str]]:
    return [row for row in house.messages() if row[0] == "session.canceled"]


def buttons_of(house: House, row: Delivery) -> list[str]:
    outgoing = composers(house.desk)[row.kind](row)
    assert isinstance(outgoing, OutgoingMessage)
    return [
        element["text"]["text"]
        for block in outgoing.message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


@leaving.apart
def test_sweep_after_two_may_not_meet_any_more_cancels_once_and_tells_both(
    sqlite_house: House, apart: leaving.Change
) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish())
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish(staff="dev"))
    sweep_changed_programs(sqlite_house.desk)
    apart(sqlite_house.stores.program)

    canceled = [sweep_changed_programs(sqlite_house.desk) for _ in range(3)]

    assert canceled == [1, 0, 0]
    assert sqlite_house.bookings() == [
        ("ada", "cleo", TOMORROW_TEN, "canceled"),
        ("bo", "dev", TOMORROW_TEN, "booked"),
    ]
    assert canceled_news(sqlite_house) == CANCELED_NEWS
    assert sqlite_house.cells() == {"bo": 9, "dev": 12}


@pytest.mark.parametrize("zone", [LOS_ANGELES, "Pacific/Auckland", LONDON])
def test_sweep_cancels_in_time_wherever_a_membership_ends(sqlite_house: House, zone: str) -> None:
    house = sqlite_house
    scarce(house, "dev", {})
    save_hours(house.support, house.person("cleo"), hours_in(zone, dict.fromkeys(range(7), "0:00-24:00")))
    start = datetime(2027, 1, 13, 10, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    book_session(house.support, house.person("ada"), a_wish(f"{start:%Y-%m-%dT%H:%MZ}"))
    sweep_changed_programs(house.desk)
    ends_on(house, "cleo", "2027-01-12", zone=zone)

    # The roster's version stays what it was, so that only the hour makes the sweep look.
    while house.clock.now() < start - timedelta(hours=1):
        sweep_changed_programs(house.desk)
        house.clock.advance(timedelta(minutes=30))

    assert [booked[3] for booked in house.bookings()] == ["canceled"]


@pytest.mark.parametrize("who", ["ada", "cleo"])
@pytest.mark.parametrize(("last_day", "status"), [("2027-01-11", "canceled"), ("2027-01-12", "booked")])
def test_sweep_cancels_at_once_what_lies_after_a_last_day_that_came_nearer(
    sqlite_house: House, who: str, last_day: str, status: str
) -> None:
    house = sqlite_house
    scarce(house, "dev", {})
    book_session(house.support, house.person("ada"), a_wish(TOMORROW_TEN))
    ends_on(house, who, last_day)
    leaving.touch(house.stores.program)

    sweep_changed_programs(house.desk)

    assert house.bookings() == [("ada", "cleo", TOMORROW_TEN, status)]


def test_sweep_leaves_a_session_that_was_moved_to_before_the_last_day_meanwhile(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = book_session(house.support, house.person("ada"), a_wish("2027-01-20T10:00Z")).booked.scholar_ref
    ends_on(house, "cleo", "2027-01-13")
    leaving.touch(house.stores.program)
    read = ahead_queries.future_of_program

    def read_and_then_moved(*asked: Any, **more: Any) -> list[Booked]:
        found = read(*asked, **more)
        move_session(replica(house).support, house.person("ada"), a_move(ref, TOMORROW_TEN))
        return found

    monkeypatch.setattr(ahead_queries, "future_of_program", read_and_then_moved)

    assert sweep_changed_programs(house.desk) == 0
    assert house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


def test_sweep_says_that_it_was_nobody_who_canceled(sqlite_house: House) -> None:
    scarce(sqlite_house, "dev", {})
    ada = sqlite_house.person("ada")
    ref = book_session(sqlite_house.support, ada, a_wish()).booked.scholar_ref
    leaving.recused(sqlite_house.stores.program)

    sweep_changed_programs(sqlite_house.desk)

    change = table_of(BookingChange)
    with sqlite_house.stores.confidential.read() as connection:
        steps = connection.execute(select(change.c.version, change.c.what, change.c.by_id, change.c.reason)).all()
    assert [tuple(step) for step in steps] == [(1, "booked", "ada", None), (2, "canceled", SYSTEM, None)]
    details = session_details(sqlite_house.support, ada, ref)
    assert (details.reason, details.is_off) == ("", True)


def test_sweep_offers_the_scholar_the_time_elsewhere_and_the_other_nothing_to_press(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish())
    leaving.became_mentor(sqlite_house.stores.program)
    sweep_changed_programs(sqlite_house.desk)
    (row,) = (row for row in ledger_rows(sqlite_house, "session.canceled") if row.person_id == "ada")

    at_once = buttons_of(sqlite_house, row)
    sqlite_house.clock.advance(timedelta(hours=2))
    too_late = buttons_of(sqlite_house, row)

    details = texts.messages.WHO_WHERE_WHAT
    assert at_once == [texts.holds.TAKE, texts.holds.NO_THANKS, details, texts.messages.BOOK_ANOTHER]
    assert too_late == [details, texts.messages.BOOK_ANOTHER]


def test_sweep_offers_the_scholar_another_session_and_the_other_nothing_to_press(sqlite_house: House) -> None:
    scarce(sqlite_house, "dev", {})
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish())
    leaving.became_mentor(sqlite_house.stores.program)
    sweep_changed_programs(sqlite_house.desk)

    buttons = {row.person_id: buttons_of(sqlite_house, row) for row in ledger_rows(sqlite_house, "session.canceled")}

    assert buttons == {
        "ada": [texts.messages.WHO_WHERE_WHAT, texts.messages.BOOK_ANOTHER],
        "cleo": [],
    }


def test_scholar_who_has_left_is_told_without_anything_to_press(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish())
    with sqlite_house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "ada").values(removed_at=1))
    leaving.touch(sqlite_house.stores.program)
    sweep_changed_programs(sqlite_house.desk)

    buttons = {row.person_id: buttons_of(sqlite_house, row) for row in ledger_rows(sqlite_house, "session.canceled")}

    assert buttons == {"ada": [], "cleo": [texts.messages.WHO_WHERE_WHAT]}


def test_sweep_hands_over_the_two_of_each_session_once_it_is_canceled(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish())
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish(staff="dev"))
    leaving.recused(sqlite_house.stores.program)
    told: list[tuple[str, str, str]] = []

    for _ in range(2):
        sweep_changed_programs(sqlite_house.desk, lambda *people: told.append((*people, sqlite_house.bookings()[0][3])))

    assert told == [("ada", "cleo", "canceled")]


def test_sweep_of_a_scholar_who_has_left_cancels_too(sqlite_house: House) -> None:
    put_person(sqlite_house.stores.program, "zoe", Role.SCHOLAR)
    book_session(sqlite_house.support, sqlite_house.person("zoe"), a_wish("2027-01-20T10:00Z"))
    sweep_changed_programs(sqlite_house.desk)
    ends_on(sqlite_house, "zoe", "2027-01-12")
    sqlite_house.clock.advance(timedelta(days=2))

    canceled = sweep_changed_programs(sqlite_house.desk)

    assert (canceled, sqlite_house.bookings()) == (1, [("zoe", "cleo", "2027-01-20T10:00Z", "canceled")])


def test_sweep_rechecks_once_an_hour_though_the_version_stays(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish("2027-01-20T10:00Z"))
    canceled = [sweep_changed_programs(sqlite_house.desk)]
    ends_on(sqlite_house, "cleo", "2027-01-12")

    for minutes in (59, 1, 60):
        sqlite_house.clock.advance(timedelta(minutes=minutes))
        canceled.append(sweep_changed_programs(sqlite_house.desk))

    assert canceled == [0, 0, 1, 0]


def test_sweep_leaves_a_session_that_has_begun(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish())
    sqlite_house.clock.advance(timedelta(hours=22))
    leaving.recused(sqlite_house.stores.program)

    canceled = sweep_changed_programs(sqlite_house.desk)

    assert (canceled, sqlite_house.bookings()) == (0, [("ada", "cleo", TOMORROW_TEN, "booked")])


def test_sweep_finds_a_session_judged_by_the_old_roster_and_written_after_the_sweep(house: House) -> None:
    ada_as_she_was = house.person("ada")
    leaving.touch(house.stores.program)
    sweep_changed_programs(house.desk)
    booked = book_session(house.support, ada_as_she_was, a_wish()).booked
    put_recusal(house.stores.program, "cleo", "ada")

    canceled = [sweep_changed_programs(house.desk) for _ in range(2)]

    assert (booked.roster_version, canceled) == (0, [1, 0])


def test_sweep_notes_by_which_roster_it_judged(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    ref = book_session(sqlite_house.support, ada, a_wish()).booked.scholar_ref
    leaving.touch(sqlite_house.stores.program)

    sweep_changed_programs(sqlite_house.desk)

    assert session_details(sqlite_house.support, ada, ref).booked.roster_version == 1


def test_sweep_without_the_confidential_store_does_nothing(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish())
    leaving.recused(sqlite_house.stores.program)

    canceled = sweep_changed_programs(replace(sqlite_house.desk, support_desk=None))

    assert (canceled, sqlite_house.bookings()) == (0, [("ada", "cleo", TOMORROW_TEN, "booked")])


def test_sweep_asks_no_more_about_many_sessions_than_about_one(house: House) -> None:
    counts = []
    for size in (1, 11):
        for number in range(size):
            scholar = house.person(put_person(house.stores.program, f"scholar-{size}-{number}", mentor="max"))
            coach = house.person(put_person(house.stores.program, f"coach-{size}-{number}", Role.COACH))
            save_hours(house.support, coach, hours_in(LONDON, WEEKDAYS))
            book_session(house.support, scholar, a_wish(staff=coach.id))
        leaving.touch(house.stores.program)
        with queries_of(house.stores.program) as of_program, queries_of(house.stores.confidential) as of_support:
            canceled = sweep_changed_programs(house.desk)
        counts.append((canceled, len(of_program), len(of_support)))

    assert counts == [(0, 9, 9)] * 2


def test_sweep_cancels_a_session_with_somebody_of_another_program(sqlite_house: House) -> None:
    house = sqlite_house
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.COACH, program_id="program-2")
    book_session(house.support, house.person("ada"), a_wish())
    with house.stores.confidential.write() as connection:
        connection.execute(update(table_of(Booking)).values(staff_id="yan"))
    house.is_broken_on_purpose = True

    assert sweep_changed_programs(house.desk) == 1
