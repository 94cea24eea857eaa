"""What happens on the roster between opening a form and submitting it: Cleo may not meet Ada any more.

Those that are about one person alone take somebody else by id.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from domain.people import Role
from storage.engine import Store
from storage.program import people_queries
from storage.program.people_queries import member, membership
from tests.builders.people import PROGRAM, account_of, put_membership, put_recusal

Change = Callable[[Store], None]


def touch(store: Store) -> None:
    """Let the roster's version rise, as every change through the services does."""
    with store.write() as connection:
        people_queries.touch(connection, [PROGRAM])


def membership_over(store: Store, who: str = "cleo", last_day: str = "2027-01-10") -> None:
    """Their membership ended yesterday, or ends on another day."""
    with store.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == who).values(ends_on=last_day))
    touch(store)


def off_the_roster(store: Store, who: str = "cleo") -> None:
    """They are not in the file any more."""
    with store.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == who).values(removed_at=1))
    touch(store)


def deactivated(store: Store, who: str = "cleo") -> None:
    """Their account is."""
    with store.write() as connection:
        connection.execute(update(member).where(member.c.slack_user_id == account_of(who)).values(is_deleted=True))
    touch(store)


def became_mentor(store: Store) -> None:
    """Ada has moved to Cleo's stream."""
    put_membership(store, "ada", Role.SCHOLAR, mentor="cleo", first_day="2027-01-02")
    touch(store)


def became_staff(store: Store, who: str = "cleo") -> None:
    """They are in support no more and are staff, who judge."""
    _took(store, who, Role.STAFF)


def became_community_manager(store: Store) -> None:
    """Cleo is in support still, but takes another kind of session."""
    _took(store, "cleo", Role.COMMUNITY_MANAGER)


def recused(store: Store) -> None:
    """The two are kept apart."""
    put_recusal(store, "cleo", "ada")
    touch(store)


def _took(store: Store, who: str, role: Role) -> None:
    membership_over(store, who)
    put_membership(store, who, role, first_day="2027-01-11")


apart = pytest.mark.parametrize("apart", [membership_over, off_the_roster, deactivated, became_mentor, recused])
"""A test runs for each way in which the two come apart, as its argument `apart`."""

still_there = pytest.mark.parametrize("apart", [became_mentor, recused, became_staff, became_community_manager])
"""The same for the ways in which Cleo is still somebody, with old messages at hand."""
