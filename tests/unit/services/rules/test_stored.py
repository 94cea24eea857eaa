"""Rules survive the store as they are, and rules of yesterday still mean something tomorrow."""

import json
from dataclasses import replace
from typing import Any

import pytest

from domain.kinds import COMMUNITY, DEFAULT_KINDS, InvalidKind
from domain.rules import FairShares, HandoverRules, OfficeHoursRules, ProgramRules
from services.rules.stored import read, written
from tests.builders.rules import a_phase, closed_days, with_kind

FULL = replace(
    with_kind(ProgramRules(), COMMUNITY, is_offered=False, per_week=7, per_month=20),
    closed=(closed_days("2027-12-24", "2027-12-31", name="Winter fête"),),
    phases=(a_phase("2027-01-01", "2027-01-31", without=(COMMUNITY,)),),
    fair=FairShares(sessions_a_week=0),
    weights={"cleo": 50},
    lead_limit=0,
    contacts="In danger call 112.\nAny time.",
    handover=HandoverRules(notice_days=10),
    office_hours=OfficeHoursRules(is_offered=False, minutes_each=20, longest_hours=4),
)


def stored(rules: ProgramRules) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(rules))
    return found


@pytest.mark.parametrize("rules", [ProgramRules(), FULL])
def test_rules_that_were_written_read_back_equal(rules: ProgramRules) -> None:
    assert read(written(rules)) == rules


def test_rules_written_before_something_was_added_have_it_at_its_default() -> None:
    older = stored(FULL)
    del older["lead_limit"], older["kinds"][0]["per_day"]

    assert read(json.dumps(older)) == replace(FULL, lead_limit=3)


def test_rules_written_before_months_were_limited_limit_none() -> None:
    older = stored(FULL)
    for kind in older["kinds"]:
        del kind["per_month"]

    assert read(json.dumps(older)) == with_kind(FULL, COMMUNITY, per_month=0)


def test_rules_written_before_staff_could_set_it_keep_the_notice_for_handing_over_of_then() -> None:
    older = stored(FULL)
    del older["handover"]

    assert read(json.dumps(older)) == replace(FULL, handover=HandoverRules(notice_days=3))


def test_rules_written_before_staff_could_set_them_have_the_office_hours_of_then() -> None:
    older = stored(FULL)
    del older["office_hours"]

    then = OfficeHoursRules(is_offered=True, minutes_each=10, longest_hours=12)
    assert read(json.dumps(older)) == replace(FULL, office_hours=then)


def test_rules_written_by_a_later_program_are_read_without_what_is_unknown() -> None:
    later = stored(FULL)
    later["kinds"][0]["color"] = "green"

    assert read(json.dumps(later)) == FULL


def test_kind_that_came_later_is_there_and_switched_off() -> None:
    older = stored(FULL)
    older["kinds"] = older["kinds"][:1]

    added = tuple(replace(kind, is_offered=False) for kind in DEFAULT_KINDS[1:])
    assert read(json.dumps(older)).kinds == (FULL.kinds[0], *added)


def test_rules_that_were_spoiled_in_the_store_are_refused() -> None:
    spoiled = stored(FULL)
    spoiled["kinds"][0]["length_minutes"] = 47

    with pytest.raises(InvalidKind):
        read(json.dumps(spoiled))
