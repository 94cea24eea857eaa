"""Events through the workspace: everybody answers, hears of it, and says that they came."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import NotFound
from domain.event_answers import NotOpenYet, Said
from domain.events import Attending, EventBegun, EventOff
from domain.people import Role
from handlers import texts
from handlers.events_home import home_blocks
from handlers.ids import Action, Field
from handlers.ids.choices import NO
from services.events.look import event_details
from storage.migrations import StoreName
from tests.acting.events import event_messages, let_it_be_day, open_event, plan, press_in_list, told, words
from tests.builders.people import TEAM, account_of
from tests.fixtures.products import Product
from tests.looking.queries import queries_of

WORDS = texts.events
STARTS = datetime(2027, 1, 14, 18, tzinfo=UTC)
"""10:00 in Los Angeles."""


def go_to(product: Product, at: datetime) -> None:
    product.advance(at - product.clock.now())


def test_scholar_says_yes_is_reminded_twice_and_says_that_they_are_there(each_product: Product) -> None:
    product = each_product
    event_id = plan(product, **{Field.LINK: "https://meet.example.org/a?b=1&c=2"})
    scholar = product.scholar

    press_in_list(scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)
    go_to(product, STARTS - timedelta(hours=24))
    go_to(product, STARTS - timedelta(minutes=15))
    press_in_list(scholar, event_id, Action.EVENT_HERE, WORDS.SAID_HERE)

    assert told(scholar) == [
        "Tomorrow: Reading papers, Thu 14 Jan, 10:00 PST to 11:00 PST.",
        "In 15 minutes: Reading papers, Thu 14 Jan, 10:00 PST to 11:00 PST.",
    ]
    assert "<https://meet.example.org/a?b=1&amp;c=2|Link>" in str(event_messages(scholar)[-1]["blocks"])
    open_event(scholar, event_id)
    assert WORDS.MINE_CAME in words(scholar)


def test_who_says_maybe_no_or_nothing_is_not_reminded(product: Product) -> None:
    event_id = plan(product)
    press_in_list(product.scholar, event_id, Action.EVENT_MAYBE, WORDS.SAID_MAYBE)
    press_in_list(product.actor("bo"), event_id, Action.EVENT_YES, WORDS.SAID_YES)
    press_in_list(product.actor("bo"), event_id, Action.EVENT_NO, WORDS.SAID_NO)

    go_to(product, STARTS)

    assert [told(product.actor(who)) for who in ("ada", "bo", "cleo")] == [[], [], []]


@pytest.mark.parametrize("who", ["ada", "cleo", "eli", "max", "sam"])
def test_everybody_invited_answers_whatever_they_are(product: Product, who: str) -> None:
    event_id = plan(product)

    press_in_list(product.actor(who), event_id, Action.EVENT_YES, WORDS.SAID_YES)

    open_event(product.actor("sam"), event_id)
    assert WORDS.COME[1] in words(product.actor("sam"))


def test_event_for_scholars_stands_in_no_mentors_list_and_its_buttons_lead_nowhere(product: Product) -> None:
    event_id = plan(product, **{Field.WHO: [Role.SCHOLAR.value]})
    mentor = product.actor("max")

    mentor.open("/events", WORDS.TITLE)

    assert WORDS.NONE in words(mentor)
    desk = product.runtime.desk
    with pytest.raises(NotFound):
        event_details(desk, desk.people.who(account_of("max"), TEAM), event_id)


def test_full_room_has_a_line_and_who_comes_up_is_told(product: Product) -> None:
    let_it_be_day(product)
    event_id = plan(product, **{Field.ROOM_SEATS: "1"})
    scholar, second = product.scholar, product.actor("bo")
    press_in_list(scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)
    press_in_list(second, event_id, Action.EVENT_YES, WORDS.SAID_WAITING)
    open_event(second, event_id)
    waits = words(second)
    second.close(everything=True)

    press_in_list(scholar, event_id, Action.EVENT_NO, WORDS.SAID_NO)
    product.deliver()
    second.wait(home=WORDS.MINE[Said.YES])  # nobody has opened it

    assert WORDS.MINE_PLACE.format(place=1) in waits
    assert told(second) == ["You have a seat now: Reading papers, Thu 14 Jan, 10:00 PST to 11:00 PST."]


def test_full_room_without_a_line_says_so_and_shows_what_stands(product: Product) -> None:
    event_id = plan(product, **{Field.ROOM_SEATS: "1", Field.WAITLIST: NO})
    late = product.actor("bo")
    late.open("/events", WORDS.TITLE)
    press_in_list(product.scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)

    late.press(Action.EVENT_YES, block_id=f"event.{event_id}")
    late.wait(modal="Every seat is taken. Please look again")

    assert "1 person comes; no seat left" in words(late)
    assert Action.EVENT_YES not in str(late.modal())


def test_hybrid_event_asks_which_way_and_shows_both_numbers(product: Product) -> None:
    event_id = plan(product, **{Field.FORMAT: "hybrid", Field.ROOM_SEATS: "1"})
    press_in_list(product.scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)
    second = product.actor("bo")
    press_in_list(second, event_id, Action.EVENT_YES_ONLINE, WORDS.SAID_YES)
    press_in_list(second, event_id, Action.EVENT_YES, WORDS.SAID_WAITING_WAY[Attending.ROOM])

    open_event(second, event_id)

    assert WORDS.MINE_WAITS_TOO[Attending.ROOM] in words(second)
    assert "2 people come (1 in the room, 1 online); in the room: no seat left; 1 in line" in words(second)


def test_names_of_who_comes_are_shown_to_host_and_staff_alone(product: Product) -> None:
    event_id = plan(product, **{Field.HOST: account_of("cleo")})
    press_in_list(product.scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)
    seen = {}
    for who in ("bo", "cleo", "sam"):
        actor = product.actor(who)
        open_event(actor, event_id)
        if Action.OPEN_GUESTS in words(actor):
            actor.press(Action.OPEN_GUESTS)
            actor.wait(title=WORDS.GUESTS_TITLE)
        seen[who] = "Ada" in words(actor)

    assert seen == {"bo": False, "cleo": True, "sam": True}


def test_press_in_a_message_or_on_a_list_of_before_says_what_has_become_of_it(product: Product) -> None:
    let_it_be_day(product)
    event_id = plan(product)
    scholar, staff = product.scholar, product.actor("sam")
    press_in_list(scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)
    go_to(product, STARTS - timedelta(hours=24))
    [reminder] = event_messages(scholar)
    scholar.open("/events", WORDS.TITLE)
    open_event(staff, event_id)
    staff.press(Action.OPEN_CALL_OFF_EVENT)
    staff.wait(title=WORDS.CALL_OFF)
    staff.fill(Field.REASON, "The speaker is <!channel> ill.")
    staff.submit()
    staff.wait(modal=WORDS.CALLED_OFF.format(people=WORDS.ONE_PERSON)[:40])
    product.deliver()

    scholar.press(Action.EVENT_MAYBE, block_id=f"event.{event_id}")
    scholar.wait(modal=EventOff().message[:30])
    scholar.close(everything=True)
    scholar.press_message(reminder, Action.EVENT_NO)
    scholar.wait(text=EventOff().message)

    assert told(scholar)[-1] == "Called off: Reading papers, Thu 14 Jan, 10:00 PST to 11:00 PST."
    assert "The speaker is &lt;!channel&gt; ill." in str(event_messages(scholar)[-1]["blocks"])
    go_to(product, STARTS)
    assert len(told(scholar)) == 2


def test_answer_and_press_at_the_wrong_time_are_told(product: Product) -> None:
    event_id = plan(product)
    scholar, second = product.scholar, product.actor("bo")
    scholar.open("/events", WORDS.TITLE)
    go_to(product, STARTS - timedelta(minutes=10))
    second.open("/events", WORDS.TITLE)
    go_to(product, STARTS + timedelta(hours=6))

    scholar.press(Action.EVENT_YES, block_id=f"event.{event_id}")
    scholar.wait(modal=EventBegun().message[:30])
    second.press(Action.EVENT_HERE, block_id=f"event.{event_id}")
    second.wait(modal=NotOpenYet().message[:40])


def test_double_press_and_a_delivery_that_comes_twice_are_one_answer(product: Product) -> None:
    event_id = plan(product)
    scholar = product.scholar
    scholar.open("/events", WORDS.TITLE)

    scholar.press(Action.EVENT_YES, block_id=f"event.{event_id}")
    scholar.wait(modal=WORDS.SAID_YES[:30])
    product.workspace.redeliver()
    scholar.press(Action.EVENT_YES, block_id=f"event.{event_id}")
    scholar.wait(modal=WORDS.SAID_YES[:30])

    go_to(product, STARTS - timedelta(hours=24))
    go_to(product, STARTS - timedelta(minutes=15))
    assert len(told(scholar)) == 2
    open_event(product.actor("sam"), event_id)
    assert WORDS.COME[1] in words(product.actor("sam"))


def test_calendar_file_comes_on_a_press_and_anew_when_it_is_called_off(product: Product) -> None:
    let_it_be_day(product)
    event_id = plan(product)
    scholar, staff = product.scholar, product.actor("sam")
    press_in_list(scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)
    open_event(scholar, event_id)
    scholar.press(Action.EVENT_FILE)
    scholar.wait(modal=WORDS.FILE_SENT[:30])
    scholar.close(everything=True)
    product.deliver()
    open_event(staff, event_id)
    staff.press(Action.OPEN_CALL_OFF_EVENT)
    staff.wait(title=WORDS.CALL_OFF)
    staff.submit()
    product.deliver()

    files = [file["id"] for message in scholar.messages() for file in message.get("files", ())]
    texts_ = [product.workspace.file_text(each) for each in files]

    assert [("METHOD:PUBLISH" in each, "METHOD:CANCEL" in each) for each in texts_] == [(True, False), (False, True)]
    assert [f"UID:event-{event_id}@scholarbot" in each for each in texts_] == [True, True]
    assert ["SEQUENCE:0" in texts_[0], "SEQUENCE:1" in texts_[1]] == [True, True]


def test_week_at_home_has_ones_answers_and_asks_one_query(product: Product) -> None:
    desk = product.runtime.desk
    ada = desk.people.who(account_of("ada"), TEAM)
    nothing = home_blocks(desk, ada)
    event_id = plan(product)
    press_in_list(product.scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)

    own = product.stores.open(StoreName.PROGRAM)  # the product's is asked for Home tabs meanwhile
    with queries_of(own) as asked:
        blocks = home_blocks(replace(desk, program=own), ada)

    assert (nothing, len(asked)) == ([], 1)
    assert WORDS.WEEK in str(blocks)
    assert WORDS.MINE[Said.YES] in str(blocks)
