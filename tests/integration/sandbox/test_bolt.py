"""The real slack_bolt, unchanged, over both ways: what an app is made of works end to end."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.slack import trusted
from sandbox.client import SandboxClient
from tests.acting.hanging_up import hang_up
from tests.acting.teams import Team, wait_until
from tests.builders.blocks import Payload, a_button, a_home, a_modal, actions, an_input
from tests.builders.slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, a_seed, an_app
from tests.looking.ports import free_port

JOIN_SECONDS = 60


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def _bolt_app(workspace: SandboxClient, heard: threading.Event) -> App:
    client = WebClient(token=BOT_TOKEN, base_url=workspace.api_url, ssl=trusted())
    app = App(client=client, signing_secret=SIGNING_SECRET, process_before_response=True)
    _answer_commands(app, heard)
    _answer_views(app)
    _answer_presses(app)
    return app


def _answer_commands(app: App, heard: threading.Event) -> None:
    @app.command("/plain")
    def on_command(ack: Callable[..., None], body: Payload, client: WebClient, respond: Callable[..., None]) -> None:
        if body["text"] == "open":
            client.views_open(trigger_id=body["trigger_id"], view=a_modal(an_input("name")))
            ack()
        elif body["text"] == "respond":
            ack()
            respond("From the response URL")
        else:
            ack(f"You said {body['text']}")

    @app.command("/named")
    def on_silence(body: Payload) -> None:
        assert body["command"] == "/named"
        heard.set()


def _answer_views(app: App) -> None:
    @app.view("form")
    def on_submit(ack: Callable[..., None], view: Payload) -> None:
        name = view["state"]["values"]["name"]["typed"]["value"]
        if name == "taken":
            ack(response_action="errors", errors={"name": "Taken"})
        else:
            ack(response_action="update", view=a_modal(title={"type": "plain_text", "text": name}))

    @app.event("app_home_opened")
    def on_home(event: Payload, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=a_home())


def _answer_presses(app: App) -> None:
    @app.action("press")
    def on_press(ack: Callable[..., None], respond: Callable[..., None]) -> None:
        ack()
        respond("Pressed", replace_original=True)

    @app.shortcut("new")
    def on_shortcut(ack: Callable[..., None], body: Payload, client: WebClient) -> None:
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="Made")


def _serve(app: App, port: int) -> Callable[[], None]:
    server = make_server("127.0.0.1", port, SlackRequestHandler(app), handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join(JOIN_SECONDS)
        server.server_close()

    return stop


def _connect(app: App, workspace: SandboxClient) -> Callable[[], None]:
    handler = SocketModeHandler(app, APP_TOKEN)
    handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt leaves it without annotations

    return partial(hang_up, handler, workspace)


@pytest.fixture
def heard() -> threading.Event:
    """Set when the app has heard the command that it never acknowledges."""
    return threading.Event()


@pytest.fixture(params=["socket", "http"])
def bolt_team(request: pytest.FixtureRequest, workspace: SandboxClient, heard: threading.Event) -> Iterator[Team]:
    """The team with a Bolt app that is connected, over each way in turn."""
    port, is_http = free_port(), request.param == "http"
    url = f"http://127.0.0.1:{port}/slack/events"
    workspace.reset(a_seed(an_app(transport=request.param, request_url=url if is_http else None)))
    app = _bolt_app(workspace, heard)
    with ExitStack() as stack:
        stack.callback(_serve(app, port) if is_http else _connect(app, workspace))
        yield Team(workspace)


def test_command_is_answered_to_who_typed_it(bolt_team: Team) -> None:
    outcome = bolt_team.ada.slash("/plain hello", channel=bolt_team.general)

    assert outcome == {"error": None, "errors": {}, "detail": None}
    assert [(each["text"], each["is_ephemeral"]) for each in bolt_team.ada.messages()] == [("You said hello", True)]


def test_modal_is_opened_refused_at_the_field_and_updated(bolt_team: Team) -> None:
    bolt_team.ada.open("/plain open", "Title")
    bolt_team.ada.fill("name", "taken")
    refused = bolt_team.ada.submit()["errors"]
    bolt_team.ada.fill("name", "Ada's own")
    bolt_team.ada.submit()

    assert refused == {"name": "Taken"}
    assert bolt_team.ada.modal()["title"]["text"] == "Ada's own"


def test_press_is_answered_through_the_response_url(bolt_team: Team) -> None:
    bolt_team.post("Before", blocks=[actions(a_button())])

    bolt_team.ada.press_message(bolt_team.ada.messages()[0], "press")
    bolt_team.bo.wait(text="Pressed")

    assert [each["text"] for each in bolt_team.bo.messages()] == ["Pressed"]


def test_command_is_answered_later_through_the_response_url(bolt_team: Team) -> None:
    bolt_team.ada.slash("/plain respond", channel=bolt_team.general)
    bolt_team.ada.wait(text="From the response URL")

    assert bolt_team.bo.messages() == []


def test_shortcut_and_home_reach_the_app(bolt_team: Team) -> None:
    bolt_team.ada.shortcut("new")
    bolt_team.ada.open_home()
    bolt_team.ada.wait(text="Made")
    bolt_team.ada.wait(home="Welcome")

    assert bolt_team.ada.home()["type"] == "home"


def test_command_that_is_not_acknowledged_is_seen_to_fail(bolt_team: Team, heard: threading.Event) -> None:
    """Over HTTP Bolt answers 404; over a socket it stays silent, and Slack waits three seconds."""
    is_socket = bolt_team.workspace.state()["apps"][0]["sockets"] > 0

    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(bolt_team.ada.slash, "/named")
        assert heard.wait(JOIN_SECONDS)
        if is_socket:
            bolt_team.workspace.advance(3)
        outcome = acting.result(JOIN_SECONDS)

    assert outcome["error"] == ("operation_timeout" if is_socket else "dispatch_failed")
    assert bolt_team.ada.messages() == []


@pytest.mark.parametrize("bolt_team", ["socket"], indirect=True)
def test_app_over_sockets_lives_through_a_refresh(bolt_team: Team) -> None:
    bolt_team.workspace.refresh_sockets()
    wait_until(lambda: len(bolt_team.workspace.calls("apps.connections.open", accepted=True)) > 1)
    bolt_team.workspace.advance(10)

    wait_until(lambda: bolt_team.ada.slash("/plain again", channel=bolt_team.general)["error"] is None)

    assert bolt_team.ada.messages()[-1]["text"] == "You said again"
