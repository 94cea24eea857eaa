"""Two replicas look at the same announcement: what one has done meanwhile the other does not do again.

A replica looks first, and takes its turn then. Here somebody else has the turn in between; on SQLite there is one
writer at a time anyway.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection, func, select

from domain.announcements import ChangedMeanwhile, State
from domain.delivery import Tier
from domain.times import epoch_seconds
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.announcements.publish import add_readers
from services.announcements.send import approve, ask_everybody, send
from services.audiences.resolve import of_people
from services.audit import trail
from services.desk import Desk as Bare
from storage.program import announcement_queries
from storage.program.announcement_queries import reader
from tests.builders.announcements import Desk, a_content, later, told
from tests.builders.leaving import touch
from tests.builders.people import PROGRAM, put_person
from tests.fixtures.desks import replica

HOUR = timedelta(hours=1)
LONG_ENOUGH_SECONDS = 0.3
"""For a rival to have looked, and to wait for its turn."""


@contextmanager
def while_it_waits(desk: Desk, found: Announcement, rival: Callable[[Bare], object]) -> Iterator[Connection]:
    """Somebody's turn at an announcement, for which another replica waits that has looked at it before."""
    other = replica(desk.house)
    with ThreadPoolExecutor(1) as pool:
        with desk.house.desk.program.write() as connection:
            desk.house.desk.program.lock(connection, f"announcement {found.id}")
            outcome = pool.submit(rival, other.desk)
            wait([outcome], timeout=LONG_ENOUGH_SECONDS)
            yield connection
        outcome.result()


def change(connection: Connection, found: Announcement, **values: object) -> None:
    assert announcement_queries.change(connection, found.id, version=found.version, values=values)


def test_everybody_is_asked_for_a_yes_once(desk: Desk) -> None:
    found = desk.draft(a_content(tier=Tier.CRITICAL))
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    desk.house.clock.advance(timedelta(minutes=15))

    with while_it_waits(desk, found, follow_up) as connection:
        ask_everybody(desk.house.desk, connection, waiting)

    deeds = [each.deed for each in trail(desk.house.desk, desk.sam, found.id)]
    assert deeds.count("asked everybody") == 1


def test_list_is_made_once_and_not_at_once_again_for_who_has_just_come(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    later(desk, 4 * HOUR)
    told(desk)
    desk.house.clock.advance(20 * HOUR)
    now = epoch_seconds(desk.house.clock.now())
    new = {"announcement_id": found.id, "person_id": "max", "program_id": PROGRAM, "needs_again": True}

    with while_it_waits(desk, found, follow_up) as connection:
        announcement_queries.note_listed(connection, found.id, at=now, until=now - 1)
        announcement_queries.add_readers(connection, [new | {"added_at": now}])
        announcement_queries.note_readers(connection, found.id, more=1)

    assert desk.rows(AnnouncementMessage.LIST) == []  # the first one was for the other replica to write


def test_whoever_comes_when_it_was_just_taken_back_is_told_nothing(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    put_person(desk.house.stores.program, "new")
    touch(desk.house.stores.program)

    with while_it_waits(desk, found, welcome_newcomers) as connection:
        change(connection, found, state=State.RETRACTED.value)

    assert desk.rows(AnnouncementMessage.TOLD) == []
    with desk.house.stores.program.read() as connection:
        readers = connection.execute(select(func.count()).where(reader.c.announcement_id == found.id)).scalar_one()
    assert readers == 2


def test_whoever_another_replica_has_just_let_in_is_told_once(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    put_person(desk.house.stores.program, "new")
    touch(desk.house.stores.program)

    with while_it_waits(desk, found, welcome_newcomers) as connection:
        who = of_people(desk.house.desk, connection, PROGRAM, ["new"])
        add_readers(desk.house.desk, connection, found, who.readers)
        announcement_queries.note_readers(connection, found.id, more=1)
        desk.house.clock.advance(timedelta(seconds=1))

    assert [row[:2] for row in desk.rows(AnnouncementMessage.TOLD)] == [("new", "first")]
    assert desk.now(found).readers == 3


def test_yes_to_what_was_called_off_at_the_same_moment_is_refused(desk: Desk) -> None:
    found = desk.draft(a_content(tier=Tier.CRITICAL))
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    other = replica(desk.house)

    with ThreadPoolExecutor(1) as pool:
        with desk.house.desk.program.write() as connection:
            change(connection, waiting, state=State.DRAFT.value)
            outcome = pool.submit(approve, other.desk, other.person("sue"), found.id, version=waiting.version)
            wait([outcome], timeout=LONG_ENOUGH_SECONDS)
        with pytest.raises(ChangedMeanwhile):
            outcome.result()

    assert (desk.now(found).state, desk.rows(AnnouncementMessage.ANSWERED)) == (State.DRAFT, [])


def test_what_was_called_off_and_planned_anew_goes_out_by_the_new_plan(desk: Desk) -> None:
    found = desk.draft()
    planned = send(desk.house.desk, desk.sam, found.id, version=found.version)
    at = epoch_seconds(desk.house.clock.now() + HOUR)

    with while_it_waits(desk, found, follow_up) as connection:
        change(connection, planned, begins_at=at, timing="at")

    assert desk.rows(AnnouncementMessage.TOLD) == []
    assert desk.now(found).state is State.PLANNED
