"""Staff change the rules of their program with /program; scholars meet them at once, and nobody else may."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from domain.kinds import COACHING, COMMUNITY
from domain.people import Role
from handlers import texts
from handlers.ids import Action, Field
from handlers.parse.program import phase_field, without_field
from handlers.parse.weights import weights_field
from handlers.texts.rule_groups import HANDOVER, OFFICE, RuleGroup
from sandbox.client import SandboxClient
from services.rules.change import RulesChanged
from tests.acting.rules import change_rules, open_part, rules_of, shown, typed
from tests.acting.steps import save_hours
from tests.builders.people import TEAM
from tests.e2e.test_airgap import join
from tests.e2e.test_own_hours import EMPTY_WEEK
from tests.fixtures.engines import SqliteTemplates
from tests.fixtures.products import Product, running_product

EFFECTS = texts.program.EFFECTS


def test_shares_are_typed_by_name_and_shown(product: Product) -> None:
    staff = product.actor("sam")
    errors = change_rules(
        product, Action.OPEN_LOAD_SHARES, {weights_field(0): "cleo: 50 %\nZoe: 10", "lead_limit": "x"}
    )
    assert errors == {
        weights_field(0): f"Line 2: {texts.program.SHARE_UNKNOWN}",
        "lead_limit": "Please write a whole number, such as 3.",
    }

    staff.fill(weights_field(0), "cleo: 50 %")
    staff.fill("lead_limit", "off")
    outcome = staff.submit()
    staff.close()
    staff.wait(modal="Cleo 50%; everybody else takes a full share.")

    assert outcome["errors"] == {}
    assert texts.program.LEAD_OFF in shown(staff)


def test_fair_shares_and_contacts_are_saved_with_their_history(product: Product) -> None:
    staff = product.actor("sam")
    change_rules(product, Action.OPEN_FAIR_SHARES, {"leftover_hours": "3 days", "first_days": "5"})
    staff.close(everything=True)
    product.advance(timedelta(minutes=5))
    change_rules(product, Action.OPEN_CONTACTS, {Field.CONTACTS: "Porter: +1 555 0100 <!channel>"})
    staff.close(everything=True)

    open_part(staff, Action.OPEN_RULES_HISTORY)

    newest, before, _ = [block["text"]["text"] for block in staff.modal()["blocks"]]
    assert newest.endswith("*Sam*\nEmergency contacts: (empty) → Porter: +1 555 0100 &lt;!channel&gt;")
    assert "Sharing fairly: how shortly ahead those further ones are 2 days → 3 days" in before
    assert "Sharing fairly: last days kept for a first session off → 5 days" in before


def test_fair_shares_that_leave_nothing_to_some_are_saved_and_staff_are_told_of_which_kind(product: Product) -> None:
    numbers: dict[str, object] = {"sessions_a_week": "2", "first_days": "28 days", "leftover_hours": "4 h"}
    change_rules(product, Action.OPEN_FAIR_SHARES, numbers)

    said = shown(product.actor("sam"))
    assert texts.program.SAVED in said
    assert f"{texts.kinds.LABELS[COACHING]}: the days kept for a first session leave next to nothing" in said
    assert f"{texts.kinds.LABELS[COACHING]}: further sessions in a week open later" in said
    assert texts.kinds.LABELS[COMMUNITY] not in said


def test_emergency_contacts_are_what_a_scholar_in_need_reads_next(product: Product) -> None:
    errors = change_rules(product, Action.OPEN_CONTACTS, {Field.CONTACTS: "Porter: +1 555 0100"})

    product.scholar.open("/support urgent", texts.urgent.TITLE)
    assert errors == {}
    assert "Porter: +1 555 0100" in shown(product.scholar)


def test_notice_to_hand_over_is_saved_with_its_history_and_bad_ones_are_told(product: Product) -> None:
    staff = product.actor("sam")
    errors = [change_rules(product, HANDOVER, {"notice_days": bad}) for bad in ("0", "61 days", "x")]
    staff.close(everything=True)
    saved = change_rules(product, HANDOVER, {"notice_days": "1 week"})
    staff.close()
    staff.wait(modal="Scholars hear of it at least 7 days ahead.")
    staff.close(everything=True)

    open_part(staff, Action.OPEN_RULES_HISTORY)

    assert ([set(each) for each in errors], saved) == ([{"notice_days"}] * 3, {})
    assert "Handing over: notice to hand a scholar over 3 days → 7 days" in shown(staff)


def test_bad_fair_shares_are_told_at_their_fields(product: Product) -> None:
    wrong = {
        "sessions_a_week": "51",
        "leftover_hours": "0",
        "first_days": "1.5 h",
        "invite_after_days": "x",
        "invitations_a_day": "off",
    }

    errors = change_rules(product, Action.OPEN_FAIR_SHARES, dict(wrong))

    assert set(errors) == set(wrong)
    assert errors["leftover_hours"] == "Please choose from 1 h to 14 days."


def test_two_who_change_different_parts_both_have_their_way_and_of_one_part_the_second_is_told(
    product: Product,
) -> None:
    join(product, "jo", Role.STAFF)
    sam, jo = product.actor("sam"), product.actor("jo")
    open_part(jo, Action.OPEN_CONTACTS)
    jo.fill(Field.CONTACTS, "Jo's words")
    open_part(sam, Action.OPEN_CONTACTS)
    sam.fill(Field.CONTACTS, "Sam's words")
    sam.submit()
    sam.close(everything=True)
    change_rules(product, Action.OPEN_FAIR_SHARES, {"first_days": "3 days"})

    refused = jo.submit()

    assert refused["errors"] == {Field.CONTACTS: RulesChanged().message}
    assert typed(jo.modal(), Field.CONTACTS) == {Field.CONTACTS: "Jo's words"}
    rules = rules_of(product)
    assert (rules.contacts, rules.fair.first_days) == ("Sam's words", 3)


def test_redelivered_form_changes_nothing_and_says_the_same(product: Product) -> None:
    change_rules(product, Action.OPEN_CONTACTS, {Field.CONTACTS: "Call Eli."})

    again = product.workspace.redeliver()

    assert texts.program.SAVED in str(again["body"])
    assert product.runtime.desk.people.who("USAM", TEAM).rules_version == 2


@pytest.mark.parametrize("who", ["ada", "cleo", "eli", "max"])
def test_others_are_told_kindly_whose_the_rules_are(product: Product, who: str) -> None:
    actor = product.actor(who)

    actor.slash("/program")

    actor.wait(text=texts.program.WHOSE)
    assert actor.modals() == []


def test_who_has_set_no_hours_is_named_to_staff(product: Product) -> None:
    staff = product.actor("sam")
    save_hours(product.coach, EMPTY_WEEK | {Field.OVERRIDES: "2027-01-20: off"})
    save_hours(product.actor("dev"), EMPTY_WEEK | {Field.OVERRIDES: "2027-01-20: 9-12"})

    staff.open("/program", texts.program.TITLE)

    assert texts.program.HOURS_MISSING.format(names="Cleo") in shown(staff)


def test_rules_are_the_same_without_the_confidential_store_but_for_who_has_hours(
    workspace_process: SandboxClient, sqlite_templates: SqliteTemplates, tmp_path: Path
) -> None:
    seen = []
    for name, has_support in (("with", True), ("without", False)):
        folder = tmp_path / name
        folder.mkdir()
        with running_product(workspace_process, sqlite_templates.fresh(folder), has_support=has_support) as product:
            seen.append(everything_seen(product))

    with_it, without = seen
    assert texts.program.HOURS_ALL_SET in with_it
    assert without == with_it.replace(texts.program.HOURS_ALL_SET, texts.program.HOURS_UNKNOWN)


def everything_seen(product: Product) -> str:
    """Each form changed and opened again: every view as it was sent, and every answer to a form."""
    staff, before, answers = product.actor("sam"), product.workspace.count_calls(), []
    for action, fields in CHANGES:
        assert change_rules(product, action, dict(fields)) == {}
        answers.append(OWN_IDS.sub("", shown(staff)))
        staff.close(everything=True)
    for action in (*dict(CHANGES), Action.OPEN_RULES_HISTORY):
        open_part(staff, action)
        staff.close(everything=True)
    number = 3 * len(CHANGES) + 2 * (len(CHANGES) + 1)
    calls = product.calls_after(before, number, belongs=lambda call: call["method"].startswith("views."))
    assert len(calls) == number
    views = sorted(f"{call['method']} {call['args']['view']}" for call in calls)
    return "\n".join([*answers, *views])


OWN_IDS = re.compile(r"'block_id': '[\w-]{5}'")
"""Ids that the workspace gives to blocks without one."""
CHANGES: tuple[tuple[Action | RuleGroup, dict[str, object]], ...] = (
    (Action.OPEN_KIND_RULES, {"length_minutes": "30 min"}),
    (Action.OPEN_CLOSED_DAYS, {Field.CLOSED: "2027-01-13: Retreat"}),
    (Action.OPEN_PHASES, {phase_field(0): "2027-01-01 to 2027-01-31: Training", without_field(0): [COMMUNITY]}),
    (Action.OPEN_FAIR_SHARES, {"sessions_a_week": "3"}),
    (Action.OPEN_LOAD_SHARES, {weights_field(0): "Dev: 150"}),
    (Action.OPEN_CONTACTS, {Field.CONTACTS: "Call Eli."}),
    (HANDOVER, {"notice_days": "1 week"}),
    (OFFICE, {"longest_hours": "4 h"}),
)
