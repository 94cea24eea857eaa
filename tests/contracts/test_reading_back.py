"""Reading back goes through all pages of a DM."""

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.messenger import SlackMessenger
from domain.ports import Posted
from tests.fakes.clock import NOON


class TwoPages(WebClient):
    """A client whose DM has two pages, with what is looked for on the second."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-test")

    def conversations_history(self, *, cursor: str | None = None, **_arguments: Any) -> Any:
        if cursor is None:
            return {"messages": [_message("2.0", "key-2", "F2")], "response_metadata": {"next_cursor": "second"}}
        assert cursor == "second"
        return {"messages": [_message("1.0", "key-1", "F1")]}


def _message(ts: str, key: str, file_id: str) -> dict[str, Any]:
    return {"ts": ts, "metadata": {"event_payload": {"key": key}}, "files": [{"id": file_id}]}


@pytest.mark.parametrize(("key", "ts"), [("key-1", "1.0"), ("key-2", "2.0"), ("key-3", None)])
def test_message_is_found_on_any_page(key: str, ts: str | None) -> None:
    found = SlackMessenger(TwoPages()).find(channel="D1", key=key, since=NOON)

    assert found == (None if ts is None else Posted(channel="D1", ts=ts))


@pytest.mark.parametrize(("file_id", "is_there"), [("F1", True), ("F2", True), ("F3", False)])
def test_file_is_found_on_any_page(file_id: str, is_there: bool) -> None:  # noqa: FBT001 an expectation
    assert SlackMessenger(TwoPages()).find_file(channel="D1", file_id=file_id, since=NOON) is is_there
