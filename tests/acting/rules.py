"""How staff change the rules of their program in the running product."""

from domain.kinds import COACHING
from domain.rules import ProgramRules
from handlers import texts
from handlers.ids import Action
from handlers.texts.rule_groups import RuleGroup
from sandbox.client import Actor, Payload
from tests.builders.people import PROGRAM
from tests.fixtures.products import Product

WORDS = {
    Action.OPEN_KIND_RULES: texts.program.KINDS,
    Action.OPEN_CLOSED_DAYS: texts.program.CLOSED_LABEL,
    Action.OPEN_PHASES: texts.program.PHASES_INTRO[:40],
    Action.OPEN_FAIR_SHARES: texts.rule_fields.FAIR_FIELDS[0].label,
    Action.OPEN_LOAD_SHARES: texts.program.SHARES_LABEL,
    Action.OPEN_CONTACTS: texts.program.CONTACTS_LABEL,
    Action.OPEN_RULES_HISTORY: texts.program.HISTORY,
}
"""What is on each modal and not on the one it opens from."""


def open_part(staff: Actor, part: Action | RuleGroup, *, kind: str = COACHING) -> None:
    """From the command to the form for a part of the rules; of a kind, the coaches' unless told."""
    staff.open("/program", texts.program.TITLE)
    if isinstance(part, RuleGroup):
        staff.press(Action.OPEN_RULE_GROUP, block_id=f"{Action.OPEN_RULE_GROUP}.{part.key}")
        staff.wait(modal=part.fields[-1].label)
    else:
        staff.press(part, block_id=f"rules.kind.{kind}" if part is Action.OPEN_KIND_RULES else None)
        staff.wait(modal=WORDS[part])


def change_rules(
    product: Product, part: Action | RuleGroup, fields: dict[str, object], *, kind: str = COACHING
) -> Payload:
    """Sam fills in the form and submits it; returns the errors by field, none where it was saved."""
    staff = product.actor("sam")
    open_part(staff, part, kind=kind)
    for field, value in fields.items():
        staff.fill(field, value)
    errors: Payload = staff.submit()["errors"]
    return errors


def shown(actor: Actor) -> str:
    """The words of the topmost modal."""
    return str(actor.modal()["blocks"])


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
