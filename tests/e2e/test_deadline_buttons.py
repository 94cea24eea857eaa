"""Every button of a deadline once, in the running product, that the stories of `test_deadlines` do not press."""

from datetime import timedelta

from domain.audience import Audience
from domain.deadlines import RequestState
from domain.people import Role
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.choices import NOT_MET, YES
from handlers.ids.fields import day_field
from sandbox.client import Actor
from services.audit import LISTED as TRAIL_PAGE
from services.deadlines.look import LISTED, overview
from services.deadlines.meet import mark_done_for
from services.deadlines.write import ChangedMeanwhile, Write, write
from storage.program import opt_in_queries
from tests.acting.deadlines import (
    TITLE,
    ask_for_time,
    fill_deadline,
    move_to_london,
    open_deadline,
    open_request,
    reminders,
    save_looked_at,
    set_deadline,
)
from tests.acting.rules import shown
from tests.acting.steps import press_to
from tests.acting.teams import wait_until
from tests.builders.deadlines import a_content, a_deadline, in_london
from tests.builders.leaving import off_the_roster
from tests.builders.people import PROGRAM, put_person, put_scholars
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import House, another_house
from tests.fixtures.products import Product

_W, _D = texts.deadlines, texts.due
TO_THE_FIRST_RUNG = timedelta(days=7, hours=5)
"""From Monday noon to a week before 17:00 two weeks later."""


def give_time(staff: Actor, *people: str) -> None:
    staff.press(Action.OPEN_EXTEND)
    staff.wait(title=_W.EXTEND_TITLE)
    if people:
        staff.fill(Field.PEOPLE, list(people))
    staff.fill(day_field(Field.DUE), "2027-01-28")
    staff.fill(Field.DUE, "17:00")
    assert staff.submit()["errors"] == {}


def mark(staff: Actor, who: str, outcome: str = "") -> None:
    staff.press(Action.OPEN_MARK)
    staff.wait(title=_W.MARK_TITLE)
    staff.fill(Field.PEOPLE, [who])
    if outcome:
        staff.fill(Field.OUTCOME, outcome)
    staff.submit()
    staff.wait(modal=_W.MARKED)
    staff.close()


def open_own(product: Product) -> Actor:
    scholar = product.scholar
    scholar.open("/deadlines mine", _D.TITLE)
    scholar.press(Action.OPEN_DUE_ONE)
    scholar.wait(title=_D.ONE_TITLE)
    return scholar


def test_more_time_for_one_and_then_for_all_the_others(product: Product) -> None:
    set_deadline(product)
    product.advance(TO_THE_FIRST_RUNG)
    staff = product.actor("sam")
    open_deadline(staff)

    give_time(staff, product.scholar.id)
    staff.wait(modal=_W.EXTENDED_ONE)
    staff.close()
    product.advance(timedelta(minutes=1))
    told = [[each["text"] for each in reminders(product.actor(who))] for who in ("ada", "bo")]
    give_time(staff)
    staff.wait(modal=_W.EXTENDED_ONE)
    product.advance(timedelta(minutes=1))

    given = f"You have more time: {TITLE}, due Thu 28 Jan, 17:00 GMT (with your extra time)"
    changed = f"Reminder: {TITLE}, due Thu 28 Jan, 17:00 GMT (with your extra time)"
    assert told == [[changed, given], [f"Reminder: {TITLE}, due Mon 25 Jan, 17:00 GMT"]]
    assert [each["text"] for each in reminders(product.actor("bo"))] == [changed, given]


