"""Who is refused, everywhere and in the same words; what refusals look like never depends on what exists."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from domain.errors import NotAllowed, NotFound
from domain.people import SUPPORT_ROLES, Role
from handlers import (
    announcements,
    attention,
    deadlines,
    digest,
    due,
    event_guests,
    event_plans,
    events,
    extensions,
    lists,
    talks,
    texts,
    told,
    trail,
)
from handlers.ids import Action, Field, Modal, Shortcut
from handlers.request import Kind
from handlers.router import EVERYONE
from sandbox.client import Payload
from storage.confidential.bookings import Booking
from storage.engine import table_of
from tests.acting.payloads import a_command, a_form, a_press
from tests.acting.steps import book, fill_booking, leave_roster, submission
from tests.builders.people import TEAM, account_of, put_membership, put_person
from tests.fixtures.products import Product

REFUSED = NotAllowed().message
JUDGES = (Role.MENTOR, Role.STAFF, Role.OPS, Role.EVALUATOR, Role.GRADER)
RANDOM = "no-such-session"


@pytest.mark.parametrize(
    "changes",
    [
        {"is_stranger": True},
        {"is_bot": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"deleted": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_an_account_that_changed_a_moment_ago_is_refused_although_on_the_roster(
    product: Product, who: str, changes: dict[str, Any]
) -> None:
    product.change_account(who, **changes)

    answers = [deliver(product, "slash", a_command(who, line)) for line in ("/support", "/support help", "/hours")]

    assert [answer["text"] for answer in answers] == [REFUSED] * 3


def test_a_booking_form_of_somebody_deactivated_meanwhile_books_nothing(product: Product) -> None:
    fill_booking(product.scholar)
    payload = submission(product.scholar)
    product.change_account("ada", deleted=True)

    answer = deliver(product, "interactive", payload)

    assert list(answer["errors"].values()) == [REFUSED]


def test_somebody_removed_from_the_roster_is_refused_at_the_next_press(product: Product) -> None:
    book(product)
    message = product.scholar.messages()[0]
    leave_roster(product, "ada")

    product.scholar.press_message(message, Action.OPEN_DETAILS)
    product.scholar.wait(text=REFUSED)

    assert product.scholar.modals() == []


@pytest.mark.parametrize(
    ("user", "team"), [("UNOBODY", TEAM), (account_of("ada"), "T2"), (account_of("ada"), "")], ids=str
)
def test_nobody_and_other_workspaces_are_refused(product: Product, user: str, team: str) -> None:
    command = a_command("ada", "/support") | {"user_id": user, "team_id": team}
    press = a_press("ada", Action.OPEN_SESSIONS) | {"user": {"id": user, "team_id": team}}

    answer = deliver(product, "slash", command)
    pressed = deliver(product, "interactive", press)

    assert answer["text"] == REFUSED
    assert pressed == {}


def test_a_guest_who_mentors_gets_help_and_nothing_else(product: Product) -> None:
    product.change_account("max", is_restricted=True)

    texts_seen = [deliver(product, "slash", a_command("max", line))["text"] for line in ("/support", "/support book")]

    assert [each.startswith(texts.helping.MENTOR) for each in texts_seen] == [True] * 2


def test_a_guest_with_two_roles_is_a_mentor_only(product: Product) -> None:
    put_membership(product.stores.program, "max", Role.COACH)
    product.change_account("max", is_restricted=True)

    answer = deliver(product, "slash", a_command("max", "/hours"))

    assert answer["text"] == texts.hours.WHOSE


@pytest.mark.parametrize("role", [Role.SCHOLAR, *JUDGES])
def test_whoever_types_a_command_of_others_is_told_whose_it_is(product: Product, role: Role) -> None:
    put_person(product.stores.program, "jo", role)

    answer = deliver(product, "slash", a_command("jo", "/hours"))

    assert answer["text"] == texts.hours.WHOSE


@pytest.mark.parametrize("role", JUDGES)
def test_a_judge_pressing_anything_meets_the_same_refusal_as_for_a_session_that_is_not_there(
    product: Product, role: Role
) -> None:
    put_person(product.stores.program, "jo", role)
    book(product)
    session = session_of(product)
    ids = [f"{session}.1", f"{RANDOM}.1"]

    others = [action for action in Action if action not in own_of(product, role)]
    answers = [[answers_to(product, a_press("jo", action, value)) for value in ids] for action in others]

    assert len(others) > len(Action) // 3
    for known, unknown in answers:
        assert known == unknown == [REFUSED]


@pytest.mark.parametrize("action", [Action.OPEN_DETAILS, Action.OPEN_MOVE, Action.OPEN_CANCEL, Action.OPEN_BOOKING])
def test_a_session_of_their_scholar_is_to_a_mentor_like_one_that_is_not_there(product: Product, action: Action) -> None:
    book(product)
    session = session_of(product)

    known, unknown = (answers_to(product, a_press("max", action, f"{id_}.1")) for id_ in (session, RANDOM))

    assert known == unknown == [NotFound().message]


@pytest.mark.parametrize("role", JUDGES)
def test_a_judge_submitting_any_form_meets_the_same_refusal_whatever_it_names(product: Product, role: Role) -> None:
    put_person(product.stores.program, "jo", role)
    book(product)
    session = session_of(product)

    answers = [
        [deliver(product, "interactive", a_form("jo", modal, f"{id_}.1")) for id_ in (session, RANDOM)]
        for modal in (Modal.BOOK, Modal.MOVE, Modal.CANCEL, Modal.HOURS, Modal.PROFILE, Modal.PROPOSE)
        if modal not in own_of(product, role)
    ]

    for known, unknown in answers:
        assert known == unknown == {"response_action": "errors", "errors": {Field.REASON: REFUSED}}


@pytest.mark.parametrize("who", ["bo", "dev", "eli"])
@pytest.mark.parametrize("action", [Action.OPEN_DETAILS, Action.OPEN_MOVE, Action.OPEN_CANCEL])
def test_a_session_of_others_is_as_good_as_none_to_those_who_have_their_own(
    product: Product, who: str, action: Action
) -> None:
    book(product)
    session = session_of(product)

    known, unknown = (answers_to(product, a_press(who, action, f"{id_}.1")) for id_ in (session, RANDOM))

    assert known == unknown == [NotFound().message]


@pytest.mark.parametrize("modal", [Modal.MOVE, Modal.CANCEL])
def test_a_form_about_a_session_of_others_changes_nothing(product: Product, modal: Modal) -> None:
    book(product)
    session = session_of(product)

    answers = [deliver(product, "interactive", a_form("bo", modal, f"{id_}.1")) for id_ in (session, RANDOM)]

    assert answers[0] == answers[1] == {"response_action": "errors", "errors": {Field.REASON: NotFound().message}}


def test_a_judges_shortcut_opens_a_refusal(product: Product) -> None:
    sam = product.actor("sam")

    sam.shortcut(Shortcut.BOOK)
    sam.wait(modal=texts.booking.BOOK_WHOSE)

    assert sam.modal()["callback_id"] == Modal.NOTICE


def test_only_help_the_home_tab_and_what_the_program_tells_are_for_everyone(product: Product) -> None:
    routes, desk = product.runtime.router.routes, product.runtime.desk
    for_everyone = {(Kind.COMMAND, "/support"), (Kind.EVENT, "app_home_opened")}
    of_program = [route for feature in OF_PROGRAM for route in feature.routes(desk) if route.roles == EVERYONE]
    for_everyone |= {(route.kind, str(route.id)) for route in of_program}
    of_support = {frozenset({role}) for role in (Role.SCHOLAR, *SUPPORT_ROLES)}

    for role in set(JUDGES) - {Role.MENTOR, Role.STAFF}:
        assert {(route.kind, route.id) for route in routes if role in route.roles} == for_everyone
    assert {route.roles for route in routes} <= {
        EVERYONE,
        *of_support,
        SUPPORT_ROLES,
        SUPPORT_ROLES | {Role.SCHOLAR},
        frozenset({Role.STAFF}),  # the rules of the program
        frozenset({Role.SCHOLAR, Role.MENTOR}),  # who books, each what is theirs
        SUPPORT_ROLES | {Role.SCHOLAR, Role.MENTOR},  # who can have a session
    }


OF_PROGRAM = (
    announcements,
    attention,
    digest,
    deadlines,
    due,
    event_guests,
    event_plans,
    events,
    extensions,
    lists,
    talks,
    told,
    trail,
)
"""Features of which some are for whoever is in an audience, and so for everybody."""
"""Events of the program are no secret from anybody they are for, and need nothing of support."""


def own_of(product: Product, role: Role) -> set[str]:
    """The ids that somebody of a role may use."""
    return {route.id for route in product.runtime.router.routes if role in route.roles}


def deliver(product: Product, kind: str, payload: Payload) -> Payload:
    """What the product answers to a payload made by hand."""
    return dict(product.workspace.deliver(kind, payload)["body"])


def answers_to(product: Product, payload: Payload) -> list[str]:
    """The sentence shown to a press made by hand; its trigger is made up, so nothing opens, but the call is kept."""
    before = product.workspace.count_calls()
    deliver(product, "interactive", payload)
    calls = product.calls_after(before, 1, belongs=lambda call: call["method"] != "views.publish")
    return [_sentence(call) for call in calls]


def _sentence(call: Payload) -> str:
    view = call["args"]["view"]
    shown = json.loads(view) if isinstance(view, str) else view
    assert call["method"] == "views.open"
    assert [block["type"] for block in shown["blocks"]] == ["section"]
    return str(shown["blocks"][0]["text"]["text"])


def session_of(product: Product) -> str:
    """What the scholar's own messages carry of the only session there is."""
    table = table_of(Booking)
    with product.stores.confidential.read() as connection:
        return str(connection.execute(select(table.c.scholar_ref)).scalar_one())
