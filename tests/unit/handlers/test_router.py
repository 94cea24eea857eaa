"""Slack's payloads through the real slack_bolt: what the handler is given, and what Slack is answered."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.listeners import bolt_app
from bot.workspace import Workspace
from domain.errors import DomainError, NotAllowed
from domain.people import Person
from domain.ports import Message
from handlers.ids import Action, Command, Modal, Shortcut
from handlers.reply import Reply
from handlers.request import Envelope, Kind, Request
from handlers.router import EVERYONE, Route, Router
from handlers.views.notice import notice
from tests.builders.payloads import (
    Payload,
    a_command,
    a_message_shortcut,
    a_press,
    a_shortcut,
    a_submission,
    a_view,
    an_event,
    an_input,
)
from tests.builders.people import TEAM, a_person, account_of
from tests.fakes.clock import FakeClock
from tests.unit.handlers.recorder import no_screens

WORKSPACE = Workspace(team_id=TEAM, bot_user_id="UBOT", bot_id="B1", scopes=frozenset())
IDS = {
    Kind.COMMAND: Command.SUPPORT,
    Kind.ACTION: Action.OPEN_DETAILS,
    Kind.SUBMISSION: Modal.BOOK,
    Kind.SHORTCUT: Shortcut.BOOK,
    Kind.EVENT: "app_home_opened",
}
PAYLOADS: dict[Kind, Payload] = {
    Kind.COMMAND: a_command(),
    Kind.ACTION: a_press(Action.OPEN_DETAILS),
    Kind.SUBMISSION: a_submission(a_view()),
    Kind.SHORTCUT: a_shortcut(Shortcut.BOOK),
    Kind.EVENT: an_event(),
}


@dataclass(slots=True)
class House:
    """A router with one route of each kind, behind a real Bolt app."""

    reply: Callable[[Request], Reply] = lambda _request: Reply()
    recognize: Callable[[str, str], Person] = lambda _user, _team: a_person()
    seen: list[Envelope] = field(default_factory=list)
    counted: list[tuple[str, str]] = field(default_factory=list)

    def app(self) -> App:
        def handler(request: Request) -> Reply:
            self.seen.append(request.envelope)
            return self.reply(request)

        router = Router(
            [Route(kind=kind, id=id_, roles=EVERYONE, handler=handler) for kind, id_ in IDS.items()],
            recognize=self.recognize,
            screens=no_screens(),
            clock=FakeClock(),
            count=lambda kind, outcome: self.counted.append((kind, outcome)),
        )
        client = WebClient(token="xoxb-1", base_url="http://127.0.0.1:9/")
        return bolt_app(client, router, workspace=WORKSPACE, signing_secret="a secret")

    def ask(self, payload: Payload) -> Any:
        """Dispatch as Socket Mode does; returns the answer, parsed."""
        answer = self.app().dispatch(BoltRequest(mode="socket_mode", body=payload))
        assert answer.status == 200
        return json.loads(answer.body) if answer.body else None


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_payload_reaches_its_handler_with_ids_of_slacks(kind: Kind) -> None:
    house = House()

    answer = house.ask(PAYLOADS[kind])

    [envelope] = house.seen
    assert (envelope.kind, envelope.id, envelope.slack_user_id, envelope.team_id, envelope.received) == (
        kind,
        IDS[kind],
        account_of("ada"),
        TEAM,
        1000.0,
    )
    assert answer is None
    assert house.counted == [(kind, "answered")]


def test_shortcut_on_a_message_reaches_its_handler_with_the_message() -> None:
    house = House()

    answer = house.ask(a_message_shortcut(Shortcut.BOOK, text="Tea &amp; cake at <https://example.org|example.org>"))

    [envelope] = house.seen
    assert (envelope.kind, envelope.id) == (Kind.SHORTCUT, Shortcut.BOOK)
    assert (envelope.message_channel, envelope.message_ts) == ("C1", "1.000001")
    assert envelope.message_text == "Tea & cake at example.org"
    assert answer is None


def test_numbered_button_reaches_the_handler_of_its_base() -> None:
    house = House()

    house.ask(a_press(f"{Action.OPEN_DETAILS}:4", value="s1.1"))

    assert [(envelope.id, envelope.pressed) for envelope in house.seen] == [(Action.OPEN_DETAILS, "s1.1")]


def test_person_of_another_workspace_is_judged_by_their_own_team() -> None:
    asked: list[tuple[str, str]] = []

    def recognize(user: str, team: str) -> Person:
        asked.append((user, team))
        raise NotAllowed

    House(recognize=recognize).ask(a_press(Action.OPEN_DETAILS, team="TELSEWHERE") | {"team": {"id": TEAM}})

    assert asked == [(account_of("ada"), "TELSEWHERE")]


def test_event_about_a_whole_user_is_theirs() -> None:
    house = House()
    payload = an_event()
    payload["event"]["user"] = {"id": "UBO"}

    house.ask(payload)

    assert house.seen[0].slack_user_id == "UBO"


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (Reply(), None),
        (Reply(clear=True), {"response_action": "clear"}),
        (Reply(errors={"start": "Gone."}), {"response_action": "errors", "errors": {"start": "Gone."}}),
        (Reply(view=notice("Done.")), {"response_action": "update", "view": notice("Done.")}),
    ],
)
def test_submission_is_acknowledged_in_slacks_terms(reply: Reply, answer: Any) -> None:
    assert House(reply=lambda _request: reply).ask(a_submission(a_view())) == answer


def test_command_is_answered_to_the_person_alone() -> None:
    block = {"type": "divider"}

    answer = House(reply=lambda _request: Reply(message=Message(text="Hi.", blocks=(block,)))).ask(a_command())

    assert answer == {"response_type": "ephemeral", "text": "Hi.", "blocks": [block]}


def test_refusal_of_a_stranger_reaches_no_handler() -> None:
    def recognize(_user: str, _team: str) -> Person:
        raise NotAllowed

    house = House(recognize=recognize)

    answer = house.ask(a_command())

    assert answer["text"] == NotAllowed().message
    assert (house.seen, house.counted) == ([], [(Kind.COMMAND, "refused")])


def test_error_at_a_field_keeps_the_form_open() -> None:
    def refuse(_request: Request) -> Reply:
        raise DomainError("That time has just been taken.", field="start")

    view = a_view(blocks=[an_input("kind"), an_input("start:coaching.anyone")])

    answer = House(reply=refuse).ask(a_submission(view))

    assert answer == {
        "response_action": "errors",
        "errors": {"start:coaching.anyone": "That time has just been taken."},
    }
