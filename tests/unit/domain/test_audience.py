"""Whom an audience takes: within a field any of the values, between fields all of them, by one membership."""

from dataclasses import fields, replace

import pytest

from domain.audience import Audience, ListStandsAlone, Standing
from domain.people import Role


def standing(
    *, cohort: str = "2027", phase: str = "Research", stream: str = "Stream max", site: str = "London"
) -> Standing:
    return Standing(cohort=cohort, phase=phase, stream=stream, role=Role.SCHOLAR, site=site)


@pytest.mark.parametrize(
    ("audience", "is_taken"),
    [
        pytest.param(Audience(everyone=True), True, id="everyone"),
        pytest.param(Audience(), False, id="nobody"),
        pytest.param(Audience(people=("ada",)), False, id="a name is no query"),
        pytest.param(Audience(cohorts=("2026", "2027")), True, id="one of two cohorts"),
        pytest.param(Audience(cohorts=("2026",)), False, id="another cohort"),
        pytest.param(Audience(roles=(Role.SCHOLAR,), sites=("London",)), True, id="both fit"),
        pytest.param(Audience(roles=(Role.SCHOLAR,), sites=("Berkeley",)), False, id="the second does not"),
        pytest.param(Audience(everyone=True, phases=("Training",)), False, id="everyone, narrowed"),
        pytest.param(Audience(streams=("Stream max",)), True, id="stream"),
    ],
)
def test_takes_of_one_membership_wants_each_field_to_fit(audience: Audience, *, is_taken: bool) -> None:
    assert audience.takes(standing()) is is_taken


@pytest.mark.parametrize(
    "other",
    [
        Audience(everyone=True),
        Audience(people=("ada",)),
        Audience(behind_deadline="d1"),
        Audience(roles=(Role.SCHOLAR,)),
    ],
)
def test_audience_of_a_list_and_anything_else_is_refused_at_the_list(other: Audience) -> None:
    with pytest.raises(ListStandsAlone) as refused:
        replace(other, list_id="l1")

    assert refused.value.field == "list"


def test_is_empty_without_any_choice_is_true_and_with_one_false() -> None:
    chosen = [Audience(), Audience(people=("ada",)), Audience(list_id="l1"), Audience(behind_announcement="a1")]

    assert [each.is_empty for each in chosen] == [True, False, False, False]


@pytest.mark.parametrize(
    ("audience", "can_change"),
    [
        pytest.param(Audience(everyone=True, people=("ada",)), True, id="a query and names"),
        pytest.param(Audience(list_id="l1"), False, id="a private list"),
        pytest.param(Audience(everyone=True, private_list="l1"), False, id="from a private list"),
        pytest.param(Audience(everyone=True, behind_deadline="d1"), False, id="behind a deadline"),
        pytest.param(Audience(everyone=True, behind_announcement="a1"), False, id="behind an announcement"),
    ],
)
def test_can_change_of_a_list_and_of_those_who_are_behind_is_false(audience: Audience, *, can_change: bool) -> None:
    assert audience.can_change is can_change


def test_audience_asks_for_standing_names_lists_and_two_things_left_undone_and_never_for_a_survey() -> None:
    """Whom an audience is for is shown to staff by name, so decision 0030 says what it may ask; a new field is one."""
    of_standing = {"everyone", "cohorts", "phases", "streams", "roles", "sites"}
    of_names = {"people", "list_id", "private_list"}
    of_things_left_undone = {"behind_deadline", "behind_announcement"}

    assert {each.name for each in fields(Audience)} == of_standing | of_names | of_things_left_undone
