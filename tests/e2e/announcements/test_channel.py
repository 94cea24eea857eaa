"""Announcements that stand in a channel, in the running product."""

from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from domain.announcements import InChannel, NotForYou
from domain.people import Person
from domain.ports import View
from handlers import announcement_shown
from handlers.ids import Action, Field
from handlers.views.announcement_preview import preview_modal
from services.announcements.facts import Announcement
from services.delivery.watch import HELD, SAYS
from services.desk import Desk
from tests.acting.announcing import (
    BODY,
    CRITICAL,
    NO_ACK,
    WORDS,
    announce,
    fill_announcement,
    go_out,
    open_one,
    second_staff,
    told,
)
from tests.acting.teams import wait_until
from tests.fixtures.products import PEOPLE, Product

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENOUGH_SECONDS = 10


def test_channel_has_the_message_of_record_and_a_press_there_is_answered_privately(product: Product) -> None:
    channel = product.workspace.channel_id("general")
    product.workspace.invite(channel, product.workspace.bot_id())
    announce(product, {Field.CHANNEL: channel})
    ada, bo = product.scholar, product.actor("bo")
    record = next(message for message in ada.messages() if message["channel"] == channel)

    ada.press_message(record, Action.ACKNOWLEDGE)
    wait_until(lambda: any(each["is_ephemeral"] and "Acknowledged " in str(each) for each in ada.messages()))
    product.advance(3 * HOUR)

    in_dms = [[each for each in told(actor) if each["channel"] != channel] for actor in (ada, bo)]
    assert [len(each) for each in in_dms] == [0, 1]
    assert Action.ACKNOWLEDGE in str(next(each for each in bo.messages() if each["channel"] == channel))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("archived", "is archived"),
        ("not invited", "I am not in the channel you chose"),
        ("without Ada", "1 of them is not in #general"),
    ],
)
def test_preview_says_what_is_in_the_way_in_a_channel(product: Product, state: str, words: str) -> None:
    workspace, channel = product.workspace, product.workspace.channel_id("general")
    staff = product.actor("sam")
    fill_announcement(staff, {Field.CHANNEL: channel})
    if state != "not invited":
        workspace.invite(channel, workspace.bot_id())
    if state == "archived":
        workspace.archive(channel)
    if state == "without Ada":
        workspace.remove(channel, product.scholar.id)

    staff.submit()

    staff.wait(modal=words)
    assert staff.modal()["title"]["text"] == WORDS.PREVIEW_TITLE


@pytest.mark.parametrize(("state", "words"), [("archived", "is archived"), ("not invited", WORDS.CHANNEL_NOT_IN)])
def test_draft_that_is_opened_again_says_what_is_in_the_way_in_its_channel(
    product: Product, state: str, words: str
) -> None:
    channel, staff = product.workspace.channel_id("general"), product.actor("sam")
    fill_announcement(staff, {Field.CHANNEL: channel})
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)
    staff.close(everything=True)
    if state == "archived":
        product.workspace.archive(channel)

    open_one(staff, is_draft=True)

    staff.wait(modal=words)
    assert ("submit" in {key for key, value in staff.modal().items() if value}) == (state == "not invited")


