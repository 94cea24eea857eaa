"""Opening, pushing, updating and publishing views, with Slack's rules about stacks, hashes and external ids."""

import copy
from typing import Any

from sandbox.blockkit.state import carried_values, initial_values, with_ids
from sandbox.blockkit.validator import is_too_large, view_problems
from sandbox.errors import ApiError, invalid_arguments
from sandbox.model import App, Payload, View
from sandbox.workspace import MODALS_MAX, Workspace


def check_view(view: Any, *, surface: str) -> Payload:
    """A view that may be shown on a surface, modal or home. Raises `ApiError` with pointers."""
    problems = view_problems(view)
    if problems:
        raise invalid_arguments(*(problem.as_line() for problem in problems))
    if view["type"] != surface:
        raise invalid_arguments(f"must be a {surface} view [json-pointer:/view/type]")
    if is_too_large(view):
        raise ApiError("view_too_large")
    checked: Payload = view
    return checked


def open_modal(workspace: Workspace, app: App, user_id: str, view: Payload) -> View:
    """Open a first modal; one of the same app that is open is closed by it."""
    _check_external_id(workspace, app, view, replaced=None)
    made = _make(workspace, app, user_id, view)
    workspace.modals[user_id] = [made]
    workspace.changed(user_id)
    return made


def push_modal(workspace: Workspace, app: App, user_id: str, view: Payload) -> View:
    """Lay a modal over the open ones. Raises `ApiError`."""
    stack = workspace.stack(user_id)
    if not stack or stack[0].app_id != app.id:
        raise ApiError("not_found")
    if len(stack) >= MODALS_MAX:
        raise ApiError("push_limit_reached")
    _check_external_id(workspace, app, view, replaced=None)
    made = _make(workspace, app, user_id, view)
    made.root_id, made.previous_id = stack[0].root_id, stack[-1].id
    stack.append(made)
    workspace.changed(user_id)
    return made


def update_view(workspace: Workspace, app: App, current: View, view: Payload, *, expected_hash: str | None) -> View:
    """Replace a view's content. Raises `ApiError` when somebody else was faster."""
    if expected_hash is not None and expected_hash != current.hash:
        raise ApiError("hash_conflict")
    _check_external_id(workspace, app, view, replaced=current)
    blocks = with_ids(view["blocks"])
    current.values = carried_values(current.values, blocks)
    current.payload = {**view, "blocks": blocks}
    current.hash = workspace.ids.view_hash()
    current.errors = {}
    workspace.changed(current.user)
    return current


def publish_home(workspace: Workspace, app: App, user_id: str, view: Payload, *, expected_hash: str | None) -> View:
    """Replace a person's Home tab. Raises `ApiError`."""
    if not app.has_home:
        raise ApiError("not_enabled")
    if user_id not in workspace.users:
        raise invalid_arguments("unknown user [json-pointer:/user_id]")
    current = workspace.homes.get((user_id, app.id))
    if current is not None:
        return update_view(workspace, app, current, view, expected_hash=expected_hash)
    made = _make(workspace, app, user_id, view)
    workspace.homes[user_id, app.id] = made
    workspace.changed(user_id)
    return made


def as_slack_shows(workspace: Workspace, view: View) -> Payload:
    """A view object as payloads and answers carry it."""
    app = workspace.app_by_id(view.app_id)
    defaults: Payload = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
    }
    return {
        **defaults,
        **view.payload,
        "id": view.id,
        "team_id": workspace.team_id,
        "app_id": view.app_id,
        "bot_id": app.bot_id,
        "app_installed_team_id": workspace.team_id,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": copy.deepcopy(view.values)},
    }


def _make(workspace: Workspace, app: App, user_id: str, view: Payload) -> View:
    blocks = with_ids(view["blocks"])
    view_id = workspace.ids.new("V")
    return View(
        id=view_id,
        app_id=app.id,
        user=user_id,
        payload={**view, "blocks": blocks},
        hash=workspace.ids.view_hash(),
        root_id=view_id,
        values=initial_values(blocks),
    )


def _check_external_id(workspace: Workspace, app: App, view: Payload, *, replaced: View | None) -> None:
    external_id = view.get("external_id")
    if not external_id:
        return
    try:
        holder = workspace.view_by_external_id(app, external_id)
    except ApiError:
        return
    if holder is not replaced:
        raise ApiError("duplicate_external_id")
