"""Which methods there are, which token and scope each needs, and what to run."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.model import App, Payload
from sandbox.workspace import Workspace

Result = Payload | Awaitable[Payload]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One authorized call."""

    app: App
    workspace: Workspace
    args: Payload
    server: Any

    def text(self, name: str, default: str = "") -> str:
        """A string argument."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A boolean argument, however it was sent."""
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        """A whole number argument."""
        value = self.args.get(name)
        return default if value in (None, "") else int(str(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method: `scope` None means any bot token will do; `token` is bot or app."""

    run: Callable[[Call], Payload]
    scope: str | None = None
    token: str = "bot"
    required: tuple[str, ...] = ()


def page(items: list[Payload], call: Call, *, default: int = 100) -> tuple[list[Payload], Payload]:
    """One page by cursor, and the metadata with the next one."""
    first = int(call.text("cursor") or 0) if call.text("cursor").isdecimal() else 0
    limit = call.number("limit", default) or default
    rest = first + limit
    cursor = str(rest) if rest < len(items) else ""
    return items[first:rest], {"next_cursor": cursor}
