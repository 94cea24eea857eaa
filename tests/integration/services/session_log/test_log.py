"""Whoever took a session says what became of it: who may, when, and that every version stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.booking import AlreadyCanceled, Booked, BookingStatus
from domain.errors import NotFound
from domain.focus import FocusArea
from domain.kinds import COMMUNITY
from domain.people import Role
from domain.session_log import LoggedForGood, NotOverYet, OddTimes, Outcome
from services.booking.book import book_session
from services.session_log.commands import LogSession
from services.session_log.log import log_session, log_sheet
from services.session_log.waiting import sessions_to_log, waiting_for_log
from services.sessions.own import WHO_LEFT
from storage.confidential import taken_queries
from storage.confidential.bookings import Booking
from storage.confidential.session_log import SessionLog
from storage.engine import table_of
from storage.program.people_queries import membership
from tests.acting.rivals import at_once, failures
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_wish, instant
from tests.builders.people import put_membership
from tests.builders.session_logs import a_log, ended_session
from tests.fixtures.desks import House, replica
from tests.looking.queries import queries_of

_log, _booking = table_of(SessionLog), table_of(Booking)
NEXT_STEP = "Write the first paragraph, badly."
Ask = Callable[[House, Booked], object]
ASKS: dict[str, Ask] = {
    "form": lambda house, booked: log_sheet(house.support, house.person("cleo"), booked.staff_ref),
    "saving": lambda house, booked: log_session(house.support, house.person("cleo"), a_log(booked.staff_ref)),
}
asks = pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)


def versions(house: House) -> list[tuple[int, str, int | None, int | None]]:
    columns = (_log.c.version, _log.c.outcome, _log.c.started_at, _log.c.ended_at)
    with house.stores.confidential.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(_log.c.booking_id, _log.c.version))]


def test_log_of_a_session_that_happened_keeps_times_topics_and_next_step(house: House) -> None:
    booked = ended_session(house, areas=[FocusArea.CAREER])
    cleo = house.person("cleo")
    before = log_sheet(house.support, cleo, booked.staff_ref)

    command = a_log(booked.staff_ref, areas=[FocusArea.PROCRASTINATION], next_step=NEXT_STEP)
    sheet = log_session(house.support, cleo, command)

    assert (before.log, before.details.focus_areas) == (None, (FocusArea.CAREER,))
    assert sheet == log_sheet(house.support, cleo, booked.staff_ref)
    assert sheet.log is not None
    assert (sheet.log.outcome, sheet.log.started, sheet.log.ended) == (
        Outcome.HAPPENED,
        instant("2027-01-12T10:05Z"),
        instant("2027-01-12T10:40Z"),
    )
    assert (sheet.log.focus_areas, sheet.log.next_step) == ((FocusArea.PROCRASTINATION,), NEXT_STEP)
    assert sheet.closes == instant("2027-01-26T10:45Z")


@pytest.mark.parametrize("outcome", [Outcome.NO_SHOW, Outcome.STAFF_ABSENT])
def test_log_of_a_session_that_did_not_happen_has_no_times_and_no_topics(house: House, outcome: Outcome) -> None:
    booked = ended_session(house)

    command = a_log(booked.staff_ref, outcome, areas=[FocusArea.CAREER], next_step=NEXT_STEP)
    log = log_session(house.support, house.person("cleo"), command).log

    assert log is not None
    assert (log.outcome, log.started, log.ended, log.focus_areas) == (outcome, None, None, ())
    assert log.next_step == NEXT_STEP
    assert versions(house) == [(1, outcome.value, None, None)]


def test_correction_is_a_new_version_and_the_last_one_counts(house: House) -> None:
    booked = ended_session(house)
    cleo = house.person("cleo")
    log_session(house.support, cleo, a_log(booked.staff_ref, Outcome.NO_SHOW))
    house.clock.advance(timedelta(days=13))

    sheet = log_session(house.support, cleo, a_log(booked.staff_ref, next_step=NEXT_STEP))

    assert sheet.log is not None
    assert (sheet.log.outcome, sheet.log.next_step) == (Outcome.HAPPENED, NEXT_STEP)
    assert [row[:2] for row in versions(house)] == [(1, "no_show"), (2, "happened")]


def test_log_that_is_delivered_again_changes_nothing(house: House) -> None:
    booked = ended_session(house)
    cleo = house.person("cleo")

    sheets = [log_session(house.support, cleo, a_log(booked.staff_ref, key="same")) for _ in range(2)]

    assert sheets[0] == sheets[1]
    assert len(versions(house)) == 1


def test_log_repeated_after_the_14_days_still_says_what_was_saved(sqlite_house: House) -> None:
    booked = ended_session(sqlite_house)
    cleo = sqlite_house.person("cleo")
    first = log_session(sqlite_house.support, cleo, a_log(booked.staff_ref, key="same"))
    sqlite_house.clock.advance(timedelta(days=15))

    assert log_session(sqlite_house.support, cleo, a_log(booked.staff_ref, key="same")) == first


def test_log_from_two_devices_and_pressed_twice_keeps_each_form_once(house: House) -> None:
    booked = ended_session(house)
    cleo = house.person("cleo")
    desks = [replica(house).support for _ in range(2)]
    forms = [a_log(booked.staff_ref, key=f"form-{number}", next_step=f"step {number}") for number in range(2)]

    outcomes = at_once(
        [
            lambda desk=desks[number % 2], form=forms[number // 2]: log_session(desk, cleo, form)  # type: ignore[misc]
            for number in range(4)
        ]
    )

    assert failures(outcomes) == []
    assert [row[0] for row in versions(house)] == [1, 2]
    assert log_sheet(house.support, cleo, booked.staff_ref).log is not None
    assert house.keys().count("form-0") == house.keys().count("form-1") == 1


@pytest.mark.parametrize("outcome", Outcome)
def test_log_leaves_the_booking_and_the_coachs_load_as_they_were(sqlite_house: House, outcome: Outcome) -> None:
    booked = ended_session(sqlite_house)
    before = load_of_cleo(sqlite_house)

    log_session(sqlite_house.support, sqlite_house.person("cleo"), a_log(booked.staff_ref, outcome))

    assert before == load_of_cleo(sqlite_house) == {"cleo": 45 * 60}
    assert sqlite_house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


@asks
def test_log_of_a_session_that_is_not_over_is_refused(sqlite_house: House, ask: Ask) -> None:
    booked = ended_session(sqlite_house, after=timedelta(seconds=-1))

    with pytest.raises(NotOverYet):
        ask(sqlite_house, booked)

    sqlite_house.clock.advance(timedelta(seconds=1))
    ask(sqlite_house, booked)


@asks
def test_log_of_a_session_that_was_canceled_meanwhile_is_refused(sqlite_house: House, ask: Ask) -> None:
    booked = ended_session(sqlite_house)
    with sqlite_house.stores.confidential.write() as connection:
        connection.execute(update(_booking).values(status=BookingStatus.CANCELED.value))
    sqlite_house.is_broken_on_purpose = True

    with pytest.raises(AlreadyCanceled):
        ask(sqlite_house, booked)

    assert versions(sqlite_house) == []


@asks
def test_log_is_closed_14_days_after_the_end(sqlite_house: House, ask: Ask) -> None:
    booked = ended_session(sqlite_house, after=timedelta(days=14))

    with pytest.raises(LoggedForGood):
        ask(sqlite_house, booked)


@asks
@leaving.still_there
def test_log_of_a_scholar_who_may_not_be_met_any_more_is_not_found(
    sqlite_house: House, ask: Ask, apart: leaving.Change
) -> None:
    booked = ended_session(sqlite_house)
    apart(sqlite_house.stores.program)

    with pytest.raises(NotFound):
        ask(sqlite_house, booked)

    assert versions(sqlite_house) == []


@pytest.mark.parametrize("who", ["dev", "eli", "ada", "bo"])
def test_log_by_anybody_else_is_not_found(sqlite_house: House, who: str) -> None:
    booked = ended_session(sqlite_house)
    person = sqlite_house.person(who)

    for ref in (booked.staff_ref, booked.scholar_ref, booked.id, "nothing"):
        with pytest.raises(NotFound):
            log_sheet(sqlite_house.support, person, ref)
        with pytest.raises(NotFound):
            log_session(sqlite_house.support, person, a_log(ref))

    assert versions(sqlite_house) == []


def test_coach_who_is_a_scholar_too_logs_the_sessions_they_took_alone(sqlite_house: House) -> None:
    put_membership(sqlite_house.stores.program, "cleo", Role.SCHOLAR)
    took = book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish()).booked
    attended = ended_session(sqlite_house, "cleo", starts="2027-01-12T12:00Z", staff="dev")
    cleo = sqlite_house.person("cleo")

    log_session(sqlite_house.support, cleo, a_log(took.staff_ref))

    for ref in (attended.scholar_ref, attended.staff_ref):
        with pytest.raises(NotFound):
            log_sheet(sqlite_house.support, cleo, ref)


@pytest.mark.parametrize(
    ("started", "ended", "field"),
    [
        ("2027-01-12T10:40Z", "2027-01-12T10:40Z", "ended"),
        ("2027-01-12T10:00Z", "2027-01-12T10:47Z", "ended"),
        ("2027-01-11T09:59Z", "2027-01-11T10:30Z", "began"),
        (None, "2027-01-12T10:40Z", "began"),
        ("2027-01-12T10:00Z", None, "began"),
    ],
    ids=["no length", "the future", "another day", "no start", "no end"],
)
def test_log_with_impossible_times_is_refused_at_the_field_and_can_be_sent_again(
    sqlite_house: House, started: str | None, ended: str | None, field: str
) -> None:
    booked = ended_session(sqlite_house)
    cleo = sqlite_house.person("cleo")

    with pytest.raises(OddTimes) as refusal:
        log_session(sqlite_house.support, cleo, a_log(booked.staff_ref, started=started, ended=ended, key="this form"))
    log_session(sqlite_house.support, cleo, a_log(booked.staff_ref, key="this form"))

    assert refusal.value.field == field
    assert len(versions(sqlite_house)) == 1


def test_log_takes_topics_of_its_own_kind_only(sqlite_house: House) -> None:
    booked = ended_session(sqlite_house, kind=COMMUNITY, staff="eli")

    command = a_log(booked.staff_ref, areas=[FocusArea.CONFLICT, FocusArea.CAREER])
    log = log_session(sqlite_house.support, sqlite_house.person("eli"), command).log

    assert log is not None
    assert log.focus_areas == (FocusArea.CONFLICT,)


def test_scholar_who_has_left_is_logged_all_the_same_without_a_name(sqlite_house: House) -> None:
    booked = ended_session(sqlite_house)
    leave(sqlite_house, "ada")
    cleo = sqlite_house.person("cleo")

    (waiting,) = sessions_to_log(sqlite_house.support, cleo).waiting
    log_session(sqlite_house.support, cleo, a_log(booked.staff_ref))

    assert waiting.other_name == WHO_LEFT
    assert len(versions(sqlite_house)) == 1


def test_lists_hold_what_ended_within_14_days_by_what_is_still_to_be_said(house: House) -> None:
    cleo = house.person("cleo")
    old = ended_session(house)
    house.clock.advance(timedelta(days=6))
    first = ended_session(house, "bo", starts="2027-01-20T10:00Z")
    second = ended_session(house, starts="2027-01-21T10:00Z")
    book_session(house.support, house.person("ada"), a_wish("2027-01-22T10:00Z"))
    ended_session(house, "bo", starts="2027-01-21T15:00Z", staff="dev")
    both = sessions_to_log(house.support, cleo)
    log_session(house.support, cleo, times_of(second))
    house.clock.advance(timedelta(days=5))

    listed = sessions_to_log(house.support, cleo)

    assert [each.line.ref for each in both.waiting] == [old.staff_ref, first.staff_ref, second.staff_ref]
    assert [(each.line.ref, each.other_name) for each in listed.waiting][:1] == [(first.staff_ref, "Bo")]
    assert [each.line.ref for each in listed.logged] == [second.staff_ref]
    assert waiting_for_log(house.support, cleo) == len(listed.waiting) == 2


@leaving.still_there
def test_lists_and_count_leave_out_whom_one_may_not_meet_any_more(sqlite_house: House, apart: leaving.Change) -> None:
    ended_session(sqlite_house)
    apart(sqlite_house.stores.program)
    cleo = sqlite_house.person("cleo")

    listed = sessions_to_log(sqlite_house.support, cleo)

    assert (listed.waiting, listed.logged, waiting_for_log(sqlite_house.support, cleo)) == ((), (), 0)


def test_lists_leave_out_canceled_sessions(sqlite_house: House) -> None:
    ended_session(sqlite_house)
    with sqlite_house.stores.confidential.write() as connection:
        connection.execute(update(_booking).values(status=BookingStatus.CANCELED.value))
    sqlite_house.is_broken_on_purpose = True

    assert waiting_for_log(sqlite_house.support, sqlite_house.person("cleo")) == 0


@pytest.mark.parametrize("number", [1, 4])
def test_lists_and_count_ask_as_much_for_many_sessions_as_for_one(sqlite_house: House, number: int) -> None:
    for day in range(12, 12 + number):
        ended_session(sqlite_house, starts=f"2027-01-{day}T10:00Z")
    cleo = sqlite_house.person("cleo")
    program, confidential = sqlite_house.stores.program, sqlite_house.stores.confidential

    with queries_of(program) as people, queries_of(confidential) as asked:
        waiting_for_log(sqlite_house.support, cleo)
        counted = (len(people), len(asked))
        sessions_to_log(sqlite_house.support, cleo)

    assert counted == (1, 2)
    assert (len(people), len(asked)) == (3, 6)


def load_of_cleo(house: House) -> dict[str, int]:
    with house.stores.confidential.read() as connection:
        taken = taken_queries.taken(connection, staff_ids=["cleo"], scholar_id="", first=0, last=0, since=0)
    return taken.load


def leave(house: House, who: str) -> None:
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == who).values(removed_at=1))
    leaving.touch(house.stores.program)


def times_of(booked: Booked) -> LogSession:
    return a_log(booked.staff_ref, started=f"{booked.starts:%Y-%m-%dT%H:%MZ}", ended=f"{booked.ends:%Y-%m-%dT%H:%MZ}")
