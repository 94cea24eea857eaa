"""views.open, push, update and publish."""

from sandbox.api.registry import Call, Method, codes
from sandbox.errors import ApiError, invalid_arguments
from sandbox.model import Payload, View
from sandbox.views import as_slack_shows, check_view, open_modal, publish_home, push_modal, update_view


def open_view(call: Call) -> Payload:
    """A modal for whoever pressed."""
    view = check_view(call.args["view"], surface="modal")
    user_id = call.workspace.triggers.exchange(call.text("trigger_id"), app_id=call.app.id)
    return _shown(call, open_modal(call.workspace, call.app, user_id, view))


def push_view(call: Call) -> Payload:
    """A modal over the one where somebody pressed."""
    view = check_view(call.args["view"], surface="modal")
    user_id = call.workspace.triggers.exchange(call.text("trigger_id"), app_id=call.app.id)
    return _shown(call, push_modal(call.workspace, call.app, user_id, view))


def update(call: Call) -> Payload:
    """Another content for an open view."""
    current = _named(call)
    view = check_view(call.args["view"], surface=str(current.payload["type"]))
    expected = call.text("hash") or None
    return _shown(call, update_view(call.workspace, call.app, current, view, expected_hash=expected))


def publish(call: Call) -> Payload:
    """Somebody's Home tab."""
    view = check_view(call.args["view"], surface="home")
    expected = call.text("hash") or None
    return _shown(call, publish_home(call.workspace, call.app, call.text("user_id"), view, expected_hash=expected))


def _named(call: Call) -> View:
    if call.text("view_id"):
        found = call.workspace.view(call.text("view_id"))
    elif call.text("external_id"):
        found = call.workspace.view_by_external_id(call.app, call.text("external_id"))
    else:
        raise invalid_arguments("must provide view_id or external_id")
    if found.app_id != call.app.id:
        raise ApiError("not_found")
    return found


def _shown(call: Call, view: View) -> Payload:
    return {"view": as_slack_shows(call.workspace, view)}


_VIEW = codes("duplicate_external_id view_too_large")
_TRIGGER = codes("invalid_trigger_id expired_trigger_id exchanged_trigger_id")
METHODS = {
    "views.open": Method(run=open_view, required=("view", "trigger_id"), errors=_VIEW | _TRIGGER),
    "views.push": Method(
        run=push_view, required=("view", "trigger_id"), errors=_VIEW | _TRIGGER | codes("not_found push_limit_reached")
    ),
    "views.update": Method(run=update, required=("view",), errors=_VIEW | codes("not_found hash_conflict")),
    "views.publish": Method(
        run=publish, required=("view", "user_id"), errors=_VIEW | codes("not_enabled hash_conflict")
    ),
}
