"""Messages as blocks. They stay in Slack's history, so they hold times and buttons, and name nobody."""

from collections.abc import Sequence

from domain.people import SUPPORT_ROLES, Role
from domain.ports import Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, section
from handlers.views.sessions import session_ref
from handlers.views.when import when_plain, when_token
from services.session_news.news import SessionNews
from services.sessions.facts import SessionLine


def session_message(headline: str, news: SessionNews, *, rebook: bool = False) -> Message:
    """The same words for every kind of session; who, where and what open on a press. `rebook` offers one like it."""
    plain, marked = when_plain(news.starts, news.zone), f"*{when_token(news.starts, news.zone)}*"
    if news.before is not None:
        plain = texts.messages.FROM_TO.format(before=when_plain(news.before, news.zone), after=plain)
        marked = texts.messages.FROM_TO.format(before=when_token(news.before, news.zone), after=marked)
    if len(news.series) > 1:
        plain = "; ".join(when_plain(start, news.zone) for start in news.series)
        marked = "".join(f"\n• *{when_token(start, news.zone)}*" for start in news.series)
    ref = session_ref(news.ref, news.version)
    details = button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_DETAILS, value=ref)
    buttons = [details] if news.may_look else []
    if rebook:
        buttons.append(button(texts.messages.BOOK_ANOTHER, Action.OPEN_BOOKING, value=ref))
    when = section(f"{headline}:{marked}" if len(news.series) > 1 else f"{headline}: {marked}.")
    return Message(
        text=f"{headline}: {plain}.", blocks=(when, actions(*buttons, block_id="details")) if buttons else (when,)
    )


def agenda_message(day: Sequence[SessionLine]) -> Message:
    """Somebody's day: times, and the way to the list that says more."""
    plain = "; ".join(when_plain(line.starts, line.zone) for line in day)
    marked = "".join(f"\n• *{when_token(line.starts, line.zone)}*" for line in day)
    listed = button(texts.sessions.SESSIONS_TITLE, Action.OPEN_SESSIONS)
    return Message(
        text=f"{texts.messages.AGENDA}: {plain}.",
        blocks=(section(f"{texts.messages.AGENDA}:{marked}"), actions(listed, block_id="agenda")),
    )


def welcome_message(roles: frozenset[Role], *, can_book_coach: bool = False) -> Message:
    """What the bot does for somebody with these roles and who sees what, in three lines.

    `can_book_coach` says that the program offers sessions to mentors, which is told to mentors alone.
    """
    what, how, who = _welcome(roles)
    if can_book_coach and Role.MENTOR in roles and Role.SCHOLAR not in roles:
        how = f"{how} {texts.messages.WELCOME_MENTOR}"
    return Message(text=f"{what} {how} {who}", blocks=(section(f"{what}\n{how}\n{who}"),))


def _welcome(roles: frozenset[Role]) -> tuple[str, str, str]:
    if Role.SCHOLAR in roles:
        return texts.messages.WELCOME
    if roles & SUPPORT_ROLES:
        return texts.messages.WELCOME_SUPPORT
    return texts.messages.WELCOME_STAFF if Role.STAFF in roles else texts.messages.WELCOME_OTHERS
