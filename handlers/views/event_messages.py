"""Messages about events. Everybody invited may read an event, so its title stands in them; no person does."""

from domain.ports import Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, escape, section
from handlers.views.event_words import title_marked, when_marked, when_said, where_marked
from services.events.deliveries import DAY_BEFORE, QUARTER, EventMessage
from services.events.news import EventNews

_HEADLINES = {
    EventMessage.MOVED: texts.events.MOVED,
    EventMessage.CALLED_OFF: texts.events.NEWS_OFF,
    EventMessage.SEAT: texts.events.SEAT,
    EventMessage.SLOT: texts.events.SLOT,
    EventMessage.CALENDAR: texts.events.CALENDAR,
}
_WITH_NO = (EventMessage.REMINDER, EventMessage.MOVED, EventMessage.SEAT)
"""Where somebody may find that they cannot come."""


def event_message(news: EventNews, *, is_late: bool = False) -> Message:
    """What it is about, when and where, with the link where it is needed; `is_late` is of a reminder."""
    event, plan = news.event, news.event.plan
    headline = _reminder(news, is_late=is_late) if news.kind is EventMessage.REMINDER else _HEADLINES[news.kind]
    is_off = news.kind is EventMessage.CALLED_OFF
    lines = [title_marked(event), when_marked(plan, news.zone)]
    if is_off and event.reason:
        lines.append(texts.events.BECAUSE.format(reason=escape(event.reason)))
    if not is_off:
        lines.append(where_marked(plan, with_link=True))
    said = headline.format(what=f"{escape(plan.title)}, {when_said(plan, news.zone)}.")
    body = section("\n".join([headline.format(what="").rstrip(": "), *lines]))
    buttons = [button(texts.events.SEE, Action.OPEN_EVENT, value=event.id)]
    if news.kind in _WITH_NO:
        buttons.append(button(texts.events.CANNOT, Action.EVENT_NO, value=event.id))
    return Message(text=said, blocks=(body, actions(*buttons, block_id="event")))


def _reminder(news: EventNews, *, is_late: bool) -> str:
    words = {DAY_BEFORE: texts.events.TOMORROW, QUARTER: texts.events.SOON}
    return texts.events.BEGINS if is_late else words.get(news.rung, texts.events.BEGINS)
