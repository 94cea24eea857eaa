"""The forms of `/program` begin with what is set, and read back as it was."""

from dataclasses import replace
from typing import Any

import pytest

from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS, GROUP, RESEARCH, SessionKind
from domain.people import Role
from domain.ports import View
from domain.rules import FairShares, HandoverRules, OfficeHoursRules, ProgramRules
from handlers import texts
from handlers.parse.program import (
    PHASES_MAX,
    closed_change,
    contacts_change,
    fair_change,
    group_change,
    kind_change,
    phases_change,
    shares_change,
)
from handlers.request import Kind, Request
from handlers.texts.rule_fields import KIND_FIELDS
from handlers.texts.rule_groups import GROUPS
from handlers.views.rules_forms import (
    closed_form,
    contacts_form,
    fair_form,
    group_form,
    kind_form,
    phases_form,
    shares_form,
)
from tests.builders.payloads import a_request, a_submission
from tests.builders.people import a_person
from tests.builders.rules import a_phase, closed_days, with_kind
from tests.builders.sessions import a_form, chosen, chosen_several, typed
from tests.unit.handlers.views.largest.filling import full_support
from tests.unit.handlers.views.largest.program import full_rules

SUPPORT = (a_person("cleo", roles={Role.COACH}), a_person("eli", roles={Role.COMMUNITY_MANAGER}))
SET = replace(
    with_kind(ProgramRules(), COMMUNITY, is_offered=False, per_day=3, notice_minutes=0, horizon_days=1),
    closed=(closed_days("2027-01-01"), closed_days("2027-12-24", "2028-01-01", name="Winter: break")),
    phases=(a_phase("2027-06-01", "2027-06-28", without=(COACHING,)),),
    fair=FairShares(sessions_a_week=0, leftover_hours=30),
    weights={"cleo": 50, "gone": 10},
    lead_limit=0,
    handover=HandoverRules(notice_days=14),
    office_hours=OfficeHoursRules(is_offered=False, minutes_each=45, longest_hours=4),
    contacts="Porter:\n<!channel> & co",
)


def untouched(view: View) -> Request:
    """The form submitted as it was opened."""
    values = {block["block_id"]: _held(block["element"]) for block in view["blocks"] if block["type"] == "input"}
    return a_request(
        Kind.SUBMISSION,
        view["callback_id"],
        body=a_submission(a_form(values, state=view["private_metadata"])),
    )


def _held(element: dict[str, Any]) -> dict[str, object]:
    if element["type"] == "plain_text_input":
        return typed(element.get("initial_value"))
    if element["type"] == "timepicker":
        return {"type": "timepicker", "selected_time": element["initial_time"]}
    if element["type"] in ("radio_buttons", "static_select"):
        return chosen(element["initial_option"]["value"])
    return chosen_several(*(option["value"] for option in element.get("initial_options", ())))


@pytest.mark.parametrize("kind", [*DEFAULT_KINDS, SET.kind(COMMUNITY)], ids=lambda kind: f"{kind.key} {kind.per_day}")
def test_kind_form_reads_back_as_it_was(kind: SessionKind) -> None:
    rules = SET if kind == SET.kind(COMMUNITY) else ProgramRules()

    change = kind_change(untouched(kind_form(kind, version=4)), rules)

    assert (change.seen, change.edit(rules)) == (4, rules)


NEVER = {
    "group": {
        "step_minutes",
        "series_max",
        "needs_approval",
        "hold_minutes",
        "is_shared_out",
        "per_day",
        "per_week",
        "per_month",
    }
}
NEVER |= {"urgent": {"series_max", "needs_approval", "is_shared_out"}, "research": {"is_shared_out"}}


@pytest.mark.parametrize("kind", DEFAULT_KINDS, ids=lambda kind: kind.key)
def test_kind_form_asks_for_what_brings_anything_about_alone(kind: SessionKind) -> None:
    asked = {block["block_id"] for block in kind_form(kind, version=4)["blocks"] if block["type"] == "input"}

    assert {field.name for field in KIND_FIELDS} - asked == NEVER.get(kind.key, set())


