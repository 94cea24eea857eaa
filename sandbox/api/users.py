"""People: list, info, lookup by e-mail; groups of people."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.api.paging import page
from sandbox.api.registry import Call, Method, codes
from sandbox.errors import ApiError
from sandbox.model import App, Payload, User

LOCALE = "en-US"


def user_object(user: User, app: App, now: float) -> Payload:
    """A user as Slack shows it at an instant: the e-mail only with its scope, little of somebody deactivated."""
    profile: Payload = {
        "real_name": user.real_name,
        "display_name": user.name,
        "title": user.title,
        "team": user.team_id,
    }
    if user.email and "users:read.email" in app.scopes:
        profile["email"] = user.email
    shown: Payload = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    return shown if user.deleted else shown | _active_parts(user, now)


def list_users(call: Call) -> Payload:
    """Everybody, bots and deactivated accounts too, by pages."""
    now = call.workspace.clock.now()
    everybody = [user_object(user, call.app, now) for user in call.workspace.users.values()]
    shown, metadata = page(everybody, call, default=1000)
    return {"members": shown, "cache_ts": int(now), "response_metadata": metadata}


def info(call: Call) -> Payload:
    """One person, with the locale when asked for."""
    user = call.workspace.users.get(call.text("user"))
    if user is None:
        raise ApiError("user_not_found")
    locale = {"locale": LOCALE} if call.flag("include_locale") else {}
    return {"user": user_object(user, call.app, call.workspace.clock.now()) | locale}


def by_email(call: Call) -> Payload:
    """One active person by e-mail."""
    for user in call.workspace.users.values():
        if user.email and user.email.lower() == call.text("email").lower() and not user.deleted:
            return {"user": user_object(user, call.app, call.workspace.clock.now())}
    raise ApiError("users_not_found")


def no_groups(_call: Call) -> Payload:
    """A workspace on a free plan has no user groups."""
    raise ApiError("plan_upgrade_required")


def _active_parts(user: User, now: float) -> Payload:
    local = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(user.tz))
    offset = local.utcoffset()
    return {
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": local.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        **({"is_stranger": True} if user.is_stranger else {}),
    }


METHODS = {
    "users.list": Method(run=list_users, takes_json=False, scope="users:read", errors=codes("invalid_cursor")),
    "users.info": Method(
        run=info, takes_json=False, scope="users:read", required=("user",), errors=codes("user_not_found")
    ),
    "users.lookupByEmail": Method(
        run=by_email, takes_json=False, scope="users:read.email", required=("email",), errors=codes("users_not_found")
    ),
    "usergroups.list": Method(
        run=no_groups, takes_json=False, scope="usergroups:read", errors=codes("plan_upgrade_required")
    ),
    "usergroups.users.list": Method(
        run=no_groups,
        takes_json=False,
        scope="usergroups:read",
        required=("usergroup",),
        errors=codes("plan_upgrade_required"),
    ),
}
