"""What an app's answer to a submitted modal does to the stack of modals."""

from typing import Any

from sandbox.acting.outcome import FAILED, Outcome
from sandbox.errors import ApiError
from sandbox.model import App, Payload, View
from sandbox.views import check_view, push_modal, update_view
from sandbox.workspace import Workspace


def after_submission(workspace: Workspace, app: App, view: View, body: Payload) -> Outcome:
    """Do what the answer says: an empty one closes this modal alone. A faulty answer changes nothing and is told."""
    try:
        return _after(workspace, app, view, body)
    except ApiError as error:
        return Outcome(error=FAILED, detail=str(error.body()))


def _after(workspace: Workspace, app: App, view: View, body: Payload) -> Outcome:
    stack = workspace.stack(view.user)
    action = body.get("response_action")
    if body and not any(each is view for each in stack):
        raise ApiError("not_found")
    if action == "errors":
        return _field_errors(workspace, view, body.get("errors"))
    if action == "clear":
        stack.clear()
    elif action == "update":
        update_view(workspace, app, view, check_view(body.get("view"), surface="modal"), expected_hash=None)
    elif action == "push":
        push_modal(workspace, app, view.user, check_view(body.get("view"), surface="modal"))
    elif body:  # words for the person are no answer to a form
        raise ApiError("unknown_response_action", response_action=action)
    elif view in stack:
        stack.remove(view)
    workspace.changed(view.user)
    return Outcome()


def _field_errors(workspace: Workspace, view: View, errors: Any) -> Outcome:
    if not isinstance(errors, dict) or not all(each and isinstance(each, str) for each in errors.values()):
        raise ApiError("errors_must_be_words_by_block_id")
    inputs = {block["block_id"] for block in view.payload["blocks"] if block["type"] == "input"}
    unknown = set(errors) - inputs
    if unknown or not errors:
        raise ApiError("errors_must_name_input_blocks", unknown=sorted(unknown))
    view.errors = errors
    workspace.changed(view.user)
    return Outcome(errors=errors)
