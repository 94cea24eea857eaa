"""What of a calendar counts, when it is, and that nothing in it can do harm."""

import pytest

from bot.calendars.child import expanded_apart
from bot.calendars.expanding import expanded
from bot.calendars.trimming import ENTRIES_MAX, trimmed
from domain.feeds import FeedProblem, FeedState
from tests.builders.calendars import a_calendar, a_question, an_entry, busy_labels

LA = ";TZID=America/Los_Angeles"
LONDON = ";TZID=Europe/London"
NINE, TEN = ":20270112T090000Z", ":20270112T100000Z"
SESSION = "ref-1@scholarbot"
OUTLOOK = "040000008200E00074C5B7101A82E008"


def busy_of(*entries: str, head: str = "", **asked: object) -> list[str]:
    return busy_labels(expanded(a_calendar(*entries, head=head), a_question(**asked)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "more", "expected"),
    [
        (NINE, TEN, (), "2027-01-12T09:00Z/10:00Z"),
        (f"{LA}:20270112T090000", f"{LA}:20270112T100000", (), "2027-01-12T17:00Z/18:00Z"),
        (f"{LA}:20270712T090000", f"{LA}:20270712T100000", (), "2027-07-12T16:00Z/17:00Z"),
        (":20270712T090000", ":20270712T100000", (), "2027-07-12T08:00Z/09:00Z"),
        (";TZID=Nowhere/At_All:20270712T090000", ":20270712T090000Z", (), "2027-07-12T08:00Z/09:00Z"),
        (";TZID=W. Europe Standard Time:20270712T090000", ":20270712T080000Z", (), "2027-07-12T07:00Z/08:00Z"),
        (NINE, "", ("DURATION:PT90M",), "2027-01-12T09:00Z/10:30Z"),
        (";VALUE=DATE:20270112", ";VALUE=DATE:20270113", (), "2027-01-12T00:00Z/2027-01-13T00:00Z"),
        (";VALUE=DATE:20270112", "", (), "2027-01-12T00:00Z/2027-01-13T00:00Z"),
        (NINE, TEN, ("TRANSP:OPAQUE", "STATUS:TENTATIVE"), "2027-01-12T09:00Z/10:00Z"),
        (NINE, TEN, ("X-MICROSOFT-CDO-BUSYSTATUS:OOF",), "2027-01-12T09:00Z/10:00Z"),
        (NINE, TEN, ("BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT5M", "END:VALARM"), "2027-01-12T09:00Z/10:00Z"),
    ],
)
def test_entry_takes_the_time_it_says(start: str, end: str, more: tuple[str, ...], expected: str) -> None:
    assert busy_of(an_entry(start, end, *more)) == [expected]


@pytest.mark.parametrize(
    "more",
    [
        ("TRANSP:TRANSPARENT",),
        ("STATUS:CANCELLED",),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE",),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",),
        ("ATTENDEE;CN=Cleo;PARTSTAT=DECLINED:mailto:Cleo@Example.org",),
    ],
)
def test_entry_that_takes_nobodys_time_does_not_count(more: tuple[str, ...]) -> None:
    assert busy_of(an_entry(NINE, TEN, *more), emails=("cleo@example.org",)) == []


def test_what_somebody_else_declined_counts() -> None:
    declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:max@example.org"

    assert busy_of(an_entry(NINE, TEN, declined), emails=("cleo@example.org",)) == ["2027-01-12T09:00Z/10:00Z"]


def test_calendar_named_after_its_owner_tells_what_they_declined() -> None:
    declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:me@private.example"

    assert busy_of(an_entry(NINE, TEN, declined), head="X-WR-CALNAME:me@private.example") == []


def test_whole_days_are_days_of_the_calendars_own_zone() -> None:
    day = an_entry(";VALUE=DATE:20270314", ";VALUE=DATE:20270315")

    assert busy_of(day, head="X-WR-TIMEZONE:America/Los_Angeles") == ["2027-03-14T08:00Z/2027-03-15T07:00Z"]
    assert busy_of(day, zone="Asia/Kolkata") == ["2027-03-13T18:30Z/2027-03-14T18:30Z"]


def test_series_keeps_its_local_time_over_a_change_of_clocks() -> None:
    weekly = an_entry(f"{LA}:20270307T090000", f"{LA}:20270307T100000", "RRULE:FREQ=WEEKLY;COUNT=2")

    assert busy_of(weekly) == ["2027-03-07T17:00Z/18:00Z", "2027-03-14T16:00Z/17:00Z"]


def test_series_over_a_change_of_clocks_keeps_its_length() -> None:
    nightly = an_entry(f"{LA}:20270312T233000", f"{LA}:20270313T033000", "RRULE:FREQ=DAILY;COUNT=2")

    assert busy_of(nightly) == ["2027-03-13T07:30Z/11:30Z", "2027-03-14T07:30Z/11:30Z"]