def test_what_is_in_the_way_in_a_channel_comes_behind_the_preview(
    each_product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack puts the answer to a form over whatever came before it."""
    screens, has_answer, was_in_time = each_product.runtime.screens, Event(), list[bool]()
    staff = each_product.actor("sam")
    fill_announcement(staff, {Field.CHANNEL: each_product.workspace.channel_id("general")})
    go_on_with = screens.answered

    def answered() -> None:
        was_in_time.append(has_answer.wait(timeout=ENOUGH_SECONDS))
        go_on_with()

    monkeypatch.setattr(screens, "answered", answered)
    staff.submit()
    has_answer.set()

    staff.wait(modal="I am not in the channel you chose")
    assert was_in_time == [True]


def test_look_at_a_channel_that_comes_behind_what_was_sent_off_meanwhile_gives_way_to_it(
    each_product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was found while there was still a draft, and Slack puts it over the answer to what was pressed since."""
    is_looking, is_sent_off, was_looked_after = Event(), Event(), Event()
    moved_on = announcement_shown.moved_on

    def slow_look(*what: Any, **more: Any) -> View:
        if "channel" in more:
            is_looking.set()
            assert is_sent_off.wait(timeout=ENOUGH_SECONDS)
        return preview_modal(*what, **more)

    def looked_after(desk: Desk, person: Person, found: Announcement) -> View | None:
        now = moved_on(desk, person, found)
        was_looked_after.set()
        return now

    monkeypatch.setattr(announcement_shown, "preview_modal", slow_look)
    monkeypatch.setattr(announcement_shown, "moved_on", looked_after)
    staff = each_product.actor("sam")
    fill_announcement(staff, {Field.CHANNEL: each_product.workspace.channel_id("general")})
    staff.submit()
    assert is_looking.wait(timeout=ENOUGH_SECONDS)
    staff.submit()
    staff.wait(title=WORDS.TITLE)

    is_sent_off.set()

    assert was_looked_after.wait(timeout=ENOUGH_SECONDS)
    staff.wait(title=WORDS.TITLE)
    assert WORDS.SENT_OFF in str(staff.modal())


def test_preview_counts_the_people_in_the_channel_whom_it_is_not_for_and_no_bot(product: Product) -> None:
    workspace, channel = product.workspace, product.workspace.channel_id("general")
    workspace.invite(channel, workspace.bot_id())
    staff = product.actor("sam")
    fill_announcement(staff, {Field.CHANNEL: channel, Field.WHO: [], Field.PEOPLE: [product.scholar.id]})

    staff.submit()

    others = len(PEOPLE) - len({"ada", "sam"})
    staff.wait(modal=WORDS.CHANNEL_OTHERS.format(number=others, name="general"))


@pytest.mark.parametrize("trouble", ["archived", "not invited"])
def test_closed_channel_is_told_to_the_author_and_everybody_is_served(product: Product, trouble: str) -> None:
    channel = product.workspace.channel_id("general")
    staff = product.actor("sam")
    fill_announcement(staff, {Field.CHANNEL: channel, **NO_ACK})
    staff.submit()
    staff.wait(modal=WORDS.CHANNEL_NOT_IN)
    if trouble == "archived":
        product.workspace.archive(channel)
    staff.submit()
    staff.wait(title=WORDS.TITLE)
    go_out(product)
    product.advance(MINUTE)

    heard = str(product.actor("sam").messages())
    assert (
        WORDS.IN_CHANNEL[InChannel.CLOSED].format(channel=f"<#{channel}>") in heard,
        WORDS.ALL_THE_SAME in heard,
    ) == (
        True,
        True,
    )
    assert (WORDS.PARTLY_NONE in heard, SAYS[HELD] in heard) == (False, False)
    assert (len(told(product.scholar)), len(told(product.actor("bo")))) == (1, 1)


def test_taking_back_what_stands_in_a_channel_changes_it_and_does_not_count_who_read_it_there(product: Product) -> None:
    channel = product.workspace.channel_id("general")
    product.workspace.invite(channel, product.workspace.bot_id())
    announce(product, {Field.CHANNEL: channel})
    staff = product.actor("sam")
    open_one(staff)

    staff.press(Action.RETRACT_ANNOUNCEMENT)
    staff.wait(modal=f"{WORDS.RETRACTED_NOBODY} {WORDS.RETRACTED_IN_CHANNEL}")
    product.deliver()

    record = next(message for message in product.scholar.messages() if message["channel"] == channel)
    assert (WORDS.RETRACTED in str(record), BODY in str(record)) == (True, False)


@pytest.mark.parametrize("deed", ["taken back", "another text"])
def test_press_on_an_older_copy_in_the_channel_is_answered_with_what_holds_now(product: Product, deed: str) -> None:
    channel = product.workspace.channel_id("general")
    product.workspace.invite(channel, product.workspace.bot_id())
    announce(product, {Field.CHANNEL: channel})
    ada, staff = product.scholar, product.actor("sam")
    older = next(message for message in ada.messages() if message["channel"] == channel)
    open_one(staff)
    if deed == "taken back":
        staff.press(Action.RETRACT_ANNOUNCEMENT)
        staff.wait(modal=WORDS.RETRACTED_NOBODY)
    else:
        staff.press(Action.CORRECT_ANNOUNCEMENT)
        staff.wait(title=WORDS.CORRECT_TITLE)
        staff.fill(Field.BODY, "The room has changed.")
        staff.submit()
        staff.wait(modal=WORDS.CORRECT_SAVED)

    # Nothing is delivered in between, so what stands there is as a copy that nobody can change.
    for said in (WORDS.ACKNOWLEDGED, WORDS.ALREADY):
        ada.press_message(older, Action.ACKNOWLEDGE)
        ada.wait(text=said.partition("{")[0])

    answers = [str(each) for each in ada.messages() if each["is_ephemeral"]]
    holds = WORDS.RETRACTED if deed == "taken back" else "The room has changed."
    assert [(holds in each, BODY in each, Action.ACKNOWLEDGE in each) for each in answers] == [(True, False, False)] * 2


def test_taking_back_what_never_stood_in_its_channel_says_nothing_of_who_has_seen_it_there(product: Product) -> None:
    announce(product, {Field.CHANNEL: product.workspace.channel_id("general")})  # the bot is not in it
    staff = product.actor("sam")
    open_one(staff)

    staff.press(Action.RETRACT_ANNOUNCEMENT)
    staff.wait(modal=WORDS.RETRACTED_NOBODY)

    assert WORDS.RETRACTED_IN_CHANNEL not in str(staff.modal())


def test_whoever_is_asked_for_a_yes_reads_that_the_bot_is_not_in_the_channel(product: Product) -> None:
    sue, sam = second_staff(product), product.actor("sam")
    announce(product, {**CRITICAL, Field.CHANNEL: product.workspace.channel_id("general")})

    sue.press_message(sue.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sue.wait(modal=WORDS.CHANNEL_NOT_IN)
    open_one(sam)
    sam.wait(modal=WORDS.CHANNEL_NOT_IN)

    for staff in sue, sam:
        assert ("For 2 people" in str(staff.modal()), "When: " in str(staff.modal())) == (True, True)


def test_press_in_a_channel_by_somebody_it_was_not_for_says_so(product: Product) -> None:
    channel = product.workspace.channel_id("general")
    product.workspace.invite(channel, product.workspace.bot_id())
    announce(product, {Field.CHANNEL: channel})
    coach = product.coach
    record = next(message for message in coach.messages() if message["channel"] == channel)

    coach.press_message(record, Action.ACKNOWLEDGE)

    coach.wait(text=NotForYou().message)
