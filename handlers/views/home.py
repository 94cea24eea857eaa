"""The Home tab as blocks."""

from collections.abc import Sequence
from datetime import datetime

from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, context, header, section
from handlers.views.sessions import session_row
from handlers.views.when import when_plain
from services.scheduling.facts import SessionLine


def home_view(
    *,
    zone: str,
    ahead: Sequence[SessionLine] | None = None,
    today: Sequence[SessionLine] | None = None,
    following: Sequence[SessionLine] = (),
    moved_to: datetime | None = None,
) -> View:
    """`ahead` is a scholar's next session, `today` a coach's day; None for people who have no such part.

    `following` is the coach's next session of a later day, for a day that holds no more. `moved_to` is the time of the
    bot where a demo has moved it: nothing else in Slack shows it.
    """
    blocks: list[Block] = []
    if today is not None:
        blocks += [
            header(texts.HOME_TODAY),
            *(_rows(today, texts.HOME_NO_DAY) if today or not following else _later(following)),
        ]
        blocks.append(
            actions(
                button(texts.SESSIONS_TITLE, Action.OPEN_SESSIONS),
                button(texts.PROPOSE, Action.OPEN_PROPOSE),
                button(texts.HOURS_TITLE, Action.OPEN_HOURS),
                block_id="home.coach",
            )
        )
    if ahead is not None:
        blocks += [header(texts.HOME_NEXT), *_rows(ahead, texts.HOME_NOTHING)]
        book = button(texts.BOOK_A_SESSION, Action.OPEN_BOOKING, style="primary")
        blocks.append(actions(book, button(texts.SESSIONS_TITLE, Action.OPEN_SESSIONS), block_id="home.scholar"))
    if not blocks:
        return {"type": "home", "blocks": [section(texts.HOME_PLAIN)]}
    if moved_to is not None:
        blocks.append(context(texts.HOME_MOVED.format(now=when_plain(moved_to, zone))))
    return {"type": "home", "blocks": [*blocks, context(texts.HOME_ZONE.format(zone=zone))]}


def _later(following: Sequence[SessionLine]) -> list[Block]:
    return [section(texts.HOME_NO_MORE), *map(session_row, following)]


def _rows(lines: Sequence[SessionLine], nothing: str) -> list[Block]:
    return [session_row(line) for line in lines] or [section(nothing)]
