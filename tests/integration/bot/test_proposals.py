"""Proposing: as which of two roles, and times of which days."""

from domain.kinds import COACHING, COMMUNITY
from domain.people import Role
from domain.times import instant_of
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Payload
from services.booking.book import book_session
from tests.acting.steps import last_with
from tests.builders.bookings import a_wish
from tests.builders.people import TEAM, account_of, put_membership
from tests.fixtures.products import Product


def test_a_person_of_two_roles_chooses_as_which_to_propose(product: Product) -> None:
    put_membership(product.stores.program, "cleo", Role.COMMUNITY_MANAGER)
    staff, scholar = product.coach, product.scholar
    staff.open("/support propose", texts.proposals.PROPOSE_TITLE)

    staff.choose(Field.SCHOLAR, scholar.id)
    staff.choose(Field.KIND, COMMUNITY)
    staff.fill(Field.STARTS, list(staff.options(Field.STARTS))[:1])
    assert staff.submit()["errors"] == {}
    product.deliver()
    scholar.press_message(last_with(scholar, Action.OPEN_PROPOSAL), Action.OPEN_PROPOSAL)
    scholar.wait(modal=texts.kinds.LABELS[COMMUNITY])

    assert texts.kinds.LABELS[COACHING] not in str(scholar.modal())


def test_the_kind_may_be_chosen_before_the_scholar(product: Product) -> None:
    put_membership(product.stores.program, "cleo", Role.COMMUNITY_MANAGER)
    staff = product.coach
    staff.open("/support propose", texts.proposals.PROPOSE_TITLE)

    staff.fill(Field.KIND, COMMUNITY)
    staff.choose(Field.SCHOLAR, product.scholar.id)

    assert f"{COMMUNITY}" in str([block.get("block_id") for block in staff.modal()["blocks"]])


def test_a_person_of_one_role_is_not_asked(product: Product) -> None:
    product.coach.open("/support propose", texts.proposals.PROPOSE_TITLE)
    product.coach.choose(Field.SCHOLAR, product.scholar.id)

    fields = [str(block.get("block_id")).partition(":")[0] for block in product.coach.modal()["blocks"]]

    assert fields == ["scholar", "day", "starts", "own"]


def test_times_of_several_days_go_in_one_offer(product: Product) -> None:
    staff, scholar = product.coach, product.scholar
    staff.open("/support propose", texts.proposals.PROPOSE_TITLE)
    staff.choose(Field.SCHOLAR, scholar.id)
    days = list(staff.options(Field.DAY))[1:4]

    chosen: list[str] = []
    for day in days:
        staff.choose(Field.DAY, day)
        of_day = [value for value in staff.options(Field.STARTS) if value not in chosen]
        chosen += of_day[:1]
        staff.fill(Field.STARTS, chosen)
    assert staff.submit()["errors"] == {}
    product.deliver()

    assert [value.partition(".")[2] for value in accepting(last_with(scholar, Action.ACCEPT_TIME))] == chosen


def accepting(message: Payload) -> list[str]:
    """What the buttons that accept a time carry."""
    elements = [each for block in message["blocks"] for each in block.get("elements", ())]
    return [each["value"] for each in elements if each["action_id"].startswith(Action.ACCEPT_TIME)]


def test_what_was_chosen_on_another_day_and_has_gone_is_not_offered(product: Product) -> None:
    staff, scholar = product.coach, product.scholar
    staff.open("/support propose", texts.proposals.PROPOSE_TITLE)
    staff.choose(Field.SCHOLAR, scholar.id)
    first, second = list(staff.options(Field.DAY))[1:3]
    staff.choose(Field.DAY, first)
    gone = min(staff.options(Field.STARTS))
    staff.fill(Field.STARTS, [gone])
    desk = product.runtime.desk
    starts = f"{instant_of(int(gone)):%Y-%m-%dT%H:%MZ}"
    book_session(desk.support, desk.people.who(account_of("bo"), TEAM), a_wish(starts))

    staff.choose(Field.DAY, second)

    assert gone not in staff.options(Field.STARTS)
