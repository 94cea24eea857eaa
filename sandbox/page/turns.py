"""In which of a person's tabs a modal stands: the one in which they did what opened it, as in Slack."""

from typing import Protocol


class ATab(Protocol):
    """What is asked of a tab."""

    @property
    def is_connected(self) -> bool:
        """Whether the browser is still there."""


class Turns:
    """Who acted last, by person, and where their modals stand."""

    def __init__(self) -> None:
        self._acted: dict[str, ATab] = {}
        self._stands: dict[str, tuple[str, ATab | None]] = {}

    def take(self, user_id: str, tab: ATab) -> None:
        """Somebody does something in this tab."""
        self._acted[user_id] = tab

    def leave(self, user_id: str, tab: ATab) -> None:
        """The tab is closed; a modal that stood there may be shown in another."""
        if self._acted.get(user_id) is tab:
            del self._acted[user_id]
        root, stands_in = self._stands.get(user_id, ("", None))
        if stands_in is tab:
            self._stands[user_id] = (root, None)

    def shows(self, user_id: str, tab: ATab, root_id: str) -> bool:
        """Whether the tab shows the modals upon this one: all do where no tab opened them, or that one has gone."""
        root, stands_in = self._stands.get(user_id, ("", None))
        if root != root_id:
            stands_in = self._acted.get(user_id)
            self._stands[user_id] = (root_id, stands_in)
        return stands_in is None or stands_in is tab or not stands_in.is_connected
