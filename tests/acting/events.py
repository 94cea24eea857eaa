"""What people do about events in the running product, a line each."""

from datetime import timedelta
from typing import Any

from handlers import texts
from handlers.ids import EVERYBODY, Action, Field
from sandbox.client import Actor, Payload
from tests.acting.moments import fill_moment
from tests.fixtures.products import Product

START, END = "2027-01-14 10:00", "11:00"
"""Thursday of the house's week, in the zone of the accounts, which is Los Angeles."""


def let_it_be_day(product: Product) -> None:
    """The house begins at noon in London, which is four in the night where the accounts are: nobody is told then."""
    product.advance(timedelta(hours=6))


def fill_event(staff: Actor, *, start: str = START, end: str = END, **fields: Any) -> None:
    """Open the form for a new one and fill it in: a seminar in a room, for everyone."""
    staff.open("/events", texts.events.TITLE)
    staff.press(Action.OPEN_PLAN_EVENT)
    staff.wait(title=texts.events.PLAN_TITLE)
    filled = {Field.TITLE: "Reading papers", Field.PLACE: "Room 4", Field.WHO: [EVERYBODY], **fields}
    for field, value in filled.items():
        staff.fill(field, value)
    fill_moment(staff, Field.START, start)
    staff.fill(Field.END, end)


def plan(product: Product, **wishes: Any) -> str:
    """Sam plans an event; returns its id."""
    staff = product.actor("sam")
    fill_event(staff, **wishes)
    outcome = staff.submit()
    assert outcome["errors"] == {}
    staff.wait(modal=texts.events.PLANNED[:40])
    event_id = str(staff.modal()["private_metadata"])
    staff.close(everything=True)
    return event_id


def press_in_list(actor: Actor, event_id: str, action: Action, says: str) -> None:
    """Press a button of an event in one's list, and read what it came to."""
    actor.open("/events", texts.events.TITLE)
    actor.press(action, block_id=f"event.{event_id}")
    actor.wait(modal=says[:40])
    actor.close(everything=True)


def open_event(actor: Actor, event_id: str) -> None:
    """From the list to the event."""
    actor.open("/events", texts.events.TITLE)
    actor.press(Action.OPEN_EVENT, block_id=f"event.{event_id}")
    wait_for_event(actor, event_id)


def open_form(actor: Actor, event_id: str, action: Action, title: str) -> None:
    """From the list to the event, and from there to what one of its buttons opens."""
    open_event(actor, event_id)
    actor.press(action)
    actor.wait(title=title)


def wait_for_event(actor: Actor, event_id: str) -> None:
    """Until the event is the topmost modal."""
    actor.wait(modal=texts.events.HOST.format(name="")[:6])
    assert actor.modal()["private_metadata"] == event_id


def words(actor: Actor) -> str:
    """The words of the topmost modal."""
    return str(actor.modal()["blocks"])


def event_messages(actor: Actor) -> list[Payload]:
    """What the bot wrote to somebody about events."""
    return [
        message
        for message in actor.messages()
        if any(block.get("block_id") == "event" for block in message.get("blocks", ()))
    ]


def told(actor: Actor) -> list[str]:
    """The texts of the same."""
    return [str(message["text"]) for message in event_messages(actor)]
