"""Reminders and news of events: whom they are for, when they go, and that they are asked again when they are sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.attention import Preferences, QuietHours, Rhythm
from domain.delivery import Delivery, Suppressed
from domain.event_answers import Said
from handlers.outbox_events import event_composers
from services.attention.preferences import save_preferences
from services.events.commands import CallOff, EditEvent
from services.events.deliveries import DAY_BEFORE, QUARTER, EventMessage, day_before
from services.events.digest import told_of
from services.events.look import EventLine, event_details
from services.events.news import TODAY, EventNews, event_news
from services.events.plan import call_off, edit_event
from services.events.sweep import sweep_events
from services.events.talks import sign_up
from tests.builders.bookings import instant
from tests.builders.event_messages import event_rows, told
from tests.builders.events import STARTS, put_event, say
from tests.builders.leaving import membership_over
from tests.builders.people import put_person, travel
from tests.fixtures.desks import House, label
from tests.looking.dispatching import Office
from tests.looking.ledgers import LedgerBook
from tests.looking.queries import queries_of


def reminder(house: House, who: str, rung: str = "day") -> Delivery:
    [found] = [
        row for row in event_rows(house, EventMessage.REMINDER) if row.person_id == who and row.rung.startswith(rung)
    ]
    return found


@pytest.mark.parametrize(
    ("zone", "starts", "expected"),
    [
        ("Europe/London", "12:00", "2027-01-13T12:00Z"),
        ("Europe/London", "07:30", "2027-01-13T09:00Z"),
        ("Europe/London", "21:30", "2027-01-13T20:00Z"),
        ("Europe/London", "20:30", "2027-01-13T20:00Z"),
        ("Europe/London", "09:30", "2027-01-13T09:30Z"),
        ("Asia/Tokyo", "12:00", "2027-01-13T11:00Z"),
        ("America/Los_Angeles", "12:00", "2027-01-13T17:00Z"),
    ],
)
def test_day_before_is_told_at_hours_at_which_people_are_awake(zone: str, starts: str, expected: str) -> None:
    hour, minute = map(int, starts.split(":"))

    at = day_before(STARTS.replace(hour=hour, minute=minute), zone)

    assert label(int(at.timestamp())) == expected


def test_only_who_says_yes_is_reminded_at_their_own_hours(house: House) -> None:
    event = put_event(house, room_seats=2)
    travel(house.stores.program, "bo", "America/Los_Angeles")
    for who, said in (("ada", Said.YES), ("bo", Said.YES), ("cleo", Said.YES), ("dev", Said.MAYBE)):
        say(house, who, event, said)

    assert told(house) == [
        ("event.reminder", "ada", "day v1", "2027-01-13T12:00Z"),
        ("event.reminder", "bo", "day v1", "2027-01-13T17:00Z"),
        ("event.reminder", "ada", "15m v1", "2027-01-14T11:45Z"),
        ("event.reminder", "bo", "15m v1", "2027-01-14T11:45Z"),
    ]


def test_yes_that_is_taken_back_and_given_again_brings_each_reminder_once(house: House) -> None:
    event = put_event(house)
    for said in (Said.YES, Said.NO, Said.YES):
        say(house, "ada", event, said)

    assert [row[2] for row in told(house)] == ["day v1", "15m v1"]


def test_reminder_is_true_until_its_reader_says_no_the_event_is_off_or_has_begun(house: House) -> None:
    event, off = put_event(house), put_event(house, starts=STARTS + timedelta(hours=2))
    for each in (event, off):
        say(house, "ada", each)
    first, second = [row for row in event_rows(house) if row.rung.startswith("15m")]
    before = event_news(house.desk, first)
    say(house, "ada", event, Said.NO)
    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=off.id))

    after = [event_news(house.desk, row) for row in (first, second)]

    assert isinstance(before, EventNews)
    assert (before.event, before.rung) == (event, "15m")
    assert after == [Suppressed("does not come any more"), Suppressed("called off")]
    say(house, "ada", event)
    house.clock.advance(STARTS - house.clock.now())
    assert event_news(house.desk, first) == Suppressed("moved, or begun")


@pytest.mark.parametrize(
    ("rung", "zone", "now", "said"),
    [
        ("day", "Europe/London", "2027-01-13T23:59Z", DAY_BEFORE),
        ("day", "Europe/London", "2027-01-14T00:00Z", TODAY),
        ("day", "Asia/Tokyo", "2027-01-13T15:30Z", TODAY),
        ("day", "America/Los_Angeles", "2027-01-14T07:30Z", DAY_BEFORE),
        ("day", "America/Los_Angeles", "2027-01-13T07:30Z", ""),
        ("15m", "Europe/London", "2027-01-14T11:45Z", QUARTER),
        ("15m", "Europe/London", "2027-01-14T11:50Z", QUARTER),
        ("15m", "Europe/London", "2027-01-14T11:51Z", ""),
    ],
)
def test_reminder_says_when_it_begins_by_the_clock_on_the_wall(
    house: House, rung: str, zone: str, now: str, said: str
) -> None:
    event = put_event(house)
    travel(house.stores.program, "ada", zone)
    say(house, "ada", event)
    row = reminder(house, "ada", rung)
    house.clock.advance(instant(now) - house.clock.now())

    # Put off to this very instant, as quiet hours do: by its own time to go it is never late.
    news = event_news(house.desk, replace(row, send_at=house.clock.now()))

    assert isinstance(news, EventNews)
    assert news.rung == said


def test_reminder_that_quiet_hours_keep_until_the_day_itself_does_not_say_tomorrow(house: House) -> None:
    quiet = Preferences(quiet=QuietHours(begin=20 * 60, end=8 * 60), rhythm=Rhythm.DAILY, digest_time=600, weekday=0)
    save_preferences(house.desk, house.person("ada"), quiet, request_key="quiet")
    event = put_event(house, title="Pub quiz", starts=STARTS + timedelta(hours=8))
    say(house, "ada", event)
    office = Office.open(house.stores, clock=house.clock)
    office.composers.update(event_composers(house.desk))

    house.clock.advance(event.plan.starts - timedelta(days=1) - house.clock.now())
    office.run(seconds=3)
    at_night = office.texts()
    house.clock.advance(timedelta(hours=12))
    office.run(seconds=3)

    assert (at_night, office.texts()) == ([], ["Today: Pub quiz, Thu 14 Jan, 20:00 GMT to 21:00 GMT."])


def test_yes_in_the_last_quarter_of_an_hour_brings_no_reminder(house: House) -> None:
    event = put_event(house)
    for seconds, who in ((1, "ada"), (0, "bo")):
        house.clock.advance(STARTS - timedelta(minutes=15, seconds=seconds) - house.clock.now())
        say(house, who, event)

    assert [row[1:3] for row in told(house)] == [("ada", "15m v1")]


def test_who_comes_up_from_the_line_is_reminded_like_everybody(house: House) -> None:
    event = put_event(house, room_seats=1)
    for who in ("ada", "bo"):
        say(house, who, event)
    say(house, "ada", event, Said.NO)

    assert [row[2] for row in told(house) if row[1] == "bo"] == ["seat 1", "day v1", "15m v1"]


def test_news_of_a_move_is_not_for_who_has_given_the_seat_back_meanwhile(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event)
    plan = replace(event.plan, place="Room 5")
    edit_event(house.desk, house.person("sam"), EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan))
    [row] = event_rows(house, EventMessage.MOVED)
    before = event_news(house.desk, row)
    say(house, "ada", event, Said.NO)

    assert isinstance(before, EventNews)
    assert event_news(house.desk, row) == Suppressed("does not come any more")


def test_news_of_a_move_is_for_who_said_maybe_until_they_say_no(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event, Said.MAYBE)
    plan = replace(event.plan, place="Room 5")
    edit_event(house.desk, house.person("sam"), EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan))
    [row] = event_rows(house, EventMessage.MOVED)
    before = event_news(house.desk, row)
    say(house, "ada", event, Said.NO)

    assert isinstance(before, EventNews)
    assert before.guest.said is Said.MAYBE
    assert event_news(house.desk, row) == Suppressed("does not come any more")


def test_news_of_a_move_says_whether_answers_are_closed_when_it_is_sent(house: House) -> None:
    closes = STARTS - timedelta(days=1)
    event = put_event(house, closes=closes)
    say(house, "ada", event, Said.MAYBE)
    plan = replace(event.plan, place="Room 5")
    edit_event(house.desk, house.person("sam"), EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan))
    [row] = event_rows(house, EventMessage.MOVED)
    house.clock.advance(closes - timedelta(seconds=1) - house.clock.now())
    before = event_news(house.desk, row)
    house.clock.advance(timedelta(seconds=1))
    after = event_news(house.desk, row)

    assert isinstance(before, EventNews)
    assert isinstance(after, EventNews)
    assert (before.is_closed, after.is_closed) == (False, True)


def test_reminder_of_the_time_before_is_not_true_after_a_move(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event)
    old = reminder(house, "ada")
    plan = replace(event.plan, starts=STARTS + timedelta(hours=1), ends=STARTS + timedelta(hours=2))
    wish = EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan)
    edit_event(house.desk, house.person("sam"), wish)

    assert event_news(house.desk, old) == Suppressed("moved, or begun")


def test_after_an_outage_only_the_newest_reminder_is_left(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event)
    book = LedgerBook(house.stores, house.clock)
    house.clock.advance(STARTS - timedelta(minutes=10) - house.clock.now())

    book.queue.tidy(house.clock.now())

    assert {rung: state for rung, state in book.states_of_rungs().items() if rung.endswith("v1")} == {
        "day v1": "superseded",
        "15m v1": "pending",
    }


def test_who_leaves_is_told_nothing_and_their_seat_and_slot_go_to_the_next(house: House) -> None:
    event = put_event(house, room_seats=1, talk_slots=1, talk_minutes=5)
    for who in ("ada", "bo"):
        say(house, who, event)
        sign_up(house.desk, house.person(who), event.id, who, request_key=f"talk of {who}")
    row = reminder(house, "ada")
    membership_over(house.stores.program, "ada")
    refreshed: list[str] = []

    released = [sweep_events(house.desk, lambda *ids: refreshed.extend(ids)) for _ in range(2)]

    assert event_news(house.desk, row) == Suppressed("gone")
    assert sorted(row[:3] for row in told(house, EventMessage.SEAT, EventMessage.SLOT)) == [
        ("event.seat", "bo", "seat 1"),
        ("event.slot", "bo", "talk"),
    ]
    assert (released, refreshed) == ([1, 0], ["bo"])


def test_who_leaves_is_no_maybe_any_more(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event, Said.MAYBE)
    membership_over(house.stores.program, "ada")

    sweep_events(house.desk, lambda *_ids: None)

    numbers = event_details(house.desk, house.person("sam"), event.id).numbers
    assert (numbers.maybe, numbers.no) == (0, 1)


def test_sweep_asks_the_same_however_many_people_hold_seats(house: House) -> None:
    counts = []
    for number in (1, 20):
        event = put_event(house)
        for each in range(number):
            say(house, put_person(house.stores.program, f"scholar-{number}-{each}"), event)
        with queries_of(house.stores.program) as asked:
            sweep_events(house.desk, lambda *_ids: None)
        counts.append(len(asked))

    assert counts == [3, 3]


def test_digest_has_what_is_new_and_the_rest_of_the_week_and_nothing_that_is_over(house: House) -> None:
    fresh, known, later = put_event(house), put_event(house), put_event(house, starts=STARTS + timedelta(days=9))
    off, lost = put_event(house), put_event(house, starts=STARTS + timedelta(hours=2))
    say(house, "ada", lost)
    for each in (off, lost):
        call_off(house.desk, house.person("sam"), CallOff(request_key=each.id, event_id=each.id))
    guest = say(house, "ada", known)

    found = told_of(house.desk, house.person("ada"), [fresh.id, off.id, lost.id, "no-such"])
    again = told_of(house.desk, house.person("ada"), [later.id])

    assert sorted(line.event.id for line in found) == sorted([fresh.id, known.id, lost.id])
    assert EventLine(event=known, guest=guest, zone="Europe/London") in found
    assert sorted(line.event.id for line in again) == sorted([fresh.id, known.id, later.id])


def test_news_of_hosting_is_true_while_it_is_so_and_the_event_is_not_over(house: House) -> None:
    event = put_event(house, host_id="cleo")
    [hosts] = event_rows(house, EventMessage.HOST)
    replaced = replace(hosts, person_id="dev", rung="no_host v2")
    before = [event_news(house.desk, row) for row in (hosts, replaced)]
    plan = replace(event.plan, host_id="dev")
    edit_event(house.desk, house.person("sam"), EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan))

    after = [event_news(house.desk, row) for row in (hosts, replaced)]
    now_so = replace(hosts, person_id="dev")
    house.clock.advance(event.plan.ends - timedelta(seconds=1) - house.clock.now())
    held = event_news(house.desk, now_so)
    house.clock.advance(timedelta(seconds=1))

    assert [each.rung for each in before if isinstance(each, EventNews)] == ["host", "no_host"]
    assert after == [Suppressed("not so any more")] * 2
    assert isinstance(held, EventNews)
    assert event_news(house.desk, now_so) == Suppressed("not so any more")


def test_news_of_hosting_is_not_told_of_an_event_that_is_called_off(house: House) -> None:
    event = put_event(house, host_id="cleo")
    [row] = event_rows(house, EventMessage.HOST)

    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=event.id))

    assert event_rows(house, EventMessage.HOST) == []
    assert event_news(house.desk, row) == Suppressed("not so any more")