def test_other_words_change_the_message_that_people_have_and_another_audience_is_saved(product: Product) -> None:
    set_deadline(product)
    product.advance(TO_THE_FIRST_RUNG)
    staff = product.actor("sam")
    open_deadline(staff)

    staff.press(Action.CHANGE_DEADLINE)
    staff.wait(title=_W.FORM_TITLE)
    staff.fill(Field.TITLE, "Plan of research")
    staff.fill(Field.WHO, [])
    staff.fill(Field.PEOPLE, [product.scholar.id, product.actor("max").id])
    save_looked_at(staff, _W.WOULD_JOIN_ONE, "Max", _W.WOULD_LEAVE_ONE, "Bo")
    staff.wait(modal=_W.REGROUPED.format(joined=1, left=1))
    product.advance(timedelta(minutes=1))

    due = "due Mon 25 Jan, 17:00 GMT"
    assert [each["text"] for each in reminders(product.scholar)] == [f"Reminder: Plan of research, {due}"]
    assert [each["text"] for each in reminders(product.actor("bo"))] == [f"Reminder: {TITLE}, {due}"]
    product.actor("max").open("/deadlines", _D.TITLE)
    assert "Plan of research" in shown(product.actor("max"))


def test_request_is_granted_for_another_time_by_the_form(product: Product) -> None:
    set_deadline(product)
    ask_for_time(product, until="2027-01-29", reason="")
    staff = product.actor("sam")
    open_request(staff)

    staff.press(Action.OPEN_GRANT)
    staff.wait(title=_W.GRANT_TITLE)
    staff.fill(day_field(Field.DUE), "2027-01-27")
    assert staff.submit()["errors"] == {}
    staff.wait(modal="Granted until Wed 27 Jan, 17:00 GMT.")
    product.advance(timedelta(minutes=1))

    assert reminders(product.scholar)[-1]["text"].startswith("Your request for more time was granted: ")


def test_request_that_was_taken_back_needs_no_answer(product: Product) -> None:
    set_deadline(product)
    ask_for_time(product, until="2027-01-29", reason="")
    scholar = open_own(product)

    scholar.press(Action.WITHDRAW_ASK)
    scholar.wait(modal=_D.WITHDRAWN)
    staff = product.actor("sam")
    asked = [each for each in staff.messages() if Action.OPEN_EXTENSION.value in str(each.get("blocks"))][-1]
    staff.press_message(asked, Action.OPEN_EXTENSION)
    staff.wait(modal=_W.DECIDED[RequestState.WITHDRAWN])


def test_reminders_rest_for_three_hours_and_what_was_done_is_open_again(product: Product) -> None:
    set_deadline(product)
    scholar = open_own(product)
    early = shown(scholar)
    scholar.close(everything=True)
    product.advance(timedelta(days=7, hours=4))
    open_own(product)

    scholar.press(f"{Action.SNOOZE}:3")
    scholar.wait(modal="I remind you again Mon 18 Jan, 19:00 GMT.")
    scholar.press(Action.MEET)
    scholar.wait(modal="Marked done Mon 18 Jan, 16:00 GMT.")
    assert _D.IN_3_HOURS.lower() not in early
    scholar.press(Action.MEET_NOT)
    scholar.wait(modal=_D.IS_OPEN_AGAIN)


def test_staff_mark_for_somebody_and_take_it_back(product: Product) -> None:
    set_deadline(product)
    staff, bo = product.actor("sam"), product.actor("bo").id
    open_deadline(staff)

    mark(staff, bo)
    staff.wait(modal="Bo: Mon 11 Jan, 12:00 GMT, noted by Sam")
    mark(staff, bo, NOT_MET)
    staff.wait(modal=_W.MET_OF.format(met=0, people=2))


def test_closed_one_is_opened_again_and_goes_on_reminding(product: Product) -> None:
    set_deadline(product)
    staff = product.actor("sam")
    open_deadline(staff)

    staff.press(Action.CLOSE_DEADLINE)
    staff.wait(modal=_W.CLOSED_NOW)
    staff.press(Action.REOPEN_DEADLINE)
    staff.wait(modal=_W.REOPENED)
    product.advance(TO_THE_FIRST_RUNG)

    assert len(reminders(product.scholar)) == 1


