"""Staff and hosts plan, change, repeat and call off events in the workspace, note who came, and arrange talks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.events import BAD_SEATS
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.choices import YES
from handlers.texts.rule_groups import EVENTS
from sandbox.client import Actor
from services.events.host import BadHost
from tests.acting.events import (
    event_messages,
    fill_event,
    let_it_be_day,
    open_form,
    plan,
    press_in_list,
    told,
    wait_for_event,
    words,
)
from tests.acting.moments import errors_of, fill_moment
from tests.acting.rules import change_rules
from tests.acting.steps import initial_users
from tests.acting.teams import wait_until
from tests.builders.people import account_of, put_person
from tests.fixtures.products import Product

WORDS = texts.events
STARTS = datetime(2027, 1, 14, 18, tzinfo=UTC)


def go_to(product: Product, at: datetime) -> None:
    product.advance(at - product.clock.now())


def titles(actor: Actor) -> list[str]:
    """What stands in somebody's list."""
    actor.open("/events", WORDS.TITLE)
    shown = [str(block["text"]["text"]) for block in actor.modal()["blocks"] if block["type"] == "section"]
    actor.close(everything=True)
    return [text.split("*")[1] for text in shown if text.startswith("*")]


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({Field.PLACE: ""}, Field.PLACE, "Please say where it is."),
        ({Field.ROOM_SEATS: "0"}, Field.ROOM_SEATS, BAD_SEATS),
        ({Field.ROOM_SEATS: "many"}, Field.ROOM_SEATS, WORDS.NOT_A_NUMBER),
        ({Field.LINK: "meet.example.org"}, Field.LINK, "Please paste a whole link"),
        ({Field.WHO: []}, Field.WHO, "Nobody is chosen yet."),
        ({"start": "2027-01-10 10:00"}, Field.START, "That time has passed. Did you mean another day?"),
        ({"end": "09:00"}, Field.END, "It has to end after it begins, within 12 hours."),
        ({"start": "2027-03-14 02:30"}, Field.START, "There is no 02:30 on Sun 14 Mar 2027"),
        ({Field.TALK_SLOTS: "3"}, Field.TALK_MINUTES, "Please choose from 1 to 60 minutes"),
    ],
)
def test_what_cannot_be_planned_is_told_at_its_field_and_nothing_typed_is_lost(
    product: Product, fields: dict[str, Any], field: str, says: str
) -> None:
    staff = product.actor("sam")
    fill_event(staff, **fields)

    errors = errors_of(staff)

    assert list(errors) == [field]
    assert errors[field].startswith(says)
    assert "Reading papers" in str(staff.modal()["state"])


def test_everything_that_is_missing_or_does_not_fit_is_told_at_once(product: Product) -> None:
    product.join_account("zoe")
    staff = product.actor("sam")
    wrong: dict[str, Any] = {
        Field.PLACE: "",
        Field.LINK: "meet.example.org",
        Field.WHO: [],
        Field.HOST: account_of("zoe"),
        Field.ROOM_SEATS: "0",
        Field.TALK_SLOTS: "3",
    }
    fill_event(staff, end="09:00", **wrong)

    errors = errors_of(staff)

    assert set(errors) == {*wrong, Field.END, Field.TALK_MINUTES} - {Field.TALK_SLOTS}


def test_host_who_is_not_on_the_roster_is_refused(product: Product) -> None:
    product.join_account("zoe")
    staff = product.actor("sam")
    fill_event(staff, **{Field.HOST: account_of("zoe")})

    assert errors_of(staff) == {Field.HOST: BadHost().message}


def test_hour_that_happens_twice_is_asked_about(product: Product) -> None:
    product.advance(timedelta(days=200))
    staff = product.actor("sam")
    fill_event(staff, start="2027-11-07 01:30", end="02:30")

    staff.submit()

    staff.wait(modal=texts.moments.WHICH)
    assert staff.submit()["errors"] == {}
    staff.wait(modal=WORDS.PLANNED[:30])


