"""Deadlines in the running product: set by staff, met, put off; nobody is told twice, and nobody too late."""

from datetime import timedelta
from typing import Any

from domain.nudges import NUDGE_PAUSE
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.choices import PROOF
from handlers.ids.fields import day_field
from services.deadlines.facts import WasClosed
from tests.acting.deadlines import (
    TITLE,
    TO_THE_DAY_BEFORE,
    fill_deadline,
    last_text,
    move_to_london,
    open_deadline,
    reminders,
    save_looked_at,
    set_deadline,
)
from tests.acting.rules import shown
from tests.acting.teams import wait_until
from tests.fixtures.products import Product

_W, _D = texts.deadlines, texts.due


def test_deadline_is_previewed_by_name_set_and_told_to_those_alone_whom_it_is_for(each_product: Product) -> None:
    product = each_product
    move_to_london(product)
    staff = product.actor("sam")
    fill_deadline(staff, {Field.OPTIONS: ["tell", "newcomers"], Field.LINK: "https://example.org/plan?a=1&b=2"})

    assert staff.submit()["errors"] == {}
    staff.wait(title=_W.PREVIEW_TITLE)
    preview = shown(staff)
    staff.submit()
    staff.wait(modal=_W.IS_SET)
    product.advance(timedelta(minutes=1))

    assert _W.FOR.format(number=2) in preview
    assert "Ada, Bo" in preview
    assert ":warning:" not in preview
    assert [len(reminders(product.actor(who))) for who in ("ada", "bo", "cleo", "max", "sam")] == [1, 1, 0, 0, 0]
    assert last_text(product, "ada") == f"A new deadline: {TITLE}, due Mon 25 Jan, 17:00 GMT"
    assert "https://example.org/plan?a=1&amp;b=2|" in str(reminders(product.scholar)[-1]["blocks"])


def test_short_notice_warns_and_is_set_all_the_same(product: Product) -> None:
    staff = product.actor("sam")
    fill_deadline(staff, {day_field(Field.DUE): "2027-01-14"})

    staff.submit()
    staff.wait(title=_W.PREVIEW_TITLE)
    warned = _W.SHORT.format(days="3 days", rule="7 days") in shown(staff)
    staff.submit()
    staff.wait(modal=_W.IS_SET)

    assert warned


def test_press_on_done_stops_that_person_and_a_second_one_says_since_when(each_product: Product) -> None:
    product = each_product
    set_deadline(product, is_told=True)
    product.advance(timedelta(minutes=1))
    message = reminders(product.scholar)[-1]

    product.scholar.press_message(message, Action.MEET)
    product.scholar.wait(text="Marked done Mon 11 Jan, 12:01 GMT.")
    product.scholar.slash("/deadlines")
    product.scholar.wait(modal=_D.MET_LATELY)
    product.scholar.press(Action.OPEN_DUE_ONE)
    product.scholar.wait(title=_D.ONE_TITLE)
    product.scholar.close(everything=True)
    product.advance(TO_THE_DAY_BEFORE)

    assert len(reminders(product.scholar)) <= 1
    assert last_text(product, "bo") == f"Reminder: {TITLE}, due Mon 25 Jan, 17:00 GMT"


def test_double_press_is_answered_with_when_it_was_done(product: Product) -> None:
    set_deadline(product, is_told=True)
    product.advance(timedelta(minutes=1))
    message = reminders(product.scholar)[-1]
    product.scholar.press_message(message, Action.OPEN_DUE_ONE)
    product.scholar.wait(title=_D.ONE_TITLE)
    product.scholar.press(Action.MEET)
    product.scholar.wait(modal="Marked done")

    product.scholar.press_message(message, Action.MEET)

    product.scholar.wait(text="Already marked done Mon 11 Jan, 12:01 GMT.")


def test_done_in_one_message_is_said_in_the_others_and_an_older_one_changes_when_it_is_pressed(
    each_product: Product,
) -> None:
    product = each_product
    set_deadline(product, is_told=True)
    product.advance(timedelta(minutes=1))
    product.advance(TO_THE_DAY_BEFORE)
    scholar, (older, newest) = product.scholar, reminders(product.scholar)

    scholar.press_message(newest, Action.MEET)
    scholar.wait(text="Marked done Sun 24 Jan, 17:01 GMT.")
    scholar.press_message(older, Action.MEET)
    scholar.wait(text=f"{TITLE}: Already marked done Sun 24 Jan, 17:01 GMT.")
    product.deliver()

    said = {each["ts"]: each for each in scholar.messages()}
    assert [said[each["ts"]]["text"] for each in (newest, older)] == [
        f"{TITLE}: Marked done Sun 24 Jan, 17:01 GMT."
    ] * 2
    assert [Action.MEET_NOT.value in str(said[each["ts"]]) for each in (newest, older)] == [True, False]
    assert Action.MEET.value not in {button_of(each) for each in said.values()}


