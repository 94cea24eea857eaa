"""How staff and scholars deal with deadlines in the running product."""

from collections.abc import Mapping
from typing import Any

from domain.deadlines import DueKind
from handlers import texts
from handlers.ids import Action, Field
from handlers.parse.deadlines import TELL
from handlers.parse.moments import day_field
from sandbox.client import Actor, Payload
from tests.fixtures.products import Product

TITLE = "Research plan"
DUE_DAY = "2027-01-25"
"""Two weeks after the products' Monday."""


def move_to_london(product: Product) -> None:
    """Let everybody's device be there, where their sites are."""
    for who in ("ada", "bo", "sam"):
        product.change_account(who, tz="Europe/London")


def fill_deadline(staff: Actor, changes: Mapping[str, Any] | None = None) -> None:
    """Open the form and fill it in for all scholars; `changes` are by field."""
    staff.open("/deadlines new", texts.deadlines.FORM_TITLE)
    values: dict[str, Any] = {
        Field.TITLE: TITLE,
        Field.DUE_KIND: DueKind.INSTANT.value,
        day_field(Field.DUE): DUE_DAY,
        Field.DUE: "17:00",
        Field.ZONE: "Europe/London",
        Field.WHO: ["scholar"],
        Field.OPTIONS: ["newcomers"],
    }
    for field, value in (values | dict(changes or {})).items():
        staff.fill(field, value)


def set_deadline(
    product: Product, changes: Mapping[str, Any] | None = None, *, who: str = "sam", is_told: bool = False
) -> None:
    """Set one, from the form to the moment at which it stands."""
    move_to_london(product)
    staff = product.actor(who)
    options = {Field.OPTIONS.value: ["newcomers", TELL]} if is_told else {}
    fill_deadline(staff, options | dict(changes or {}))
    assert staff.submit()["errors"] == {}
    staff.wait(title=texts.deadlines.PREVIEW_TITLE)
    staff.submit()
    staff.wait(modal=texts.deadlines.IS_SET)
    staff.close(everything=True)


def reminders(actor: Actor) -> list[Payload]:
    """The messages about deadlines that somebody has, the oldest first."""
    return [each for each in actor.messages() if Action.OPEN_DUE_ONE.value in str(each.get("blocks"))]


def open_deadline(staff: Actor) -> None:
    """From the list of staff to the first deadline."""
    staff.open("/deadlines", texts.deadlines.TITLE)
    staff.press(Action.OPEN_DEADLINE)
    staff.wait(modal=texts.deadlines.BEHIND)
