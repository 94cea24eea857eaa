"""What people do in the running product, a line each, for tests that are about something further on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from domain.kinds import COACHING
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor, Payload
from storage.engine import table_of
from storage.program import people_queries
from storage.program.people import Membership
from tests.acting.moments import fill_moment
from tests.builders.people import PROGRAM, TEAM
from tests.fixtures.engines import Stores
from tests.fixtures.products import Product

WEDNESDAY = 2
"""The third day offered, when it is Monday noon: more than a day away, so both reminders lie ahead."""


def fill_booking(
    actor: Actor,
    *,
    kind: str = COACHING,
    day: int = WEDNESDAY,
    words: str = "",
    staff: str = "",
    repeat: str = "",
) -> str:
    """Open the form and fill it in; returns the chosen start as the menu's value.

    `staff` is a person id, `repeat` is how often as the menu carries it.
    """
    actor.open("/support book", texts.booking.BOOK_TITLE)
    if kind != COACHING:
        actor.choose(Field.KIND, kind)
    if staff:
        actor.choose(Field.STAFF, staff)
    if day:
        actor.choose(Field.DAY, list(actor.options(Field.DAY))[day])
    start = next(iter(actor.options(Field.START)))
    actor.fill(Field.START, start)
    if repeat:
        actor.fill(Field.REPEAT, repeat)
    if words:
        actor.fill(Field.WORDS, words)
    return start


def book(product: Product, actor: Actor | None = None, **wishes: Any) -> str:
    """Book and let both be told; returns the start as epoch seconds in a text. With Cleo unless told otherwise."""
    actor = actor or product.scholar
    start = fill_booking(actor, **({"staff": "cleo"} | wishes))
    _submit(actor)
    actor.wait(title=texts.booking.BOOKED_TITLE)
    actor.close(everything=True)
    product.deliver()
    return start


def press_to(actor: Actor, action: Action, title: str) -> None:
    """Press a button of the modal, and wait for the one that it opens, by its title."""
    actor.press(action)
    actor.wait(title=title)


def last_with(actor: Actor, action: Action) -> Payload:
    """The newest message with a certain button."""
    return [message for message in actor.messages() if action.value in str(message.get("blocks"))][-1]


def open_details(actor: Actor, message: Payload | None = None) -> None:
    """Press the button of a message (the newest) and wait for who, where and what."""
    actor.press_message(message or last_with(actor, Action.OPEN_DETAILS), Action.OPEN_DETAILS)
    actor.wait(title=texts.sessions.DETAILS_TITLE)


def open_move(actor: Actor, *, to: int = -1, reason: str = "") -> str:
    """From a message to the filled form for another time; returns the chosen start. `to` counts the offered days."""
    open_details(actor)
    actor.press(Action.OPEN_MOVE)
    actor.wait(title=texts.sessions.MOVE_TITLE)
    actor.choose(Field.DAY, list(actor.options(Field.DAY))[to])
    start = list(actor.options(Field.START))[-1]
    actor.fill(Field.START, start)
    if reason:
        actor.fill(Field.REASON, reason)
    return start


def open_cancel(actor: Actor, *, reason: str = "") -> None:
    """From a message to the form that asks why."""
    open_details(actor)
    actor.press(Action.OPEN_CANCEL)
    actor.wait(title=texts.sessions.CANCEL_TITLE)
    if reason:
        actor.fill(Field.REASON, reason)


def move(product: Product, actor: Actor, **wishes: Any) -> str:
    """Move the newest session to another time and let both be told; returns the new start."""
    start = open_move(actor, **wishes)
    _submit(actor)
    actor.wait(modal=texts.sessions.MOVED)
    actor.close(everything=True)
    product.deliver()
    return start


def cancel(product: Product, actor: Actor, *, reason: str = "") -> None:
    """Cancel the newest session and let both be told."""
    open_cancel(actor, reason=reason)
    _submit(actor)
    actor.wait(modal=texts.sessions.CANCELED)
    actor.close(everything=True)
    product.deliver()


def propose(
    product: Product, staff: Actor, scholar: Actor, *, times: int = 2, own: str = "", close: bool = True
) -> list[str]:
    """Offer free times to a scholar, or one's own, and let them be told; returns the starts of the free ones."""
    staff.open("/support propose", texts.proposals.PROPOSE_TITLE)
    staff.choose(Field.SCHOLAR, scholar.id)
    starts = [] if own else list(staff.options(Field.STARTS))[:times]
    fill_moment(staff, Field.OWN, own) if own else staff.fill(Field.STARTS, starts)
    _submit(staff)
    staff.wait(modal=texts.proposals.PROPOSED)
    if close:
        staff.close(everything=True)
    product.deliver()
    return starts


