"""How services let the Home tabs of those be drawn anew for whom something has changed though they pressed nothing."""

from collections.abc import Callable

AT_ONCE = 100
"""Tabs that one deed draws: so many does Slack take in a minute. Whoever opens theirs finds it drawn anew anyway."""
Refresh = Callable[..., object]
"""Takes the ids of people, once what they are to see is committed. Of many it draws the first."""


def leave_homes(*_person_ids: str) -> None:
    """Draw none: everybody finds their tab drawn anew when they open it."""
