"""A series goes on while clocks change: in London on 28 March and 31 October, in Los Angeles two weeks before it."""

from dataclasses import replace

import pytest
from icalendar import Calendar

from domain.delivery import OutgoingMessage
from domain.series import Repeat, SeriesNotFree
from handlers.outbox import composers
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.hours.own import save_hours
from services.session_news.series import series_file
from services.sessions.own import session_details, upcoming_sessions
from tests.builders.bookings import a_cancellation, a_move, a_wish, instant
from tests.builders.people import travel
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House, ledger_rows

SUNDAY = 6


def at(house: House, now: str) -> House:
    """The same house at another instant."""
    house.clock.advance(instant(now) - house.clock.now())
    return house


def awake_at_night(house: House, now: str, *, sessions: int = 3) -> House:
    """Cleo is there on Sundays from midnight to four, and so many sessions fit into a series."""
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, {SUNDAY: "0:00-4:00"}))
    set_rules(house.stores.program, lambda rules: with_kind(rules, series_max=sessions, open_per_scholar=sessions))
    return at(house, now)


def books(house: House, first: str, times: int = 3) -> None:
    """Ada books every week with Cleo."""
    wish = replace(a_wish(first), repeat=Repeat(times=times))
    book_session(house.support, house.person("ada"), wish)


def starts(house: House) -> list[str]:
    return [start for _, _, start, status in house.bookings() if status == "booked"]


def test_date_on_which_clocks_jump_over_the_time_is_refused_by_name_and_nothing_is_booked(house: House) -> None:
    awake_at_night(house, "2027-03-13T12:00Z")
    before = house.messages(), house.cells(), house.keys()

    with pytest.raises(SeriesNotFree) as refused:
        books(house, "2027-03-14T01:30Z")

    assert refused.value.field == "repeat"
    assert refused.value.message == (
        "Nothing was booked, since not all of these times work. This one does not: Sun 28 Mar 2027 "
        "(clocks jump over that time). Please choose fewer times, or another time."
    )
    assert (house.bookings(), house.messages(), house.cells(), house.keys()) == ([], *before)


def test_time_that_comes_twice_is_booked_as_the_first_of_the_two_and_once(house: House) -> None:
    awake_at_night(house, "2027-10-16T12:00Z", sessions=4)

    books(house, "2027-10-17T00:30Z", times=4)

    assert starts(house) == ["2027-10-17T00:30Z", "2027-10-24T00:30Z", "2027-10-31T00:30Z", "2027-11-07T01:30Z"]


def test_second_of_the_two_can_begin_a_series_which_goes_on_at_that_local_time(house: House) -> None:
    awake_at_night(house, "2027-10-30T12:00Z")

    books(house, "2027-10-31T01:30Z")

    assert starts(house) == ["2027-10-31T01:30Z", "2027-11-07T01:30Z", "2027-11-14T01:30Z"]


def test_reminders_keep_their_elapsed_time_ahead_of_a_session_after_the_change(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, {SUNDAY: "9:00-17:00"}))
    at(house, "2027-03-15T12:00Z")

    books(house, "2027-03-21T10:00Z", times=2)

    due = sorted(when for kind, who, _, when in house.messages() if (kind, who) == ("session.reminder", "ada"))
    assert due == ["2027-03-20T10:00Z", "2027-03-21T09:45Z", "2027-03-27T09:00Z", "2027-03-28T08:45Z"]


def test_file_and_message_hold_the_instants_that_the_change_makes_and_each_reader_their_own_clock(house: House) -> None:
    travel(house.stores.program, "ada", "America/Los_Angeles")
    at(house, "2027-03-08T12:00Z")

    books(house, "2027-03-09T10:00Z")
    (news,) = [row for row in ledger_rows(house, "session.series") if row.person_id == "ada"]
    (file,) = [row for row in ledger_rows(house, "session.series_file") if row.person_id == "ada"]
    outgoing = composers(house.desk)[news.kind](news)
    content = series_file(house.support, file)

    assert isinstance(outgoing, OutgoingMessage)
    assert isinstance(content, bytes)
    begins = [each.decoded("DTSTART") for each in Calendar.from_ical(content).walk("VEVENT")]
    assert begins == [instant(f"2027-03-{day:02}T10:00Z") for day in (9, 16, 23)]
    # In Los Angeles clocks have changed on the 14th already: from then on it is an hour later there.
    times = "Tue 9 Mar, 02:00 PST; Tue 16 Mar, 03:00 PDT; Tue 23 Mar, 03:00 PDT"
    assert outgoing.message.text == f"Your sessions are set: {times}."


def test_session_after_the_change_can_be_moved_and_those_that_follow_it_canceled(house: House) -> None:
    at(house, "2027-03-15T12:00Z")
    books(house, "2027-03-16T10:00Z")
    _, second, third = (line.ref for line in upcoming_sessions(house.support, house.person("ada")))

    moved = move_session(house.support, house.person("ada"), a_move(third, "2027-03-30T10:00Z"))
    again = session_details(house.support, house.person("ada"), second)
    following = replace(a_cancellation(second), and_following=True)
    cancel_session(house.support, house.person("ada"), following)

    assert moved.booked.starts == instant("2027-03-30T10:00Z")  # eleven in the morning by then
    assert again.series == tuple(map(instant, ("2027-03-16T10:00Z", "2027-03-23T10:00Z", "2027-03-30T10:00Z")))
    assert starts(house) == ["2027-03-16T10:00Z"]


def test_limit_of_a_day_goes_by_the_local_day_after_the_change(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, dict.fromkeys(WEEKDAYS, "0:00-24:00")))
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_day=1))
    at(house, "2027-03-15T12:00Z")
    book_session(house.support, house.person("bo"), a_wish("2027-03-29T23:00Z"))  # midnight of the 30th in London

    with pytest.raises(SeriesNotFree) as refused:
        books(house, "2027-03-16T10:00Z")

    assert "This one does not: Tue 30 Mar 2027, 10:00 (that day is full)." in refused.value.message