def test_time_that_clocks_skip_is_counted_by_the_offset_before() -> None:
    skipped = an_entry(f"{LA}:20270313T023000", f"{LA}:20270313T033000", "RRULE:FREQ=DAILY;COUNT=2")

    assert busy_of(skipped) == ["2027-03-13T10:30Z/11:30Z", "2027-03-14T10:30Z/11:30Z"]


def test_time_that_comes_twice_is_the_first() -> None:
    assert busy_of(an_entry(f"{LA}:20271107T013000", "", "DURATION:PT30M")) == ["2027-11-07T08:30Z/09:00Z"]


def test_series_has_what_was_taken_out_moved_and_added() -> None:
    rule = ("RRULE:FREQ=WEEKLY;UNTIL=20270202T090000Z", f"EXDATE{LONDON}:20270119T090000", "RDATE:20270204T090000Z")
    series = an_entry(f"{LONDON}:20270112T090000", f"{LONDON}:20270112T100000", *rule)
    moved = an_entry(f"{LONDON}:20270127T140000", f"{LONDON}:20270127T143000", f"RECURRENCE-ID{LONDON}:20270126T090000")

    assert busy_of(series, moved) == [
        "2027-01-12T09:00Z/10:00Z",
        "2027-01-27T14:00Z/14:30Z",
        "2027-02-02T09:00Z/10:00Z",
        "2027-02-04T09:00Z/10:00Z",
    ]


def test_one_date_of_a_series_that_was_canceled_is_free() -> None:
    series = an_entry(NINE, TEN, "RRULE:FREQ=DAILY;COUNT=3")
    canceled = an_entry(":20270113T090000Z", ":20270113T100000Z", "RECURRENCE-ID:20270113T090000Z", "STATUS:CANCELLED")

    assert busy_of(series, canceled) == ["2027-01-12T09:00Z/10:00Z", "2027-01-14T09:00Z/10:00Z"]


def test_series_that_ends_on_a_date_has_that_date() -> None:
    series = an_entry(NINE, TEN, "RRULE:FREQ=DAILY;UNTIL=20270113")

    assert len(busy_of(series)) == 2


def test_series_of_long_ago_is_followed_to_the_window() -> None:
    daily = an_entry(":20010101T090000Z", ":20010101T100000Z", "RRULE:FREQ=DAILY")

    found = busy_of(daily, first="2027-01-12T00:00Z", last="2027-01-14T00:00Z")

    assert found == ["2027-01-12T09:00Z/10:00Z", "2027-01-13T09:00Z/10:00Z"]


def test_what_lies_outside_of_the_window_is_left_out_and_what_reaches_in_is_not() -> None:
    long = an_entry(":20270110T090000Z", ":20270112T100000Z", uid="trip")
    before = an_entry(":20270111T090000Z", ":20270111T100000Z", uid="before")
    after = an_entry(":20270114T000000Z", ":20270114T010000Z", uid="after")

    found = busy_of(long, before, after, first="2027-01-12T00:00Z", last="2027-01-14T00:00Z")

    assert found == ["2027-01-10T09:00Z/2027-01-12T10:00Z"]


@pytest.mark.parametrize(
    ("uid", "expected"),
    [
        (SESSION, "2027-01-12T09:00Z/10:00Z ref-1"),
        (
            OUTLOOK + "0" * 32 + (b"vCal-Uid\1\0\0\0" + SESSION.encode() + b"\0").hex().upper(),
            "2027-01-12T09:00Z/10:00Z ref-1",
        ),
        (OUTLOOK + "zz", "2027-01-12T09:00Z/10:00Z"),
        ("somebody@scholarbot.example", "2027-01-12T09:00Z/10:00Z"),
        ("x" * 100_000 + "@scholarbot", "2027-01-12T09:00Z/10:00Z"),
        ("a b@scholarbot", "2027-01-12T09:00Z/10:00Z"),
    ],
)
def test_entry_of_a_file_of_ours_says_which(uid: str, expected: str) -> None:
    assert busy_of(an_entry(NINE, TEN, uid=uid)) == [expected]


def test_calendar_that_tells_periods_alone_is_read() -> None:
    periods = "BEGIN:VFREEBUSY\r\nFREEBUSY:20270112T090000Z/PT1H,20270113T090000Z/20270113T100000Z\r\n"
    free = "FREEBUSY;FBTYPE=FREE:20270114T090000Z/PT1H\r\nEND:VFREEBUSY"

    assert busy_of(periods + free) == ["2027-01-12T09:00Z/10:00Z", "2027-01-13T09:00Z/10:00Z"]


def test_zone_of_a_calendars_own_making_is_followed() -> None:
    offsets = "DTSTART:20000101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\n"
    zone = f"BEGIN:VTIMEZONE\r\nTZID:Our Office\r\nBEGIN:STANDARD\r\n{offsets}END:STANDARD\r\nEND:VTIMEZONE"

    found = busy_of(zone, an_entry(";TZID=Our Office:20270112T090000", ";TZID=Our Office:20270112T100000"))

    assert found == ["2027-01-12T06:00Z/07:00Z"]


