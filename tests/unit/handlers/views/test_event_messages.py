"""Messages about events: what they begin with, what they end with, and which buttons they have."""

from dataclasses import replace

import pytest

from domain.event_answers import Guest, Said
from domain.events import Attending, EventFormat
from handlers import texts
from handlers.ids import Action
from handlers.views.event_messages import event_message
from services.events.deliveries import DAY_BEFORE, HOSTS, HOSTS_NO_MORE, HOSTS_WEEKLY, QUARTER, EventMessage
from services.events.news import TODAY, EventNews
from services.events.talks import LINE, OFF, TALK
from tests.builders.events import a_plan, an_event

WORDS = texts.events


def news(kind: EventMessage, rung: str) -> EventNews:
    return EventNews(kind=kind, event=an_event(), guest=Guest(person_id="ada"), zone="Europe/London", rung=rung)


@pytest.mark.parametrize(("rung", "says"), [(DAY_BEFORE, WORDS.LINK_LATER), (QUARTER, WORDS.LINK_MISSING)])
def test_reminder_of_an_event_without_its_link_says_what_to_do_once_nothing_more_comes(rung: str, says: str) -> None:
    online = an_event(a_plan(format=EventFormat.REMOTE))

    message = event_message(replace(news(EventMessage.REMINDER, rung), event=online))

    assert message.blocks[0]["text"]["text"].endswith(f"\nonline, {says}")


@pytest.mark.parametrize(
    ("rung", "headline", "more"),
    [
        (TALK, WORDS.SLOT, ""),
        (LINE, WORDS.TALK_WAITS_AGAIN, f"\n{WORDS.TALK_WAITS_AGAIN_MORE}"),
        (OFF, WORDS.TALK_TAKEN_OFF, f"\n{WORDS.TALK_TAKEN_OFF_MORE}"),
    ],
)
def test_news_of_a_talk_says_what_became_of_it_and_opens_the_event(rung: str, headline: str, more: str) -> None:
    message = event_message(news(EventMessage.SLOT, rung))

    body, row = message.blocks
    assert message.text == headline.format(what="How to read a paper, Thu 14 Jan, 12:00 GMT to 13:00 GMT.")
    assert body["text"]["text"].startswith(f"{headline.partition(':')[0]}\n*How to read a paper*")
    assert body["text"]["text"].endswith(f"\nRoom 4{more}")
    assert [each["action_id"] for each in row["elements"]] == [Action.OPEN_EVENT]


@pytest.mark.parametrize(
    ("rung", "headline", "more", "press"),
    [
        (HOSTS, WORDS.YOU_HOST, WORDS.YOU_HOST_MORE, Action.OPEN_EVENT),
        (HOSTS_WEEKLY, WORDS.YOU_HOST, WORDS.YOU_HOST_WEEKLY_MORE, Action.OPEN_EVENT),
        (HOSTS_NO_MORE, WORDS.YOU_HOST_NO_MORE, WORDS.YOU_HOST_NO_MORE_MORE, Action.OPEN_EVENTS),
    ],
)
def test_news_of_hosting_says_what_is_to_do_and_opens_what_its_reader_may_see(
    rung: str, headline: str, more: str, press: Action
) -> None:
    message = event_message(news(EventMessage.HOST, rung))

    body, row = message.blocks
    assert message.text == headline.format(what="How to read a paper, Thu 14 Jan, 12:00 GMT to 13:00 GMT.")
    assert body["text"]["text"].startswith(f"{headline.partition(':')[0]}\n*How to read a paper*")
    assert body["text"]["text"].endswith(f"\n{more}")
    assert [each["action_id"] for each in row["elements"]] == [press]


@pytest.mark.parametrize(
    ("kind", "rung", "headline"),
    [
        (EventMessage.REMINDER, DAY_BEFORE, WORDS.TOMORROW),
        (EventMessage.REMINDER, TODAY, WORDS.TODAY),
        (EventMessage.REMINDER, QUARTER, WORDS.SOON),
        (EventMessage.REMINDER, "", WORDS.BEGINS),
        (EventMessage.MOVED, "v2", WORDS.MOVED),
        (EventMessage.SEAT, "seat", WORDS.SEAT),
        (EventMessage.CALENDAR, "v1", WORDS.CALENDAR),
        (EventMessage.CALLED_OFF, "v2", WORDS.NEWS_OFF),
    ],
)
def test_message_begins_with_what_it_is_about(kind: EventMessage, rung: str, headline: str) -> None:
    message = event_message(news(kind, rung))

    assert message.text == headline.format(what="How to read a paper, Thu 14 Jan, 12:00 GMT to 13:00 GMT.")


@pytest.mark.parametrize(
    ("guest", "more"),
    [
        (Guest(person_id="ada", said=Said.YES, way=Attending.ROOM), WORDS.MOVED_KEEPS_SEAT),
        (Guest(person_id="ada", waits_for=Attending.ROOM), WORDS.MOVED_KEEPS_PLACE),
        (Guest(person_id="ada", said=Said.MAYBE), WORDS.MOVED_MAYBE),
    ],
)
def test_news_of_a_change_says_what_its_reader_keeps(guest: Guest, more: str) -> None:
    body, _ = event_message(replace(news(EventMessage.MOVED, "v2"), guest=guest)).blocks

    assert body["text"]["text"].endswith(f"\nRoom 4\n{more}")


def test_who_said_maybe_is_not_sent_to_answers_that_are_closed() -> None:
    guest = Guest(person_id="ada", said=Said.MAYBE)
    body, row = event_message(replace(news(EventMessage.MOVED, "v2"), guest=guest, is_closed=True)).blocks

    assert body["text"]["text"].endswith(f"\nRoom 4\n{WORDS.MOVED_MAYBE_CLOSED}")
    assert "open it" not in WORDS.MOVED_MAYBE_CLOSED
    assert Action.EVENT_NO in [each["action_id"] for each in row["elements"]]


@pytest.mark.parametrize("kind", [EventMessage.REMINDER, EventMessage.MOVED, EventMessage.SEAT])
def test_message_to_who_comes_has_a_press_for_who_cannot(kind: EventMessage) -> None:
    [_, row] = event_message(news(kind, "v1")).blocks

    assert [each["action_id"] for each in row["elements"]] == [Action.OPEN_EVENT, Action.EVENT_NO]