def test_kind_form_speaks_of_whoever_books_it() -> None:
    shown = str(kind_form(ProgramRules().kind(RESEARCH), version=4)).replace("open_per_scholar", "the field")

    assert ("Open sessions per mentor" in shown, "cholar" in shown, "{who}" in shown) == (True, False, False)


def test_what_the_form_does_not_ask_for_is_kept_and_cannot_be_sent() -> None:
    rules = with_kind(ProgramRules(), GROUP, per_day=7, step_minutes=60)
    view = kind_form(rules.kind(GROUP), version=4)
    values = {block["block_id"]: _held(block["element"]) for block in view["blocks"] if block["type"] == "input"}
    forged = a_form(values | {"per_day": typed("1"), "length_minutes": typed("1 h")}, state=view["private_metadata"])

    change = kind_change(a_request(Kind.SUBMISSION, view["callback_id"], body=a_submission(forged)), rules)

    assert change.edit(rules) == with_kind(rules, GROUP, length_minutes=60)


@pytest.mark.parametrize("rules", [ProgramRules(), SET, full_rules()], ids=["defaults", "set", "most"])
def test_every_form_reads_back_as_it_was(rules: ProgramRules) -> None:
    support = full_support() if len(rules.weights) > 2 else SUPPORT
    changes = [
        closed_change(untouched(closed_form(rules, version=4))),
        phases_change(untouched(phases_form(rules, version=4)), rules),
        fair_change(untouched(fair_form(rules.fair, version=4)), rules),
        *(group_change(untouched(group_form(group, rules, version=4)), rules) for group in GROUPS),
        shares_change(untouched(shares_form(rules, support, version=4)), support),
    ]

    assert [(change.seen, change.edit(rules)) for change in changes] == [(4, rules)] * len(changes)


def test_contacts_form_reads_back_as_it_was() -> None:
    change = contacts_change(untouched(contacts_form(SET.contacts, version=4)))

    assert (change.seen, change.edit(SET)) == (4, SET)


def initial(view: View) -> dict[str, str]:
    """What each text field begins with."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"].get("initial_value", "") for block in inputs}


def test_kind_form_says_it_as_people_do() -> None:
    begun = initial(kind_form(DEFAULT_KINDS[1], version=0))

    assert begun == {
        "is_offered": "",
        "length_minutes": "45 min",
        "step_minutes": "30 min",
        "buffer_before_minutes": "none",
        "buffer_after_minutes": "none",
        "notice_minutes": "1 h",
        "cancel_notice_minutes": "none",
        "horizon_days": "28 days",
        "open_per_scholar": "3",
        "series_max": "4",
        "needs_approval": "",
        "hold_minutes": "2 h",
        "is_shared_out": "",
        "per_day": "no limit",
        "per_week": "no limit",
        "per_month": "no limit",
    }


def test_forms_carry_a_version_and_a_kinds_key_and_nothing_else() -> None:
    views = [
        kind_form(DEFAULT_KINDS[0], version=12),
        closed_form(SET, version=12),
        phases_form(SET, version=12),
        fair_form(SET.fair, version=12),
        shares_form(SET, SUPPORT, version=12),
        contacts_form(SET.contacts, version=12),
    ]

    assert [view["private_metadata"] for view in views] == ["coaching.12", "12", "12", "12", "12", "12"]


@pytest.mark.parametrize(("there", "lines"), [(0, 2), (1, 3), (PHASES_MAX - 1, PHASES_MAX), (PHASES_MAX, PHASES_MAX)])
def test_phases_form_has_room_for_two_more_up_to_the_most(there: int, lines: int) -> None:
    phases = tuple(a_phase(f"2027-01-{1 + at:02}", f"2027-01-{1 + at:02}", name=f"P{at}") for at in range(there))

    view = phases_form(ProgramRules(phases=phases), version=0)

    assert len([block for block in view["blocks"] if block.get("block_id", "").startswith("phase.")]) == lines
    assert (texts.program.PHASES_FULL.format(number=PHASES_MAX) in str(view)) is (there == PHASES_MAX)
