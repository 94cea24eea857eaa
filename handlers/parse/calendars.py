"""From the form for a calendar to its address; a sentence at the field, in which the address does not appear."""

from collections.abc import Mapping
from typing import Any

from domain.feeds import usable_address
from handlers.ids import Field
from handlers.parse.refs import known_id
from handlers.parse.state import State


def address_form(view: Mapping[str, Any] | None) -> str:
    """The address that was pasted. Raises `UnusableAddress` or `UnreadableText` at its field."""
    return usable_address(State(view).text(Field.ADDRESS), field=Field.ADDRESS)


def feed_ref(pressed: str) -> str:
    """By what a button knows a calendar. Raises `NotFound`."""
    return known_id(pressed)
