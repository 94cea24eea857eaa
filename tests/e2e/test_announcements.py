"""Announcements in the running product: from the form to the press, through real sockets."""

from datetime import timedelta

import pytest

from domain.announcements import BODY_MAX
from domain.people import Role
from handlers import texts
from handlers.ids import Action, Field, Shortcut
from tests.acting.announcing import (
    BODY,
    CRITICAL,
    NO_ACK,
    TITLE,
    WORDS,
    announce,
    fill_announcement,
    go_out,
    open_one,
    pressed,
    second_staff,
    told,
    wake,
)
from tests.acting.teams import wait_until
from tests.fixtures.products import Product

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def product(product: Product) -> Product:
    """At noon for readers and staff."""
    wake(product, "ada", "bo", "sam", "sue")
    return product


def shown(blocks: object) -> str:
    return str(blocks)


def test_important_announcement_reaches_each_reader_and_one_press_stops_only_that_ones_ladder(
    each_product: Product,
) -> None:
    product = each_product
    wake(product, "ada", "bo")
    announce(product)
    ada, bo = product.scholar, product.actor("bo")

    pressed(ada)
    wait_until(lambda: "You acknowledged this" in shown(told(ada)[-1]))
    product.advance(5 * HOUR)

    assert (len(told(ada)), len(told(bo))) == (1, 2)
    assert WORDS.AGAIN in shown(told(bo)[-1])
    assert Action.ACKNOWLEDGE not in shown(told(ada)[-1])
    assert [actor for actor in ("max", "cleo", "sam") if told(product.actor(actor))] == []


def test_pressing_twice_says_when_it_was_acknowledged(product: Product) -> None:
    announce(product)
    pressed(product.scholar)
    wait_until(lambda: "You acknowledged this" in shown(told(product.scholar)[-1]))
    before = product.workspace.count_calls()

    product.workspace.redeliver()  # as from another device, which still shows the button

    wait_until(lambda: WORDS.ALREADY.partition("{")[0] in shown(product.scholar.messages()))
    assert before


def test_words_that_would_notify_go_out_as_plain_words_and_links_as_links(product: Product) -> None:
    announce(product, {Field.TITLE: f"<!channel> {TITLE}", Field.BODY: "<!here> <@USAM> @channel https://example.org"})

    message = shown(told(product.scholar)[-1])

    assert "&lt;!here&gt; &lt;@USAM&gt; @channel <https://example.org>" in message
    assert "'text': '&lt;!channel&gt; Plans are due on Friday'" in message


def test_form_with_faults_tells_each_at_its_field_and_keeps_what_was_typed(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(
        staff,
        {
            Field.BODY: "x" * (BODY_MAX + 5),
            Field.WHO: [],
            Field.LINK: "example",
            Field.WHEN: "at",
        },
    )

    errors = staff.submit()["errors"]

    assert set(errors) == {Field.BODY, Field.WHO, "start.day"}
    assert errors[Field.BODY] == f"This is 5 characters too long for Slack ({BODY_MAX} fit)."
    assert staff.modal()["state"]["values"][Field.TITLE][Field.VALUE]["value"] == TITLE


def test_past_time_asks_whether_it_should_go_now(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff, {Field.WHEN: "at", "start.day": "2027-01-10", Field.START: "09:00"})

    errors = staff.submit()["errors"]

    assert list(errors.values()) == [
        'That time has passed. Should it go out now? Then choose "Now"; else please choose a later time.'
    ]


def test_preview_shows_what_readers_see_whom_it_is_for_and_how_many_it_interrupts(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff)
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)

    preview = shown(staff.modal()["blocks"])
    staff.press(Action.SEE_READERS)
    staff.wait(title=WORDS.NAMES_TITLE)

    assert ("For 2 people" in preview, "2 of them get a message at once." in preview) == (True, True)
    assert "Hand in your plan by *Friday*: <https://example.org/plans>" in preview
    assert "Ada, Bo" in shown(staff.modal()["blocks"])
    staff.close(everything=True)
    go_out(product)
    assert told(product.scholar) == []


