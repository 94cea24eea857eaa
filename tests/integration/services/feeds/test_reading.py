"""Calendars are read in the background, each by one process, and nothing of them is kept but when they take time."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from threading import Event

import pytest
from sqlalchemy import Connection, update

from domain.delivery import Suppressed
from domain.errors import NotFound
from domain.feeds import (
    BACKOFF_MAX,
    FEEDS_MAX,
    READ_EVERY,
    TOLD_AFTER,
    FeedProblem,
    FeedQuestion,
    FeedReading,
    FeedState,
    OwnFeed,
    TooManyFeeds,
)
from domain.intervals import Interval
from services.booking.sweep import sweep_changed_programs
from services.feeds.own import FeedTwice, add_feed, own_feeds, read_feed_soon, remove_feed
from services.feeds.reading import ENOUGH_SECONDS, forget_feeds, read_feeds
from services.feeds.unread import UNREAD, unread_news
from storage.confidential import feed_queries
from storage.confidential.feed_queries import StoredFeed
from storage.confidential.feeds import CalendarFeed, OutsideBusy
from storage.engine import table_of
from tests.acting.calendars import AT_TEN, feed_id_of, known_of, with_calendar
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures
from tests.builders import leaving
from tests.builders.calendars import ADDRESS, a_calendar, an_entry
from tests.builders.leaving import membership_over
from tests.fakes.calendars import FakeCalendarReader
from tests.fixtures.desks import House, ledger_rows, replica

TEN = "2027-01-12T10:00Z/10:30Z"
SOON = READ_EVERY + timedelta(minutes=1)
DAY = timedelta(days=1)
_feed = table_of(CalendarFeed)


def shown(house: House) -> OwnFeed:
    (feed,) = own_feeds(house.support, house.person("cleo"))
    return feed


def read_again(house: House, reader: FakeCalendarReader, *, after: timedelta = SOON) -> int:
    house.clock.advance(after)
    return read_feeds(house.desk, reader)


def test_calendar_is_read_and_its_owner_sees_how_fresh_it_is(house: House) -> None:
    reader = FakeCalendarReader(contents={ADDRESS: a_calendar(AT_TEN, an_entry(":tomorrow", uid="bad"))})
    add_feed(house.support, house.person("cleo"), ADDRESS, request_key="add")
    assert (shown(house).state, shown(house).read) == (FeedState.NEW, None)

    assert read_feeds(house.desk, reader) == 1

    feed = shown(house)
    assert (feed.host, feed.state, feed.read) == ("calendar.example.org", FeedState.READ, house.clock.now())
    assert (feed.ahead, feed.skipped) == (1, 1)
    assert known_of(house) == [TEN]


def test_calendar_is_not_read_before_it_is_due_and_then_follows_what_changed(house: House) -> None:
    reader = with_calendar(house)
    assert read_feeds(house.desk, reader) == 0
    reader.contents[ADDRESS] = a_calendar(an_entry(":20270113T090000Z", ":20270113T091000Z"), AT_TEN)
    assert read_again(house, reader) == 1
    assert known_of(house) == [TEN, "2027-01-13T09:00Z/09:10Z"]

    reader.contents[ADDRESS] = a_calendar()
    read_again(house, reader)

    assert known_of(house) == []


def test_two_processes_read_each_calendar_once(house: House) -> None:
    for who in ("cleo", "dev", "eli"):
        add_feed(house.support, house.person(who), f"{ADDRESS}?{who}", request_key=who)
    contents = {f"{ADDRESS}?{who}": a_calendar(AT_TEN) for who in ("cleo", "dev", "eli")}
    readers = [FakeCalendarReader(contents=dict(contents)) for _ in range(2)]
    deeds = [_reading(house, readers[0]), _reading(replica(house), readers[1])]

    outcomes = at_once(deeds)

    assert sorted(readers[0].asked + readers[1].asked) == sorted(contents)
    assert sum(each for each in outcomes if isinstance(each, int)) == 3
    assert known_of(house) == [TEN] * 3


def _reading(house: House, reader: FakeCalendarReader) -> Callable[[], int]:
    return lambda: read_feeds(house.desk, reader)


def test_calendar_that_a_process_died_over_is_read_once_the_lease_is_over(house: House) -> None:
    class Killed(BaseException):
        """What no code of ours catches."""

    class Dying:
        def read(self, _address: str, _question: FeedQuestion) -> FeedReading | None:
            raise Killed

    add_feed(house.support, house.person("cleo"), ADDRESS, request_key="add")
    with pytest.raises(Killed):
        read_feeds(house.desk, Dying())
    reader = FakeCalendarReader(contents={ADDRESS: a_calendar(AT_TEN)})
    assert read_feeds(house.desk, reader) == 0

    with house.stores.confidential.write() as connection:
        connection.execute(update(_feed).values(lease_until=0))

    assert read_feeds(house.desk, reader) == 1
    assert known_of(house) == [TEN]


def test_calendar_that_was_removed_while_it_was_read_leaves_nothing(house: House) -> None:
    class Slow(FakeCalendarReader):
        def read(self, address: str, question: FeedQuestion) -> FeedReading | None:
            remove_feed(house.support, house.person("cleo"), feed_id_of(house))
            return FakeCalendarReader.read(self, address, question)

    add_feed(house.support, house.person("cleo"), ADDRESS, request_key="add")

    read_feeds(house.desk, Slow(contents={ADDRESS: a_calendar(AT_TEN)}))

    assert known_of(house) == []
    assert own_feeds(house.support, house.person("cleo")) == ()


def test_calendar_that_is_removed_while_its_reading_is_written_down_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever removes it waits for who writes, and must see what was written then."""
    written, gone, replace_busy = Event(), Event(), feed_queries.replace_busy

    def slow(connection: Connection, feed: StoredFeed, stretches: Sequence[Interval]) -> None:
        replace_busy(connection, feed, stretches)
        written.set()
        gone.wait(0.3)  # on PostgreSQL the other one waits for this; on SQLite it waits before it begins

    def remove() -> None:
        written.wait(PATIENCE_SECONDS)
        other = replica(house, lock_wait_seconds=PATIENCE_SECONDS)
        remove_feed(other.support, house.person("cleo"), feed_id)
        gone.set()

    add_feed(house.support, house.person("cleo"), ADDRESS, request_key="add")
    feed_id = feed_id_of(house)
    monkeypatch.setattr(feed_queries, "replace_busy", slow)
    reader = FakeCalendarReader(contents={ADDRESS: a_calendar(AT_TEN)})

    deeds: list[Callable[[], object]] = [partial(read_feeds, replica(house).desk, reader), remove]

    outcomes = at_once(deeds)

    assert failures(outcomes) == []
    assert (own_feeds(house.support, house.person("cleo")), known_of(house)) == ((), [])


