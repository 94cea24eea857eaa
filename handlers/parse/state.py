"""The values of a form, by field; Slack nests them by block id, then by action id."""

import re
from collections.abc import Mapping
from typing import Any

from domain.errors import DomainError
from domain.markup import with_turns_closed
from handlers.ids import base_id

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL cannot hold, and half of a character, which is not text."""


class UnreadableText(DomainError):
    """There is a character in this that I cannot keep, such as half of an emoji. Please type it again."""


class State:
    """Reads `view.state.values`. A block's id is its field, or `field:suffix` when its content must start afresh."""

    def __init__(self, view: Mapping[str, Any] | None) -> None:
        values: Mapping[str, Mapping[str, Any]] = ((view or {}).get("state") or {}).get("values") or {}
        self._by_field: dict[str, Mapping[str, Any]] = {
            base_id(block_id): next(iter(elements.values()), {}) for block_id, elements in values.items()
        }
        self._elements = [(base_id(block), each) for block, found in values.items() for each in found.values()]
        self._behind = {base_id(block_id): block_id.partition(":")[2] for block_id in values}

    def text(self, field: str) -> str:
        """What was typed, without signs that turn its direction, or an empty text.

        Raises `UnreadableText` for what no store and no sealing can hold.
        """
        typed = str(self._element(field).get("value") or "")
        if _UNREADABLE.search(typed):
            raise UnreadableText(field=field)
        return with_turns_closed(typed)

    def has(self, field: str) -> bool:
        """Whether the form has this field, filled in or not."""
        return field in self._by_field

    def choice(self, field: str) -> str | None:
        """The value of the chosen option, or None."""
        chosen = self._element(field).get("selected_option")
        return None if chosen is None else str(chosen["value"])

    def choices(self, field: str) -> tuple[str, ...]:
        """The values of all chosen options; a field with more than one menu can hold stands in several."""
        menus = [element for name, element in self._elements if name == field]
        return tuple(str(option["value"]) for menu in menus for option in menu.get("selected_options") or ())

    def day(self, field: str) -> str | None:
        """The chosen ISO date, or None."""
        chosen = self._element(field).get("selected_date")
        return None if chosen is None else str(chosen)

    def time(self, field: str) -> str | None:
        """The chosen time of day, such as "09:30", or None."""
        chosen = self._element(field).get("selected_time")
        return None if chosen is None else str(chosen)

    def behind(self, field: str) -> str:
        """What stands behind the colon of the field's id."""
        return self._behind.get(field, "")

    def user(self, field: str) -> str | None:
        """The chosen Slack user id, or None."""
        chosen = self._element(field).get("selected_user")
        return None if chosen is None else str(chosen)

    def users(self, field: str) -> tuple[str, ...]:
        """The Slack user ids of everybody who was chosen."""
        return tuple(str(each) for each in self._element(field).get("selected_users") or ())

    def channel(self, field: str) -> str | None:
        """The chosen conversation's id, or None."""
        chosen = self._element(field).get("selected_conversation")
        return None if chosen is None else str(chosen)

    def line(self, field: str) -> str:
        """What was typed into a field for one line, without blanks around it."""
        return self.text(field).strip()

    def _element(self, field: str) -> Mapping[str, Any]:
        return self._by_field.get(field, {})
