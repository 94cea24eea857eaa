"""From a call's name, arguments and token to its answer."""

from typing import TYPE_CHECKING

from sandbox.api.arguments import Given
from sandbox.api.registry import COMMON_ERRORS, Call, Method
from sandbox.api.table import METHODS
from sandbox.errors import ApiError, invalid_arguments, missing_scope
from sandbox.model import App, Payload

if TYPE_CHECKING:
    from sandbox.server import Server


class Undocumented(Exception):
    """The sandbox wanted to answer with a code that Slack's reference does not give this method: a fault of ours."""


def answer(server: "Server", name: str, given: Given) -> tuple[Payload, dict[str, str]]:
    """The body and the headers of the answer. Raises `Undocumented`."""
    method = METHODS.get(name)
    if method is None:
        return ApiError("unknown_method", req_method=name).body(), {}
    headers: dict[str, str] = {}
    try:
        app, bearer = _owner(server, given.token(header_only=method.bearer == "app"))
        granted = app.scopes if bearer == "bot" else app.app_token_scopes
        headers = {"x-oauth-scopes": ",".join(sorted(granted)), "x-accepted-oauth-scopes": method.scope or ""}
        _check_may_call(bearer, granted, method, given.verb)
        args = given.args(takes_json=method.takes_json)
        _check_required(method, args)
        return {"ok": True, **method.run(Call(app=app, server=server, args=args))}, headers
    except ApiError as error:
        if error.code not in COMMON_ERRORS | method.errors:
            raise Undocumented(f"{name}: {error.code}") from error
        return error.body(), headers


def _check_may_call(bearer: str, granted: frozenset[str], method: Method, verb: str) -> None:
    if bearer != method.bearer:
        raise ApiError("not_allowed_token_type")
    if bearer == "app" and verb != "POST":
        raise ApiError("insecure_request")
    if method.scope is not None and method.scope not in granted:
        raise missing_scope(method.scope, granted)


def _owner(server: "Server", token: str) -> tuple[App, str]:
    if not token:
        raise ApiError("not_authed")
    for app in server.workspace.apps.values():
        if token == app.bot_token and server.workspace.users[app.bot_user].deleted:
            raise ApiError("account_inactive")
        if token == app.bot_token:
            return app, "bot"
        if token == app.app_token:
            return app, "app"
    raise ApiError("invalid_auth")


def _check_required(method: Method, args: Payload) -> None:
    missing = [name for name in method.required if args.get(name) in (None, "", [], {})]
    if missing:
        raise invalid_arguments(*(f"missing required field: {name}" for name in missing))
