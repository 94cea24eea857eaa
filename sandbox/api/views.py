"""views.* and blocks.validate."""

from typing import Any

from sandbox.api.registry import Call, Method
from sandbox.blockkit.rules import Problem
from sandbox.blockkit.validator import message_problems, view_problems
from sandbox.errors import ApiError
from sandbox.model import Payload
from sandbox.views import as_slack_shows, check_view, open_modal, publish_home, push_modal, update_view


def open_view(call: Call) -> Payload:
    """A modal for whoever pressed."""
    view = check_view(call.args.get("view"), surface="modal")
    user_id = call.workspace.triggers.exchange(call.text("trigger_id"), app_id=call.app.id)
    return {"view": as_slack_shows(call.workspace, open_modal(call.workspace, call.app, user_id, view))}


def push_view(call: Call) -> Payload:
    """A modal over the one where somebody pressed."""
    view = check_view(call.args.get("view"), surface="modal")
    user_id = call.workspace.triggers.exchange(call.text("trigger_id"), app_id=call.app.id)
    return {"view": as_slack_shows(call.workspace, push_modal(call.workspace, call.app, user_id, view))}


def update(call: Call) -> Payload:
    """Another content for an open view."""
    current = (
        call.workspace.view(call.text("view_id"))
        if call.text("view_id")
        else call.workspace.view_by_external_id(call.app, call.text("external_id"))
    )
    if current.app_id != call.app.id:
        raise ApiError("not_found")
    view = check_view(call.args.get("view"), surface=str(current.payload["type"]))
    expected = call.text("hash") or None
    return {
        "view": as_slack_shows(
            call.workspace, update_view(call.workspace, call.app, current, view, expected_hash=expected)
        )
    }


def publish(call: Call) -> Payload:
    """Somebody's Home tab."""
    view = check_view(call.args.get("view"), surface="home")
    expected = call.text("hash") or None
    home = publish_home(call.workspace, call.app, call.text("user_id"), view, expected_hash=expected)
    return {"view": as_slack_shows(call.workspace, home)}


def validate(call: Call) -> Payload:
    """Says what is wrong with blocks, a message or a view."""
    given = [name for name in ("blocks", "message", "view") if call.args.get(name) is not None]
    if len(given) != 1:
        raise ApiError("invalid_arguments")
    value: Any = call.args[given[0]]
    problems: list[Problem] = (
        view_problems(value, "/view")
        if given[0] == "view"
        else message_problems(
            value if given[0] == "blocks" else value.get("blocks"),
            "/blocks" if given[0] == "blocks" else "/message/blocks",
        )
    )
    if problems:
        raise ApiError(f"invalid_{given[0]}", errors=[problem.as_dict() for problem in problems])
    return {}


METHODS = {
    "views.open": Method(run=open_view, required=("view", "trigger_id")),
    "views.push": Method(run=push_view, required=("view", "trigger_id")),
    "views.update": Method(run=update, required=("view",)),
    "views.publish": Method(run=publish, required=("view", "user_id")),
    "blocks.validate": Method(run=validate),
}