def test_who_waits_for_more_time_reads_that_it_was_closed_and_sees_what_is_left(product: Product) -> None:
    set_deadline(product)
    ask_for_time(product, until="2027-01-29", reason="")
    staff, scholar = product.actor("sam"), product.scholar
    open_deadline(staff)

    staff.press(Action.CLOSE_DEADLINE)
    staff.wait(modal=_W.CLOSED_NOW)
    product.deliver()
    [closed] = [each for each in scholar.messages() if each["text"].startswith(_D.REQUEST_CLOSED)]
    scholar.press_message(closed, Action.OPEN_DUE)
    scholar.wait(title=_D.TITLE)

    assert closed["text"] == f"{_D.REQUEST_CLOSED}: {TITLE}. {_D.REQUEST_CLOSED_MORE}"
    assert _D.NOTHING in shown(scholar)


def test_staff_close_what_is_for_a_private_list_whose_author_has_left_and_see_no_name(product: Product) -> None:
    store = product.stores.program
    put_person(store, "uma", Role.STAFF)
    with store.write() as connection:
        fresh = {"id": "list", "program_id": PROGRAM, "owner_id": "uma", "title": "Climbers", "about": ""}
        opt_in_queries.add_list(connection, fresh | {"created_at": 0, "closed_at": None})
        opt_in_queries.join(connection, "list", "ada", program_id=PROGRAM, at=0)
    house = another_house(product.stores, clock=product.clock, ids=FakeIds("list"))
    a_deadline(house, a_content(audience=Audience(list_id="list")), by="uma")
    off_the_roster(store, "uma")
    staff = product.actor("sam")

    staff.open("/deadlines", _W.TITLE)
    staff.press(Action.OPEN_DEADLINE)
    staff.wait(modal=_W.LEFT_BEHIND)
    seen = shown(staff)
    staff.press(Action.CLOSE_DEADLINE)
    staff.wait(modal=_W.CLOSED_NOW)

    assert _W.MET_OF.format(met=0, people=1) in seen
    assert "Ada" not in seen + shown(staff)
    assert (_W.LEFT_BEHIND in shown(staff), overview(house.desk, house.person("sam")).open) == (False, ())


def test_draft_is_changed_left_found_again_and_thrown_away(product: Product) -> None:
    move_to_london(product)
    staff = product.actor("sam")
    fill_deadline(staff)
    staff.submit()
    staff.wait(title=_W.PREVIEW_TITLE)

    press_to(staff, Action.CHANGE_DRAFT, _W.FORM_TITLE)
    staff.fill(Field.TITLE, "Biography")
    staff.submit()
    staff.wait(title=_W.PREVIEW_TITLE)
    staff.close(everything=True)
    staff.open("/deadlines", _W.TITLE)
    press_to(staff, Action.OPEN_DRAFT, _W.PREVIEW_TITLE)
    found = shown(staff)
    staff.press(Action.DISCARD_DEADLINE)
    staff.wait(modal=_W.DISCARDED)
    staff.close()

    assert "*Biography*" in found
    wait_until(lambda: "Biography" not in shown(staff))  # the list is brought up to date behind the answer
    assert _W.NONE_OPEN in shown(staff)


def previewing_what_another_has_changed(product: Product) -> tuple[Actor, House]:
    """Sam looks at a draft that has had another title since, and a house to look into the store by."""
    move_to_london(product)
    staff = product.actor("sam")
    fill_deadline(staff)
    staff.submit()
    staff.wait(title=_W.PREVIEW_TITLE)
    house = another_house(product.stores, clock=product.clock, ids=FakeIds("other"))
    (draft,) = overview(house.desk, house.person("sam")).drafts
    other = Write(request_key="other", content=a_content(title="Biography"), id=draft.id, version=draft.version)
    write(house.desk, house.person("sam"), other)
    return staff, house


def test_words_that_somebody_else_has_changed_meanwhile_are_not_set(product: Product) -> None:
    staff, house = previewing_what_another_has_changed(product)

    staff.submit()
    staff.wait(modal=ChangedMeanwhile().message)

    assert overview(house.desk, house.person("sam")).open == ()


