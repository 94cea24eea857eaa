"""A series has one calendar file: an event for each session, which keeps its UID through whatever becomes of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from domain.delivery import Delivery, Suppressed, Way
from domain.series import Repeat
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.session_news.news import APART, SessionNews, session_file
from services.session_news.series import series_file, series_news
from services.sessions.own import upcoming_sessions
from tests.builders import leaving
from tests.builders.bookings import a_cancellation, a_move, a_wish, instant
from tests.builders.rules import set_rules, with_kind
from tests.fixtures.desks import House, ledger_rows

TUESDAYS = ("2027-01-12T10:00Z", "2027-01-19T10:00Z", "2027-01-26T10:00Z")
MOVED = "2027-01-20T11:00Z"


@pytest.fixture
def booked(house: House) -> House:
    """Three sessions of Ada's with Cleo, booked at once."""
    wish = replace(a_wish(TUESDAYS[0], staff="cleo"), repeat=Repeat(times=3))
    book_session(house.support, house.person("ada"), wish)
    return house


def refs(house: House, who: str = "ada") -> list[str]:
    return [line.ref for line in upcoming_sessions(house.support, house.person(who))]


def only(house: House, kind: str, who: str = "ada") -> Delivery:
    (row,) = [each for each in ledger_rows(house, kind) if each.person_id == who]
    return row


def read(content: bytes | Suppressed) -> tuple[str, list[tuple[str, int, str, datetime]]]:
    """The METHOD, and of each event UID, SEQUENCE, STATUS and start."""
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    events = [each(event) for event in calendar.walk("VEVENT")]
    return str(calendar["METHOD"]), events


def each(event: Mapping[str, Any]) -> tuple[str, int, str, datetime]:
    return str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"]), event["DTSTART"].dt


def uid(ref: str) -> str:
    return f"{ref}@scholarbot"


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_file_of_a_series_holds_every_session_with_a_uid_of_its_own(booked: House, who: str) -> None:
    content = series_file(booked.support, only(booked, "session.series_file", who))

    starts = zip(refs(booked, who), TUESDAYS, strict=True)
    assert read(content) == ("PUBLISH", [(uid(ref), 0, "CONFIRMED", instant(start)) for ref, start in starts])
    assert isinstance(content, bytes)
    assert [word for word in (b"ada", b"cleo", b"oach", b"attendee", b"rrule") if word in content.lower()] == []
    assert content.count(b"CLASS:PRIVATE") == content.count(b"SUMMARY:Session\r\n") == 3
    assert series_file(booked.support, only(booked, "session.series_file", who)) == content


def test_the_two_know_no_event_by_the_same_uid(booked: House) -> None:
    files = [read(series_file(booked.support, only(booked, "session.series_file", who))) for who in ("ada", "cleo")]

    assert len({event[0] for _, events in files for event in events}) == 6


def test_what_was_moved_or_canceled_alone_before_the_file_went_has_one_of_its_own(booked: House) -> None:
    first, second, third = refs(booked)
    cancel_session(booked.support, booked.person("ada"), a_cancellation(first))
    move_session(booked.support, booked.person("ada"), a_move(second, MOVED))

    whole = series_file(booked.support, only(booked, "session.series_file"))
    alone = sorted(
        read(session_file(booked.support, row)) for row in ledger_rows(booked, "session.file") if row.person_id == "ada"
    )

    assert read(whole) == ("PUBLISH", [(uid(third), 0, "CONFIRMED", instant(TUESDAYS[2]))])
    assert alone == [
        ("CANCEL", [(uid(first), 1, "CANCELLED", instant(TUESDAYS[0]))]),
        ("PUBLISH", [(uid(second), 1, "CONFIRMED", instant(MOVED))]),
    ]


def test_file_of_a_series_of_which_nothing_is_left_as_it_was_is_not_sent(booked: House) -> None:
    first, *_ = refs(booked)
    cancel_session(booked.support, booked.person("ada"), replace(a_cancellation(first), and_following=True))

    assert series_file(booked.support, only(booked, "session.series_file")) == Suppressed("session changed")


def test_several_that_are_canceled_together_are_taken_from_the_calendar_by_one_file(booked: House) -> None:
    _, second, third = refs(booked)
    move_session(booked.support, booked.person("ada"), a_move(third, "2027-01-27T11:00Z"))
    cancel_session(booked.support, booked.person("ada"), replace(a_cancellation(second), and_following=True))

    row = only(booked, "session.series_canceled_file")

    assert read(series_file(booked.support, row)) == (
        "PUBLISH",
        [
            (uid(second), 1, "CANCELLED", instant(TUESDAYS[1])),
            (uid(third), 2, "CANCELLED", instant("2027-01-27T11:00Z")),
        ],
    )
    assert row.expires_at == instant("2027-01-27T11:45Z")
    assert [each.rung for each in ledger_rows(booked, "session.file") if each.person_id == "ada"] == ["v2"]


def test_file_of_a_series_is_not_sent_to_who_may_not_meet_the_scholar_any_more(booked: House) -> None:
    leaving.recused(booked.stores.program)

    assert series_file(booked.support, only(booked, "session.series_file", "cleo")) == APART
    assert isinstance(series_file(booked.support, only(booked, "session.series_file")), bytes)


def test_file_that_takes_a_series_out_of_a_calendar_is_sent_to_who_may_not_meet_the_scholar_any_more(
    booked: House,
) -> None:
    first, *_ = refs(booked)
    cancel_session(booked.support, booked.person("ada"), replace(a_cancellation(first), and_following=True))
    leaving.recused(booked.stores.program)

    _, events = read(series_file(booked.support, only(booked, "session.series_canceled_file", "cleo")))

    assert [status for _, _, status, _ in events] == ["CANCELLED"] * 3


@pytest.mark.parametrize("kind", ["session.series", "session.series_file"])
def test_series_is_told_as_long_as_one_of_its_sessions_is_not_over(booked: House, kind: str) -> None:
    assert only(booked, kind).expires_at == instant("2027-01-26T10:45Z")


def test_file_follows_the_news_it_belongs_to(booked: House) -> None:
    news, file = only(booked, "session.series"), only(booked, "session.series_file")

    assert (file.after, file.way, file.object_id) == (news.key, Way.FILE, news.object_id)


def test_what_was_canceled_alone_before_or_after_is_not_told_with_those_that_were_canceled_together(
    house: House,
) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, series_max=5, open_per_scholar=5))
    wish = replace(a_wish(TUESDAYS[0], staff="cleo"), repeat=Repeat(times=5))
    book_session(house.support, house.person("ada"), wish)
    first, second, third, *_ = refs(house)
    ada = house.person("ada")
    for ref, and_following in ((third, False), (second, True), (first, False)):
        cancel_session(house.support, ada, replace(a_cancellation(ref), and_following=and_following))
        house.clock.advance(timedelta(minutes=5))

    told = series_news(house.support, only(house, "session.series_canceled"))
    _, events = read(series_file(house.support, only(house, "session.series_canceled_file")))

    together = tuple(map(instant, (TUESDAYS[1], "2027-02-02T10:00Z", "2027-02-09T10:00Z")))
    assert isinstance(told, SessionNews)
    assert (told.series, tuple(starts for *_, starts in events)) == (together, together)