def test_what_has_not_changed_is_not_read_again_until_more_days_lie_ahead(house: House) -> None:
    reader = FakeCalendarReader(etags={ADDRESS: '"one"'})
    with_calendar(house, an_entry(":20270111T090000Z", ":20270111T093000Z", "RRULE:FREQ=YEARLY"), reader=reader)
    before = known_of(house)
    assert len(before) == 1 + 1

    read_again(house, reader)
    assert known_of(house) == before
    assert shown(house).read == house.clock.now()

    house.clock.advance(timedelta(days=340))
    read_feeds(house.desk, reader)
    assert known_of(house)[-1].startswith("2029-01-11")


def test_calendar_out_of_reach_blocks_what_is_known_and_is_tried_ever_more_rarely(house: House) -> None:
    reader = with_calendar(house)
    reader.problems[ADDRESS] = FeedProblem(FeedState.AWAY)
    read_at = house.clock.now()

    tries = sum(read_again(house, reader, after=timedelta(minutes=5)) for _ in range(12 * 12))

    assert known_of(house) == [TEN]
    assert (shown(house).state, shown(house).read) == (FeedState.AWAY, read_at)
    assert 12 < tries < 20
    del reader.problems[ADDRESS]
    assert read_again(house, reader, after=BACKOFF_MAX + timedelta(minutes=1)) == 1
    assert shown(house).state is FeedState.READ
    assert read_again(house, reader) == 1


def test_other_side_that_asks_to_be_left_alone_is(house: House) -> None:
    reader = with_calendar(house)
    reader.problems[ADDRESS] = FeedProblem(FeedState.AWAY, retry_after=timedelta(hours=5))
    read_again(house, reader)

    assert read_again(house, reader, after=timedelta(hours=4)) == 0
    assert read_again(house, reader, after=timedelta(hours=2)) == 1


