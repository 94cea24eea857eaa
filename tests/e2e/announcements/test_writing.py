"""Writing an announcement in the running product: the form, what speaks against it, the preview, the draft."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.announcements import BODY_MAX, LINK_MAX, TITLE_MAX, ChangedMeanwhile, State, Timing
from handlers import texts
from handlers.ids import Action, Field, Shortcut
from storage.program.announcement_queries import announcement
from tests.acting.announcing import (
    TITLE,
    WORDS,
    announce,
    fill_announcement,
    go_out,
    open_one,
    told,
)
from tests.fixtures.products import Product


def test_words_that_would_notify_go_out_as_plain_words_and_links_as_links(product: Product) -> None:
    announce(product, {Field.TITLE: f"<!channel> {TITLE}", Field.BODY: "<!here> <@USAM> @channel https://example.org"})

    message = str(told(product.scholar)[-1])

    assert "&lt;!here&gt; &lt;@USAM&gt; @channel <https://example.org>" in message
    assert "'text': '&lt;!channel&gt; Plans are due on Friday'" in message


def test_form_with_faults_tells_each_at_its_field_and_keeps_what_was_typed(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(
        staff,
        {
            Field.BODY: "&" * 700,
            Field.WHO: [],
            Field.LINK: "example",
            Field.WHEN: "at",
        },
    )

    errors = staff.submit()["errors"]

    assert set(errors) == {Field.BODY, Field.LINK, Field.WHO, "start.day"}
    assert "500 characters too long for Slack" in errors[Field.BODY]
    assert staff.modal()["state"]["values"][Field.TITLE][Field.VALUE]["value"] == TITLE


@pytest.mark.parametrize(("field", "most"), [(Field.BODY, BODY_MAX), (Field.LINK, LINK_MAX), (Field.TITLE, TITLE_MAX)])
def test_slack_itself_counts_as_many_characters_as_fit(product: Product, field: Field, most: int) -> None:
    staff = product.actor("sam")
    fill_announcement(staff, {field: "x" * 2999})

    assert staff.submit()["errors"] == {field: f"This is too long: {most} characters fit."}


def test_past_time_asks_whether_it_should_go_now(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff, {Field.WHEN: "at", "start.day": "2027-01-10", Field.START: "09:00"})

    errors = staff.submit()["errors"]

    assert list(errors.values()) == [
        'That time has passed. Should it go out now? Then choose "Now" and empty both; else please choose a later time.'
    ]


def test_now_with_a_day_and_a_time_asks_which_is_meant_and_sends_nothing(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff, {Field.WHEN: Timing.NOW.value, "start.day": "2027-02-01", Field.START: "09:00"})

    errors = staff.submit()["errors"]

    assert errors == {Field.WHEN: WORDS.NOW_HAS_NO_TIME}
    staff.fill(Field.WHEN, Timing.AT.value)
    assert staff.submit()["errors"] == {}


def test_morning_of_a_day_is_said_before_and_after_sending_and_stays_in_the_form(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff, {Field.WHEN: Timing.MORNING.value, "start.day": "2027-01-20"})
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)
    assert "When: In each reader's own morning of Wed 20 Jan." in str(staff.modal()["blocks"])
    staff.press(Action.EDIT_ANNOUNCEMENT)
    staff.wait(title=WORDS.EDIT_TITLE)

    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)
    staff.submit()

    staff.wait(modal=WORDS.MORNING_SAYS.format(day="Wed 20 Jan"))


def test_preview_shows_what_readers_see_whom_it_is_for_and_when_they_are_told(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff)
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)

    preview = str(staff.modal()["blocks"])
    staff.press(Action.SEE_READERS)
    staff.wait(title=WORDS.NAMES_TITLE)

    assert ("For 2 people" in preview, WORDS.FEW in preview) == (True, True)
    assert "Hand in your plan by *Friday*: <https://example.org/plans>" in preview
    assert "Ada, Bo" in str(staff.modal()["blocks"])
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

    assert "Another text." in str(told(product.scholar)[-1])


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


def test_readers_button_in_the_preview_says_whose_it_is_and_sends_nothing(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff)
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)

    staff.press(Action.PREVIEW_PRESS)

    staff.wait(modal=WORDS.PREVIEW_PRESS)
    staff.close(everything=True)
    go_out(product)
    assert told(product.scholar) == []


def test_one_that_cannot_be_read_is_a_line_for_ops_in_the_list_and_the_others_open(product: Product) -> None:
    announce(product)
    announce(product)
    with product.stores.program.write() as connection:
        [bad, _] = connection.execute(select(announcement.c.id)).scalars().all()
        connection.execute(update(announcement).where(announcement.c.id == bad).values(audience="{"))
    staff = product.actor("sam")

    staff.open("/announce", WORDS.TITLE)
    listed = str(staff.modal()["blocks"])
    staff.press(Action.OPEN_ANNOUNCEMENT)
    staff.wait(title=WORDS.DETAILS_TITLE)

    assert texts.trouble.CANNOT_READ.format(title=TITLE, id=bad) in listed
    assert listed.count(Action.OPEN_ANNOUNCEMENT.value) == 1


def test_draft_that_somebody_else_has_changed_meanwhile_is_not_thrown_away(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff)
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)
    with product.stores.program.write() as connection:
        connection.execute(update(announcement).values(version=announcement.c.version + 1))

    staff.press(Action.DISCARD_ANNOUNCEMENT)
    staff.wait(modal=ChangedMeanwhile().message)
    staff.close(everything=True)
    open_one(staff, is_draft=True)
    staff.press(Action.DISCARD_ANNOUNCEMENT)
    staff.wait(modal=WORDS.STATES[State.DISCARDED])


def test_announcement_for_a_day_in_two_hundred_days_goes_out_on_it(product: Product) -> None:
    """Slack's own scheduling ends at 120 days, so that it must not be what holds it."""
    nine = datetime(2027, 7, 30, 8, tzinfo=UTC)  # in London, where it is summer by then
    assert (nine - product.clock.now()).days == 199
    announce(product, {Field.WHEN: "at", "start.day": "2027-07-30", Field.START: "09:00"})

    product.advance(nine - timedelta(minutes=1) - product.clock.now())
    early = told(product.scholar)
    product.advance(timedelta(minutes=1))

    assert early == []
    assert [len(told(product.actor(who))) for who in ("ada", "bo")] == [1, 1]
    assert product.workspace.calls("chat.scheduleMessage") == []