def test_words_that_look_like_a_mention_go_out_as_plain_words(product: Product) -> None:
    plan(product, **{Field.TITLE: "Tea <!channel>", Field.TEXT: "<@U1> & <https://evil.example|me>"})
    scholar = product.scholar

    scholar.open("/events", WORDS.TITLE)

    assert "*Tea &lt;!channel&gt;*" in words(scholar)
    assert "<!channel>" not in words(scholar)


def test_more_than_agreed_asks_first_and_goes_on_with_a_tick(product: Product) -> None:
    change_rules(product, EVENTS, {"per_week": "1"})
    staff = product.actor("sam")
    staff.close(everything=True)
    plan(product)
    fill_event(staff, start="2027-01-15 10:00", **{Field.TITLE: "Second"})

    staff.submit()
    staff.wait(modal=WORDS.WARNED[:20])
    asked, names = words(staff), [block["block_id"].partition(":")[0] for block in staff.modal()["blocks"]]
    title, button = (staff.modal()[name]["text"] for name in ("title", "submit"))
    untouched = errors_of(staff)
    staff.fill(Field.ALL_THE_SAME, [YES])
    staff.submit()
    staff.wait(modal=WORDS.PLANNED[:30])
    again = product.workspace.redeliver()

    assert "7 people would have up to 2 events in the week" in asked
    assert names[names.index(Field.END) :][1:3] == ["warned", Field.ALL_THE_SAME]
    assert (title, button) == (WORDS.ASKED_TITLE, WORDS.SAVE_ALL_THE_SAME)
    assert untouched == {Field.ALL_THE_SAME: texts.forms.TICK_FIRST}
    assert WORDS.PLANNED[:30] in str(again["body"])
    staff.close(everything=True)
    assert titles(staff) == ["Reading papers", "Second"]


def test_tick_for_one_day_does_not_count_for_another(product: Product) -> None:
    change_rules(product, Action.OPEN_CLOSED_DAYS, {Field.CLOSED: "2027-01-14: Retreat\n2027-01-15: Fair"})
    staff = product.actor("sam")
    staff.close(everything=True)
    fill_event(staff)
    staff.submit()
    staff.wait(modal="Retreat", title=WORDS.ASKED_TITLE)
    staff.fill(Field.ALL_THE_SAME, [YES])
    fill_moment(staff, Field.START, "2027-01-15 10:00")

    staff.submit()

    staff.wait(modal="Fair", title=WORDS.ASKED_AGAIN_TITLE)
    staff.close(everything=True)
    assert titles(staff) == []


def test_start_that_has_just_passed_may_begin_now(product: Product) -> None:
    product.advance(timedelta(hours=8))  # noon in Los Angeles
    staff = product.actor("sam")
    fill_event(staff, start="2027-01-11 11:30", end="13:00")

    staff.submit()
    staff.wait(modal=WORDS.WARNINGS["begun"])  # type: ignore[index]  # a StrEnum is its value
    staff.fill(Field.ALL_THE_SAME, [YES])
    staff.submit()
    staff.wait(modal=WORDS.PLANNED[:30])

    assert "12:01" in words(staff)


