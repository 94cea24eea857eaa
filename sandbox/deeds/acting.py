"""Doing something as somebody."""

import inspect
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from sandbox.acting.payloads import OLD_TOKEN
from sandbox.errors import Refused
from sandbox.interactions import Outcome
from sandbox.model import Payload

if TYPE_CHECKING:
    from sandbox.server import Server


async def act(server: "Server", body: Payload) -> Payload:
    """Do `deed` as `user_id`, the rest being its arguments; answers `outcome` when the app has answered.

    slash, say, shortcut, message_shortcut, act_in_message, act_in_view, submit, close.
    """
    doings = server.interactions
    deeds: dict[str, Callable[..., Awaitable[Outcome]]] = {
        "slash": doings.slash,
        "say": doings.say,
        "shortcut": doings.shortcut,
        "message_shortcut": doings.message_shortcut,
        "act_in_message": doings.act_in_message,
        "act_in_view": doings.act_in_view,
        "submit": doings.submit,
        "close": doings.close,
    }
    arguments = dict(body)
    deed = str(arguments.pop("deed", ""))
    if deed not in deeds:
        raise Refused(f"there is no deed {deed!r}; there are {sorted(deeds)}")
    _check_arguments(deeds[deed], arguments)
    outcome = await deeds[deed](**arguments)
    return {"outcome": outcome.as_dict()}


async def open_home(server: "Server", body: Payload) -> Payload:
    """Open the tab (`home` or `messages`) of `app_id` as `user_id`."""
    await server.interactions.open_home(**body)
    return {}


async def redeliver(server: "Server", _body: Payload) -> Payload:
    """Send the last payload again; an event carries the headers of a retry."""
    answer = await server.interactions.redeliver()
    return {"problem": answer.problem, "body": answer.body}


async def deliver(server: "Server", body: Payload) -> Payload:
    """Send a `payload` made by hand to the first app; `kind` is slash, interactive or event."""
    app = next(iter(server.workspace.apps.values()))
    answer = await server.transport.deliver(app, body["kind"], body["payload"])
    return {"problem": answer.problem, "body": answer.body}


async def verify_url(server: "Server", _body: Payload) -> Payload:
    """Challenge the first app's request URL, as Slack does when one saves it; answers `is_verified`."""
    app = next(iter(server.workspace.apps.values()))
    if app.transport != "http":
        raise Refused("an app in Socket Mode has no request URL")
    challenge = secrets.token_urlsafe(24)
    payload = {"token": OLD_TOKEN, "challenge": challenge, "type": "url_verification"}
    answer = await server.transport.deliver(app, "event", payload)
    return {"is_verified": challenge in (answer.body.get("challenge"), answer.body.get("text"))}


def _check_arguments(deed: Callable[..., Awaitable[Outcome]], arguments: Payload) -> None:
    try:
        inspect.signature(deed).bind(**arguments)
    except TypeError as error:
        raise Refused(str(error)) from None
