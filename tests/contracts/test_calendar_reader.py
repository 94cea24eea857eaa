"""One contract for both readers of calendars: what the job relies on holds in memory and over HTTP alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.feeds import FeedProblem, FeedState
from tests.builders.calendars import a_calendar, a_question, an_entry, busy_labels
from tests.contracts.calendar_hosts import ASKS_FOR_SECONDS, CalendarHost, InMemory, OverHttp, a_website

DENTIST = a_calendar(an_entry(":20270112T090000Z", ":20270112T100000Z"))


@pytest.fixture(params=["in memory", "over HTTP"])
def host(request: pytest.FixtureRequest) -> Iterator[CalendarHost]:
    if request.param == "in memory":
        yield InMemory()
        return
    with a_website() as site:
        yield OverHttp(site=site)


def test_reader_finds_what_is_taken(host: CalendarHost) -> None:
    host.hold(DENTIST)

    assert busy_labels(host.reader.read(host.address, a_question())) == ["2027-01-12T09:00Z/10:00Z"]


def test_reader_says_that_nothing_has_changed_only_to_who_knows_it(host: CalendarHost) -> None:
    host.hold(DENTIST, etag='"one"')
    first = host.reader.read(host.address, a_question())

    assert first is not None
    assert first.etag == '"one"'
    assert host.reader.read(host.address, replace(a_question(), etag=first.etag)) is None
    host.hold(DENTIST, etag='"two"')
    assert host.reader.read(host.address, replace(a_question(), etag=first.etag)) == replace(first, etag='"two"')


@pytest.mark.parametrize(
    "state", [FeedState.REFUSED, FeedState.MISSING, FeedState.NO_CALENDAR, FeedState.TOO_LARGE, FeedState.AWAY]
)
def test_reader_says_what_stands_in_the_way(host: CalendarHost, state: FeedState) -> None:
    host.hold(DENTIST)
    host.fail(state)

    with pytest.raises(FeedProblem) as raised:
        host.reader.read(host.address, a_question())

    assert raised.value.state is state
    wanted = timedelta(seconds=ASKS_FOR_SECONDS) if state is FeedState.AWAY else None
    assert raised.value.retry_after == wanted


def test_nothing_at_the_address_is_said_to_be_missing(host: CalendarHost) -> None:
    with pytest.raises(FeedProblem) as raised:
        host.reader.read(host.address, a_question())

    assert raised.value.state is FeedState.MISSING


def test_something_else_at_the_address_is_no_calendar(host: CalendarHost) -> None:
    host.hold(b"BEGIN:VCARD\r\nEND:VCARD\r\n")

    with pytest.raises(FeedProblem) as raised:
        host.reader.read(host.address, a_question())

    assert raised.value.state is FeedState.NO_CALENDAR
