"""Kinds of session to choose from."""

from collections.abc import Sequence

from domain.kinds import SessionKind
from domain.ports import Block
from handlers import texts
from handlers.views.menus import Choice, radio


def kind_radio(action: str, kinds: Sequence[SessionKind], chosen: str) -> Block:
    """All kinds with their lengths; `chosen` is a kind's key."""
    choices = [
        Choice(
            text=f"{texts.kinds.LABELS[kind.key]}, {kind.length_minutes} {texts.moments.MINUTES_SHORT}", value=kind.key
        )
        for kind in kinds
    ]
    return radio(action, choices, initial=chosen)
