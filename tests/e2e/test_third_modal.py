"""Slack stacks three modals: what is refused in the third is told in it, and nothing in it is lost."""

from typing import Any

from domain.booking import AlreadyCanceled
from domain.errors import NotAllowed
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor, Payload
from services.booking.change import cancel_session
from services.sessions.own import upcoming_sessions
from tests.acting.steps import book, leave_roster
from tests.builders.bookings import a_cancellation
from tests.builders.people import TEAM, account_of
from tests.fixtures.products import Product


def open_third(product: Product) -> Actor:
    """List, details, move: three modals; a reason is typed."""
    book(product)
    scholar = product.scholar
    scholar.open("/support list", texts.sessions.SESSIONS_TITLE)
    scholar.press(Action.OPEN_DETAILS)
    scholar.wait(modal=Action.OPEN_MOVE)  # the title of the list begins with that of the details
    scholar.press(Action.OPEN_MOVE)
    scholar.wait(title=texts.sessions.MOVE_TITLE)
    scholar.fill(Field.REASON, "A cold.")
    return scholar


def test_session_canceled_meanwhile_is_told_in_the_third_modal_and_keeps_what_was_typed(product: Product) -> None:
    scholar = open_third(product)
    support = product.runtime.desk.support
    coach = support.people.who(account_of("cleo"), TEAM)
    (line,) = upcoming_sessions(support, coach)
    cancel_session(support, coach, a_cancellation(line.ref))

    scholar.choose(Field.DAY, list(scholar.options(Field.DAY))[-1])

    modals = scholar.modals()
    assert len(modals) == 3
    assert modals[-1]["blocks"][0]["text"]["text"] == AlreadyCanceled().message
    assert scholar.modal()["title"]["text"] == texts.sessions.MOVE_TITLE
    assert typed(modals[-1], Field.REASON) == "A cold."


def test_every_action_refused_in_the_third_modal_is_told_in_it(product: Product) -> None:
    scholar = open_third(product)
    leave_roster(product, "ada")
    product.tick("members")

    calls = [answered(product, scholar, action) for action in Action]

    assert [(call["method"], call["accepted"]) for call in calls] == [("views.update", True)] * len(Action)
    modal = scholar.modal()
    sentences = [block["text"]["text"] for block in modal["blocks"] if block.get("block_id") == "refusal"]
    assert sentences == [NotAllowed().message]
    assert typed(modal, Field.REASON) == "A cold."


def answered(product: Product, scholar: Actor, action: Action) -> Payload:
    """The call that comes after a press in the third modal."""
    payload: Payload = {
        "type": "block_actions",
        "user": {"id": scholar.id, "team_id": TEAM},
        "team": {"id": TEAM},
        "api_app_id": "A1",
        "trigger_id": "1.1.made-up",
        "view": scholar.modal(),
        "actions": [{"type": "button", "action_id": action, "block_id": "any", "value": ""}],
    }
    before = product.workspace.count_calls()
    product.workspace.deliver("interactive", payload)
    (call,) = product.calls_after(before, 1, belongs=lambda call: call["method"] != "views.publish")
    return call


def typed(modal: Payload, field: Field) -> Any:
    """What a field of a modal holds."""
    (element,) = modal["state"]["values"][field].values()
    return element["value"]