def test_change_of_time_is_told_once_and_one_of_the_title_is_not(product: Product) -> None:
    let_it_be_day(product)
    event_id, staff = plan(product), product.actor("sam")
    press_in_list(product.scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)
    open_form(staff, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    fill_moment(staff, Field.START, "2027-01-15 10:00")
    staff.submit()
    staff.wait(modal=WORDS.CHANGED[:20])
    staff.close(everything=True)
    product.deliver()
    open_form(staff, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    staff.fill(Field.TITLE, "Reading more papers")
    staff.submit()
    staff.wait(modal=WORDS.CHANGED[:20])
    product.deliver()

    assert told(product.scholar) == ["This has changed. It is now: Reading papers, Fri 15 Jan, 10:00 PST to 11:00 PST."]
    assert titles(product.scholar) == ["Reading more papers"]


def test_fewer_seats_than_yes_are_refused_at_their_field(product: Product) -> None:
    event_id, staff = plan(product), product.actor("sam")
    for who in ("ada", "bo"):
        press_in_list(product.actor(who), event_id, Action.EVENT_YES, WORDS.SAID_YES)
    open_form(staff, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    staff.fill(Field.ROOM_SEATS, "1")

    assert errors_of(staff) == {
        Field.ROOM_SEATS: "2 people have said yes already, so there have to be at least 2 seats."
    }


def test_host_whose_account_is_off_is_no_choice_when_the_event_is_changed(product: Product) -> None:
    staff, event_id = product.actor("sam"), plan(product, **{Field.HOST: account_of("cleo")})
    open_form(staff, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    before = initial_users(staff, Field.HOST)
    staff.close(everything=True)

    product.change_account("cleo", deleted=True)

    open_form(staff, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    assert (before, initial_users(staff, Field.HOST)) == ([account_of("cleo")], [])


def test_host_who_is_a_scholar_changes_and_calls_off_their_own(product: Product) -> None:
    event_id = plan(product, **{Field.HOST: account_of("ada")})
    host = product.scholar
    open_form(host, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    host.fill(Field.TITLE, "Ada reads")
    host.submit()
    host.wait(modal=WORDS.CHANGED[:20])
    host.close(everything=True)

    open_form(host, event_id, Action.OPEN_CALL_OFF_EVENT, WORDS.CALL_OFF)
    host.submit()
    host.wait(modal=WORDS.CALLED_OFF_UNTOLD)

    host.close(everything=True)
    assert titles(host) == []


def test_another_like_it_has_no_time_yet_and_weekly_ones_keep_theirs(product: Product) -> None:
    event_id, staff = plan(product), product.actor("sam")
    open_form(staff, event_id, Action.OPEN_COPY_EVENT, WORDS.PLAN_TITLE)
    missing = errors_of(staff)
    fill_moment(staff, Field.START, "2027-01-20 15:00")
    staff.fill(Field.END, "16:00")
    staff.fill(Field.TITLE, "Like it")
    staff.submit()
    staff.wait(modal=WORDS.PLANNED[:30])
    staff.close(everything=True)
    open_form(staff, event_id, Action.OPEN_REPEAT_EVENT, WORDS.REPEAT)
    staff.fill(Field.WEEKS, "13")
    too_many = errors_of(staff)
    staff.fill(Field.WEEKS, "2")
    staff.submit()
    staff.wait(modal=WORDS.REPEATED.format(number=2)[:20])
    staff.close(everything=True)

    assert set(missing) == {f"{Field.START}.day", Field.START, Field.END}
    assert too_many == {Field.WEEKS: "Please choose from 1 to 12 weeks."}
    assert titles(staff) == ["Reading papers", "Like it", "Reading papers", "Reading papers"]


def test_host_ticks_who_was_there_page_by_page_and_past_events_have_both_numbers(product: Product) -> None:
    for number in range(40):
        put_person(product.stores.program, f"scholar-{number:02}")
    event_id = plan(product, **{Field.WHO: ["scholar"]})
    press_in_list(product.scholar, event_id, Action.EVENT_YES, WORDS.SAID_YES)
    go_to(product, STARTS + timedelta(minutes=10))
    host = product.actor("sam")
    open_form(host, event_id, Action.OPEN_ATTENDANCE, WORDS.ATTENDANCE_TITLE)
    host.fill(f"{Field.CAME}.0", ["ada", "bo"])
    host.submit()
    host.wait(modal=texts.forms.PAGE.format(page=2, pages=2))
    host.press(f"{Action.TURN_ATTENDANCE}:back")
    host.wait(modal=texts.forms.PAGE.format(page=1, pages=2))
    ticked = str(host.modal()["blocks"]).count("initial_options")
    host.close(everything=True)
    go_to(product, STARTS + timedelta(hours=2))
    host.open("/events", WORDS.TITLE)
    host.press(Action.OPEN_PAST_EVENTS)
    host.wait(title=WORDS.PAST)

    assert ticked == 1
    assert WORDS.PAST_LINE.format(yes=1, came=2) in words(host)
    assert WORDS.CAME_UNASKED.format(number=1) in words(host)


def test_host_who_opened_the_list_early_takes_nobodys_press_back_and_may_correct_it(product: Product) -> None:
    event_id = plan(product, **{Field.HOST: account_of("cleo")})
    press_in_list(product.actor("bo"), event_id, Action.EVENT_MAYBE, WORDS.SAID_MAYBE)
    go_to(product, STARTS)
    host = product.coach
    open_form(host, event_id, Action.OPEN_ATTENDANCE, WORDS.ATTENDANCE_TITLE)
    press_in_list(product.scholar, event_id, Action.EVENT_HERE, WORDS.SAID_HERE)
    host.fill(f"{Field.CAME}.0", ["bo"])
    host.submit()
    host.wait(modal=WORDS.ATTENDANCE_SAVED)
    both = words(host)
    host.close(everything=True)
    open_form(host, event_id, Action.OPEN_ATTENDANCE, WORDS.ATTENDANCE_TITLE)
    host.fill(f"{Field.CAME}.0", ["ada"])
    host.submit()
    host.wait(modal=WORDS.ATTENDANCE_SAVED)

    assert "2 were there" in both
    assert "1 was there" in words(host)


def test_host_who_is_a_scholar_finds_what_is_over_and_others_are_offered_no_such_list(product: Product) -> None:
    plan(product, **{Field.HOST: account_of("cleo")})
    go_to(product, STARTS + timedelta(hours=6))
    offered = {}
    for who in ("bo", "cleo"):
        actor = product.actor(who)
        actor.open("/events", WORDS.TITLE)
        offered[who] = Action.OPEN_PAST_EVENTS in words(actor)

    host = product.actor("cleo")
    host.press(Action.OPEN_PAST_EVENTS)
    host.wait(title=WORDS.PAST)

    assert offered == {"bo": False, "cleo": True}
    assert "Reading papers" in words(host)


@pytest.mark.parametrize("who", ["ada", "cleo", "max"])
def test_planning_is_offered_to_staff_alone(product: Product, who: str) -> None:
    actor = product.actor(who)

    actor.open("/events", WORDS.TITLE)

    assert WORDS.PLAN not in words(actor)


def test_host_reads_that_they_host_an_event_and_that_somebody_else_does(product: Product) -> None:
    let_it_be_day(product)
    event_id = plan(product, **{Field.HOST: account_of("cleo"), Field.WHO: ["scholar"]})
    product.deliver()
    first, second, staff = product.actor("cleo"), product.actor("dev"), product.actor("sam")
    [hosts] = event_messages(first)
    first.press_message(hosts, Action.OPEN_EVENT)
    wait_for_event(first, event_id)
    first.close(everything=True)

    open_form(staff, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    staff.fill(Field.HOST, account_of("dev"))
    staff.submit()
    staff.wait(modal=WORDS.CHANGED[:40])
    product.deliver()
    first.press_message(event_messages(first)[-1], Action.OPEN_EVENTS)
    first.wait(title=WORDS.TITLE)

    what = "Reading papers, Thu 14 Jan, 10:00 PST to 11:00 PST."
    assert told(first) == [WORDS.YOU_HOST.format(what=what), WORDS.YOU_HOST_NO_MORE.format(what=what)]
    assert told(second) == [WORDS.YOU_HOST.format(what=what)]
    assert told(staff) == []


def test_home_tabs_follow_who_is_invited_without_being_opened_again(product: Product) -> None:
    staff, leaves, joins = product.actor("sam"), product.scholar, product.actor("max")
    event_id = plan(product, **{Field.WHO: ["scholar"]})
    leaves.wait(home="Reading papers")

    open_form(staff, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    staff.fill(Field.WHO, ["mentor"])
    staff.submit()
    joins.wait(home="Reading papers")

    wait_until(lambda: "Reading papers" not in str(leaves.home()))