def button_of(message: dict[str, Any]) -> str:
    """The first button of a message."""
    rows = [block["elements"] for block in message.get("blocks") or [] if block["type"] == "actions"]
    return str(rows[0][0]["action_id"]) if rows else ""


def test_after_an_outage_each_open_person_gets_the_newest_rung_alone(each_product: Product) -> None:
    product = each_product
    set_deadline(product)
    product.clock.advance(timedelta(days=6))
    product.tick("members")
    open_deadline(product.actor("sam"))
    product.actor("sam").press(Action.OPEN_MARK)
    product.actor("sam").wait(title=_W.MARK_TITLE)
    product.actor("sam").fill(Field.PEOPLE, [product.actor("bo").id])
    product.actor("sam").submit()
    product.actor("sam").wait(modal=_W.MARKED)

    product.advance(timedelta(days=7, hours=9))

    assert [each["text"] for each in reminders(product.scholar)] == [f"Reminder: {TITLE}, due Mon 25 Jan, 17:00 GMT"]
    assert reminders(product.actor("bo")) == []


def test_outage_over_the_due_time_leaves_one_overdue_message(each_product: Product) -> None:
    product = each_product
    set_deadline(product)

    product.advance(timedelta(days=17))

    for who in ("ada", "bo"):
        assert [each["text"] for each in reminders(product.actor(who))] == [
            f"Overdue: {TITLE}, was due Mon 25 Jan, 17:00 GMT"
        ]


def test_later_puts_the_reminder_off_by_a_day(product: Product) -> None:
    set_deadline(product)
    product.advance(timedelta(days=7, hours=5))
    first = reminders(product.scholar)[-1]

    product.scholar.press_message(first, Action.SNOOZE)
    product.scholar.wait(text="I remind you again Tue 19 Jan, 17:00 GMT.")
    product.advance(timedelta(hours=23))
    before = len(reminders(product.scholar))
    product.advance(timedelta(hours=1, minutes=1))

    assert (before, len(reminders(product.scholar))) == (1, 2)


def test_proof_is_asked_for_checked_and_shown_to_staff_alone(product: Product) -> None:
    set_deadline(product, {Field.OPTIONS: [PROOF, "tell"]})
    product.advance(timedelta(minutes=1))
    scholar = product.scholar
    scholar.press_message(reminders(scholar)[-1], Action.MEET_WITH_PROOF)
    scholar.wait(title=_D.PROOF_TITLE)
    scholar.fill(Field.PROOF, "my plan")
    refused = scholar.submit()["errors"]
    scholar.fill(Field.PROOF, "https://example.org/ada.pdf")
    scholar.submit()
    scholar.wait(modal="Marked done")

    open_deadline(product.actor("sam"))

    assert refused == {Field.PROOF: "Please paste a whole link, like https://example.org/page."}
    assert "https://example.org/ada.pdf" in shown(product.actor("sam"))
    assert "ada.pdf" not in str(product.actor("bo").eyes())


def test_staff_see_who_has_not_met_it_with_the_last_rung_and_nudge_once_an_hour(product: Product) -> None:
    set_deadline(product)
    product.advance(timedelta(days=7, hours=5))
    product.scholar.press_message(reminders(product.scholar)[-1], Action.MEET)
    product.scholar.wait(text="Marked done")
    staff = product.actor("sam")
    open_deadline(staff)

    seen = shown(staff)
    product.clock.advance(NUDGE_PAUSE)
    staff.press(Action.NUDGE_BEHIND)
    staff.wait(modal=_W.NUDGED_ONE)
    product.deliver()
    staff.press(Action.NUDGE_BEHIND)
    staff.wait(modal="nudged less than an hour ago")

    assert "1 of 2 have met it" in seen
    assert "*Due Mon 25 Jan, 17:00 GMT; last told Mon 18 Jan, 17:00 GMT (7d)*\\nBo" in seen
    assert last_text(product, "bo").startswith("Reminder from staff")


def test_everything_wrong_in_the_form_is_told_at_once_and_nothing_is_lost(product: Product) -> None:
    staff = product.actor("sam")
    wrong: dict[str, Any] = {
        Field.TITLE: "x" * 121,
        Field.LINK: "example",
        Field.ZONE: "Europe/Lundon",
        Field.RUNGS: "7d, soon",
        Field.WHO: [],
    }
    fill_deadline(staff, wrong)

    errors = staff.submit()["errors"]

    assert set(errors) == set(wrong)
    assert errors[Field.TITLE] == "Please shorten this by 1 character: 120 fit here."
    assert errors[Field.RUNGS].startswith('I could not read "soon"')
    assert "Did you mean Europe/London?" in errors[Field.ZONE]


def test_past_time_and_a_time_that_clocks_skip_are_told_at_the_time(product: Product) -> None:
    staff = product.actor("sam")
    fill_deadline(staff, {day_field(Field.DUE): "2027-01-11", Field.DUE: "11:00"})

    past = staff.submit()["errors"]
    staff.fill(day_field(Field.DUE), "2027-03-28")
    staff.fill(Field.DUE, "01:30")
    skipped = staff.submit()["errors"]

    assert list(past) == list(skipped) == [Field.DUE]
    assert "clocks go from 01:00" in skipped[Field.DUE]