def test_calendar_that_breaks_the_reader_keeps_no_other_from_being_read(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    class Breaking(FakeCalendarReader):
        def read(self, address: str, question: FeedQuestion) -> FeedReading | None:
            if address == ADDRESS:
                raise RuntimeError(address)
            return FakeCalendarReader.read(self, address, question)

    other = f"{ADDRESS}?dev"
    add_feed(house.support, house.person("cleo"), ADDRESS, request_key="cleo")
    add_feed(house.support, house.person("dev"), other, request_key="dev")

    with caplog.at_level(logging.DEBUG):
        read_feeds(house.desk, Breaking(contents={other: a_calendar(AT_TEN)}))

    assert known_of(house) == [TEN]
    assert shown(house).state is FeedState.TOO_MUCH
    assert "private-abc123" not in caplog.text


def test_owner_is_told_once_that_a_calendar_was_not_read_for_a_day(house: House) -> None:
    reader = with_calendar(house)
    reader.problems[ADDRESS] = FeedProblem(FeedState.MISSING)
    read_again(house, reader, after=TOLD_AFTER - timedelta(minutes=1))
    assert ledger_rows(house, UNREAD) == []

    for _ in range(4):
        read_again(house, reader, after=timedelta(hours=2))

    (row,) = ledger_rows(house, UNREAD)
    assert (row.person_id, unread_news(house.support, row)) == ("cleo", None)
    del reader.problems[ADDRESS]
    read_again(house, reader, after=timedelta(hours=2))
    assert isinstance(unread_news(house.support, row), Suppressed)

    reader.problems[ADDRESS] = FeedProblem(FeedState.MISSING)
    read_again(house, reader, after=2 * DAY)
    assert len(ledger_rows(house, UNREAD)) == 2


def test_message_is_not_sent_once_the_calendar_is_gone(sqlite_house: House) -> None:
    house, reader = sqlite_house, with_calendar(sqlite_house)
    reader.problems[ADDRESS] = FeedProblem(FeedState.MISSING)
    read_again(house, reader, after=2 * DAY)
    (row,) = ledger_rows(house, UNREAD)
    remove_feed(house.support, house.person("cleo"), feed_id_of(house))

    assert isinstance(unread_news(house.support, row), Suppressed)


def test_calendar_of_who_left_is_forgotten(house: House) -> None:
    reader = with_calendar(house)
    membership_over(house.stores.program)

    assert read_again(house, reader) == 1

    assert (known_of(house), reader.asked) == ([], [ADDRESS])


def test_the_sweep_forgets_the_calendars_of_who_left(house: House) -> None:
    with_calendar(house)
    sweep_changed_programs(house.desk)
    before = known_of(house)
    membership_over(house.stores.program)
    leaving.touch(house.stores.program)

    sweep_changed_programs(house.desk)

    assert (before, known_of(house)) == ([TEN], [])


def test_calendars_that_are_not_to_be_read_are_forgotten(sqlite_house: House) -> None:
    with_calendar(sqlite_house)

    assert (forget_feeds(sqlite_house.desk), forget_feeds(sqlite_house.desk)) == (1, 0)

    assert known_of(sqlite_house) == []


def test_owner_alone_reaches_a_calendar(sqlite_house: House) -> None:
    house, reader = sqlite_house, with_calendar(sqlite_house)
    feed_id = feed_id_of(house)

    remove_feed(house.support, house.person("dev"), feed_id)
    read_feed_soon(house.support, house.person("dev"), feed_id)

    assert own_feeds(house.support, house.person("dev")) == ()
    assert read_feeds(house.desk, reader) == 0
    read_feed_soon(house.support, house.person("cleo"), feed_id)
    assert read_feeds(house.desk, reader) == 1


def test_calendar_is_added_once_and_not_without_end(house: House) -> None:
    cleo = house.person("cleo")
    for _ in range(2):
        add_feed(house.support, cleo, ADDRESS, request_key="the same")
    assert len(own_feeds(house.support, cleo)) == 1
    with pytest.raises(FeedTwice):
        add_feed(house.support, cleo, f" {ADDRESS} ", request_key="another")

    for number in range(1, FEEDS_MAX):
        add_feed(house.support, cleo, f"{ADDRESS}?{number}", request_key=str(number))
    with pytest.raises(TooManyFeeds) as refused:
        add_feed(house.support, cleo, f"{ADDRESS}?more", request_key="more")

    assert refused.value.field == "address"


def test_house_that_reads_no_calendars_takes_none(sqlite_house: House) -> None:
    desk = replace(sqlite_house.support, reads_calendars=False)

    with pytest.raises(NotFound):
        own_feeds(desk, sqlite_house.person("cleo"))
    with pytest.raises(NotFound):
        add_feed(desk, sqlite_house.person("cleo"), ADDRESS, request_key="add")


def test_address_that_was_touched_in_the_store_is_not_used(sqlite_house: House) -> None:
    house, reader = sqlite_house, with_calendar(sqlite_house)
    with house.stores.confidential.write() as connection:
        connection.execute(update(_feed).values(address=b"not sealed by us"))

    read_again(house, reader)

    assert reader.asked == [ADDRESS]
    assert (shown(house).state, shown(house).host) == (FeedState.MISSING, "")


def test_store_holds_neither_address_nor_words_of_a_calendar(house: House) -> None:
    with_calendar(house)

    with house.stores.confidential.read() as connection:
        for table in (_feed, table_of(OutsideBusy)):
            rows = [tuple(row) for row in connection.execute(table.select())]
            told = b"".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
            assert rows
            for canary in (b"private-abc123", b"calendar.example.org", b"Dentist", b"dentist@"):
                assert canary not in told


def test_row_of_slow_servers_is_left_for_the_next_go_so_that_others_have_their_turn(house: House) -> None:
    @dataclass(slots=True, kw_only=True)
    class Slow(FakeCalendarReader):
        def read(self, address: str, question: FeedQuestion) -> FeedReading | None:
            house.clock.advance(timedelta(seconds=ENOUGH_SECONDS + 1))
            return FakeCalendarReader.read(self, address, question)

    addresses = [f"{ADDRESS}?{who}" for who in ("cleo", "dev", "eli")]
    for who, address in zip(("cleo", "dev", "eli"), addresses, strict=True):
        add_feed(house.support, house.person(who), address, request_key=who)
    reader = Slow(contents=dict.fromkeys(addresses, a_calendar(AT_TEN)))

    tried = [read_feeds(house.desk, reader) for _ in range(3)]

    assert (tried, sorted(reader.asked)) == ([1, 1, 1], addresses)
