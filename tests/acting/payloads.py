"""Payloads made by hand, for what no honest client would send: `workspace.deliver(kind, payload)` sends them."""

from handlers.ids import Field, Modal
from sandbox.client import Payload
from tests.builders.people import TEAM, account_of

_MADE_UP = {"api_app_id": "A1", "trigger_id": "1.1.made-up"}


def a_command(who: str, line: str) -> Payload:
    """A slash command as Slack sends it."""
    command, _, text = line.partition(" ")
    return _MADE_UP | {
        "command": command,
        "text": text,
        "user_id": account_of(who),
        "team_id": TEAM,
        "channel_id": "C1",
        "response_url": "http://127.0.0.1:9/nobody",
    }


def a_press(who: str, action: str, value: str = "") -> Payload:
    """A button pressed somewhere, with any value."""
    return _MADE_UP | {
        "type": "block_actions",
        "user": {"id": account_of(who), "team_id": TEAM},
        "team": {"id": TEAM},
        "actions": [{"type": "button", "action_id": action, "block_id": "any", "value": value}],
    }


def a_form(who: str, modal: Modal, state: str) -> Payload:
    """A submitted modal that carries any reference, with a time chosen."""
    start = {"type": "static_select", "selected_option": {"value": "1799830800"}}
    return _MADE_UP | {
        "type": "view_submission",
        "user": {"id": account_of(who), "team_id": TEAM},
        "team": {"id": TEAM},
        "view": {
            "id": "V1",
            "hash": state,
            "type": "modal",
            "callback_id": modal,
            "private_metadata": state,
            "blocks": [{"type": "input", "block_id": Field.REASON}],
            "state": {"values": {Field.START: {Field.VALUE: start}}},
        },
    }
