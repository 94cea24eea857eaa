"""Whoever is in support no more, or in another program, has no calendar read any more, whatever comes first."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import update

from domain.feeds import BACKOFF_MAX, READ_EVERY, TOLD_AFTER, FeedProblem, FeedQuestion, FeedReading, FeedState
from services.feeds.own import FeedTwice, add_feed, own_feeds, remove_feed
from services.feeds.reading import read_feeds
from services.feeds.unread import UNREAD, unread_news
from services.session_news.news import GONE
from storage.confidential import feed_queries
from storage.engine import Store
from storage.program.people_queries import membership, person
from tests.acting.calendars import feed_id_of, known_of, with_calendar
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures
from tests.builders import leaving
from tests.builders.calendars import ADDRESS
from tests.builders.people import put_program
from tests.fixtures.desks import House, ledger_rows, replica

Change = Callable[[Store], None]


def in_another_program(store: Store) -> None:
    """Cleo is a coach elsewhere."""
    put_program(store, "program-2")
    with store.write() as connection:
        connection.execute(update(person).where(person.c.id == "cleo").values(program_id="program-2"))
        moved = update(membership).where(membership.c.person_id == "cleo")
        connection.execute(moved.values(program_id="program-2"))


gone = pytest.mark.parametrize("gone", [leaving.off_the_roster, leaving.became_staff, in_another_program])


@gone
def test_calendar_of_who_is_gone_is_forgotten_instead_of_read(house: House, gone: Change) -> None:
    reader = with_calendar(house)
    gone(house.stores.program)
    house.clock.advance(READ_EVERY * 2)

    read_feeds(house.desk, reader)

    with house.stores.confidential.read() as connection:
        left = feed_queries.all_feeds(connection)
    assert (reader.asked, known_of(house), left) == ([ADDRESS], [], [])


def test_who_is_not_in_support_any_more_is_not_told_that_a_calendar_is_out_of_reach(house: House) -> None:
    reader = with_calendar(house)
    reader.problems[ADDRESS] = FeedProblem(FeedState.AWAY)
    house.clock.advance(TOLD_AFTER)
    read_feeds(house.desk, reader)
    (row,) = ledger_rows(house, UNREAD)
    before = unread_news(house.support, row)

    leaving.became_staff(house.stores.program)

    assert (before, unread_news(house.support, row)) == (None, GONE)


def test_calendar_that_is_removed_while_it_cannot_be_read_brings_no_message(house: House) -> None:
    class Removing:
        def read(self, _address: str, _question: FeedQuestion) -> FeedReading | None:
            remove_feed(house.support, house.person("cleo"), feed_id_of(house))
            raise FeedProblem(FeedState.AWAY)

    with_calendar(house)
    house.clock.advance(TOLD_AFTER)

    assert read_feeds(house.desk, Removing()) == 1
    assert ledger_rows(house, UNREAD) == []


def test_one_calendar_added_from_two_devices_at_once_is_read_once(house: House) -> None:
    cleo = house.person("cleo")
    houses = [replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(4)]

    outcomes = at_once(
        [partial(add_feed, each.support, cleo, ADDRESS, request_key=f"add {n}") for n, each in enumerate(houses)]
    )

    assert [type(each) for each in failures(outcomes)] == [FeedTwice] * 3
    assert len(own_feeds(house.support, cleo)) == 1


def test_calendar_that_was_out_of_reach_for_long_is_tried_again_as_soon_as_any_once_it_has_been_read(
    house: House,
) -> None:
    reader = with_calendar(house)
    reader.problems[ADDRESS] = FeedProblem(FeedState.AWAY)
    for _ in range(4):
        house.clock.advance(BACKOFF_MAX * 2)
        read_feeds(house.desk, reader)
    del reader.problems[ADDRESS]
    house.clock.advance(BACKOFF_MAX * 2)
    read_feeds(house.desk, reader)
    reader.problems[ADDRESS] = FeedProblem(FeedState.AWAY)
    house.clock.advance(READ_EVERY * 2)
    read_feeds(house.desk, reader)
    tried = len(reader.asked)

    house.clock.advance(READ_EVERY * 2)
    read_feeds(house.desk, reader)

    assert len(reader.asked) == tried + 1
