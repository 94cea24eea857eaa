"""What staff are told after a change that is about more than one kind: each effect once, with all that it is about."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kinds import COACHING, COMMUNITY, URGENT
from domain.rules import FairShares, ProgramRules
from domain.rules.effects import Effect
from services.rules.told import Told, told_of_closed, told_of_phases, told_of_sharing
from tests.builders.rules import a_phase, closed_days, with_kind

ALL = (COACHING, COMMUNITY, URGENT)


@pytest.mark.parametrize(
    ("today", "told"),
    [("2027-01-01", ("Training", "Break")), ("2027-01-31", ("Training", "Break")), ("2027-02-01", ("Break",))],
)
def test_phases_without_anything_are_told_until_their_last_day(today: str, told: tuple[str, ...]) -> None:
    phases = (
        a_phase("2027-01-04", "2027-01-31", without=ALL),
        a_phase("2027-02-01", "2027-02-07", name="Break", without=ALL),
        a_phase("2027-02-08", "2027-02-14", name="Research", without=(COACHING,)),
    )

    found = told_of_phases(ProgramRules(phases=phases), date.fromisoformat(today))

    assert found == (Told(effect=Effect.PHASE_WITHOUT_ALL, names=told),)


def test_phases_that_are_over_are_no_news() -> None:
    phases = (a_phase("2027-01-04", "2027-01-31", without=ALL),)

    assert told_of_phases(ProgramRules(phases=phases), date(2027, 2, 1)) == ()


def test_sharing_is_told_once_with_every_kind_that_it_leaves_nothing_of() -> None:
    shared = with_kind(ProgramRules(), COMMUNITY, is_shared_out=True)

    found = told_of_sharing(replace(shared, fair=FairShares(first_days=28, sessions_a_week=0)))

    assert found == (Told(effect=Effect.FIRST_TAKES_ALL, names=(COACHING, COMMUNITY)),)


def test_closed_days_are_told_where_they_leave_no_day() -> None:
    closed = (closed_days("2027-01-01", "2027-12-31"),)
    today = date(2027, 1, 11)

    assert told_of_closed(ProgramRules(closed=closed), today) == (Told(effect=Effect.CLOSED_THROUGHOUT),)
    assert told_of_closed(ProgramRules(), today) == ()
