"""Messages about deadlines. They stay in Slack's history: what is due and when, a link, buttons; they name nobody."""

from datetime import datetime

from domain.ports import Block, Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, escape_title, section
from handlers.views.due import HOURS, done_button, done_words, due_words, link_words
from services.deadlines.facts import OwnDeadline
from services.deadlines.news import AnswerNews, ClosedNews, MetNews, ReminderNews

_W = texts.due


def reminder_message(news: ReminderNews, *, now: datetime) -> Message:
    """A reminder with what its reader can do about it."""
    headline = _W.LAST if news.is_last and news.what == "" else _W.HEADLINES[news.what]
    own = news.deadline
    buttons = [done_button(own), button(_W.MORE_TIME, Action.OPEN_ASK, value=own.id)]
    if news.can_snooze:
        buttons.append(button(_W.LATER, Action.SNOOZE, value=f"{own.id}.{HOURS[-1]}"))
    buttons.append(button(_W.DETAILS, Action.OPEN_DUE_ONE, value=own.id))
    return _message(headline, own, news.zone, now, buttons, says=_W.OVERTAKEN if news.has_overtaken else "")


def answer_message(news: AnswerNews, *, now: datetime) -> Message:
    """What became of a request. A sentence of whoever refused it opens on a press."""
    if news.was_closed:
        return _closed_message(news)
    headline = _W.ANSWERS.get(news.state, _W.NOBODY_DECIDES)
    look = button(_W.DETAILS, Action.OPEN_DUE_ONE, value=news.deadline.id)
    return _message(headline, news.deadline, news.zone, now, [look])


def closed_message(news: ClosedNews) -> Message:
    """In place of a reminder once its deadline is closed: without buttons, since nothing can be done about it."""
    title = escape_title(news.title)
    return Message(text=f"{title}: {_W.IS_CLOSED}", blocks=(section(f"*{title}*\n{_W.IS_CLOSED}"),))


def _closed_message(news: AnswerNews) -> Message:
    """Nothing of a closed deadline can be looked at: the list is what is left, unless it stands again."""
    title = escape_title(news.deadline.text.title)
    says, way = _W.REQUEST_CLOSED_MORE, button(_W.HOME_ALL, Action.OPEN_DUE)
    if news.is_open:
        says, way = _W.REQUEST_CLOSED_AGAIN, button(_W.DETAILS, Action.OPEN_DUE_ONE, value=news.deadline.id)
    said = section(f"{_W.REQUEST_CLOSED}: *{title}*\n{says}")
    return Message(text=f"{_W.REQUEST_CLOSED}: {title}. {says}", blocks=(said, actions(way, block_id="due")))


def met_message(news: MetNews) -> Message:
    """In place of the other reminders once it is done; that it is not done after all is said elsewhere."""
    title, said = escape_title(news.title), done_words(news.at, news.zone, was_before=False)
    return Message(text=f"{title}: {said}", blocks=(section(f"*{title}*\n{said}"),))


def done_message(own: OwnDeadline, at: datetime, zone: str, *, was_before: bool = False) -> Message:
    """In place of the reminder in which it was pressed."""
    said = done_words(at, zone, was_before=was_before)
    undo = actions(button(_W.NOT_DONE, Action.MEET_NOT, value=own.id), block_id="due")
    title = escape_title(own.text.title)
    return Message(text=f"{title}: {said}", blocks=(section(f"*{title}*\n{said}"), undo))


def asked_message(request_id: str) -> Message:
    """To staff: that somebody asks. Who and about what opens on a press."""
    see = actions(button(texts.deadlines.SEE_REQUEST, Action.OPEN_EXTENSION, value=request_id), block_id="extension")
    said = texts.deadlines.ASKED_MESSAGE
    return Message(text=said, blocks=(section(said), see))


def _message(
    headline: str, own: OwnDeadline, zone: str, now: datetime, buttons: list[Block], *, says: str = ""
) -> Message:
    title = escape_title(own.text.title)
    plain = f"{headline}: {title}, {due_words(own, zone=zone, now=now, plain=True)}"
    words = f"{headline}: *{title}*\n{due_words(own, zone=zone, now=now)}"
    link = link_words(own.text.link) if own.text.link else ""
    said = "\n".join(filter(None, (words, says, link)))
    return Message(text=plain, blocks=(section(said), actions(*buttons, block_id="due")))