def test_draft_is_kept_edited_and_sent_later(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff)
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)
    staff.close(everything=True)
    open_one(staff, is_draft=True)
    staff.press(Action.EDIT_ANNOUNCEMENT)
    staff.wait(title=WORDS.EDIT_TITLE)
    staff.fill(Field.BODY, "Another text.")
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)

    staff.submit()
    staff.wait(title=WORDS.TITLE)
    go_out(product)

    assert "Another text." in shown(told(product.scholar)[-1])


def test_critical_announcement_goes_only_after_a_second_yes(product: Product) -> None:
    sue = second_staff(product)
    announce(product, CRITICAL)
    before = told(product.scholar)

    sue.press_message(sue.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sue.wait(title=WORDS.DETAILS_TITLE)
    sue.press(Action.APPROVE_ANNOUNCEMENT)
    sue.wait(modal=WORDS.APPROVED_SAYS)
    go_out(product)

    assert (before, len(told(product.scholar))) == ([], 1)
    assert WORDS.OF_A_CRITICAL_ONE.answered_yes in shown(product.actor("sam").messages()[-1])
    staff = product.actor("sam")
    open_one(staff)
    staff.press(Action.SEE_TRAIL)
    staff.wait(title=WORDS.HISTORY_TITLE)
    assert ("approved by *Sue*" in shown(staff.modal()), "asked for a yes by *Sam*" in shown(staff.modal())) == (
        True,
        True,
    )


def test_no_comes_back_to_its_author_with_the_reason_in_the_modal_and_not_in_the_message(product: Product) -> None:
    sue, sam = second_staff(product), product.actor("sam")
    announce(product, CRITICAL)
    sue.press_message(sue.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sue.wait(title=WORDS.DETAILS_TITLE)
    sue.press(Action.REFUSE_ANNOUNCEMENT)
    sue.wait(title=WORDS.REFUSE_TITLE)
    sue.fill(Field.REASON, "The date is wrong.")
    sue.submit()
    product.deliver()

    assert WORDS.OF_A_CRITICAL_ONE.answered_no in shown(sam.messages()[-1])
    assert "The date is wrong." not in shown(sam.messages())
    sam.press_message(sam.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sam.wait(modal="The date is wrong.")


def test_without_an_answer_its_author_may_send_it_as_important(product: Product) -> None:
    second_staff(product)
    sam = product.actor("sam")
    announce(product, CRITICAL)
    product.advance(16 * MINUTE)

    sam.press_message(sam.messages()[-1], Action.SEND_AS_IMPORTANT)
    sam.wait(title=WORDS.DETAILS_TITLE)
    go_out(product)

    assert len(told(product.scholar)) == 1


def test_critical_announcement_of_the_only_member_of_staff_says_what_to_do(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff, CRITICAL)
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)

    assert WORDS.NO_APPROVER in shown(staff.modal())
    assert "submit" not in {key for key, value in staff.modal().items() if value}


def test_staff_see_who_has_not_acknowledged_and_nudge_them_once_an_hour(product: Product) -> None:
    announce(product)
    pressed(product.scholar)
    product.advance(25 * HOUR)
    staff = product.actor("sam")
    message = shown(staff.messages()[-1])
    staff.press_message(staff.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    staff.wait(title=WORDS.DETAILS_TITLE)
    details = shown(staff.modal())
    before = len(told(product.actor("bo")))

    staff.press(Action.NUDGE_READERS)
    staff.wait(modal=WORDS.NUDGED_ONE)
    staff.press(Action.NUDGE_READERS)
    staff.wait(modal="less than an hour ago")
    product.deliver()

    assert ("1 of 2" in message, "Bo" in message) == (True, False)
    assert ("1 of 2 have acknowledged it." in details, "Bo, last message" in details, "Ada" in details) == (
        True,
        True,
        False,
    )
    assert len(told(product.actor("bo"))) == before + 1


def test_new_text_changes_the_message_in_place_and_keeps_the_press(product: Product) -> None:
    announce(product)
    pressed(product.scholar)
    staff = product.actor("sam")
    open_one(staff)
    staff.press(Action.CORRECT_ANNOUNCEMENT)
    staff.wait(title=WORDS.CORRECT_TITLE)
    staff.fill(Field.BODY, "The room has changed.")
    staff.submit()
    staff.wait(modal=WORDS.CORRECT_SAVED)

    product.deliver()

    ada, bo = told(product.scholar), told(product.actor("bo"))
    assert (len(ada), len(bo)) == (1, 1)
    assert ["The room has changed." in shown(each[-1]) for each in (ada, bo)] == [True, True]
    assert [Action.ACKNOWLEDGE in shown(each[-1]) for each in (ada, bo)] == [False, True]


def test_taking_it_back_changes_what_is_out_and_says_how_many_had_it(product: Product) -> None:
    announce(product)
    staff = product.actor("sam")
    open_one(staff)

    staff.press(Action.RETRACT_ANNOUNCEMENT)
    staff.wait(modal="2 people had had it")
    product.deliver()

    assert WORDS.RETRACTED in shown(product.scholar.messages()[-1])
    assert BODY not in shown(product.scholar.messages())


def test_channel_has_the_message_of_record_and_a_press_there_is_answered_privately(product: Product) -> None:
    channel = product.workspace.channel_id("general")
    product.workspace.invite(channel, product.workspace.bot_id())
    announce(product, {Field.CHANNEL: channel})
    ada, bo = product.scholar, product.actor("bo")
    record = next(message for message in ada.messages() if message["channel"] == channel)

    ada.press_message(record, Action.ACKNOWLEDGE)
    wait_until(lambda: any(each["is_ephemeral"] and "You acknowledged this" in shown(each) for each in ada.messages()))
    product.advance(3 * HOUR)

    in_dms = [[each for each in told(actor) if each["channel"] != channel] for actor in (ada, bo)]
    assert [len(each) for each in in_dms] == [0, 1]
    assert Action.ACKNOWLEDGE in shown(next(each for each in bo.messages() if each["channel"] == channel))


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


@pytest.mark.parametrize("trouble", ["archived", "not invited"])
def test_closed_channel_is_told_to_the_author_and_everybody_is_served(product: Product, trouble: str) -> None:
    channel = product.workspace.channel_id("general")
    staff = product.actor("sam")
    fill_announcement(staff, {Field.CHANNEL: channel, **NO_ACK})
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)
    if trouble == "archived":
        product.workspace.archive(channel)
    staff.submit()
    staff.wait(title=WORDS.TITLE)
    go_out(product)
    product.advance(MINUTE)

    assert WORDS.TROUBLES["channel"] in shown(product.actor("sam").messages())
    assert (len(told(product.scholar)), len(told(product.actor("bo")))) == (1, 1)


def test_home_shows_what_waits_and_its_button_reads_and_acknowledges_it(product: Product) -> None:
    announce(product)
    reader = product.scholar
    reader.open_home()
    reader.wait(home=TITLE)

    reader.press_home(Action.READ_ANNOUNCEMENT)
    reader.wait(title=WORDS.DETAILS_TITLE)
    reader.press(Action.ACKNOWLEDGE)
    reader.wait(modal="You acknowledged this")

    assert "https://example.org/plans" in shown(reader.modal())


def test_announce_for_everybody_else_lists_what_is_for_them(product: Product) -> None:
    announce(product)

    product.scholar.open("/announce", WORDS.OWN_TITLE)
    product.actor("max").open("/announce mine", WORDS.OWN_TITLE)

    assert TITLE in shown(product.scholar.modal())
    assert WORDS.OWN_NONE in shown(product.actor("max").modal())


def test_a_message_of_somebodys_begins_an_announcement_with_its_words_and_link(product: Product) -> None:
    channel = product.workspace.channel_id("general")
    bo, sam = product.actor("bo"), product.actor("sam")
    bo.say("The office is closed on Monday.\nBring nothing.", channel=channel)
    message = next(each for each in sam.messages() if "office is closed" in str(each))

    sam.message_shortcut(message, Shortcut.ANNOUNCE)
    sam.wait(title=WORDS.FORM_TITLE)

    blocks = {block.get("block_id"): block for block in sam.modal()["blocks"]}
    begun = [blocks[field]["element"].get("initial_value") for field in (Field.TITLE, Field.BODY, Field.LINK)]
    assert begun[:2] == ["The office is closed on Monday.", "The office is closed on Monday.\nBring nothing."]
    assert begun[2].startswith(f"https://sandbox.slack.com/archives/{channel}/p")


def test_message_shortcut_of_somebody_not_on_staff_says_whose_it_is(product: Product) -> None:
    channel = product.workspace.channel_id("general")
    product.scholar.say("Hello all", channel=channel)
    message = next(each for each in product.scholar.messages() if "Hello all" in str(each))

    product.scholar.message_shortcut(message, Shortcut.ANNOUNCE)

    product.scholar.wait(modal=WORDS.WHOSE_STAFF)


def test_private_list_is_joined_by_a_press_and_announced_to_by_its_owner(product: Product) -> None:
    sam, ada = product.actor("sam"), product.scholar
    sam.open("/announce", WORDS.TITLE)
    sam.press(Action.OPEN_LISTS)
    sam.wait(title=WORDS.LISTS_TITLE)
    sam.press(Action.NEW_LIST)
    sam.wait(title=WORDS.NEW_LIST)
    sam.fill(Field.TITLE, "Grants")
    sam.submit()
    sam.wait(modal=WORDS.LIST_BEGUN)
    sam.close(everything=True)
    ada.open("/announce mine", WORDS.OWN_TITLE)
    ada.press(Action.OPEN_LISTS)
    ada.wait(title=WORDS.LISTS_TITLE)
    ada.press(Action.JOIN_LIST)
    ada.wait(modal=WORDS.LIST_ON)

    sam.open("/announce new", WORDS.FORM_TITLE)
    list_id = next(iter(sam.options(Field.LIST)))
    sam.close(everything=True)
    announce(product, {Field.WHO: [], Field.LIST: list_id}, staff=sam)

    assert (len(told(ada)), len(told(product.actor("bo")))) == (1, 0)
    assert "Ada" not in shown(ada.modals())


def test_lost_token_in_mid_broadcast_stops_sending_and_all_is_sent_once_after_the_cure(product: Product) -> None:
    wake(product, "cleo", "dev", "max")
    fill_announcement(product.actor("sam"), {Field.WHO: [Role.SCHOLAR.value, Role.COACH.value, Role.MENTOR.value]})
    product.actor("sam").submit()
    product.actor("sam").wait(title=WORDS.PREVIEW_TITLE)
    product.actor("sam").submit()
    product.actor("sam").wait(title=WORDS.TITLE)
    product.tick("announcements")
    product.workspace.fault("chat.postMessage", "error", error="token_revoked", after=2, times=50)

    product.runtime.dispatcher.dispatch()
    stopped = product.runtime.dispatcher.watch.health()
    sent_before = sum(len(told(product.actor(each))) for each in ("ada", "bo", "cleo", "dev", "max"))
    product.workspace.clear_faults()
    product.clock.advance(2 * MINUTE)
    product.deliver()

    assert ("no_access" in stopped, sent_before) == (True, 2)
    assert [len(told(product.actor(each))) for each in ("ada", "bo", "cleo", "dev", "max")] == [1] * 5


def test_reader_without_the_bots_help_sees_no_dead_button_in_the_preview(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff)
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)

    staff.press(Action.PREVIEW_PRESS)

    staff.wait(modal=WORDS.PREVIEW_PRESS)
    assert texts.announcements.PREVIEW_PRESS
