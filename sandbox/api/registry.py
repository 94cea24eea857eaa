"""Which methods there are, which token and scope each needs, what it may refuse with, and what to run."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sandbox.errors import invalid_arguments, missing_scope
from sandbox.model import App, Payload
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.server import Server

INTEGER = r"-?\d{1,18}"
"""A whole number of Slack's: 64 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One authorized call."""

    app: App
    server: "Server"
    args: Payload

    @property
    def workspace(self) -> Workspace:
        """What it is about."""
        return self.server.workspace

    def text(self, name: str, default: str = "") -> str:
        """A string argument. Raises `ApiError` for a list or an object in its place."""
        value = self.args.get(name)
        if isinstance(value, (list, dict)):
            raise invalid_arguments(f"must be a string [json-pointer:/{name}]")
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A boolean argument, however it was sent."""
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        """A whole number argument. Raises `ApiError`."""
        value = self.text(name)
        if not value:
            return default
        if not re.fullmatch(INTEGER, value, re.ASCII):
            raise invalid_arguments(f"{name} must be an integer [json-pointer:/{name}]")
        return int(value)

    def require(self, scope: str) -> None:
        """For methods whose scope depends on their arguments. Raises `ApiError`."""
        if scope not in self.app.scopes:
            raise missing_scope(scope, self.app.scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method. `bearer` is whose token it takes; with `scope` None any such token will do.

    `errors` are its own codes in Slack's reference: the sandbox answers with no other. Where the reference says that
    JSON is not supported, `takes_json` is False, and arguments in a JSON body are as good as none.
    """

    run: Callable[[Call], Payload]
    scope: str | None = None
    bearer: Literal["bot", "app"] = "bot"
    required: tuple[str, ...] = ()
    takes_json: bool = True
    errors: frozenset[str] = frozenset()


COMMON_ERRORS = frozenset(
    {
        "account_inactive",
        "invalid_arguments",
        "invalid_auth",
        "invalid_json",
        "json_not_object",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "unknown_method",
    }
)
"""What any method may refuse with."""


def codes(*groups: str) -> frozenset[str]:
    """Error codes, several in a string."""
    return frozenset(code for group in groups for code in group.split())
