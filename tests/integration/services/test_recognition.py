"""People are recognized from the member table, but not from one that may have forgotten who has left."""

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest

from domain.errors import NotAllowed
from services.members import Members
from services.people import People
from services.recognition import LOOK_EVERY_SECONDS, STALE_SECONDS, JustChecking, Recognition, in_background
from tests.builders.people import TEAM, a_person, account_of, an_account, put_small_program
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.messenger import FakeMessenger
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of

ADA = account_of("ada")


class Reception:
    """Recognition over a member table that is as old as the clock says; what it starts waits until `run`."""

    def __init__(self, stores: Stores) -> None:
        put_small_program(stores.program)
        self.stores = stores
        self.clock = FakeClock()
        self.accounts = [an_account(id_) for id_ in ("ada", "bo", "cleo", "dev", "eli", "max", "sam")]
        self.messenger = FakeMessenger(self.clock, accounts=self.accounts)
        self.started: list[Callable[[], None]] = []
        people = People(stores.program, self.clock, team_id=TEAM)
        self.members = Members(stores.program, self.messenger, self.clock, ids=FakeIds(), team_id=TEAM)
        self.recognition = Recognition(people, self.members, self.clock, start=self.started.append)

    def run(self) -> None:
        while self.started:
            self.started.pop(0)()

    def refused(self) -> bool:
        try:
            self.recognition.who(ADA, TEAM)
        except JustChecking:
            return True
        return False


@pytest.fixture
def reception(sqlite_stores: Stores) -> Reception:
    """A reception whose table has just been read."""
    made = Reception(sqlite_stores)
    made.members.refresh()
    return made


def test_who_with_a_fresh_table_is_recognized(reception: Reception) -> None:
    reception.clock.advance(timedelta(seconds=STALE_SECONDS))

    assert reception.recognition.who(ADA, TEAM) == a_person("ada")
    assert reception.started == []


def test_who_with_a_stale_table_waits_for_it_to_be_read_once(reception: Reception) -> None:
    reception.clock.advance(timedelta(seconds=STALE_SECONDS + 1))

    refused = [reception.refused() for _ in range(3)]
    reads = len(reception.started)
    reception.run()

    assert (refused, reads) == ([True] * 3, 1)
    assert reception.recognition.who(ADA, TEAM) == a_person("ada")


def test_who_before_the_table_was_ever_read_waits_for_it(sqlite_stores: Stores) -> None:
    reception = Reception(sqlite_stores)

    refused = reception.refused()
    reception.run()

    assert (refused, reception.recognition.who(ADA, TEAM)) == (True, a_person("ada"))


def test_who_has_left_while_the_table_was_stale_is_refused_once_it_is_read(reception: Reception) -> None:
    reception.accounts.remove(an_account("ada"))
    reception.clock.advance(timedelta(seconds=STALE_SECONDS + 1))
    reception.refused()
    reception.run()

    with pytest.raises(NotAllowed):
        reception.recognition.who(ADA, TEAM)


def test_who_while_slack_is_away_is_refused_and_each_press_tries_anew(
    reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    reception.messenger.scopes.remove("users:read")
    reception.clock.advance(timedelta(seconds=STALE_SECONDS + 1))
    with caplog.at_level(logging.WARNING, "services.recognition"):
        refused = [reception.refused()]
        reception.run()
        refused.append(reception.refused())
    reception.messenger.scopes.add("users:read")

    reception.run()

    assert (refused, [record.message for record in caplog.records]) == ([True, True], ["members not refreshed"])
    assert reception.recognition.who(ADA, TEAM) == a_person("ada")


def test_who_looks_at_the_age_of_the_table_once_a_minute(reception: Reception) -> None:
    asked = []
    for seconds in (0, LOOK_EVERY_SECONDS, 1):
        reception.clock.advance(timedelta(seconds=seconds))
        with queries_of(reception.stores.program) as statements:
            reception.recognition.who(ADA, TEAM)
        asked.append(len(statements))

    assert asked == [2, 1, 2]


def test_who_of_another_workspace_is_nobody_however_fresh_the_table(reception: Reception) -> None:
    with pytest.raises(NotAllowed):
        reception.recognition.who(ADA, "T2")


def test_in_background_runs_in_a_thread_of_its_own() -> None:
    is_done = Event()

    in_background(is_done.set)

    assert is_done.wait(10)
