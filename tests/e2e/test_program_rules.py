"""Staff change the rules of their program with /program; scholars meet them at once, and nobody else may."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS
from domain.office_hours import OFFICE_HOURS
from domain.people import Role
from domain.rules import ProgramRules
from domain.rules.effects import Effect
from handlers import texts
from handlers.ids import Action, Field
from handlers.parse.program import phase_field, without_field
from handlers.parse.rule_fields import NO
from handlers.parse.weights import weights_field
from handlers.texts.rule_groups import HANDOVER, OFFICE, RuleGroup
from sandbox.client import Payload, SandboxClient
from services.rules.change import RulesChanged
from tests.acting.rules import change_rules, open_part, shown
from tests.acting.steps import book, save_hours
from tests.builders.people import PROGRAM, TEAM
from tests.builders.rules import a_phase, closed_days
from tests.e2e.test_airgap import join
from tests.e2e.test_own_hours import EMPTY_WEEK
from tests.fixtures.engines import SqliteTemplates
from tests.fixtures.products import Product, running_product

EFFECTS = texts.program.EFFECTS


def test_changed_kind_is_what_a_scholar_is_offered_at_once(each_product: Product) -> None:
    product = each_product
    product.change_account("ada", tz="Europe/London")

    errors = change_rules(
        product, Action.OPEN_KIND_RULES, {"length_minutes": "1 h", "step_minutes": "60", "notice_minutes": "2 days"}
    )

    product.scholar.open("/support book", texts.booking.BOOK_TITLE)
    product.scholar.choose(Field.STAFF, "cleo")
    assert errors == {}
    assert "Scholar support (coach), 60 min" in shown(product.scholar)
    assert next(iter(product.scholar.options(Field.DAY))) == "2027-01-13"
    assert list(product.scholar.options(Field.START).values())[:2] == ["12:00 GMT", "13:00 GMT"]


def test_saved_kind_shows_in_the_rules_beneath_and_in_the_form_opened_next(product: Product) -> None:
    staff = product.actor("sam")

    change_rules(product, Action.OPEN_KIND_RULES, {"cancel_notice_minutes": "90 min", "per_day": "3"})
    staff.close()
    staff.wait(modal="moved or canceled until 1 h 30 min before")

    assert "at most 3 a day" in shown(staff)
    staff.close(everything=True)
    open_part(staff, Action.OPEN_KIND_RULES)
    assert initial(staff.modal())["cancel_notice_minutes"] == "1 h 30 min"


def test_kinds_of_different_lengths_are_saved_and_staff_are_told_what_calendars_show(product: Product) -> None:
    change_rules(product, Action.OPEN_KIND_RULES, {"length_minutes": "30"}, kind=COMMUNITY)

    said = shown(product.actor("sam"))
    assert texts.program.SAVED in said
    assert EFFECTS[Effect.KINDS_APART][:60] in said


def test_session_longer_than_anybodys_hours_is_saved_and_staff_are_told(product: Product) -> None:
    for who in ("cleo", "dev"):
        save_hours(product.actor(who), EMPTY_WEEK | {"monday": "9-10"})

    change_rules(product, Action.OPEN_KIND_RULES, {"length_minutes": "65 min"})

    assert EFFECTS[Effect.LONGER_THAN_HOURS][:56] in shown(product.actor("sam"))


def test_kind_switched_off_cannot_be_booked_and_its_sessions_stay(product: Product) -> None:
    book(product)

    change_rules(product, Action.OPEN_KIND_RULES, {"is_offered": NO})

    assert EFFECTS[Effect.SWITCHED_OFF] in shown(product.actor("sam"))
    product.scholar.open("/support book", texts.booking.BOOK_TITLE)
    assert texts.kinds.LABELS[COACHING] not in shown(product.scholar)
    product.scholar.close(everything=True)
    product.scholar.open("/support list", texts.sessions.SESSIONS_TITLE)
    assert "Cleo" in shown(product.scholar)


def test_every_field_of_a_kind_that_cannot_be_read_is_told_at_once_and_keeps_what_was_typed(product: Product) -> None:
    wrong = {
        "length_minutes": "soon",
        "step_minutes": "7 min",
        "buffer_before_minutes": "-5",
        "buffer_after_minutes": "9 h",
        "notice_minutes": "4",
        "cancel_notice_minutes": "40 days",
        "horizon_days": "2 years",
        "open_per_scholar": "0",
        "per_day": "many",
        "per_week": "701",
        "per_month": "3101",
    }

    errors = change_rules(product, Action.OPEN_KIND_RULES, dict(wrong))

    assert set(errors) == set(wrong)
    assert errors["step_minutes"] == "Please choose from 5 min to 8 h in steps of 5 min."
    assert errors["notice_minutes"] == "Please add the unit: 4 min, 4 h, 4 days."
    assert errors["cancel_notice_minutes"].startswith("Please choose less than 28 days")
    assert typed(product.actor("sam").modal(), *wrong) == wrong


def test_last_kind_cannot_be_switched_off(product: Product) -> None:
    for kind in DEFAULT_KINDS[:-1]:
        change_rules(product, Action.OPEN_KIND_RULES, {"is_offered": NO}, kind=kind.key)
        product.actor("sam").close(everything=True)

    errors = change_rules(product, Action.OPEN_KIND_RULES, {"is_offered": NO}, kind=DEFAULT_KINDS[-1].key)

    assert errors == {"is_offered": "At least one kind of session has to be offered."}


def test_closed_days_are_in_the_rules_and_shown_in_order(product: Product) -> None:
    staff = product.actor("sam")

    errors = change_rules(
        product, Action.OPEN_CLOSED_DAYS, {Field.CLOSED: "2027-03-01: Retreat\n2026-12-24 to 2027-01-03: <Winter>"}
    )

    staff.close()
    staff.wait(modal="1 in the past")
    assert "2027-03-01: Retreat\\n1 in the past" in shown(staff)
    assert errors == {}
    assert rules_of(product).closed == (
        closed_days("2026-12-24", "2027-01-03", name="<Winter>"),
        closed_days("2027-03-01", name="Retreat"),
    )


def test_closed_days_that_cannot_be_read_are_told_by_line_and_kept(product: Product) -> None:
    typed_in = "2027-03-01: Retreat\n2027-02-30: Retreat\nWinter"

    errors = change_rules(product, Action.OPEN_CLOSED_DAYS, {Field.CLOSED: typed_in})

    assert list(errors) == [Field.CLOSED]
    assert errors[Field.CLOSED].startswith("Line 2: There is no such date. Please check the month and the day. Line 3:")
    assert typed(product.actor("sam").modal(), Field.CLOSED) == {Field.CLOSED: typed_in}


def test_phase_and_what_is_not_offered_in_it_are_in_the_rules_until_its_line_is_cleared(product: Product) -> None:
    staff = product.actor("sam")
    errors = change_rules(
        product,
        Action.OPEN_PHASES,
        {phase_field(0): "2027-01-01 to 2027-01-31: Training", without_field(0): [COACHING, OFFICE_HOURS]},
    )

    staff.close()
    staff.wait(modal="2027-01-01 to 2027-01-31: Training, without Scholar support (coach), Technical office hours")
    with_it = rules_of(product).phases
    staff.close(everything=True)
    cleared = change_rules(product, Action.OPEN_PHASES, {phase_field(0): ""})

    assert (errors, cleared) == ({}, {})
    assert with_it == (a_phase("2027-01-01", "2027-01-31", without=(COACHING, OFFICE_HOURS)),)
    assert rules_of(product).phases == ()


def test_phases_that_do_not_fit_are_told_at_their_lines_and_keep_what_was_typed(product: Product) -> None:
    wrong = {
        phase_field(0): "2027-01-31 to 2027-01-01: Training",
        phase_field(1): "Research",
    }

    errors = change_rules(product, Action.OPEN_PHASES, dict(wrong))

    assert set(errors) == set(wrong)
    assert errors[phase_field(0)] == "The last day lies before the first. Please write the earlier date first."
    staff = product.actor("sam")
    staff.fill(phase_field(0), "2027-01-01 to 2027-01-31: Training")
    staff.fill(phase_field(1), "2027-01-31 to 2027-03-01: Research")
    assert staff.submit()["errors"] == {
        phase_field(1): "This overlaps with Training. Please let one end before the other begins."
    }


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


def test_closed_days_and_phases_that_leave_nothing_are_saved_and_staff_are_told(product: Product) -> None:
    staff = product.actor("sam")
    change_rules(product, Action.OPEN_CLOSED_DAYS, {Field.CLOSED: "2027-01-01 to 2027-12-31: Sabbatical"})
    of_closed = shown(staff)
    staff.close(everything=True)

    everything = [kind.key for kind in DEFAULT_KINDS]
    line: dict[str, object] = {phase_field(0): "2027-02-01 to 2027-02-28: Break", without_field(0): everything}
    change_rules(product, Action.OPEN_PHASES, line)

    assert EFFECTS[Effect.CLOSED_THROUGHOUT] in of_closed
    assert "Break: scholars can book nothing at all then." in shown(staff)


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


def initial(view: Payload) -> dict[str, str]:
    """What each text field begins with."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"].get("initial_value", "") for block in inputs}


def typed(view: Payload, *fields: str) -> dict[str, str]:
    """What is typed in these fields."""
    values = view["state"]["values"]
    return {field: next(iter(values[field].values()))["value"] for field in fields}


def rules_of(product: Product) -> ProgramRules:
    """What is in force."""
    return product.runtime.desk.rules.now(PROGRAM)
