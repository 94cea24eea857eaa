"""Events in words: numbers without names, what can be answered, and nothing that is cut."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.audience import Audience
from domain.event_answers import Guest, Numbers, Said
from domain.events import Attending, EventFormat, Status
from domain.people import Role
from domain.ports import Block
from handlers import texts
from handlers.ids import Action, Field
from handlers.views.audience_words import audience_said
from handlers.views.event import event_modal, guests_modal
from handlers.views.event_forms import asking_first, repeat_form
from handlers.views.event_messages import event_message
from handlers.views.event_words import answer_words, come_words, mine_words, past_words, where_marked
from handlers.views.events import answer_buttons, week_blocks
from services.events.attendance import GuestList, NamedGuest
from services.events.deliveries import DAY_BEFORE, QUARTER, EventMessage, rungs_ahead
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
        (
            {"said": Said.YES, "way": ROOM, "waits_for": REMOTE},
            "You said yes: in the room. You also wait for a seat online.",
        ),
        ({"said": Said.NO, "came_way": ROOM}, "It is noted that you were there."),
    ],
)
def test_own_answer_is_said_in_one_sentence(guest: dict[str, Any], said: str) -> None:
    event = an_event(a_plan(format=EventFormat.HYBRID))

    assert mine_words(event, Guest(person_id="ada", **guest), place=2) == said


YES = Guest(person_id="ada", said=Said.YES, way=ROOM)
CAME_ROOM = Guest(person_id="ada", came_way=ROOM, came_by="ada")
ANSWERS = [Action.EVENT_YES, Action.EVENT_MAYBE, Action.EVENT_NO]


@pytest.mark.parametrize(
    ("line", "at", "buttons"),
    [
        (a_line(), NOON, ANSWERS),
        (a_line(format=EventFormat.REMOTE), NOON, [Action.EVENT_YES_ONLINE, Action.EVENT_MAYBE, Action.EVENT_NO]),
        (a_line(closes=NOON), NOON, []),
        (a_line(YES, closes=NOON), NOON, ANSWERS),
        (a_line(Guest(person_id="ada", said=Said.MAYBE), closes=NOON), NOON, [Action.EVENT_NO]),
        (a_line(), STARTS - 15 * MINUTE, [Action.EVENT_HERE, Action.EVENT_NO]),
        (a_line(), STARTS, [Action.EVENT_HERE]),
        (a_line(replace(YES, came_way=ROOM)), STARTS - MINUTE, []),
        (a_line(format=EventFormat.HYBRID), STARTS, [Action.EVENT_HERE, Action.EVENT_HERE_ONLINE]),
        (a_line(CAME_ROOM, format=EventFormat.HYBRID), STARTS, [Action.EVENT_HERE_ONLINE]),
        (a_line(replace(CAME_ROOM, came_by="sam"), format=EventFormat.HYBRID), STARTS, []),
        (a_line(), STARTS - 16 * MINUTE, ANSWERS),
        (a_line(replace(YES, came_way=ROOM)), STARTS, []),
        (a_line(), STARTS + timedelta(hours=6), []),
    ],
)
def test_buttons_are_those_that_lead_somewhere(line: EventLine, at: Any, buttons: list[Action]) -> None:
    assert [each["action_id"] for each in answer_buttons(line, numbers(), at)] == buttons


def test_answer_that_was_given_is_marked() -> None:
    found = answer_buttons(a_line(YES), numbers(1), NOON)

    assert marked(found) == [Action.EVENT_YES]


def marked(found: list[Block]) -> list[str]:
    return [each["action_id"] for each in found if each.get("style") == "primary"]


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

    assert found == [*said, "Maybe", "Leave the line" if line.guest.waits_for else "No"]


@pytest.mark.parametrize(
    ("line", "buttons"),
    [
        (a_line(YES, **HYBRID), [Action.EVENT_YES]),
        (a_line(replace(YES, way=REMOTE), **HYBRID), [Action.EVENT_YES_ONLINE]),
        (a_line(replace(YES, way=REMOTE, waits_for=ROOM, line_no=1), **HYBRID), [Action.EVENT_YES_ONLINE]),
        (a_line(Guest(person_id="ada", waits_for=ROOM, line_no=1), **HYBRID), []),
        (a_line(Guest(person_id="ada", waits_for=ROOM, line_no=1), room_seats=2), [Action.EVENT_YES]),
    ],
)
def test_of_two_ways_the_one_with_the_seat_is_marked_and_of_one_waiting_too(
    line: EventLine, buttons: list[Action]
) -> None:
    assert marked(answer_buttons(line, numbers(2, 1), NOON)) == buttons


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
    assert [block for block in week_blocks([a_line()] * 8) if block["type"] == "context"] == []
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


WAITS_ONLINE = Guest(person_id="ada", said=Said.YES, way=ROOM, waits_for=REMOTE, line_no=1)


@pytest.mark.parametrize(
    ("guest", "is_invited", "is_over", "said"),
    [
        (Guest(person_id="sam"), False, False, "It is for others; you see it as its host or as staff."),
        (Guest(person_id="sam", said=Said.NO), False, False, "You said no."),
        (Guest(person_id="ada"), True, True, "It is over."),
        (Guest(person_id="sam"), False, True, "It is over."),
        (Guest(person_id="ada", waits_for=ROOM, line_no=1), True, True, "It is over."),
        (WAITS_ONLINE, True, True, "You said yes: in the room."),
    ],
)
def test_own_answer_asks_nobody_who_is_not_invited_nor_after_the_end(
    guest: Guest, said: str, *, is_invited: bool, is_over: bool
) -> None:
    event = an_event(a_plan(format=EventFormat.HYBRID))

    assert mine_words(event, guest, is_invited=is_invited, is_over=is_over) == said


SEAT = "Good: you have a seat."
HEAR = "You hear from me as soon as it is yours."


@pytest.mark.parametrize(
    ("guest", "rungs", "said"),
    [
        (YES, (DAY_BEFORE, QUARTER), f"{SEAT} I remind you the day before and 15 minutes before."),
        (YES, (QUARTER,), f"{SEAT} I remind you 15 minutes before."),
        (YES, (), SEAT),
        (
            WAITS_ONLINE,
            (QUARTER,),
            f"Every seat online is taken, so you wait for one. {HEAR} Your seat in the room stays yours.",
        ),
        (
            Guest(person_id="ada", waits_for=ROOM, line_no=1),
            (),
            f"Every seat in the room is taken, so you wait for one. {HEAR}",
        ),
        (Guest(person_id="ada", said=Said.MAYBE), (QUARTER,), texts.events.SAID_MAYBE),
        (Guest(person_id="ada", said=Said.NO), (QUARTER,), texts.events.SAID_NO),
    ],
)
def test_answer_says_which_reminders_come_or_for_what_one_waits(
    guest: Guest, rungs: tuple[str, ...], said: str
) -> None:
    assert answer_words(an_event(a_plan(format=EventFormat.HYBRID)), guest, rungs=rungs) == said


def test_one_who_waits_for_the_only_way_is_told_so_in_other_words() -> None:
    waits = Guest(person_id="ada", waits_for=ROOM, line_no=1)

    assert answer_words(an_event(), waits, rungs=()) == texts.events.SAID_WAITING


@pytest.mark.parametrize(
    ("at", "rungs"),
    [
        (STARTS - timedelta(hours=25), (DAY_BEFORE, QUARTER)),
        (STARTS - timedelta(hours=24), (QUARTER,)),
        (STARTS - 16 * MINUTE, (QUARTER,)),
        (STARTS - 15 * MINUTE, ()),
    ],
)
def test_reminders_that_are_promised_are_those_still_ahead(at: datetime, rungs: tuple[str, ...]) -> None:
    assert rungs_ahead(an_event(), "Europe/London", now=at) == rungs


def test_event_that_is_over_says_once_how_many_had_said_yes_and_came() -> None:
    some = replace(numbers(2, 1), came={ROOM: 1, REMOTE: 2}, came_unasked=1)

    assert past_words(a_plan(), numbers(2)) == "2 had said yes; nobody has noted yet who came"
    assert past_words(a_plan(), replace(some, came={ROOM: 1, REMOTE: 0})) == (
        "3 had said yes, 1 came; 1 of them without a yes"
    )
    assert past_words(a_plan(format=EventFormat.HYBRID), some) == (
        "3 had said yes, 3 came (1 in the room, 2 online); 1 of them without a yes"
    )


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        (Audience(everyone=True), "Everyone in the program"),
        (Audience(everyone=True, sites=("London & Co",)), "Everyone in the program\nSites: London &amp; Co"),
        (
            Audience(roles=(Role.SCHOLAR, Role.MENTOR), cohorts=("2027",), phases=("Research", "Extension")),
            "Scholars, Mentors\nCohorts: 2027\nPhases: Research, Extension",
        ),
        (Audience(streams=("Stream of Max",)), "One stream"),
        (Audience(streams=("Stream of Max", "Q"), people=("ada",)), "2 streams\nAnd people who were chosen by name"),
        (Audience(people=("ada", "bo")), "People who were chosen by name"),
    ],
    ids=str,
)
def test_whom_an_event_is_for_is_said_without_a_name(audience: Audience, said: str) -> None:
    assert [block["text"]["text"] for block in audience_said(audience)] == [said]


def test_who_came_or_speaks_without_an_answer_stands_among_those_who_did() -> None:
    speaks, came = Guest(person_id="ada"), Guest(person_id="bo", came_way=ROOM)
    guests = (NamedGuest(name="Ada", guest=speaks), NamedGuest(name="Bo", guest=came))
    found = GuestList(event=an_event(), guests=guests, page=0, pages=1, total=2, zone="UTC")

    shown = [block["text"]["text"] for block in guests_modal(found)["blocks"]]

    assert shown == ["*Came without an answer*\nBo (was there)", "*Lightning talk, and no answer*\nAda"]
