"""A Messenger that keeps what it is shown, for tests of what happens before Slack is called."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.ports import Message, Posted, View, WorkspaceMember
from handlers.screens import Screens
from tests.fakes.clock import FakeClock

Call = tuple[str, dict[str, Any]]


@dataclass(slots=True)
class Recorder:
    """The Messenger port: every call by name, in order. `before` runs first, and may raise or wait."""

    calls: list[Call] = field(default_factory=list)
    before: Callable[[str], None] = lambda _name: None

    def open_view(self, *, trigger_id: str, view: View) -> str:
        return self._keep("open", trigger_id=trigger_id, view=view)

    def push_view(self, *, trigger_id: str, view: View) -> str:
        return self._keep("push", trigger_id=trigger_id, view=view)

    def update_view(self, *, view_id: str, view: View, view_hash: str | None = None) -> None:
        self._keep("update", view_id=view_id, view=view, view_hash=view_hash)

    def publish_home(self, *, slack_user_id: str, view: View) -> None:
        self._keep("publish", slack_user_id=slack_user_id, view=view)

    def respond(self, *, response_url: str, message: Message, replace: bool) -> None:
        self._keep("respond", response_url=response_url, text=message.text, replace=replace)

    def post(self, *, channel: str, message: Message, key: str) -> Posted:
        raise NotImplementedError("messages go through the ledger")

    def find(self, *, channel: str, key: str, since: datetime) -> Posted | None:
        raise NotImplementedError("messages go through the ledger")

    def begin_file(self, *, filename: str, content: bytes) -> str:
        raise NotImplementedError("files go through the ledger")

    def finish_file(self, *, file_id: str, channel: str, title: str) -> None:
        raise NotImplementedError("files go through the ledger")

    def find_file(self, *, channel: str, file_id: str, since: datetime) -> bool:
        raise NotImplementedError("files go through the ledger")

    def members(self) -> list[WorkspaceMember]:
        raise NotImplementedError("the router has its own table")

    def _keep(self, name: str, **arguments: Any) -> str:
        self.before(name)
        self.calls.append((name, arguments))
        return "V1"


def no_screens() -> Screens:
    """Screens that nothing is shown on: no thread starts before something is."""
    return Screens(Recorder(), FakeClock(), home_of=lambda _id: None, tell_late=lambda _id: None)
