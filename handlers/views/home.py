"""The Home tab as blocks."""

from collections.abc import Sequence
from datetime import datetime

from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, context, header, section
from handlers.views.sessions import session_ref, session_row
from handlers.views.when import when_plain, when_token
from services.holds.kept import WaitingTime
from services.scheduling.facts import SessionLine

WAITING_SHOWN = 3


def home_view(
    *,
    zone: str,
    ahead: Sequence[SessionLine] | None = None,
    today: Sequence[SessionLine] | None = None,
    following: Sequence[SessionLine] = (),
    to_log: int = 0,
    question: SessionLine | None = None,
    moved_to: datetime | None = None,
    waiting: Sequence[WaitingTime] = (),
    is_in_line: bool = False,
    has_line: bool = False,
) -> View:
    """`ahead` is a scholar's next session, `today` a coach's day; None for people who have no such part.

    `following` is the coach's next session of a later day, for a day that holds no more. `to_log` is how many of their
    sessions wait for a log, and `question` the session of a scholar about which a question waits; `waiting` are a
    scholar's times that are no session yet. `moved_to` is the time of the bot where a demo has moved it: nothing else
    in Slack shows it. Of a line it says that there is one, and
    no number or purpose (decision 0024).
    """
    blocks: list[Block] = []
    if has_line:
        see = button(texts.office_hours.SEE_LINE, Action.WATCH_LINE)
        blocks.append(section(texts.office_hours.HOME_OPEN, accessory=see))
    if is_in_line:
        see = button(texts.office_hours.MY_PLACE, Action.SEE_PLACE)
        blocks.append(section(texts.office_hours.HOME_IN_LINE, accessory=see))
    if today is not None:
        blocks += [
            header(texts.home.TODAY),
            *(_rows(today, texts.home.NO_DAY) if today or not following else _later(following)),
            *_to_log(to_log),
        ]
        blocks.append(
            actions(
                button(texts.sessions.SESSIONS_TITLE, Action.OPEN_SESSIONS),
                button(texts.proposals.PROPOSE, Action.OPEN_PROPOSE),
                button(texts.hours.TITLE, Action.OPEN_HOURS),
                block_id="home.coach",
            )
        )
    if ahead is not None:
        blocks += [header(texts.home.NEXT), *_rows(ahead, texts.home.NOTHING), *_waiting(waiting), *_question(question)]
        book = button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING, style="primary")
        listed = button(texts.sessions.SESSIONS_TITLE, Action.OPEN_SESSIONS)
        blocks.append(actions(book, listed, button(texts.urgent.OPEN, Action.OPEN_URGENT), block_id="home.scholar"))
    if not blocks:
        return {"type": "home", "blocks": [section(texts.home.PLAIN)]}
    if moved_to is not None:
        blocks.append(context(texts.home.MOVED.format(now=when_plain(moved_to, zone))))
    return {"type": "home", "blocks": [*blocks, context(texts.home.ZONE.format(zone=zone))]}


def _later(following: Sequence[SessionLine]) -> list[Block]:
    return [section(texts.home.NO_MORE), *map(session_row, following)]


def _rows(lines: Sequence[SessionLine], nothing: str) -> list[Block]:
    return [session_row(line) for line in lines] or [section(nothing)]


def _to_log(number: int) -> list[Block]:
    """A count and no time: whoever looks over the shoulder need not read when somebody had a session."""
    if not number:
        return []
    waiting = texts.session_log.WAITS if number == 1 else texts.session_log.WAIT.format(number=number)
    return [section(waiting, accessory=button(texts.session_log.SEE, Action.OPEN_LOGS))]


def _waiting(times: Sequence[WaitingTime]) -> list[Block]:
    """The soonest few, with a way to the list, in which they are answered."""
    if not times:
        return []
    lines = [
        (texts.holds.HOME_ASKED if each.is_request else texts.holds.HOME_KEPT).format(
            starts=when_token(each.starts, each.zone), until=when_token(each.until, each.zone)
        )
        for each in times[:WAITING_SHOWN]
    ]
    return [section("\n".join(lines), accessory=button(texts.holds.HOME_SEE, Action.OPEN_SESSIONS))]


def _question(about: SessionLine | None) -> list[Block]:
    if about is None:
        return []
    answer = button(texts.rating.ANSWER, Action.OPEN_RATING, value=session_ref(about.ref, about.version))
    return [section(texts.rating.WAITS, accessory=answer)]
