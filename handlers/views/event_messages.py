"""Messages about events. Everybody invited may read an event, so its title stands in them; no person does."""

from collections.abc import Iterable

from domain.ports import Block, Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, escape_title, section
from handlers.views.event_words import title_marked, when_marked, when_said, where_marked
from handlers.views.plain_words import words
from services.events.deliveries import DAY_BEFORE, HOSTS, HOSTS_NO_MORE, HOSTS_WEEKLY, QUARTER, EventMessage
from services.events.news import TODAY, EventNews
from services.events.talks import LINE, OFF, TALK

_HEADLINES = {
    EventMessage.MOVED: texts.events.MOVED,
    EventMessage.CALLED_OFF: texts.events.NEWS_OFF,
    EventMessage.SEAT: texts.events.SEAT,
    EventMessage.CALENDAR: texts.events.CALENDAR,
}
_TALKS = {
    TALK: (texts.events.SLOT, ""),
    LINE: (texts.events.TALK_WAITS_AGAIN, texts.events.TALK_WAITS_AGAIN_MORE),
    OFF: (texts.events.TALK_TAKEN_OFF, texts.events.TALK_TAKEN_OFF_MORE),
}
_HOSTING = {
    HOSTS: (texts.events.YOU_HOST, texts.events.YOU_HOST_MORE),
    HOSTS_WEEKLY: (texts.events.YOU_HOST, texts.events.YOU_HOST_WEEKLY_MORE),
    HOSTS_NO_MORE: (texts.events.YOU_HOST_NO_MORE, texts.events.YOU_HOST_NO_MORE_MORE),
}
_REMINDERS = {DAY_BEFORE: texts.events.TOMORROW, TODAY: texts.events.TODAY, QUARTER: texts.events.SOON}
_WITH_NO = (EventMessage.REMINDER, EventMessage.MOVED, EventMessage.SEAT)
"""Where somebody may find that they cannot come."""


def event_message(news: EventNews) -> Message:
    """What it is about, when and where, with the link where it is needed."""
    event, plan = news.event, news.event.plan
    headline, more = _headline(news)
    is_off = news.kind is EventMessage.CALLED_OFF
    lines = [title_marked(event), when_marked(plan, news.zone)]
    if is_off and event.reason:
        lines.append(texts.events.BECAUSE.format(reason=words(event.reason)))
    if not is_off:
        # A quarter of an hour before there is nothing more to follow.
        no_link = texts.events.LINK_MISSING if news.rung == QUARTER else texts.events.LINK_LATER
        lines.append(where_marked(plan, with_link=True, no_link=no_link))
    said = headline.format(what=f"{escape_title(plan.title)}, {when_said(plan, news.zone)}.")
    body = section("\n".join(filter(None, [headline.format(what="").rstrip(": "), *lines, more])))
    buttons = [_see(news)]
    if news.kind in _WITH_NO:
        buttons.append(button(texts.events.CANNOT, Action.EVENT_NO, value=event.id))
    return Message(text=said, blocks=(body, actions(*buttons, block_id="event")))


def own_words(rungs: Iterable[str]) -> str:
    """The same news of talks and of hosting as sentences for a digest, where the event stands already."""
    return " ".join(f"{(_TALKS | _HOSTING)[rung][0].format(what='').rstrip(': ')}." for rung in rungs)


def _see(news: EventNews) -> Block:
    """Who hosts it no more may not be invited to it: then only the list is theirs."""
    if news.kind is EventMessage.HOST and news.rung == HOSTS_NO_MORE:
        return button(texts.events.SEE_ALL, Action.OPEN_EVENTS)
    return button(texts.events.SEE, Action.OPEN_EVENT, value=news.event.id)


def _headline(news: EventNews) -> tuple[str, str]:
    """What the message begins with, and a sentence for its end or ""."""
    if news.kind is EventMessage.SLOT:
        return _TALKS[news.rung]
    if news.kind is EventMessage.HOST:
        return _HOSTING[news.rung]
    if news.kind is EventMessage.REMINDER:
        return _REMINDERS.get(news.rung, texts.events.BEGINS), ""
    return _HEADLINES[news.kind], _keeps(news) if news.kind is EventMessage.MOVED else ""


def _keeps(news: EventNews) -> str:
    """A yes to the old time is kept, and its holder asked whether they can.

    A maybe may be something else now; once answers are closed it can only become a no.
    """
    if not news.guest.is_coming:
        return texts.events.MOVED_MAYBE_CLOSED if news.is_closed else texts.events.MOVED_MAYBE
    return texts.events.MOVED_KEEPS_SEAT if news.guest.has_yes else texts.events.MOVED_KEEPS_PLACE
