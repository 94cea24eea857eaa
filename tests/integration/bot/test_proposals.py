"""Proposing: as which of two roles, and times of which days."""

from datetime import datetime

from domain.kinds import COACHING, COMMUNITY
from domain.people import Role
from domain.times import instant_of, zone
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.fields import pass_field
from sandbox.client import Payload
from services.booking.book import book_session
from services.proposals.propose import TooManyTimes
from tests.acting.moments import fill_moment, moment_in
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

    assert fields == ["scholar", "day", "starts", "own.day", "own", "own.add"]


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


def test_times_of_ones_own_are_added_one_after_another_and_the_last_counts_too(product: Product) -> None:
    staff, scholar = product.coach, product.scholar
    staff.open("/support propose", texts.proposals.PROPOSE_TITLE)
    staff.choose(Field.SCHOLAR, scholar.id)
    for when in ("2027-01-12 07:00", "2027-01-13 07:30"):
        fill_moment(staff, Field.OWN, when)
        before = staff.modal()["hash"]
        staff.press(Action.ADD_OWN_TIME)
        staff.wait(hash=before)
        assert moment_in(staff, Field.OWN) == ""
    fill_moment(staff, Field.OWN, "2027-01-14 08:00")

    assert staff.submit()["errors"] == {}
    product.deliver()

    starts = [int(value.partition(".")[2]) for value in accepting(last_with(scholar, Action.ACCEPT_TIME))]
    tz = zone(product.runtime.desk.people.who(staff.id, TEAM).zone)
    assert [f"{datetime.fromtimestamp(start, tz):%Y-%m-%d %H:%M}" for start in starts] == [
        "2027-01-12 07:00",
        "2027-01-13 07:30",
        "2027-01-14 08:00",
    ]


def test_time_of_ones_own_that_happens_twice_is_asked_about_when_it_is_added(product: Product) -> None:
    staff = product.coach
    staff.open("/support propose", texts.proposals.PROPOSE_TITLE)
    staff.choose(Field.SCHOLAR, product.scholar.id)
    fill_moment(staff, Field.OWN, "2026-11-01 01:30")

    staff.press(Action.ADD_OWN_TIME)
    staff.wait(modal=texts.moments.WHICH)
    staff.fill(pass_field(Field.OWN), "second")
    staff.press(Action.ADD_OWN_TIME)

    staff.wait(modal="01:30 PST")


def test_add_without_a_time_says_what_is_missing_and_six_are_too_many(product: Product) -> None:
    staff = product.coach
    staff.open("/support propose", texts.proposals.PROPOSE_TITLE)
    staff.choose(Field.SCHOLAR, product.scholar.id)
    staff.press(Action.ADD_OWN_TIME)
    staff.wait(modal=texts.moments.NO_DAY)
    staff.close()
    staff.choose(Field.DAY, list(staff.options(Field.DAY))[1])
    staff.fill(Field.STARTS, list(staff.options(Field.STARTS))[:5])
    fill_moment(staff, Field.OWN, "2027-01-12 07:00")

    staff.press(Action.ADD_OWN_TIME)

    staff.wait(modal=TooManyTimes().message)