def test_time_that_happens_twice_is_asked_about_in_the_form(product: Product) -> None:
    staff = product.actor("sam")
    fill_deadline(staff, {day_field(Field.DUE): "2027-10-31", Field.DUE: "01:30"})
    staff.submit()
    staff.wait(modal=texts.moments.WHICH)

    staff.fill("due.pass", "second")
    staff.submit()
    staff.wait(title=_W.PREVIEW_TITLE)

    assert "01:30 GMT" in shown(staff)


def test_words_typed_to_break_out_go_out_as_plain_words(product: Product) -> None:
    set_deadline(product, {Field.TITLE: "<!channel> & <https://evil.example|plan>"}, is_told=True)
    product.advance(timedelta(minutes=1))

    said = reminders(product.scholar)[-1]
    assert "<!channel>" not in said["text"]
    assert "&lt;!channel&gt; &amp; &lt;https://evil.example|plan&gt;" in said["text"]


def test_who_it_is_not_for_and_who_is_no_staff_see_nothing_of_it(product: Product) -> None:
    set_deadline(product, is_told=True)
    product.advance(timedelta(minutes=1))
    mentor = product.actor("max")

    mentor.slash("/deadlines new")
    mentor.wait(text=_W.WHOSE_STAFF)
    mentor.slash("/deadlines wibble")
    mentor.wait(text=_W.UNKNOWN)
    mentor.open("/deadlines", _D.TITLE)

    assert _D.NOTHING in shown(mentor)
    assert TITLE not in str(mentor.eyes())


def test_changed_time_is_told_once_and_closing_silences(product: Product) -> None:
    set_deadline(product)
    staff = product.actor("sam")
    open_deadline(staff)
    staff.press(Action.CHANGE_DEADLINE)
    staff.wait(title=_W.FORM_TITLE)
    staff.fill(day_field(Field.DUE), "2027-01-12")
    warning = _W.SHORT_CHANGE.format(days="1 day", rule="7 days")
    save_looked_at(staff, warning, _W.TOLD_NOW.format(number=2))
    staff.wait(modal=f"{_W.SAVED} {_W.TOLD_NOW.format(number=2)}")
    product.advance(timedelta(minutes=1))
    told = [each["text"] for each in reminders(product.scholar)]
    staff.close(everything=True)
    open_deadline(staff)
    staff.press(Action.CLOSE_DEADLINE)
    staff.wait(modal=_W.CLOSED_NOW)
    product.advance(timedelta(days=14))

    assert told == [f"A deadline has another time now: {TITLE}, due Tue 12 Jan, 17:00 GMT"]
    assert reminders(product.scholar) == []
    assert f"{TITLE}: {_D.IS_CLOSED}" in [each["text"] for each in product.scholar.messages()]


def test_what_people_have_says_that_it_was_closed_and_a_press_on_an_older_one_says_the_same(product: Product) -> None:
    set_deadline(product, is_told=True)
    product.advance(timedelta(minutes=1))
    product.advance(TO_THE_DAY_BEFORE)
    older, newest = reminders(product.scholar)
    staff = product.actor("sam")
    open_deadline(staff)

    staff.press(Action.CLOSE_DEADLINE)
    staff.wait(modal=_W.CLOSED_NOW)
    product.deliver()
    said = [each for each in product.scholar.messages() if each["ts"] == newest["ts"]]
    product.scholar.press_message(older, Action.MEET)
    product.scholar.wait(text=WasClosed().message)

    assert [(each["text"], Action.MEET.value in str(each)) for each in said] == [(f"{TITLE}: {_D.IS_CLOSED}", False)]
    assert reminders(product.scholar) == []


def test_home_tab_has_what_is_due_and_done_there_takes_it_away(product: Product) -> None:
    set_deadline(product)
    scholar = product.scholar
    scholar.open_home()
    scholar.wait(home=TITLE)

    scholar.press_home(Action.MEET)
    product.tick("deadlines")
    scholar.slash("/deadlines")
    scholar.wait(modal=_D.MET_LATELY)

    assert TITLE not in str(scholar.home())


def test_home_tabs_follow_whom_it_is_for_without_being_opened_again(product: Product) -> None:
    staff, leaves, joins = product.actor("sam"), product.actor("bo"), product.actor("max")
    set_deadline(product)
    leaves.wait(home=TITLE)
    open_deadline(staff)

    staff.press(Action.CHANGE_DEADLINE)
    staff.wait(title=_W.FORM_TITLE)
    staff.fill(Field.WHO, [])
    staff.fill(Field.PEOPLE, [product.scholar.id, joins.id])
    save_looked_at(staff)
    joins.wait(home=TITLE)
    wait_until(lambda: TITLE not in str(leaves.home()))
    staff.close()
    staff.press(Action.CLOSE_DEADLINE)

    wait_until(lambda: TITLE not in str(joins.home()))
