"""The small team of `tests.builders.slack` in a running workspace, and calls of the Web API as its app."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import trusted
from sandbox.client import SandboxClient
from sandbox.seed import Seed
from tests.acting.scripted_app import ScriptedApp
from tests.builders.blocks import Payload
from tests.builders.slack import BOT_TOKEN

PATIENCE_SECONDS = 60
MOMENT_SECONDS = 0.005


class Team:
    """Who is there and where, and the app's own client."""

    def __init__(self, workspace: SandboxClient) -> None:
        self.workspace = workspace
        self.web = WebClient(token=BOT_TOKEN, base_url=workspace.api_url, retry_handlers=[], ssl=trusted())
        self.ada = workspace.as_user("ada")
        self.bo = workspace.as_user("bo")
        self.general = workspace.channel_id("general")
        self.bot = workspace.bot_id()

    def channel(self, name: str) -> str:
        """The id of a channel."""
        return self.workspace.channel_id(name)

    def user(self, name: str) -> str:
        """The id of an account."""
        return self.workspace.user_id(name)

    def reset(self, seed: Seed) -> "Team":
        """The same workspace with another start."""
        self.workspace.reset(seed)
        return Team(self.workspace)

    def call(self, method: str, *, token: str | None = BOT_TOKEN, **args: Any) -> Payload:
        """Call a method with JSON; the answer's body, whether it is ok or not."""
        return self._send(method, json.dumps(args).encode(), "application/json", token)

    def form(self, method: str, *, token: str | None = BOT_TOKEN, **args: Any) -> Payload:
        """The same with a form, for methods that take no JSON."""
        return self._send(method, urlencode(args).encode(), "application/x-www-form-urlencoded", token)

    def wait_for_events(self, count: int) -> None:
        """Until so many tries to deliver events have ended. Raises `TimeoutError`."""
        wait_until(lambda: len(self.workspace.deliveries("event")) >= count)

    def late(self, deed: Callable[[], Payload], app: ScriptedApp) -> Payload:
        """The outcome of a deed that the silent app lets wait for more than three seconds of the workspace's time."""
        app.expect_anew()
        with ThreadPoolExecutor(1) as pool:
            outcome = pool.submit(deed)
            app.wait_for_request()
            self.workspace.advance(3)
            result = outcome.result(PATIENCE_SECONDS)
        app.let_go()
        return result

    def get(self, method: str, *, token: str = BOT_TOKEN, **args: Any) -> Payload:
        """The same with a query, as a GET."""
        url = f"{self.workspace.api_url}{method}?{urlencode(args)}"
        with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"})) as answer:  # noqa: S310 our own
            return dict(json.load(answer))

    def _send(self, method: str, body: bytes, kind: str, token: str | None) -> Payload:
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
        request = Request(self.workspace.api_url + method, data=body, headers=headers)  # noqa: S310 our own workspace
        with urlopen(request) as answer:  # noqa: S310 the same
            return dict(json.load(answer))

    def trigger(self) -> str:
        """A fresh trigger of Ada's, from a shortcut that reaches nobody."""
        self.ada.shortcut("new")
        return str(self.workspace.deliveries("interactive")[-1]["payload"]["trigger_id"])

    def open(self, view: Payload) -> Payload:
        """Open a modal for Ada; the view as Slack shows it."""
        return dict(self.web.views_open(trigger_id=self.trigger(), view=view)["view"])

    def post(self, text: str = "Hello", **more: Any) -> str:
        """Post in general; the timestamp."""
        return str(self.web.chat_postMessage(channel=self.general, text=text, **more)["ts"])


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look until something is so. Raises `TimeoutError`."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("it never became so")
        time.sleep(MOMENT_SECONDS)


def refusal(call: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """The code with which Slack refuses a call of the SDK."""
    try:
        call(*args, **kwargs)
    except SlackApiError as error:
        return str(error.response["error"])
    raise AssertionError("the call was not refused")