@pytest.mark.parametrize(
    ("start", "end", "more"),
    [
        (TEN, NINE, ()),
        (":tomorrow", TEN, ()),
        (NINE, ":whenever", ()),
        (NINE, "", ("DURATION:PXX",)),
        (NINE, "", ("DURATION:-PT1H",)),
        (NINE, TEN, ("RRULE:FREQ=SECONDLY",)),
        (NINE, TEN, ("RRULE:FREQ=MINUTELY",)),
        (":19700101T090000Z", ":19700101T100000Z", ("RRULE:FREQ=HOURLY",)),
        (NINE, TEN, ("RRULE:FREQ=SOMETIMES",)),
        (NINE, TEN, ("RRULE:FREQ=DAILY;INTERVAL=0",)),
        (NINE, TEN, ("RRULE:FREQ=DAILY", "EXDATE:nonsense")),
        (NINE, TEN, ("RECURRENCE-ID:nonsense",)),
    ],
)
def test_entry_that_makes_no_sense_is_counted_and_the_others_stand(start: str, end: str, more: tuple[str, ...]) -> None:
    bad, good = an_entry(start, end, *more, uid="bad"), an_entry(":20270115T090000Z", ":20270115T100000Z", uid="good")

    reading = expanded(a_calendar(bad, good), a_question())

    assert (busy_labels(reading), reading.skipped) == (["2027-01-15T09:00Z/10:00Z"], 1)


def test_entry_that_takes_no_time_is_no_mistake() -> None:
    reading = expanded(a_calendar(an_entry(NINE), an_entry(NINE, NINE, uid="other")), a_question())

    assert (reading.busy, reading.skipped) == ((), 0)


def test_zone_that_makes_no_sense_does_not_cost_the_calendar() -> None:
    zone = "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nTZOFFSETTO:much\r\nEND:STANDARD\r\nEND:VTIMEZONE"

    assert busy_of(zone, an_entry(NINE, TEN)) == ["2027-01-12T09:00Z/10:00Z"]


def test_letters_of_another_encoding_do_not_cost_the_calendar() -> None:
    latin = a_calendar(an_entry(NINE, TEN, "DESCRIPTION:x")).replace(b"Dentist", b"Z\xe4hne\0")

    assert busy_labels(expanded(b"\xef\xbb\xbf" + latin, a_question())) == ["2027-01-12T09:00Z/10:00Z"]


def test_line_folded_amid_a_time_is_one_line() -> None:
    folded = a_calendar(an_entry(NINE, TEN)).replace(b"DTEND:20270112T", b"DTEND:2027\r\n 0112T")

    assert busy_labels(expanded(folded, a_question())) == ["2027-01-12T09:00Z/10:00Z"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><title>Sign in</title>",
        b"\x00\xff" * 100,
        a_calendar(an_entry(NINE, TEN))[:-20],
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_what_is_no_whole_calendar_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(FeedProblem) as raised:
        expanded(content, a_question())

    assert raised.value.state is FeedState.NO_CALENDAR


def test_calendar_without_entries_is_one() -> None:
    assert expanded(a_calendar(), a_question()).busy == ()


def test_more_entries_than_anybody_has_are_refused() -> None:
    daily = [
        an_entry(f":20270101T00{minute:02}00Z", "", "DURATION:PT1M", "RRULE:FREQ=DAILY", uid=f"pill {minute}")
        for minute in range(30)
    ]

    with pytest.raises(FeedProblem) as raised:
        expanded(a_calendar(*daily), a_question())

    assert raised.value.state is FeedState.TOO_MUCH


def test_more_entries_that_take_no_time_than_anybody_has_are_refused_too() -> None:
    empty = an_entry(NINE)

    with pytest.raises(FeedProblem) as raised:
        trimmed(a_calendar(*[empty] * (ENTRIES_MAX + 1)), since="20270101")

    assert raised.value.state is FeedState.TOO_MUCH
    assert trimmed(a_calendar(*[empty] * ENTRIES_MAX), since="20270101").count("BEGIN:VEVENT") == ENTRIES_MAX


def test_process_apart_finds_the_same() -> None:
    content = a_calendar(an_entry(NINE, TEN, "RRULE:FREQ=DAILY;COUNT=2"), an_entry(TEN, NINE, uid=SESSION))

    assert expanded_apart(content, a_question()) == expanded(content, a_question())


def test_process_apart_says_what_is_wrong() -> None:
    with pytest.raises(FeedProblem) as raised:
        expanded_apart(b"<html>", a_question())

    assert raised.value.state is FeedState.NO_CALENDAR


def test_rule_that_nobody_can_count_through_is_ended() -> None:
    endless = an_entry(":00010101T090000Z", ":00010101T100000Z", "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30")

    with pytest.raises(FeedProblem) as raised:
        expanded_apart(a_calendar(endless), a_question(), seconds=1.5)

    assert raised.value.state is FeedState.TOO_MUCH
