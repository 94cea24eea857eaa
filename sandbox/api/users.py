"""People: list, info, lookup by e-mail; groups of people."""

from sandbox.api.registry import Call, Method, page
from sandbox.errors import ApiError
from sandbox.model import App, Payload, User


def user_object(user: User, app: App) -> Payload:
    """A user as Slack shows it; the e-mail only with its scope."""
    profile: Payload = {"real_name": user.real_name, "display_name": user.name}
    if user.email and "users:read.email" in app.scopes:
        profile["email"] = user.email
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "tz": user.tz,
        "is_admin": user.is_admin,
        "is_bot": user.is_bot,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_stranger": user.is_stranger,
        "profile": profile,
    }


def list_users(call: Call) -> Payload:
    """Everybody, by pages."""
    shown, metadata = page([user_object(user, call.app) for user in call.workspace.users.values()], call, default=1000)
    return {"members": shown, "response_metadata": metadata}


def info(call: Call) -> Payload:
    """One person."""
    user = call.workspace.users.get(call.text("user"))
    if user is None:
        raise ApiError("user_not_found")
    return {"user": user_object(user, call.app)}


def by_email(call: Call) -> Payload:
    """One person by e-mail."""
    for user in call.workspace.users.values():
        if user.email and user.email.lower() == call.text("email").lower() and not user.deleted:
            return {"user": user_object(user, call.app)}
    raise ApiError("users_not_found")


def no_groups(_call: Call) -> Payload:
    """A workspace on a free plan has no user groups."""
    raise ApiError("plan_upgrade_required")


METHODS = {
    "users.list": Method(run=list_users, scope="users:read"),
    "users.info": Method(run=info, scope="users:read", required=("user",)),
    "users.lookupByEmail": Method(run=by_email, scope="users:read.email", required=("email",)),
    "usergroups.list": Method(run=no_groups, scope="usergroups:read"),
    "usergroups.users.list": Method(run=no_groups, scope="usergroups:read", required=("usergroup",)),
}
