"""The Home tab as blocks."""

from collections.abc import Collection, Sequence
from datetime import datetime

from domain.people import Role
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action
from handlers.views.attention import attention_rows
from handlers.views.blocks import actions, button, context, header, section
from handlers.views.home_rows import kept_rows, request_rows, session_rows
from handlers.views.sessions import session_ref, session_row
from handlers.views.ways import way_buttons
from handlers.views.week import count_of
from handlers.views.when import day_label, time_token, when_plain
from services.holds.kept import WaitingTime
from services.sessions.ahead import BusyDay, WeekAhead
from services.sessions.facts import SessionLine
from services.sessions.waits import Waits

_WAITS = {
    Waits.IN_LINE: (texts.office_hours.HOME_IN_LINE, texts.office_hours.MY_PLACE, Action.SEE_PLACE),
    Waits.OFFERED: (texts.home.OFFERED, texts.home.SEE_OFFERED, Action.OPEN_SESSIONS),
}
"""What is said, what the button says, and what it opens: there, and not before, stands more."""


def home_view(
    *,
    zone: str,
    roles: Collection[Role] = (),
    ahead: Sequence[SessionLine] | None = None,
    week: WeekAhead | None = None,
    following: Sequence[SessionLine] = (),
    to_answer: Sequence[WaitingTime] = (),
    to_log: int = 0,
    question: SessionLine | None = None,
    kept: Sequence[WaitingTime] = (),
    waits: Collection[Waits] = (),
    moved_to: datetime | None = None,
    has_line: bool = False,
    of_mentor: Sequence[Block] = (),
    of_program: Sequence[Block] = (),
    is_staff: bool = False,
    has_urgent: bool = False,
) -> View:
    """What somebody with these roles has ahead, what waits for them, and what they can begin.

    `ahead` is a scholar's next session, `week` a coach's seven days; None for people who have no such part.
    `following` is the coach's next session of a later day, for a day that holds no more. `to_answer` is what the
    coach was asked for and has not answered, `to_log` how many of their sessions wait for a log, and `question` the
    session of a scholar about which a question waits; `kept` are their times that are no session yet, `waits` is what
    else waits for them. `moved_to` is the time of the bot where a demo has moved it: nothing else in Slack shows it.
    `of_program` is what was announced to them, is due and comes, which stands first. The way to one's own quiet hours
    stands last; somebody who has left, and so has no `zone`, has none. Of a line it says that there is one, and no
    number or purpose (decision 0024). `of_mentor` is what a mentor has of
    their own, with its ways. Staff read nothing about sessions. `has_urgent` is for a scholar where nothing else of
    support can be had: the way to whom to call stands always.
    """
    blocks: list[Block] = [*([_line()] if has_line else []), *_waiting(waits)]
    if week is not None:
        blocks += [*request_rows(to_answer), *_of_coach(week, following, to_log)]
    if ahead is not None:
        blocks += _of_scholar(ahead, kept, question)
    last = [*(_of_staff() if is_staff else []), *(_urgent() if has_urgent else []), *(attention_rows() if zone else [])]
    if not blocks and not of_mentor:
        return {"type": "home", "blocks": [*of_program, section(texts.home.PLAIN), *last]}
    if blocks:
        # What mentors can begin for themselves stands in their own part.
        ways = way_buttons(frozenset(roles) - {Role.MENTOR})
        blocks.append(actions(*ways, block_id="home.ways"))
    own = blocks or [section(texts.home.PLAIN)]
    return {"type": "home", "blocks": [*of_program, *own, *of_mentor, *_moved(moved_to, zone), *last, _zone(zone)]}


def _moved(moved_to: datetime | None, zone: str) -> list[Block]:
    if moved_to is None:
        return []
    return [context(texts.home.MOVED.format(now=when_plain(moved_to, zone)))]


def _zone(zone: str) -> Block:
    return context(texts.home.ZONE.format(zone=zone))


def _of_coach(week: WeekAhead, following: Sequence[SessionLine], to_log: int) -> list[Block]:
    rows = session_rows(week.today, texts.home.NO_DAY) if week.today or not following else _later(following)
    return [header(texts.home.TODAY), *rows, *_week(week), *_to_log(to_log)]


def _of_scholar(ahead: Sequence[SessionLine], kept: Sequence[WaitingTime], question: SessionLine | None) -> list[Block]:
    return [header(texts.home.NEXT), *session_rows(ahead, texts.home.NOTHING), *kept_rows(kept), *_question(question)]


def _of_staff() -> list[Block]:
    ways = (
        (texts.announcements.TITLE, Action.OPEN_ANNOUNCEMENTS),
        (texts.deadlines.TITLE, Action.OPEN_DEADLINES),
        (texts.events.TITLE, Action.OPEN_EVENTS),
        (texts.home.RULES, Action.OPEN_PROGRAM),
    )
    return [actions(*(button(text, action) for text, action in ways), block_id="home.staff")]


def _urgent() -> list[Block]:
    return [actions(button(texts.urgent.OPEN, Action.OPEN_URGENT), block_id="home.urgent")]


def _line() -> Block:
    see = button(texts.office_hours.SEE_LINE, Action.WATCH_LINE)
    return section(texts.office_hours.HOME_OPEN, accessory=see)


def _waiting(waits: Collection[Waits]) -> list[Block]:
    told = (_WAITS[each] for each in Waits if each in waits)
    return [section(said, accessory=button(on_button, action)) for said, on_button, action in told]


def _week(week: WeekAhead) -> list[Block]:
    """The days that hold something, as numbers and times; a day that is the only one stands above already."""
    if not [each for each in week.days if each.sessions != week.today]:
        return []
    return [section("\n".join([f"*{texts.hours.WEEK_TITLE}*", *map(_day, week.days)]))]


def _day(each: BusyDay) -> str:
    begins, *_ = each.sessions
    last = max(each.sessions, key=lambda line: line.ends)
    times = texts.home.FROM_TO.format(
        begins=time_token(begins.starts, begins.zone), ends=time_token(last.ends, last.zone)
    )
    return f"{day_label(each.day)}: {count_of(len(each.sessions))}, {times}"


def _later(following: Sequence[SessionLine]) -> list[Block]:
    return [section(texts.home.NO_MORE), *map(session_row, following)]


def _to_log(number: int) -> list[Block]:
    """A count and no time: whoever looks over the shoulder need not read when somebody had a session."""
    if not number:
        return []
    waiting = texts.session_log.WAITS if number == 1 else texts.session_log.WAIT.format(number=number)
    return [section(waiting, accessory=button(texts.session_log.SEE, Action.OPEN_LOGS))]


def _question(about: SessionLine | None) -> list[Block]:
    if about is None:
        return []
    answer = button(texts.rating.ANSWER, Action.OPEN_RATING, value=session_ref(about.ref, about.version))
    return [section(texts.rating.WAITS, accessory=answer)]
