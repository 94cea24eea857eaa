"""Somebody who is coach and community manager proposes as either."""

from domain.kinds import COACHING, COMMUNITY
from domain.people import Role
from handlers import texts
from handlers.ids import Action, Field
from tests.acting.steps import last_with
from tests.builders.people import put_membership
from tests.fixtures.products import Product


def test_a_person_of_two_roles_chooses_as_which_to_propose(product: Product) -> None:
    put_membership(product.stores.program, "cleo", Role.COMMUNITY_MANAGER)
    staff, scholar = product.coach, product.scholar
    staff.open("/support propose", texts.PROPOSE_TITLE)

    staff.choose(Field.SCHOLAR, scholar.id)
    staff.choose(Field.KIND, COMMUNITY)
    staff.fill(Field.STARTS, list(staff.options(Field.STARTS))[:1])
    assert staff.submit()["errors"] == {}
    product.deliver()
    scholar.press_message(last_with(scholar, Action.OPEN_PROPOSAL), Action.OPEN_PROPOSAL)
    scholar.wait(modal=texts.LABELS[COMMUNITY])

    assert texts.LABELS[COACHING] not in str(scholar.modal())


def test_the_kind_may_be_chosen_before_the_scholar(product: Product) -> None:
    put_membership(product.stores.program, "cleo", Role.COMMUNITY_MANAGER)
    staff = product.coach
    staff.open("/support propose", texts.PROPOSE_TITLE)

    staff.fill(Field.KIND, COMMUNITY)
    staff.choose(Field.SCHOLAR, product.scholar.id)

    assert f"{COMMUNITY}" in str([block.get("block_id") for block in staff.modal()["blocks"]])


def test_a_person_of_one_role_is_not_asked(product: Product) -> None:
    product.coach.open("/support propose", texts.PROPOSE_TITLE)
    product.coach.choose(Field.SCHOLAR, product.scholar.id)

    fields = [str(block.get("block_id")).partition(":")[0] for block in product.coach.modal()["blocks"]]

    assert fields == ["scholar", "day", "starts", "own"]
