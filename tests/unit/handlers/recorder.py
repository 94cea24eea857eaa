"""A Messenger that keeps the calls themselves, for tests of which are made and which are not."""

from collections.abc import Callable
from threading import Event
from typing import Any

from domain.ports import Message, View
from handlers.screens import Screens
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger

WAIT_SECONDS = 10
Call = tuple[str, dict[str, Any]]


class Recorder(FakeMessenger):
    """Every call that shows something, by name and in order. `before` runs first, and may raise or wait."""

    def __init__(self, before: Callable[[str], None] = lambda _name: None) -> None:
        super().__init__(FakeClock())
        self.calls: list[Call] = []
        self.before = before

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

    def _keep(self, name: str, **arguments: Any) -> str:
        self.before(name)
        self.calls.append((name, arguments))
        return "V1"


def no_screens() -> Screens:
    """Screens that nothing is shown on: no thread starts before something is."""
    return Screens(Recorder(), FakeClock(), homes_of=lambda _ids: [], tell_late=lambda _id: None)


def until(is_so: Callable[[], Any]) -> None:
    """Look until it is so."""
    tries = iter(range(1_000_000))
    while not is_so():
        next(tries)


def wait(event: Event) -> None:
    """Wait for something that another thread does."""
    assert event.wait(WAIT_SECONDS)
