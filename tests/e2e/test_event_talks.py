"""Lightning talks through the workspace: signed up for, arranged, withdrawn, asked about when their speaker says no."""

from domain.event_answers import Said
from handlers import texts
from handlers.ids import EVERYBODY, Action, Field
from handlers.views.event import TALKS_ON_PAGE
from storage.program import event_guest_queries
from tests.acting.events import (
    event_messages,
    let_it_be_day,
    open_event,
    open_form,
    plan,
    press_in_list,
    told,
    wait_for_event,
    words,
)
from tests.builders.people import PROGRAM
from tests.fixtures.products import Product

WORDS = texts.events


def test_talks_are_signed_up_for_arranged_and_seen_by_everybody_invited(product: Product) -> None:
    let_it_be_day(product)
    event_id = plan(product, **{Field.TALK_SLOTS: "1", Field.TALK_MINUTES: "5"})
    staff, scholar, second = product.actor("sam"), product.scholar, product.actor("bo")
    talks = ((scholar, "On <!here> cats", WORDS.TALK_SAVED), (second, "On dogs", WORDS.TALK_IN_LINE))
    for who, title, said in talks:
        open_form(who, event_id, Action.OPEN_TALK, WORDS.TALK_TITLE)
        assert WORDS.TALK_PUBLIC.format(minutes=5) in words(who)
        who.fill(Field.TALK, title)
        who.submit()
        who.wait(modal=said)
        who.close(everything=True)
    open_event(product.actor("dev"), event_id)
    seen = words(product.actor("dev"))
    open_form(staff, event_id, Action.OPEN_TALKS, WORDS.TALKS_TITLE)
    staff.press(Action.RAISE_TALK, block_id="talk.2")
    staff.wait(modal="1. On dogs")
    product.deliver()
    staff.press(Action.REMOVE_TALK, block_id="talk.1")
    staff.wait(modal="1. On &lt;!here&gt; cats")
    product.deliver()

    assert "1. On &lt;!here&gt; cats · Ada" in seen
    assert "In line: On dogs · Bo" in seen
    what = "Reading papers, Thu 14 Jan, 10:00 PST to 11:00 PST."
    assert told(second) == [WORDS.SLOT.format(what=what), WORDS.TALK_TAKEN_OFF.format(what=what)]
    assert told(scholar) == [WORDS.TALK_WAITS_AGAIN.format(what=what), WORDS.SLOT.format(what=what)]
    assert WORDS.TALK_TAKEN_OFF_MORE in str(event_messages(second)[-1]["blocks"])
    staff.close(everything=True)
    open_form(staff, event_id, Action.SEE_EVENT_TRAIL, texts.trail.TITLE)
    assert "removed a talk (Bo) by *Sam*" in words(staff)
    assert "moved a talk up (Bo) by *Sam*" in words(staff)


def test_talk_of_who_says_no_or_waits_is_asked_about_and_marked_for_the_host_alone(product: Product) -> None:
    event_id = plan(product, **{Field.TALK_SLOTS: "1", Field.TALK_MINUTES: "5", Field.ROOM_SEATS: "1"})
    speaker, second, staff = product.scholar, product.actor("bo"), product.actor("sam")
    press_in_list(product.actor("dev"), event_id, Action.EVENT_YES, WORDS.SAID_YES)
    for who in (speaker, second):
        open_form(who, event_id, Action.OPEN_TALK, WORDS.TALK_TITLE)
        who.fill(Field.TALK, "Cats")
        who.submit()
        who.wait(modal=WORDS.TALK_STAYS[Said.NOTHING])
        who.close(everything=True)
    press_in_list(speaker, event_id, Action.EVENT_NO, f"{WORDS.SAID_NO} {WORDS.TALK_STAYS[Said.NO]}")
    second.open("/events", WORDS.TITLE)
    second.press(Action.EVENT_YES, block_id=f"event.{event_id}")
    second.wait(modal=WORDS.TALK_STAYS_WAITING)
    second.close(everything=True)

    open_event(staff, event_id)
    open_event(speaker, event_id)
    open_event(product.actor("dev"), event_id)

    assert "1. Cats · Ada (has said no)" in words(staff)
    assert "In line: Cats · Bo (waits for a seat)" in words(staff)
    assert WORDS.TALK_STAYS[Said.NO] in words(speaker)
    assert WORDS.TALK_REMARKS[Said.NO] not in words(product.actor("dev"))


def test_talk_of_the_second_page_is_arranged_there(product: Product) -> None:
    let_it_be_day(product)
    event_id, staff = plan(product, **{Field.TALK_SLOTS: "50", Field.TALK_MINUTES: "1"}), product.actor("sam")
    put_talks(product, event_id, TALKS_ON_PAGE + 2)
    open_form(staff, event_id, Action.OPEN_TALKS, WORDS.TALKS_TITLE)
    first = words(staff)
    staff.press(f"{Action.TURN_TALKS}:next", block_id="talks.turn")
    staff.wait(modal=f"{TALKS_ON_PAGE + 2}. Talk {TALKS_ON_PAGE + 2} ·")

    staff.press(Action.RAISE_TALK, block_id=f"talk.{TALKS_ON_PAGE + 2}")

    staff.wait(modal=f"{TALKS_ON_PAGE + 1}. Talk {TALKS_ON_PAGE + 2} ·")
    assert f"Talk {TALKS_ON_PAGE} ·" in first
    assert f"Talk {TALKS_ON_PAGE + 1} ·" not in first


def put_talks(product: Product, event_id: str, number: int) -> None:
    """So many people have signed up."""
    with product.stores.program.write() as connection:
        for each in range(1, number + 1):
            values = {"event_id": event_id, "person_id": f"t{each}", "program_id": PROGRAM, "title": f"Talk {each}"}
            event_guest_queries.save_talk(connection, values | {"place_no": each, "signed_at": each})


def test_own_talk_is_changed_and_withdrawn_with_a_press(product: Product) -> None:
    event_id = plan(product, **{Field.TALK_SLOTS: "1", Field.TALK_MINUTES: "5", Field.WHO: [EVERYBODY]})
    scholar = product.scholar
    open_form(scholar, event_id, Action.OPEN_TALK, WORDS.TALK_TITLE)
    scholar.fill(Field.TALK, "Cats")
    scholar.submit()
    scholar.wait(modal=WORDS.TALK_SAVED)
    scholar.close()
    wait_for_event(scholar, event_id)
    scholar.wait(modal=WORDS.TALK_BACK)
    scholar.press(Action.WITHDRAW_TALK)
    scholar.wait(modal=WORDS.TALK_GONE)

    assert "Cats" not in words(scholar)
    assert WORDS.TALK_SIGN in words(scholar)
