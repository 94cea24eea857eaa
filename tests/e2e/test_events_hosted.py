"""Whoever hosts an event and is not staff learns neither whom else it could be for nor who has said nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import NotAllowed
from domain.events import AudienceOfStaff
from domain.people import Role
from handlers import texts
from handlers.ids import EVERYBODY, Action, Field
from sandbox.client import Payload
from services.audiences.options import value_of
from storage.engine import table_of
from storage.program.people import Membership
from tests.acting.events import fill_event, open_form, plan, press_in_list, words
from tests.acting.steps import submission
from tests.builders.people import account_of
from tests.fixtures.products import Product

WORDS = texts.events
membership = table_of(Membership)
STARTS = datetime(2027, 1, 14, 18, tzinfo=UTC)
OF_AUDIENCE = {
    Field.WHO,
    Field.COHORTS,
    Field.PHASES,
    Field.STREAMS,
    Field.SITES,
    Field.PEOPLE,
    Field.BEHIND,
    Field.LIST,
}


@pytest.fixture
def hosted(product: Product) -> str:
    """An event of ada's for scholars and one more by name, in a program with two streams."""
    with product.stores.program.write() as connection:
        for who, stream in (("bo", "Stream of Max"), ("ada", "Quiet stream")):
            connection.execute(membership.update().where(membership.c.person_id == who).values(stream=stream))
    fields: dict[str, Any] = {
        Field.HOST: account_of("ada"),
        Field.WHO: ["scholar"],
        Field.STREAMS: [value_of("Stream of Max"), value_of("Quiet stream")],
        Field.PEOPLE: [account_of("dev")],
    }
    return plan(product, **fields)


def fields_of(view: Payload) -> set[str]:
    return {str(block.get("block_id")).partition(":")[0] for block in view["blocks"]}


def deliver(product: Product, payload: Payload) -> Payload:
    return dict(product.workspace.deliver("interactive", payload)["body"])


def stored(product: Product, event_id: str) -> tuple[str, str, set[str]]:
    """Title and audience of an event, as staff have them before them."""
    staff = product.actor("sam")
    open_form(staff, event_id, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    view = staff.modal()
    staff.close(everything=True)
    by_field = {str(block.get("block_id")): block.get("element", {}) for block in view["blocks"]}
    who = {str(option["value"]) for option in by_field[Field.WHO].get("initial_options", ())}
    return str(by_field[Field.TITLE]["initial_value"]), str(by_field[Field.PEOPLE].get("initial_users")), who


def test_form_of_a_host_says_whom_it_is_for_without_a_name_and_asks_nothing_about_it(
    product: Product, hosted: str
) -> None:
    host, staff = product.scholar, product.actor("sam")
    open_form(staff, hosted, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    of_staff = fields_of(staff.modal())
    staff.close(everything=True)

    open_form(host, hosted, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)

    assert {Field.WHO, Field.STREAMS, Field.PEOPLE} <= of_staff
    assert fields_of(host.modal()) & OF_AUDIENCE == set()
    for said in ("Scholars\n2 streams\nAnd people who were chosen by name", WORDS.WHOM_OF_STAFF):
        assert said in [str(each["text"]) for each in _texts(host.modal())]
    for hidden in ("Stream of Max", "Quiet stream", account_of("dev"), "Dev", texts.audience.ROLES[Role.MENTOR]):
        assert hidden not in words(host)


def test_host_changes_the_rest_and_it_is_for_the_same_people_afterwards(product: Product, hosted: str) -> None:
    host, before = product.scholar, stored(product, hosted)
    open_form(host, hosted, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    host.fill(Field.TITLE, "Ada reads")

    host.submit()
    host.wait(modal=WORDS.CHANGED[:20])

    assert stored(product, hosted) == ("Ada reads", *before[1:])


@pytest.mark.parametrize(
    ("field", "element"),
    [
        (Field.WHO, {"selected_options": [{"value": EVERYBODY}]}),
        (Field.STREAMS, {"selected_options": [{"value": "no such stream"}]}),
        (Field.PEOPLE, {"selected_users": ["U-NOBODY"]}),
        (Field.BEHIND, {"selected_option": {"value": "d.deadline-1"}}),
        (Field.LIST, {"selected_option": {"value": "list-1"}}),
        (f"{Field.WITHOUT_ACCOUNT}:1", {"selected_options": [{"value": "max"}]}),
    ],
    ids=str,
)
def test_form_of_a_host_with_an_audience_made_up_is_refused_alike_and_saves_and_loses_nothing(
    product: Product, hosted: str, field: str, element: Payload
) -> None:
    host, before = product.scholar, stored(product, hosted)
    open_form(host, hosted, Action.OPEN_EDIT_EVENT, WORDS.EDIT_TITLE)
    host.fill(Field.TITLE, "Ada reads")
    forged = submission(host)
    forged["view"]["state"]["values"][field] = {Field.VALUE: element}

    answer = deliver(product, forged)

    assert answer == {"response_action": "errors", "errors": {Field.TITLE: AudienceOfStaff().message}}
    assert "Ada reads" in str(host.modal()["state"])
    assert stored(product, hosted) == before


def test_form_for_a_new_event_of_who_is_not_staff_is_refused_before_anything_in_it_is_read(product: Product) -> None:
    staff = product.actor("sam")
    wrong: dict[str, Any] = {Field.PLACE: "", Field.WHO: []}
    fill_event(staff, **wrong)
    forged = submission(staff)
    forged["user"] |= {"id": account_of("ada"), "username": account_of("ada"), "name": account_of("ada")}

    answer = deliver(product, forged)

    assert list(answer["errors"].values()) == [NotAllowed().message]


def test_host_ticks_whoever_has_answered_and_reads_what_the_others_can_do(product: Product, hosted: str) -> None:
    host, staff = product.scholar, product.actor("sam")
    product.advance(STARTS - product.clock.now())
    open_form(host, hosted, Action.OPEN_ATTENDANCE, WORDS.GUESTS_TITLE)
    of_nobody = words(host)
    host.close(everything=True)
    press_in_list(product.actor("dev"), hosted, Action.EVENT_HERE, WORDS.SAID_HERE)

    open_form(host, hosted, Action.OPEN_ATTENDANCE, WORDS.ATTENDANCE_TITLE)
    open_form(staff, hosted, Action.OPEN_ATTENDANCE, WORDS.ATTENDANCE_TITLE)

    assert WORDS.ATTENDANCE_OTHERS in of_nobody
    assert ("Dev" in words(host), "Bo" in words(host), WORDS.ATTENDANCE_OTHERS in words(host)) == (True, False, True)
    assert ("Bo" in words(staff), WORDS.ATTENDANCE_OTHERS in words(staff)) == (True, False)


def _texts(view: Payload) -> list[Payload]:
    found = [block["text"] for block in view["blocks"] if block["type"] == "section"]
    return [*found, *(each for block in view["blocks"] if block["type"] == "context" for each in block["elements"])]
