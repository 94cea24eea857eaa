"""How staff announce in the running product, and how readers press."""

from collections.abc import Mapping
from typing import Any

from domain.delivery import Tier
from domain.people import Role
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.choices import ACK, NEWCOMERS
from sandbox.client import Actor, Payload
from tests.builders.people import put_membership, put_on_roster
from tests.fixtures.desks import LONDON
from tests.fixtures.products import Product

WORDS = texts.announcements
TITLE, BODY = "Plans are due on Friday", "Hand in your plan by *Friday*: https://example.org/plans"


def second_staff(product: Product) -> Actor:
    """Sue joins the staff, so that there is somebody to say yes."""
    put_on_roster(product.stores.program, "sue")
    put_membership(product.stores.program, "sue", Role.STAFF)
    return product.actor("sue")


def wake(product: Product, *ids: str) -> None:
    """It is noon for these people, so that nothing waits for the end of their quiet hours."""
    for id_ in ids:
        product.change_account(id_, tz=LONDON)


def fill_announcement(staff: Actor, fields: Mapping[str, Any] | None = None) -> None:
    """Open the form and fill it in: an important one for scholars, unless told."""
    staff.open("/announce new", WORDS.FORM_TITLE)
    wishes: dict[str, Any] = {Field.TITLE: TITLE, Field.BODY: BODY, Field.WHO: [Role.SCHOLAR.value]} | (
        dict(fields) if fields else {}
    )
    for field, value in wishes.items():
        staff.fill(field, value)


def announce(product: Product, fields: Mapping[str, Any] | None = None, *, staff: Actor | None = None) -> None:
    """Write, preview and send one; it has gone out to whoever is due at once."""
    staff = staff or product.actor("sam")
    fill_announcement(staff, fields)
    assert staff.submit()["errors"] == {}
    staff.wait(title=WORDS.PREVIEW_TITLE)
    staff.submit()
    staff.wait(title=WORDS.TITLE)
    staff.close(everything=True)
    go_out(product)


def go_out(product: Product) -> None:
    """What is due goes out."""
    product.tick("announcements")
    product.deliver()


def open_one(staff: Actor, *, is_draft: bool = False) -> None:
    """From the command to the latest one."""
    staff.open("/announce", WORDS.TITLE)
    staff.press(Action.OPEN_ANNOUNCEMENT)
    staff.wait(title=WORDS.PREVIEW_TITLE if is_draft else WORDS.DETAILS_TITLE)


def told(reader: Actor) -> list[Payload]:
    """The messages about announcements in somebody's DM."""
    return [each for each in reader.messages() if TITLE in str(each)]


def pressed(reader: Actor) -> Payload:
    """The reader presses the button of the latest one."""
    return reader.press_message(told(reader)[-1], Action.ACKNOWLEDGE)


CRITICAL: Mapping[str, Any] = {Field.TIER: Tier.CRITICAL.value}
NOTICE: Mapping[str, Any] = {Field.TIER: Tier.NOTICE.value}
NO_ACK: Mapping[str, Any] = {Field.OPTIONS: [NEWCOMERS]}
BOTH_OPTIONS = {Field.OPTIONS: [ACK, NEWCOMERS]}
