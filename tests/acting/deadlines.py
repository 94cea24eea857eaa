"""How staff and scholars deal with deadlines in the running product."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from domain.deadlines import DueKind
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.choices import TELL, YES
from handlers.ids.fields import day_field
from sandbox.client import Actor, Payload
from tests.fixtures.products import Product

TITLE = "Research plan"
DUE_DAY = "2027-01-25"
"""Two weeks after the products' Monday."""
TO_THE_DAY_BEFORE = timedelta(days=13, hours=5)
"""From Monday noon to the rung of 24 hours before 17:00 two weeks later."""


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
    """The messages about deadlines that somebody has, the oldest first; a digest that names one is none."""
    return [
        each
        for each in actor.messages()
        if Action.OPEN_DUE_ONE.value in str(each.get("blocks")) and not each["text"].startswith("Your digest")
    ]


def open_deadline(staff: Actor) -> None:
    """From the list of staff to the first deadline."""
    staff.open("/deadlines", texts.deadlines.TITLE)
    staff.press(Action.OPEN_DEADLINE)
    staff.wait(modal=texts.deadlines.BEHIND)


def say_why(product: Product, *, reason: str, refusal: str) -> None:
    """A deadline in ten days is set; Ada asks for more time and says why; Sam reads that and refuses it."""
    staff, scholar = product.actor("sam"), product.scholar
    day = (product.clock.now() + timedelta(days=10)).date()
    fill_deadline(staff, {day_field(Field.DUE): day.isoformat(), Field.OPTIONS: [TELL]})
    staff.submit()
    staff.wait(title=texts.deadlines.PREVIEW_TITLE)
    staff.submit()
    staff.wait(modal=texts.deadlines.IS_SET)
    staff.close(everything=True)
    ask_for_time(product, until=(day + timedelta(days=2)).isoformat(), reason=reason)
    read_reason(staff, reason)
    staff.press(Action.OPEN_REFUSE)
    staff.wait(title=texts.deadlines.REFUSE_TITLE)
    staff.fill(Field.ANSWER, refusal)
    staff.submit()
    staff.wait(modal=texts.deadlines.REFUSED_NOW)
    staff.close(everything=True)
    product.advance(timedelta(days=1))
    scholar.open("/deadlines mine", texts.due.TITLE)
    scholar.press(Action.OPEN_DUE_ONE)
    scholar.wait(modal=refusal)
    scholar.press(Action.READ_REASON)
    scholar.wait(modal=reason)
    scholar.close(everything=True)


def ask_for_time(product: Product, *, until: str, reason: str) -> None:
    """Ada asks from the list of what is due."""
    scholar = product.scholar
    scholar.open("/deadlines mine", texts.due.TITLE)
    scholar.press(Action.OPEN_DUE_ONE)
    scholar.wait(title=texts.due.ONE_TITLE)
    scholar.press(Action.OPEN_ASK)
    send_wish(product, until=until, reason=reason)


def send_wish(product: Product, *, until: str, reason: str) -> None:
    """Ada fills in the form that asks for more time, wherever she has opened it, and staff hear of it."""
    scholar = product.scholar
    scholar.wait(title=texts.due.ASK_TITLE)
    scholar.fill(day_field(Field.DUE), until)
    scholar.fill(Field.DUE, "17:00")
    scholar.fill(Field.REASON, reason)
    assert scholar.submit()["errors"] == {}
    scholar.wait(modal=texts.due.ASKED)
    scholar.close(everything=True)
    product.deliver()


def read_reason(staff: Actor, reason: str) -> None:
    """From the list to the only request, and to its reason; the request lies open again afterwards."""
    open_request(staff)
    staff.press(Action.READ_REASON)
    staff.wait(modal=reason)
    staff.close(everything=True)
    open_request(staff)


def open_request(staff: Actor) -> None:
    """From the list of staff to the first request."""
    staff.open("/deadlines", texts.deadlines.TITLE)
    staff.press(Action.OPEN_EXTENSIONS)
    staff.wait(title=texts.deadlines.REQUESTS_TITLE)
    staff.press(Action.OPEN_EXTENSION)
    staff.wait(title=texts.deadlines.REQUEST_TITLE)


def save_looked_at(staff: Actor, *words: str) -> None:
    """What a change comes to is shown first, for whom it would be by name; a tick says that one has looked."""
    staff.submit()
    staff.wait(modal=texts.deadlines.LOOK_FIRST)
    shown = str(staff.modal()["blocks"])
    assert [each for each in words if each not in shown] == []
    assert texts.forms.TICK_FIRST in str(staff.submit()["errors"])
    staff.fill(Field.ALL_THE_SAME, [YES])
    assert staff.submit()["errors"] == {}


def last_text(product: Product, who: str) -> str:
    """What the newest reminder that somebody has says in its notification."""
    return str(reminders(product.actor(who))[-1]["text"])
