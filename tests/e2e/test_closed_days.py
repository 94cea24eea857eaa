"""Staff write closed days and phases with /program."""

from domain.kinds import COACHING, DEFAULT_KINDS
from domain.office_hours import OFFICE_HOURS
from domain.rules.effects import Effect
from handlers import texts
from handlers.ids import Action, Field
from handlers.parse.program import phase_field, without_field
from tests.acting.rules import change_rules, rules_of, shown, typed
from tests.builders.rules import a_phase, closed_days
from tests.fixtures.products import Product

EFFECTS = texts.program.EFFECTS


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
