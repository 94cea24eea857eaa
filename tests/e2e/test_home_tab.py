"""The Home tab as people see it: what is in it, and that it follows what happens elsewhere."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.people import Role
from domain.times import epoch_seconds
from handlers import texts
from handlers.ids import Action
from handlers.views.ways import way_buttons
from sandbox.client import Actor
from tests.acting.steps import book, cancel, last_with, move, propose
from tests.acting.teams import wait_until
from tests.builders.people import put_membership
from tests.fixtures.desks import LONDON
from tests.fixtures.products import Product

FIRST, TOMORROW = 0, 1
"""Days offered when it is Monday noon; a second later the first of them is tomorrow."""
PROGRAM = (Action.OPEN_DUE, Action.OPEN_EVENTS)
"""What opens all deadlines and events, for who has none ahead."""


def ways(role: Role) -> list[str]:
    """The buttons that stand at the foot of everybody's tab."""
    return [button["action_id"] for button in way_buttons([role])]


def test_a_scholars_tab_shows_the_next_session_and_the_way_to_book(product: Product) -> None:
    scholar = product.scholar
    scholar.open_home()
    scholar.wait(home=texts.home.NOTHING)
    empty = shown(scholar)

    start = book(product)
    scholar.wait(home=start)

    assert empty == [texts.home.NEXT, texts.home.NOTHING]
    assert shown(scholar) == [texts.home.NEXT, start]
    assert buttons(scholar) == [*PROGRAM, Action.OPEN_DETAILS, *ways(Role.SCHOLAR), Action.OPEN_ATTENTION]


def test_a_scholars_tab_shows_only_the_next_of_several_sessions(product: Product) -> None:
    later = book(product)
    sooner = book(product, day=FIRST)
    product.scholar.open_home()
    product.scholar.wait(home=sooner)

    assert shown(product.scholar) == [texts.home.NEXT, sooner]
    assert later > sooner


def test_a_coachs_tab_shows_what_is_left_of_today(product: Product) -> None:
    coach = product.coach
    product.change_account("cleo", tz=LONDON)
    coach.open_home()
    coach.wait(home=texts.home.NO_DAY)
    start = int(book(product, day=TOMORROW))
    coach.wait(home=str(start))
    day_before = shown(coach)

    product.advance(_until(product, start - 2 * 3600))
    coach.open_home()
    wait_until(lambda: texts.home.NO_MORE not in shown(coach))
    that_day = shown(coach)
    product.advance(_until(product, start + 2 * 3600))
    coach.open_home()
    coach.wait(home=texts.home.NO_DAY)

    assert day_before[:-1] == [texts.home.TODAY, texts.home.NO_MORE, str(start)]
    assert that_day == [texts.home.TODAY, str(start)]
    assert shown(coach) == [texts.home.TODAY, texts.home.NO_DAY, texts.session_log.WAITS]
    assert buttons(coach) == [*PROGRAM, Action.OPEN_LOGS, *ways(Role.COACH), Action.OPEN_ATTENTION]


def test_a_session_accepted_for_today_is_on_the_coachs_tab_at_once(product: Product) -> None:
    coach, scholar = product.coach, product.scholar
    product.change_account("cleo", tz=LONDON)
    coach.open_home()
    coach.wait(home=texts.home.NO_DAY)
    propose(product, coach, scholar, own="2027-01-11 16:00")

    scholar.press_message(scholar.messages()[-1], f"{Action.ACCEPT_TIME}:0")
    coach.wait(home=str(epoch_seconds(datetime(2027, 1, 11, 16, tzinfo=UTC))))


def test_the_tab_says_what_time_it_is_for_the_bot_only_where_that_has_been_moved(product: Product) -> None:
    scholar = product.scholar
    scholar.open_home()
    scholar.wait(home=texts.home.NOTHING)
    unmoved = str(scholar.home())

    product.clock.shift(timedelta(days=1))
    scholar.open_home()

    scholar.wait(home="For me it is now Tue 12 Jan, 04:00 PST.")
    assert "For me it is now" not in unmoved


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_moving_and_canceling_by_either_side_redraw_both_tabs(product: Product, who: str) -> None:
    scholar, coach = product.scholar, product.coach
    product.change_account("cleo", tz=LONDON)
    start = int(book(product, day=TOMORROW))
    product.advance(_until(product, start - 2 * 3600))
    for actor in (scholar, coach):
        actor.open_home()
    coach.wait(home=str(start))

    moved = move(product, product.actor(who))
    scholar.wait(home=moved)
    coach.wait(home=moved)
    after_moving = shown(scholar), [text for text in shown(coach) if texts.hours.WEEK_TITLE not in text]
    cancel(product, product.actor(who))
    scholar.wait(home=texts.home.NOTHING)
    coach.wait(home=texts.home.NO_DAY)

    assert after_moving == ([texts.home.NEXT, moved], [texts.home.TODAY, texts.home.NO_MORE, moved])
    assert shown(coach) == [texts.home.TODAY, texts.home.NO_DAY]


