"""The rules of a program fit together, or are refused at what does not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.days import InvalidDays
from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS, RESEARCH, URGENT, UnknownKind
from domain.people import Role
from domain.rules import FairShares, HandoverRules, InvalidRules, OfficeHoursRules, ProgramRules, check_stands
from tests.builders.people import a_person
from tests.builders.rules import a_phase, closed_days, days, with_kind

RULES = ProgramRules()
COACHING_KIND, COMMUNITY_KIND, *_ = DEFAULT_KINDS


def without_any() -> ProgramRules:
    return replace(RULES, kinds=tuple(replace(kind, is_offered=False) for kind in RULES.kinds))


@pytest.mark.parametrize(
    ("make", "field", "sentence"),
    [
        (without_any, "is_offered", "At least one kind of session has to be offered."),
        (
            lambda: ProgramRules(kinds=(COACHING_KIND, COACHING_KIND)),
            None,
            "There are two by the name of coaching. Please give each kind a name of its own.",
        ),
        (
            lambda: ProgramRules(phases=(a_phase("2027-01-01", "2027-01-31"), a_phase("2027-02-01", "2027-02-02"))),
            None,
            "There are two by the name of Training. Please give each phase a name of its own.",
        ),
        (
            lambda: ProgramRules(
                phases=(a_phase("2027-02-01", "2027-03-31", name="Research"), a_phase("2027-01-01", "2027-02-01"))
            ),
            None,
            "Training and Research overlap. Please let one end before the other begins.",
        ),
        (lambda: ProgramRules(weights={"cleo": 0}), "weights", "A share is from 1 to 1000 percent."),
        (lambda: ProgramRules(lead_limit=101), "lead_limit", "Please choose a lead from 0 to 100 sessions."),
        (lambda: ProgramRules(contacts="x" * 2001), "contacts", "Please keep the contacts within 2000 characters."),
        (
            lambda: ProgramRules(closed=(closed_days("2027-01-01", name=" "),)),
            None,
            "Please give closed days a name.",
        ),
        (lambda: a_phase("2027-01-01", "2027-01-02", name=""), None, "Please give a phase a name."),
        (
            lambda: ProgramRules(closed=(closed_days("2027-01-01", name="x" * 61),)),
            None,
            "Please keep the name of closed days within 60 characters.",
        ),
        (lambda: FairShares(leftover_hours=0), "leftover_hours", "Please choose from 1 h to 14 days."),
        (lambda: HandoverRules(notice_days=0), "notice_days", "Please choose from 1 to 60 days."),
        (lambda: HandoverRules(notice_days=61), "notice_days", "Please choose from 1 to 60 days."),
        (
            lambda: OfficeHoursRules(minutes_each=12),
            "minutes_each",
            "Please choose 5, 10, 15, 20, 30 or 45 minutes.",
        ),
        (lambda: OfficeHoursRules(longest_hours=0), "longest_hours", "Please choose from 1 h to 12 h."),
        (lambda: OfficeHoursRules(longest_hours=13), "longest_hours", "Please choose from 1 h to 12 h."),
        (lambda: FairShares(sessions_a_week=51), "sessions_a_week", "Please choose a number from 0 to 50."),
    ],
)
def test_rules_that_do_not_fit_together_are_refused(
    make: Callable[[], object], field: str | None, sentence: str
) -> None:
    with pytest.raises(InvalidRules) as refused:
        make()

    assert (refused.value.field, refused.value.message) == (field, sentence)


def test_names_and_contacts_as_long_as_they_may_be_are_taken() -> None:
    phase = a_phase("2027-01-01", "2027-01-02", name="x" * 60)

    rules = ProgramRules(phases=(phase,), closed=(closed_days("2027-01-01", name="y" * 60),), contacts="z" * 2000)

    assert (len(rules.phases[0].name), len(rules.closed[0].name), len(rules.contacts)) == (60, 60, 2000)


def test_phases_may_follow_one_another_without_a_day_between() -> None:
    phases = (a_phase("2027-02-01", "2027-03-31", name="Research"), a_phase("2027-01-01", "2027-01-31"))

    assert ProgramRules(phases=phases).phases == phases


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(InvalidDays):
        days("2027-01-02", "2027-01-01")


def test_kind_that_is_switched_off_still_has_its_rules_but_cannot_be_booked() -> None:
    rules = with_kind(RULES, COMMUNITY, is_offered=False)

    assert [kind.key for kind in rules.booked_by(Role.SCHOLAR)] == [COACHING]
    assert rules.kind(COMMUNITY) == replace(COMMUNITY_KIND, is_offered=False)


def test_kind_of_another_role_is_not_among_those_of_scholars() -> None:
    rules = with_kind(RULES, COMMUNITY, booked_by=Role.MENTOR)

    assert [[kind.key for kind in rules.booked_by(role)] for role in (Role.SCHOLAR, Role.MENTOR)] == [
        [COACHING],
        [COMMUNITY, RESEARCH],
    ]


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        RULES.kind("massage")


def test_kind_is_shut_on_closed_days_and_in_phases_without_it() -> None:
    retreat, training = closed_days("2027-03-01"), a_phase("2027-01-01", "2027-01-31", without=(COMMUNITY,))
    rules = ProgramRules(closed=(retreat,), phases=(training,))

    left_out = closed_days("2027-01-01", "2027-01-31", name="Training")
    calendars = [rules.calendar(kind) for kind in (COACHING_KIND, COMMUNITY_KIND)]
    assert [(each.closed, each.left_out) for each in calendars] == [((retreat,), ()), ((retreat,), (left_out,))]
    # Of no kind in particular, for the hours themselves: a phase without one of them is no phase without hours.
    assert (rules.calendar().phases, rules.calendar().left_out) == ({"Training": training.days}, ())


def test_weight_is_a_full_share_unless_it_is_set() -> None:
    rules = ProgramRules(weights={"cleo": 50})

    assert [rules.weight(id_) for id_ in ("cleo", "dev")] == [50, 100]


@pytest.mark.parametrize(("first_days", "expected"), [(0, 28), (7, 21), (27, 1), (28, 1), (60, 1)])
def test_one_day_ahead_is_always_open_to_those_who_have_had_a_session(first_days: int, expected: int) -> None:
    assert FairShares(first_days=first_days).open_days(COACHING_KIND) == expected


@pytest.mark.parametrize("last_day", ["2027-01-31", "2027-03-31"])
def test_stand_in_takes_what_is_urgent_until_either_of_the_two_goes(last_day: str) -> None:
    rules = ProgramRules(stand_ins={"eli": ("cleo",)})
    eli = a_person("eli", roles=(Role.COMMUNITY_MANAGER,), last_day="2027-02-28")
    cleo = a_person("cleo", roles=(Role.COACH,), last_day=last_day)
    managers = {"eli": eli.holds_until(Role.COMMUNITY_MANAGER)}

    until = rules.takes_until(rules.kind(URGENT), cleo, managers=managers)

    assert until == min(cleo.holds_until(Role.COACH), eli.holds_until(Role.COMMUNITY_MANAGER))


def test_change_that_takes_a_kind_away_is_refused() -> None:
    with pytest.raises(InvalidRules) as refused:
        check_stands(RULES, ProgramRules(kinds=(COACHING_KIND,)))

    assert refused.value.message == "A kind of session cannot be removed. Switch it off instead."
