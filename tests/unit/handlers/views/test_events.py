"""Events in words: numbers without names, what can be answered, and nothing that is cut."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.event_answers import Guest, Numbers, Said
from domain.events import Attending, EventFormat, Status
from handlers import texts
from handlers.ids import Action, Field
from handlers.views.event import event_modal, guests_modal
from handlers.views.event_forms import asking_first, repeat_form
from handlers.views.event_messages import event_message
from handlers.views.event_words import come_words, mine_words, where_marked
from handlers.views.events import answer_buttons, week_blocks
from services.events.attendance import GuestList, NamedGuest
from services.events.deliveries import EventMessage
from services.events.look import EventDetails, EventLine
from services.events.news import EventNews
from services.events.warnings import Warned, Warns
from tests.builders.events import STARTS, a_plan, an_event
from tests.fakes.clock import NOON

ROOM, REMOTE = Attending.ROOM, Attending.REMOTE
MINUTE = timedelta(minutes=1)


def numbers(room: int = 0, remote: int = 0, waiting: int = 0) -> Numbers:
    return Numbers(yes={ROOM: room, REMOTE: remote}, waiting={ROOM: waiting, REMOTE: 0}, came={ROOM: 0, REMOTE: 0})


def a_line(guest: Guest | None = None, **changes: Any) -> EventLine:
    return EventLine(event=an_event(a_plan(**changes)), guest=guest or Guest(person_id="ada"), zone="Europe/London")


@pytest.mark.parametrize(
    ("changes", "found", "said"),
    [
        ({}, numbers(), "Nobody has said yes so far"),
        ({}, numbers(1), "1 person comes"),
        ({"room_seats": 3}, numbers(2), "2 people come; 1 seat left"),
        ({"room_seats": 2}, numbers(2, waiting=4), "2 people come; no seat left; 4 in line"),
        (
            {"format": EventFormat.HYBRID, "room_seats": 5},
            numbers(2, 3),
            "5 people come (2 in the room, 3 online); in the room: 3 seats left",
        ),
    ],
)
def test_numbers_are_said_with_what_is_left_and_who_waits(changes: dict[str, Any], found: Numbers, said: str) -> None:
    assert come_words(a_plan(**changes), found) == said


@pytest.mark.parametrize(
    ("changes", "with_link", "said"),
    [
        ({"site": "London & Co"}, False, "Room 4, London &amp; Co"),
        ({"place": "Hall <@USAM>, HTTPS://x.org/map?a&b"}, False, "Hall &lt;@USAM&gt;, <HTTPS://x.org/map?a&amp;b>"),
        ({"link": "https://x.org/?a&b"}, True, "Room 4 · <https://x.org/?a&amp;b|Link>"),
        ({"format": EventFormat.REMOTE, "link": "https://x.org/a"}, False, "online"),
        ({"format": EventFormat.REMOTE, "link": "https://x.org/a"}, True, "<https://x.org/a|Join online>"),
        ({"format": EventFormat.REMOTE}, True, "online, the link follows"),
        ({"format": EventFormat.HYBRID}, False, "Room 4 · online"),
    ],
)
def test_where_it_is_has_the_link_where_it_is_needed(changes: dict[str, Any], said: str, *, with_link: bool) -> None:
    assert where_marked(a_plan(**changes), with_link=with_link) == said


@pytest.mark.parametrize(
    ("guest", "said"),
    [
        ({}, "You have not answered yet."),
        ({"said": Said.YES, "way": ROOM}, "You said yes: in the room."),
        ({"said": Said.MAYBE}, "You said maybe."),
        ({"waits_for": ROOM, "line_no": 9}, "You wait for a seat; your place in line is 2."),
        (
            {"said": Said.YES, "way": REMOTE, "waits_for": ROOM},
            "You said yes: online. You also wait for a seat in the room.",
        ),
        ({"said": Said.NO, "came_way": ROOM}, "You were there."),
    ],
)
def test_own_answer_is_said_in_one_sentence(guest: dict[str, Any], said: str) -> None:
    event = an_event(a_plan(format=EventFormat.HYBRID))

    assert mine_words(event, Guest(person_id="ada", **guest), place=2) == said


YES = Guest(person_id="ada", said=Said.YES, way=ROOM)
ANSWERS = [Action.EVENT_YES, Action.EVENT_MAYBE, Action.EVENT_NO]


@pytest.mark.parametrize(
    ("line", "at", "buttons"),
    [
        (a_line(), NOON, ANSWERS),
        (a_line(format=EventFormat.REMOTE), NOON, [Action.EVENT_YES_ONLINE, Action.EVENT_MAYBE, Action.EVENT_NO]),
        (a_line(closes=NOON), NOON, []),
        (a_line(YES, closes=NOON), NOON, ANSWERS),
        (a_line(Guest(person_id="ada", said=Said.MAYBE), closes=NOON), NOON, [Action.EVENT_NO]),
        (a_line(), STARTS - 15 * MINUTE, [Action.EVENT_HERE]),
        (a_line(), STARTS - 16 * MINUTE, ANSWERS),
        (a_line(replace(YES, came_way=ROOM)), STARTS, []),
        (a_line(), STARTS + timedelta(hours=6), []),
    ],
)
def test_buttons_are_those_that_lead_somewhere(line: EventLine, at: Any, buttons: list[Action]) -> None:
    assert [each["action_id"] for each in answer_buttons(line, numbers(), at)] == buttons


def test_answer_that_was_given_is_marked() -> None:
    found = answer_buttons(a_line(YES), numbers(1), NOON)

    assert [each["action_id"] for each in found if each.get("style") == "primary"] == [Action.EVENT_YES]


HYBRID: dict[str, Any] = {"format": EventFormat.HYBRID, "room_seats": 2, "remote_seats": 2}


@pytest.mark.parametrize(
    ("line", "taken", "said"),
    [
        (a_line(room_seats=2), numbers(1), ["I'll come"]),
        (a_line(room_seats=2), numbers(2), ["Wait in line"]),
        (a_line(YES, room_seats=2), numbers(2), ["I'll come"]),
        (a_line(Guest(person_id="ada", waits_for=ROOM, line_no=1), room_seats=2), numbers(2), ["Wait in line"]),
        (a_line(room_seats=2, has_waitlist=False), numbers(1), ["I'll come"]),
        (a_line(room_seats=2, has_waitlist=False), numbers(2), []),
        (a_line(YES, room_seats=2, has_waitlist=False), numbers(2), ["I'll come"]),
        (a_line(**HYBRID, has_waitlist=False), numbers(2, 1), ["I'll join online"]),
        (a_line(**HYBRID), numbers(2, 1), ["Wait for the room", "I'll join online"]),
        (a_line(**HYBRID), numbers(1, 2), ["I'll be in the room", "Wait to join online"]),
        (a_line(replace(YES, way=REMOTE), **HYBRID), numbers(2, 2), ["Wait for the room", "I'll join online"]),
    ],
)
def test_yes_to_a_full_event_is_to_wait_and_says_so_or_is_not_there(
    line: EventLine, taken: Numbers, said: list[str]
) -> None:
    found = [each["text"]["text"] for each in answer_buttons(line, taken, NOON)]

    assert found == [*said, "Maybe", "No"]


def test_repeating_weekly_is_asked_about_at_the_number_of_weeks_and_only_with_the_newest_question() -> None:
    warned = [Warned(of=Warns.CLOSED, starts=STARTS, name=name) for name in ("Fair", "Retreat")]

    first = asking_first(repeat_form(an_event()), warned[:1], zone="Europe/London")
    second = asking_first(first, warned[1:], zone="Europe/London")

    for view, name in ((first, "Fair"), (second, "Retreat")):
        ids = [str(block.get("block_id")).partition(":")[0] for block in view["blocks"]]
        assert ids[1:] == [Field.WEEKS, "warned", Field.ALL_THE_SAME]
        assert name in str(view["blocks"][2])
    assert (first["title"]["text"], second["title"]["text"]) == ("All the same?", "This too?")


@pytest.mark.parametrize(("people", "more"), [(0, "."), (2, ", for 2 of them.")])
def test_clash_says_for_how_many_it_is_only_where_that_is_told(people: int, more: str) -> None:
    warned = [Warned(of=Warns.CLASH, starts=STARTS, people=people, name="Social")]

    view = asking_first(repeat_form(an_event()), warned, zone="Europe/London")

    assert str(view["blocks"][2]["text"]["text"]).endswith(f"there is *Social* already{more}")


def test_web_addresses_in_what_is_said_of_an_event_can_be_pressed_and_nothing_else_becomes_a_link() -> None:
    plan = a_plan(text="Read <!here> https://example.org/a?b=1&c=2.")
    event = an_event(plan, status=Status.CALLED_OFF, reason="See https://example.org/why")
    details = EventDetails(
        line=EventLine(event=event, guest=Guest(person_id="ada"), zone="UTC"),
        numbers=numbers(),
        host_name="Sam",
        talks=(),
        place_in_line=0,
        may_run=False,
        now=NOON,
    )
    news = EventNews(kind=EventMessage.CALLED_OFF, event=event, guest=Guest(person_id="ada"), zone="UTC", rung="v2")

    shown, message = str(event_modal(details)["blocks"]), str(event_message(news).blocks)

    assert "Read &lt;!here&gt; <https://example.org/a?b=1&amp;c=2>." in shown
    assert "Called off: See <https://example.org/why>" in shown
    assert "Called off: See <https://example.org/why>" in message


def test_event_says_its_title_once() -> None:
    details = EventDetails(
        line=a_line(), numbers=numbers(), host_name="Sam", talks=(), place_in_line=0, may_run=False, now=NOON
    )

    assert str(event_modal(details)["blocks"]).count(details.line.event.plan.title) == 1


def test_week_of_many_events_shows_the_first_and_counts_the_rest() -> None:
    blocks = week_blocks([a_line()] * 10)

    assert len([block for block in blocks if block["type"] == "section"]) == 8
    assert texts.events.WEEK_MORE.format(number=2) in str(blocks)
    assert week_blocks([]) == []


def test_every_name_on_a_page_of_guests_is_shown_whole() -> None:
    guests = tuple(
        NamedGuest(name=f"{number:02} {'&' * 50}", guest=Guest(person_id=str(number), said=Said.YES, way=ROOM))
        for number in range(40)
    )
    found = GuestList(event=an_event(), guests=guests, page=0, pages=1, total=40, zone="UTC")

    shown = str(guests_modal(found))

    assert [number for number in range(40) if f"{number:02} {'&amp;' * 50}" not in shown] == []
    assert "…" not in shown
