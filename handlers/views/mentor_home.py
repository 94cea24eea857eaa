"""A mentor's own sessions on the Home tab as blocks: times and buttons, and neither who nor what."""

from collections.abc import Sequence

from domain.ports import Block
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, header, section
from handlers.views.home_rows import kept_rows, session_rows
from services.holds.kept import WaitingTime
from services.sessions.facts import SessionLine


def mentor_blocks(ahead: Sequence[SessionLine] | None, kept: Sequence[WaitingTime], *, can_book: bool) -> list[Block]:
    """`ahead` is the next session, None for who reads it in their own day; `can_book` whether there is anything to.

    The heading is the one that scholars have: a Home tab does not say of which kind a session is (promise 4).
    """
    rows = [] if ahead is None else [header(texts.home.NEXT), *session_rows(ahead, texts.home.MENTORS_NOTHING)]
    book = [button(texts.home.MENTORS, Action.OPEN_BOOKING, style="primary")] if can_book else []
    listed = button(texts.sessions.SESSIONS_TITLE, Action.OPEN_SESSIONS)
    beginnings = actions(*book, listed, block_id="home.mentor")
    return [*rows, *kept_rows(kept), beginnings]


def unavailable_blocks() -> list[Block]:
    """What stands there without the confidential store."""
    return [header(texts.home.NEXT), section(texts.home.MENTORS_NOT_NOW)]
