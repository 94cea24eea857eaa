"""Calendars outside that cannot be read, for the longest of reasons."""

from collections.abc import Mapping

from domain.feeds import FeedState, OwnFeed
from domain.ports import Message, View
from handlers import texts
from handlers.views.calendars import calendars_form, unread_message
from tests.unit.handlers.views.largest.filling import DAY, MIDNIGHT


def a_full_feed(number: int) -> OwnFeed:
    """A calendar that cannot be read, for the longest of reasons."""
    return OwnFeed(
        id=f"{number}" * 22,
        host="h" * 253,
        state=FeedState.TOO_MUCH,
        read=MIDNIGHT - DAY * 400,
        ahead=10_000,
        skipped=20_000,
    )


VIEWS: Mapping[str, View] = {
    "calendars_form": calendars_form([a_full_feed(number) for number in range(4)], MIDNIGHT),
    "calendars_form with all": calendars_form(
        [a_full_feed(number) for number in range(5)], MIDNIGHT, said=texts.calendars.SOON
    ),
    "calendars_form with nothing": calendars_form((), MIDNIGHT),
}

MESSAGES: Mapping[str, Message] = {"unread_message": unread_message()}
