"""What a form offers as an audience, and that what was chosen stays there: else the form would mean more people."""

import pytest
from sqlalchemy import insert, update

from domain.audience import Audience
from domain.people import Person, Role
from handlers.audience import audience_chosen
from handlers.ids import Field, Modal
from handlers.parse.audience import AudienceForm, audience_form
from handlers.parse.state import State
from handlers.views.audience import audience_fields
from handlers.views.blocks import modal
from services.announcements.correct import retract
from services.audiences.named import NotOnRoster, accounts_in_use
from services.audiences.options import Named, audience_options
from services.deadlines.change import close
from storage.program import announcement_queries, opt_in_queries
from storage.program.people_queries import person
from tests.builders.announcements import Desk, a_desk
from tests.builders.announcements import leave as leave_roster
from tests.builders.deadlines import a_deadline
from tests.builders.leaving import deactivated
from tests.builders.payloads import as_opened
from tests.builders.people import PROGRAM, account_of, put_person, put_program
from tests.fixtures.desks import House


@pytest.fixture
def desk(house: House) -> Desk:
    """On each engine in turn."""
    return a_desk(house)


def sent_back(desk: Desk, author: Person, chosen: Audience) -> Audience:
    """What the form of this audience says when it is sent back as it was opened."""
    blocks = audience_fields(audience_options(desk.house.desk, author, chosen), chosen)
    return audience_form(State(as_opened(modal(Modal.ANNOUNCE, title="Form", blocks=blocks)))).audience


def put_list(desk: Desk, *, owner: str = "sam", is_open: bool = True) -> None:
    with desk.house.desk.program.write() as connection:
        opt_in_queries.add_list(
            connection,
            {"id": "l1", "program_id": PROGRAM, "owner_id": owner, "title": "Grants", "about": "", "created_at": 1},
        )
        if not is_open:
            opt_in_queries.close_list(connection, "l1", at=2)


def test_a_deadline_that_has_closed_stays_chosen(desk: Desk) -> None:
    deadline = a_deadline(desk.house)
    close(desk.house.desk, desk.sam, deadline.id)
    chosen = Audience(roles=(Role.SCHOLAR,), behind_deadline=deadline.id)

    assert sent_back(desk, desk.sam, chosen) == chosen
    offered = audience_options(desk.house.desk, desk.sam, chosen).deadlines
    assert offered == (Named(id=deadline.id, title="Research plan"),)


def test_an_announcement_that_was_taken_back_stays_chosen(desk: Desk) -> None:
    sent = desk.sent()
    retract(desk.house.desk, desk.sam, sent.id)
    chosen = Audience(roles=(Role.SCHOLAR,), behind_announcement=sent.id)

    assert sent_back(desk, desk.sam, chosen) == chosen


def test_an_announcement_that_newer_ones_have_pushed_out_of_the_menu_stays_chosen(desk: Desk) -> None:
    oldest = desk.sent()
    with desk.house.desk.program.write() as connection:
        model = announcement_queries.one(connection, oldest.id)
        assert model is not None
        later = model._replace(sent_at=(model.sent_at or 0) + 60)
        for number in range(20):
            announcement_queries.add(connection, later._replace(id=f"newer-{number}")._asdict())
    chosen = Audience(everyone=True, behind_announcement=oldest.id)

    offered = audience_options(desk.house.desk, desk.sam, chosen).announcements

    assert (len(offered), offered[-1].id) == (21, oldest.id)
    assert sent_back(desk, desk.sam, chosen) == chosen


@pytest.mark.parametrize(("owner", "is_open"), [("sam", False), ("sue", True)], ids=["ended", "another one's"])
def test_a_private_list_stays_chosen(desk: Desk, owner: str, *, is_open: bool) -> None:
    put_list(desk, owner=owner, is_open=is_open)
    chosen = Audience(list_id="l1")

    assert sent_back(desk, desk.sam, chosen) == chosen
    assert audience_options(desk.house.desk, desk.sam, chosen).lists == (Named(id="l1", title="Grants"),)
    assert audience_options(desk.house.desk, desk.sam, Audience()).lists == ()