def open_week(actor: Actor) -> None:
    """From the command to the form for the week that always holds."""
    actor.open("/hours", texts.hours.TITLE)
    actor.press(Action.EDIT_WEEK)
    actor.wait(modal=texts.hours.COPY_FROM)


def open_dates(actor: Actor) -> None:
    """From the command to the form for dates that differ."""
    actor.open("/hours", texts.hours.TITLE)
    actor.press(Action.EDIT_DATES)
    actor.wait(modal=texts.hours.DAY_OFF)


def save_hours(actor: Actor, fields: dict[str, str]) -> None:
    """Fill in the form for the week, and that for dates where any are given, and save."""
    dates = {field: value for field, value in fields.items() if field == Field.OVERRIDES}
    week = {field: value for field, value in fields.items() if field not in dates}
    for opened, filled in ((open_week, week), (open_dates, dates)):
        if filled:
            opened(actor)
            for field, value in filled.items():
                actor.fill(field, value)
            assert actor.submit()["errors"] == {}
            assert texts.hours.SAVED in str(actor.modal())
            actor.close(everything=True)


def set_profile(actor: Actor, values: Mapping[str, Any]) -> None:
    """Fill in what scholars see, from the hours, and save."""
    actor.open("/hours", texts.hours.TITLE)
    actor.press(Action.OPEN_PROFILE)
    actor.wait(modal=texts.hours.PROFILE_ABOUT)  # the button in the hours begins with the title of what it opens
    for field, value in values.items():
        actor.fill(field, value)
    assert actor.submit()["errors"] == {}
    actor.close(everything=True)


def told(actor: Actor) -> list[str]:
    """The beginnings of everything the bot wrote to somebody, a calendar file as its title."""
    return [_headline(message) for message in actor.messages()]


def _submit(actor: Actor) -> None:
    outcome = actor.submit()
    if outcome["errors"] or outcome["error"]:
        raise AssertionError(f"the form was not taken: {outcome}")


def _headline(message: Payload) -> str:
    files = message.get("files") or []
    return str(files[0]["title"]) if files else str(message["text"]).partition(":")[0]


def submission(actor: Actor) -> Payload:
    """What submitting the topmost modal would send, to be bent before `workspace.deliver` sends it."""
    view = {name: value for name, value in actor.modal().items() if name != "errors"}
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "sandbox"},
        "user": {"id": actor.id, "username": actor.id, "name": actor.id, "team_id": TEAM},
        "api_app_id": view["app_id"],
        "token": "deprecated",
        "trigger_id": "1.1.made-up",
        "view": view,
        "response_urls": [],
    }


def element_of(payload: Payload, field: str) -> Payload:
    """What is filled in at a field of a submission, to be changed."""
    values: Payload = payload["view"]["state"]["values"]
    block = next(block for block in values if block.partition(":")[0] == field)
    element: Payload = next(iter(values[block].values()))
    return element


def initial_users(actor: Actor, field: str) -> list[str]:
    """The accounts that stand in a menu of people in the modal that somebody sees."""
    (block,) = (each for each in actor.modal()["blocks"] if each.get("block_id") == field)
    element = block["element"]
    return [element["initial_user"]] if "initial_user" in element else list(element.get("initial_users", ()))


def leave_roster(product: Product, person_id: str) -> None:
    """Take somebody off the roster at this moment, as an import does."""
    leave_roster_of(product.stores, person_id)


def leave_roster_of(stores: Stores, person_id: str) -> None:
    """The same without a running product."""
    table = table_of(Membership)
    with stores.program.write() as connection:
        connection.execute(update(table).where(table.c.person_id == person_id).values(removed_at=1))
        people_queries.touch(connection, [PROGRAM])
