"""What Slack says of an account, and which of two things that it said is the newer one. On each engine."""

import math
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.ports import WorkspaceMember
from services.accounts import AccountList, keep_accounts
from services.members import Members
from services.people import People
from services.recognition import STALE_SECONDS, JustChecking, Recognition
from storage.program.member_queries import AHEAD_SECONDS, known_members
from storage.program.people_queries import program
from tests.builders.people import TEAM, account_of, an_account, put_account, put_person, put_program
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.messenger import FakeMessenger
from tests.fixtures.engines import Stores

MONTH, SECOND = timedelta(days=30), timedelta(seconds=1)


class Workplace:
    """A workspace with one account, of somebody who may be on a roster, and the table that is kept of it."""

    def __init__(self, stores: Stores) -> None:
        self.store = stores.program
        self.clock = FakeClock()
        self.accounts = [an_account("ada")]
        messenger = FakeMessenger(self.clock, accounts=self.accounts)
        self.members = Members(self.store, messenger, self.clock, ids=FakeIds(), team_id=TEAM)

    def list(self, *accounts: WorkspaceMember) -> int:
        """Read all accounts, as they are or as they are now."""
        self.accounts[:] = accounts or self.accounts
        return self.members.refresh()

    def keep(self, *accounts: WorkspaceMember, began_ago: timedelta) -> int:
        """Take in a listing that was begun a while ago."""
        listed = AccountList(team_id=TEAM, began=self.clock.wall() - began_ago, accounts=accounts)
        with self.store.write() as connection:
            return keep_accounts(connection, listed)

    def stored(self, id: str = "ada") -> WorkspaceMember:  # noqa: A002
        with self.store.read() as connection:
            return known_members(connection)[account_of(id)].member


@pytest.fixture
def workplace(stores: Stores) -> Workplace:
    return Workplace(stores)


def test_deactivation_counts_although_the_clock_was_ahead_when_the_account_was_listed_before(
    workplace: Workplace,
) -> None:
    workplace.clock.step(MONTH)
    workplace.list()
    workplace.clock.step(-MONTH)

    changed = workplace.list(an_account("ada", is_deleted=True))

    assert (changed, workplace.stored().is_deleted, workplace.members.age()) == (1, True, 0)


def test_listing_by_the_clock_put_right_confirms_what_one_ahead_has_told(workplace: Workplace) -> None:
    workplace.clock.step(MONTH)
    workplace.list()
    workplace.clock.step(-MONTH)
    workplace.list()

    assert workplace.keep(an_account("ada", is_deleted=True), began_ago=SECOND) == 0


def test_table_that_was_read_by_a_clock_ahead_is_as_good_as_never_read(workplace: Workplace) -> None:
    people = People(workplace.store, workplace.clock, team_id=TEAM)
    workplace.clock.step(MONTH)
    workplace.list()
    workplace.clock.step(-MONTH)

    assert workplace.members.age() == math.inf
    with pytest.raises(JustChecking):
        Recognition(people, workplace.members, workplace.clock, start=lambda _: None).who(account_of("ada"), TEAM)


def test_table_that_a_replica_with_a_clock_a_little_ahead_has_read_is_fresh(workplace: Workplace) -> None:
    workplace.list()
    workplace.clock.step(-timedelta(seconds=AHEAD_SECONDS))

    assert workplace.members.age() == -AHEAD_SECONDS < STALE_SECONDS


def test_what_an_event_told_while_slack_was_listing_stays(workplace: Workplace) -> None:
    workplace.list()
    workplace.clock.advance(timedelta(minutes=5))
    workplace.members.note(an_account("ada", is_deleted=True))

    assert workplace.keep(an_account("ada"), began_ago=SECOND) == 0
    assert workplace.stored().is_deleted


@pytest.mark.parametrize(("updated", "is_deleted"), [(99, True), (100, False), (101, False), (0, False)])
def test_old_news_that_slack_delivers_again_change_nothing(
    workplace: Workplace, updated: int, *, is_deleted: bool
) -> None:
    workplace.members.note(an_account("ada", is_deleted=True, updated=100))

    workplace.members.note(an_account("ada", updated=updated))

    assert workplace.stored().is_deleted is is_deleted


def test_old_news_of_what_slack_has_listed_meanwhile_change_nothing(workplace: Workplace) -> None:
    workplace.list(an_account("ada", is_deleted=True, updated=100))

    workplace.members.note(an_account("ada", updated=99))

    assert workplace.stored().is_deleted


def test_listing_is_believed_whatever_it_says_of_its_age(workplace: Workplace) -> None:
    workplace.list(an_account("ada", updated=100))

    workplace.list(an_account("ada", is_deleted=True, updated=99))

    assert workplace.stored().is_deleted


def test_accounts_of_another_workspace_are_not_taken_for_gone(workplace: Workplace) -> None:
    put_account(workplace.store, an_account("eve", team_id="T2"))

    assert (workplace.list(), workplace.stored("eve").is_deleted) == (1, False)


@pytest.mark.parametrize(
    "changed",
    [
        an_account("ada", is_deleted=True),
        an_account("ada", is_bot=True),
        an_account("ada", is_guest=True),
        an_account("ada", is_stranger=True),
    ],
    ids=["deleted", "bot", "guest", "stranger"],
)
def test_sessions_are_rechecked_when_the_standing_of_an_account_changes(
    workplace: Workplace, changed: WorkspaceMember
) -> None:
    put_program(workplace.store)
    put_person(workplace.store, "ada")

    def version() -> int:
        with workplace.store.read() as connection:
            return int(connection.execute(select(program.c.roster_version)).scalar_one())

    workplace.list(an_account("ada", zone="Asia/Tokyo"))
    before = version()
    workplace.list(changed)

    assert (before, version()) == (0, 1)