def test_a_role_that_nobody_has_any_more_stays_chosen(desk: Desk) -> None:
    leave_roster(desk, "max", Role.MENTOR)
    chosen = Audience(roles=(Role.MENTOR,))

    assert sent_back(desk, desk.sam, chosen) == chosen
    assert Role.MENTOR not in audience_options(desk.house.desk, desk.sam, Audience()).roles


def test_what_is_chosen_and_offered_stands_in_the_menu_once(desk: Desk) -> None:
    deadline = a_deadline(desk.house)

    offered = audience_options(desk.house.desk, desk.sam, Audience(behind_deadline=deadline.id)).deadlines

    assert offered == (Named(id=deadline.id, title="Research plan"),)


def test_title_of_another_programs_announcement_stays_unknown(desk: Desk) -> None:
    put_program(desk.house.stores.program, "program-2")
    put_person(desk.house.stores.program, "zoe", Role.STAFF, program_id="program-2")
    sent = desk.sent()
    chosen = Audience(behind_announcement=sent.id)

    offered = audience_options(desk.house.desk, desk.house.person("zoe"), chosen).announcements

    assert offered == (Named(id=sent.id, title=""),)
    assert sent_back(desk, desk.house.person("zoe"), chosen) == chosen


def named_again(desk: Desk, author: Person, people: tuple[str, ...]) -> Audience:
    """What the form for these people says, as people of the program, when it is sent back as it was opened."""
    options = audience_options(desk.house.desk, author, Audience(people=people))
    blocks = audience_fields(options, Audience(people=people), accounts=accounts_in_use(desk.house.desk, people))
    form = audience_form(State(as_opened(modal(Modal.ANNOUNCE, title="Form", blocks=blocks))))
    return audience_chosen(desk.house.desk, author, form)


def lose_account(desk: Desk, who: str) -> None:
    """The roster knows them by no account any more."""
    with desk.house.desk.program.write() as connection:
        connection.execute(update(person).where(person.c.id == who).values(slack_user_id=None))


def test_who_has_no_account_in_use_any_more_stays_chosen_and_is_named(desk: Desk) -> None:
    deactivated(desk.house.stores.program, "bo")
    lose_account(desk, "max")
    chosen = Audience(people=("ada", "bo", "max"))

    assert named_again(desk, desk.sam, chosen.people) == chosen
    assert accounts_in_use(desk.house.desk, chosen.people) == (account_of("ada"),)
    assert [each.id for each in audience_options(desk.house.desk, desk.sam, chosen).without_account] == ["bo", "max"]


def test_who_are_chosen_alone_and_have_no_account_in_use_stay_chosen(desk: Desk) -> None:
    lose_account(desk, "bo")

    assert named_again(desk, desk.sam, ("bo",)) == Audience(people=("bo",))


def test_who_gets_an_account_back_stands_in_the_picker_again(desk: Desk) -> None:
    assert audience_options(desk.house.desk, desk.sam, Audience(people=("ada", "bo"))).without_account == ()
    assert named_again(desk, desk.sam, ("ada", "bo")) == Audience(people=("ada", "bo"))


def test_who_is_of_another_program_is_neither_named_nor_kept(desk: Desk) -> None:
    put_program(desk.house.stores.program, "program-2")
    put_person(desk.house.stores.program, "zoe", Role.STAFF, program_id="program-2")
    put_person(desk.house.stores.program, "zed", program_id="program-2", account=None)
    form = AudienceForm(audience=Audience(people=("zed",)), accounts=())

    assert audience_options(desk.house.desk, desk.sam, Audience(people=("zed",))).without_account == ()
    with pytest.raises(NotOnRoster) as refusal:
        audience_chosen(desk.house.desk, desk.sam, form)
    assert refusal.value.field == Field.WITHOUT_ACCOUNT


def test_more_than_a_menu_holds_stay_chosen(desk: Desk) -> None:
    ids = tuple(f"p{number:03}" for number in range(101))
    with desk.house.desk.program.write() as connection:
        rows = [{"id": each, "program_id": PROGRAM, "name": each, "email": each, "welcomed_at": 0} for each in ids]
        connection.execute(insert(person), rows)

    assert named_again(desk, desk.sam, ids).people == ids
