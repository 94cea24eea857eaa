"""Rows of the Home tab that several parts of it have: sessions as times, and times that wait for an answer."""

from collections.abc import Sequence

from domain.ports import Block
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import button, section
from handlers.views.sessions import session_row
from handlers.views.when import when_token
from services.holds.kept import WaitingTime
from services.sessions.facts import SessionLine

KEPT_SHOWN = 3
"""Of the times that wait for somebody's answer; the list has all of them."""


def session_rows(lines: Sequence[SessionLine], nothing: str) -> list[Block]:
    """A row for each session, or the sentence for none."""
    return [session_row(line) for line in lines] or [section(nothing)]


def request_rows(requests: Sequence[WaitingTime]) -> list[Block]:
    """That somebody in support was asked for sessions, and by when to answer; which opens in the list."""
    if not requests:
        return []
    first = min(requests, key=lambda each: each.until)
    words = texts.holds.HOME_TO_ANSWER if len(requests) == 1 else texts.holds.HOME_SEVERAL_TO_ANSWER
    said = words.format(number=len(requests), until=when_token(first.until, first.zone))
    return [section(said, accessory=button(texts.holds.ANSWER, Action.OPEN_SESSIONS))]


def kept_rows(times: Sequence[WaitingTime]) -> list[Block]:
    """The soonest few, with a way to the list, in which they are answered."""
    if not times:
        return []
    lines = [
        (texts.holds.HOME_ASKED if each.is_request else texts.holds.HOME_KEPT).format(
            starts=when_token(each.starts, each.zone), until=when_token(each.until, each.zone)
        )
        for each in times[:KEPT_SHOWN]
    ]
    return [section("\n".join(lines), accessory=button(texts.holds.HOME_SEE, Action.OPEN_SESSIONS))]
