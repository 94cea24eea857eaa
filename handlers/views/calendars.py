"""Somebody's own calendars outside: the host, how fresh what is known is, and never the address again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.feeds import ADDRESS_MAX, FEEDS_MAX, FeedState, OwnFeed
from domain.ports import Block, Message, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.blocks import actions, button, context, escape_title, field, modal, plain, section, text_input

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def calendars_form(feeds: Sequence[OwnFeed], now: datetime, *, said: str = "") -> View:
    """What is read already, each with buttons, and a field for one more; `said` is what has just been done."""
    blocks: list[Block] = [context(texts.calendars.WHAT)]
    if said:
        blocks.append(section(said))
    for number, feed in enumerate(feeds):
        blocks += _feed(number, feed, now)
    if len(feeds) >= FEEDS_MAX:
        return modal(Modal.CALENDARS, title=texts.calendars.TITLE, blocks=blocks, close=texts.forms.BACK)
    address = text_input(Field.VALUE, at_most=ADDRESS_MAX)
    blocks.append(field(Field.ADDRESS, texts.calendars.ADDRESS, address, hint=texts.calendars.ADDRESS_HINT))
    return modal(
        Modal.CALENDARS,
        title=texts.calendars.TITLE,
        blocks=blocks,
        submit=texts.hours.ADD,
        close=texts.forms.BACK,
    )


def unread_message() -> Message:
    """To the owner: neither which calendar nor what is in it."""
    opened = button(texts.calendars.OPEN_HOURS, Action.OPEN_HOURS)
    blocks = (section(texts.calendars.UNREAD), actions(opened, block_id="calendars"))
    return Message(text=texts.calendars.UNREAD, blocks=blocks)


def freshness(feed: OwnFeed, now: datetime) -> str:
    """How fresh it is, or why it cannot be read and what to do."""
    told = [_state(feed, now)]
    if feed.skipped and feed.read is not None:
        told.append(_counted(feed.skipped, texts.calendars.ONE_SKIPPED, texts.calendars.SKIPPED))
    return " ".join(told)


def age_of(since: timedelta) -> str:
    """How long ago, in the largest unit that is full."""
    if since < timedelta(minutes=1):
        return texts.calendars.JUST_NOW
    if since < _HOUR:
        minutes = since // timedelta(minutes=1)
        return _counted(minutes, texts.calendars.ONE_MINUTE, texts.calendars.MINUTES_AGO)
    if since < _DAY:
        return _counted(since // _HOUR, texts.calendars.ONE_HOUR, texts.calendars.HOURS_AGO)
    return _counted(since // _DAY, texts.calendars.ONE_DAY, texts.calendars.DAYS_AGO)


def _feed(number: int, feed: OwnFeed, now: datetime) -> list[Block]:
    confirm: Block = {
        "title": plain(texts.calendars.REMOVE_SURE),
        "text": plain(texts.calendars.REMOVE_WHAT),
        "confirm": plain(texts.calendars.REMOVE),
        "deny": plain(texts.calendars.KEEP),
    }
    name = f"*{escape_title(feed.host)}*" if feed.host else texts.calendars.NO_HOST
    return [
        section(f"{name}\n{freshness(feed, now)}"),
        actions(
            button(texts.calendars.READ_NOW, Action.READ_CALENDAR, value=feed.id),
            button(texts.calendars.REMOVE, Action.REMOVE_CALENDAR, value=feed.id, style="danger", confirm=confirm),
            block_id=f"calendar.{number}",
        ),
    ]


def _state(feed: OwnFeed, now: datetime) -> str:
    age = None if feed.read is None else age_of(now - feed.read)
    if feed.state is FeedState.READ and age is not None:
        ahead = _counted(feed.ahead, texts.calendars.ONE_BUSY, texts.calendars.BUSY)
        return texts.calendars.FRESH.format(age=age, ahead=ahead if feed.ahead else texts.calendars.NO_BUSY)
    if feed.state is FeedState.NEW:
        return texts.calendars.NOT_YET
    known = texts.calendars.NEVER_READ if age is None else texts.calendars.LAST_READ.format(age=age)
    return f"{texts.calendars.PROBLEMS[feed.state]} {known}"


def _counted(number: int, one: str, several: str) -> str:
    return one if number == 1 else several.format(number=number)