def test_draft_that_somebody_else_has_changed_meanwhile_is_not_thrown_away(product: Product) -> None:
    staff, house = previewing_what_another_has_changed(product)

    staff.press(Action.DISCARD_DEADLINE)
    staff.wait(modal=ChangedMeanwhile().message)

    assert [each.text.title for each in overview(house.desk, house.person("sam")).drafts] == ["Biography"]


def test_staff_page_back_from_all_whom_they_have_marked_to_who_has_set_it(product: Product) -> None:
    ids = put_scholars(product.stores.program, TRAIL_PAGE + 10)
    set_deadline(product)
    house = another_house(product.stores, clock=product.clock, ids=FakeIds("marked"))
    (found,) = overview(house.desk, house.person("sam")).open
    mark_done_for(house.desk, house.person("sam"), found.deadline.id, ids)
    staff = product.actor("sam")
    open_deadline(staff)
    mark(staff, product.actor("bo").id)
    staff.wait(modal="met (Bo) by *Sam*")
    beside = shown(staff)

    press_to(staff, Action.SEE_DEADLINE_TRAIL, texts.trail.TITLE)
    newest = shown(staff)
    staff.press(f"{Action.TURN_DEADLINE_TRAIL}:next")
    staff.wait(modal=f"set ({len(ids) + 2} people, due <!date^")
    first = shown(staff)
    staff.press(f"{Action.TURN_DEADLINE_TRAIL}:back")
    staff.wait(modal="met (Bo) by *Sam*")
    again = shown(staff)
    staff.close()
    staff.wait(title=_W.TITLE)

    assert ("set (" in beside, "set (" in newest) == (False, False)
    marked = [each.count("met (") for each in (newest, first, again)]
    assert marked == [TRAIL_PAGE, len(ids) + 1 - TRAIL_PAGE, TRAIL_PAGE]


def test_lists_turn_to_what_one_page_does_not_hold(product: Product) -> None:
    move_to_london(product)
    house = another_house(product.stores, clock=product.clock, ids=FakeIds("set"))
    for number in range(LISTED + 1):
        a_deadline(house, a_content(title=f"Part {number}.", due=in_london(minute=number)))
    staff, scholar, last = product.actor("sam"), product.scholar, f"Part {LISTED}."

    staff.open("/deadlines", _W.TITLE)
    before = shown(staff)
    staff.press(f"{Action.TURN_DEADLINES}:next")
    staff.wait(modal=last)
    scholar.open("/deadlines mine", _D.TITLE)
    own = shown(scholar)
    scholar.press(f"{Action.TURN_DUE}:next")
    scholar.wait(modal=last)
    scholar.press(f"{Action.TURN_DUE}:back")
    scholar.wait(modal="Part 0.")

    assert (last in before, last in own) == (False, False)
    assert (_W.MORE in before, _D.MORE in own) == (True, True)


def test_who_looks_at_the_people_and_then_picks_others_is_asked_again_and_nothing_is_saved_unlooked(
    product: Product,
) -> None:
    set_deadline(product)
    staff = product.actor("sam")
    open_deadline(staff)
    staff.press(Action.CHANGE_DEADLINE)
    staff.wait(title=_W.FORM_TITLE)
    staff.fill(Field.WHO, [])
    staff.fill(Field.PEOPLE, [product.scholar.id])
    staff.submit()
    staff.wait(modal=_W.WOULD_LEAVE_ONE)
    without_a_tick = shown(staff)

    staff.fill(Field.ALL_THE_SAME, [YES])
    staff.fill(Field.PEOPLE, [product.scholar.id, product.actor("max").id])
    staff.submit()
    staff.wait(modal=_W.WOULD_JOIN_ONE)
    staff.close(everything=True)
    open_deadline(staff)

    assert "Bo" in without_a_tick
    assert "Bo" in shown(staff)
    assert "Max" not in shown(staff)