def test_the_tab_names_nobody_and_holds_no_words(product: Product) -> None:
    start = book(product, words="Whether to apply for the extension.")
    for actor in (product.scholar, product.coach):
        actor.open_home()
        actor.wait(home="home.")

    everything = str(product.scholar.home()) + str(product.coach.home())
    assert start in everything
    assert [word for word in ("Cleo", "Ada", "extension", "oach") if word in everything] == []


def test_somebody_of_two_roles_has_both_parts(product: Product) -> None:
    put_membership(product.stores.program, "ada", Role.COACH)

    product.scholar.open_home()
    product.scholar.wait(home=texts.home.NO_DAY)

    assert shown(product.scholar) == [
        texts.home.TODAY,
        texts.home.NO_DAY,
        texts.home.NEXT,
        texts.home.NOTHING,
    ]


@pytest.mark.parametrize(
    ("who", "own", "can_press"),
    [
        (
            "max",
            [texts.home.NEXT, texts.home.MENTORS_NOTHING],
            [*PROGRAM, Action.OPEN_BOOKING, Action.OPEN_SESSIONS],
        ),
        (
            "sam",
            [],
            [Action.OPEN_ANNOUNCEMENTS, Action.OPEN_DEADLINES, Action.OPEN_EVENTS, Action.OPEN_PROGRAM],
        ),
    ],
)
def test_those_outside_support_see_a_plain_tab_and_what_is_their_own(
    product: Product, who: str, own: list[str], can_press: list[Action]
) -> None:
    book(product)
    actor = product.actor(who)

    actor.open_home()
    actor.wait(home=texts.home.PLAIN)

    assert (shown(actor), buttons(actor)) == ([texts.home.PLAIN, *own], [*can_press, Action.OPEN_ATTENTION])


@pytest.mark.parametrize(
    ("action", "title"),
    [
        (Action.OPEN_ANNOUNCEMENTS, texts.announcements.TITLE),
        (Action.OPEN_DEADLINES, texts.deadlines.TITLE),
        (Action.OPEN_EVENTS, texts.events.TITLE),
        (Action.OPEN_PROGRAM, texts.program.TITLE),
    ],
)
def test_staff_open_from_their_tab_what_they_announce_and_the_rules(
    product: Product, action: Action, title: str
) -> None:
    staff = product.actor("sam")
    staff.open_home()
    staff.wait(home=texts.home.RULES)

    staff.press(action)

    staff.wait(title=title)


@pytest.mark.parametrize(
    ("action", "title"),
    [(Action.OPEN_GROUPS, texts.groups.TITLE), (Action.LIST_LINES, texts.office_hours.TITLE)],
)
def test_a_scholar_gets_from_the_tab_to_what_is_for_several(product: Product, action: Action, title: str) -> None:
    product.scholar.open_home()
    product.scholar.wait(home=texts.groups.TITLE)

    product.scholar.press(action)

    product.scholar.wait(modal=title)


@pytest.mark.parametrize("how", ["accepted", "declined", "withdrawn"])
def test_offered_times_wait_on_the_scholars_tab_until_it_is_settled(product: Product, how: str) -> None:
    scholar, coach = product.scholar, product.coach
    scholar.open_home()
    scholar.wait(home=texts.home.NOTHING)
    propose(product, coach, scholar)
    scholar.wait(home=texts.home.OFFERED)
    scholar.press(Action.OPEN_SESSIONS)
    scholar.wait(modal=texts.proposals.OFFERED)
    scholar.close(everything=True)

    if how == "withdrawn":
        coach.open("/support list", texts.sessions.SESSIONS_TITLE)
        coach.press(Action.WITHDRAW_TIMES)
    else:
        button = f"{Action.ACCEPT_TIME}:0" if how == "accepted" else Action.DECLINE_TIMES
        scholar.press_message(last_with(scholar, Action.ACCEPT_TIME), button)

    wait_until(lambda: texts.home.OFFERED not in shown(scholar))


def test_a_coach_reads_the_week_on_their_tab(product: Product) -> None:
    product.change_account("cleo", tz=LONDON)
    start = int(book(product, day=TOMORROW))
    product.coach.open_home()

    product.coach.wait(home=str(start))

    *_, week = [text for text in shown(product.coach) if text.startswith(f"*{texts.hours.WEEK_TITLE}*")]
    ends = f"<!date^{start + 45 * 60}^{{time}}|"
    assert f"{texts.hours.ONE_SESSION}, <!date^{start}^{{time}}|" in week
    assert ends in week


def shown(actor: Actor) -> list[str]:
    """The headings and paragraphs of somebody's tab in order; a session as its start, in epoch seconds."""
    texts_shown = [block["text"]["text"] for block in actor.home()["blocks"] if block["type"] in {"header", "section"}]
    return [text.split("^")[1] if text.startswith("<!date^") else text for text in texts_shown]


def buttons(actor: Actor) -> list[str]:
    """What can be pressed in somebody's tab, in order."""
    found: list[str] = []
    for block in actor.home()["blocks"]:
        elements: list[Any] = block.get("elements", []) if block["type"] == "actions" else []
        accessory = block.get("accessory")
        found += [element["action_id"] for element in [*([accessory] if accessory else []), *elements]]
    return found


def _until(product: Product, seconds: int) -> timedelta:
    return datetime.fromtimestamp(seconds, UTC) - product.clock.now()
