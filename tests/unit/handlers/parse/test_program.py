"""The forms of `/program` become changes of the rules, each of its own part."""

from dataclasses import replace

import pytest

from domain.errors import DomainError, Faulty, NotFound
from domain.kinds import COACHING, COMMUNITY, UnknownKind
from domain.people import Role
from domain.rules import FairShares, ProgramRules
from handlers import texts
from handlers.ids import Modal
from handlers.parse.booking import UnreadableForm
from handlers.parse.program import (
    closed_change,
    contacts_change,
    fair_change,
    kind_change,
    kind_key,
    phase_field,
    phases_change,
    shares_change,
    without_field,
)
from handlers.request import Kind, Request
from tests.builders.payloads import a_request, a_submission
from tests.builders.people import a_person
from tests.builders.rules import a_phase, closed_days, with_kind
from tests.builders.sessions import a_form, chosen_several, typed

RULES = ProgramRules()
CLEO = a_person("cleo", roles={Role.COACH})


def sent(values: dict[str, dict[str, object]], state: str = "7") -> Request:
    """A form as submitted."""
    return a_request(Kind.SUBMISSION, Modal.KIND_RULES, body=a_submission(a_form(values, state=state)))


def test_kind_form_changes_its_kind_and_is_about_nothing_else() -> None:
    request = sent({"length_minutes": typed("1 h")}, state="coaching.7")

    change = kind_change(request, RULES)

    newest = replace(with_kind(RULES, COMMUNITY, notice_minutes=0), contacts="new")
    assert (change.seen, change.request_key, kind_key(request)) == (7, request.envelope.once_key(), COACHING)
    assert change.part(newest) == RULES.kind(COACHING)
    assert change.edit(newest) == with_kind(newest, COACHING, length_minutes=60)


@pytest.mark.parametrize("state", ["", "coaching", "coaching.x", "coaching.", ".7", "a b.7", "coaching.99999999999"])
def test_kind_form_with_a_reference_that_we_did_not_make_is_not_found(state: str) -> None:
    with pytest.raises(NotFound):
        kind_change(sent({}, state=state), RULES)


def test_kind_that_there_never_was_is_refused() -> None:
    with pytest.raises(UnknownKind):
        kind_change(sent({}, state="massage.7"), RULES)


@pytest.mark.parametrize("state", ["", "x", "-1", "7.1", "coaching.7", "99999999999"])
def test_form_with_a_version_that_we_did_not_write_is_not_found(state: str) -> None:
    with pytest.raises(NotFound):
        contacts_change(sent({"contacts": typed("x")}, state=state))


def test_closed_days_are_changed_alone() -> None:
    change = closed_change(sent({"closed": typed("2027-03-01: Retreat")}))

    newest = replace(RULES, contacts="new")
    assert change.part(newest) == ()
    assert change.edit(newest) == replace(newest, closed=(closed_days("2027-03-01"),))


def test_closed_days_that_grow_when_they_are_written_out_are_held_to_the_limit() -> None:
    text = "\n".join(f"2027-1-{1 + number % 9}:{number:02}" for number in range(220))

    with pytest.raises(DomainError, match=r"^Please shorten this by \d+ characters: 3000 fit here\.$") as refused:
        closed_change(sent({"closed": typed(text)}))

    assert len(text) < 3000
    assert refused.value.field == "closed"


def phases(*lines: tuple[str, tuple[str, ...]]) -> Request:
    """The form for phases."""
    values = {phase_field(number): typed(line) for number, (line, _) in enumerate(lines)}
    menus = {without_field(number): chosen_several(*kinds) for number, (_, kinds) in enumerate(lines)}
    return sent(values | menus)


def test_phases_are_read_in_the_order_of_their_dates_and_cleared_lines_are_gone() -> None:
    request = phases(
        ("2027-07-01 to 2027-08-31: Research", ()),
        ("", (COACHING,)),
        ("2027-06-01 to 2027-06-28: Training", (COMMUNITY, COACHING)),
    )

    change = phases_change(request, RULES)

    assert change.edit(RULES).phases == (
        a_phase("2027-06-01", "2027-06-28", without=(COACHING, COMMUNITY)),
        a_phase("2027-07-01", "2027-08-31", name="Research"),
    )


def test_all_that_is_wrong_with_phases_is_told_each_at_its_line() -> None:
    request = phases(
        ("2027-06-01 to 2027-06-28: Training", ()),
        ("June: Research", ()),
        ("2027-06-28 to 2027-07-01: Research", ()),
        ("2027-08-01 to 2027-08-02: Training", ()),
        ("2027-09-01:", ()),
    )

    with pytest.raises(Faulty) as refused:
        phases_change(request, RULES)

    assert {fault.field: fault.message for fault in refused.value.faults} == {
        "phase.1": "Please write dates, a colon and a name, like 2027-12-24 to 2028-01-01: Winter break.",
        "phase.2": texts.program.PHASE_OVERLAPS.format(name="Training"),
        "phase.3": texts.program.PHASE_NAMED_TWICE,
        "phase.4": "Please give a phase a name.",
    }


def test_kind_that_no_menu_has_is_refused() -> None:
    with pytest.raises(Faulty) as refused:
        phases_change(phases(("2027-06-01: Training", ("massage",))), RULES)

    assert [(fault.field, fault.message) for fault in refused.value.faults] == [("phase.0", UnreadableForm().message)]


def test_fair_shares_are_changed_alone() -> None:
    change = fair_change(sent({"first_days": typed("off")}), RULES)

    newest = replace(RULES, contacts="new")
    assert change.part(newest) == FairShares()
    assert change.edit(newest) == replace(newest, fair=FairShares(first_days=0))


def test_shares_of_people_who_are_not_listed_stay() -> None:
    change = shares_change(sent({"weights.0": typed(""), "lead_limit": typed("off")}), [CLEO])

    newest = replace(RULES, weights={"cleo": 50, "gone": 20})
    assert change.part(newest) == ({"cleo": 50, "gone": 20}, 3)
    assert change.edit(newest) == replace(newest, weights={"gone": 20}, lead_limit=0)


def test_shares_and_lead_at_fault_are_told_together() -> None:
    with pytest.raises(Faulty) as refused:
        shares_change(sent({"weights.0": typed("Cleo"), "lead_limit": typed("far")}), [CLEO])

    assert [fault.field for fault in refused.value.faults] == ["weights.0", "lead_limit"]


def test_contacts_are_kept_line_by_line() -> None:
    change = contacts_change(sent({"contacts": typed(" Porter:\n+1 555 0100 ")}))

    assert change.edit(RULES) == replace(RULES, contacts="Porter:\n+1 555 0100")


@pytest.mark.parametrize(("text", "sentence"), [("x" * 2001, "Please shorten this by 1 char"), ("\x00", "There is")])
def test_contacts_that_cannot_be_kept_are_told_at_the_field(text: str, sentence: str) -> None:
    with pytest.raises(DomainError, match=f"^{sentence}") as refused:
        contacts_change(sent({"contacts": typed(text)}))

    assert refused.value.field == "contacts"
