"""From /support and from the Home tab people get to everything that is theirs, also three modals deep."""

import pytest

from domain.people import Role
from handlers import texts
from handlers.ids import Action, Field
from handlers.views.ways import WAYS
from sandbox.client import Actor
from tests.acting.groups import set_up, submit
from tests.acting.moments import fill_moment
from tests.builders.people import put_membership
from tests.fixtures.products import Product

SHOWS = {
    Action.OPEN_BOOKING: texts.booking.BOOK_TITLE,
    Action.OPEN_SESSIONS: texts.sessions.NOTHING_AHEAD,
    Action.OPEN_URGENT: texts.urgent.TITLE,
    Action.OPEN_WAITING: texts.waiting.FROM,
    Action.OPEN_PROPOSE: texts.proposals.PROPOSE_SCHOLAR,
    Action.OPEN_GROUPS: texts.groups.NONE,
    Action.LIST_LINES: texts.office_hours.LIST_NONE,
    Action.OPEN_LOGS: texts.session_log.NOTHING_TO_LOG,
    Action.OPEN_HOURS: texts.hours.EDIT_WEEK,
    Action.OPEN_HANDOVERS: texts.handover.NOTHING,
    Action.OPEN_LOAD: texts.load.EXPLAINED.partition("{")[0],
    Action.OPEN_STAND_INS: texts.urgent.STAND_INS,
}
"""What tells that it has opened: words that are on no button."""


@pytest.mark.parametrize(
    ("who", "role"), [("ada", Role.SCHOLAR), ("cleo", Role.COACH), ("eli", Role.COMMUNITY_MANAGER)]
)
def test_every_way_opens_from_the_list_and_from_the_tab(product: Product, who: str, role: Role) -> None:
    actor = product.actor(who)
    actor.open_home()
    actor.wait(home=texts.groups.TITLE)
    mine = [way.action for way in WAYS if way.is_for([role])]

    for action in mine:
        press(actor, action, SHOWS[action])
        actor.close(everything=True)
    for action in mine:
        if action is not Action.OPEN_SESSIONS:
            actor.open("/support", texts.sessions.SESSIONS_TITLE)
            press(actor, action, SHOWS[action])
            actor.close(everything=True)


def test_a_group_session_is_moved_from_the_list_of_what_is_ahead(product: Product) -> None:
    coach = product.coach
    set_up(product, coach)
    coach.open("/support list", texts.sessions.SESSIONS_TITLE)
    press(coach, Action.OPEN_GROUPS, texts.groups.NEW)
    press(coach, Action.OPEN_DETAILS, texts.groups.CHANGE_SEATS)
    press(coach, Action.OPEN_GROUP_MOVE, texts.sessions.NOW_AT)
    fill_moment(coach, Field.START, "2027-01-14 10:00")

    submit(coach)

    coach.wait(modal=texts.groups.MOVED)
    assert len(coach.modals()) == 3
    coach.close()
    coach.close()
    coach.wait(modal="Thu 14 Jan, 10:00 PST")


def test_a_coach_who_grades_is_not_led_to_the_load(product: Product) -> None:
    put_membership(product.stores.program, "cleo", Role.GRADER)
    product.coach.open("/support", texts.sessions.SESSIONS_TITLE)

    assert texts.load.TITLE not in str(product.coach.modal())


@pytest.mark.parametrize("line", ["/support book tomorrow at ten", "/support  BOOK", "/support book, please"])
def test_a_word_opens_its_form_whatever_follows_it(product: Product, line: str) -> None:
    product.scholar.open(line, texts.booking.BOOK_TITLE)

    assert product.scholar.messages() == []


def press(actor: Actor, action: Action, shows: str) -> None:
    """Press, and wait for what comes."""
    actor.press(action)
    actor.wait(modal=shows)
