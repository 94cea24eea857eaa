"""A deadline for a private list whose author has left: it reaches whom it is for, and nobody else sees who that is."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from domain.audience import Audience
from domain.deadlines import DeadlineState, RequestState
from domain.delivery import OutgoingMessage
from domain.errors import NotFound
from domain.people import Role
from handlers.outbox_deadlines import deadline_composers
from services.audiences.lists import end_list, put_on_list
from services.audiences.stored import LIST_BEGINS, audience_json
from services.deadlines.asking import Ask, ask, request_for_staff
from services.deadlines.change import close, reopen
from services.deadlines.deciders import NobodyDecides
from services.deadlines.facts import Deadline, OfAList
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.look import (
    deadline_for_staff,
    details,
    left_behind,
    overview,
    own_details,
    own_list,
    waiting_requests,
)
from services.deadlines.meet import mark_done
from services.deadlines.plan import plan_deadlines
from storage.confidential.extensions import ExtensionReason
from storage.delivery.rows import delivery_of
from storage.engine import table_of
from storage.program import deadline_ledger, opt_in_queries
from storage.program.people_queries import membership
from tests.builders.deadlines import SCHOLARS, a_content, a_deadline, a_key, ledger_of
from tests.builders.people import PROGRAM, put_membership, put_person, put_program
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
_ledger = deadline_ledger.ledger


def a_deadline_for_a_list(house: House, *, takes_newcomers: bool = True) -> Deadline:
    """Sam's, for Ada; Sue is on staff as well."""
    put_person(house.stores.program, "sue", Role.STAFF)
    with house.stores.program.write() as connection:
        fresh = {"id": "list", "program_id": PROGRAM, "owner_id": "sam", "title": "Climbers", "about": ""}
        opt_in_queries.add_list(connection, fresh | {"created_at": 0, "closed_at": None})
        opt_in_queries.join(connection, "list", "ada", program_id=PROGRAM, at=0)
    return a_deadline(house, a_content(audience=Audience(list_id="list"), takes_newcomers=takes_newcomers))


def leaves(house: House, person_id: str) -> None:
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == person_id).values(removed_at=0))


def a_wish(deadline: Deadline, *, reason: str = "") -> Ask:
    return Ask(request_key=a_key(), deadline_id=deadline.id, until=DUE + timedelta(days=2), reason=reason)


def test_reminders_go_on_though_author_and_list_are_gone(house: House) -> None:
    deadline = a_deadline_for_a_list(house)
    leaves(house, "sam")
    with house.stores.program.write() as connection:
        opt_in_queries.close_list(connection, "list", at=0)
    house.clock.advance(DUE - timedelta(hours=48) - house.clock.now())
    plan_deadlines(house.desk)

    with house.stores.program.read() as connection:
        row = connection.execute(_ledger.select().where(_ledger.c.object_id == deadline.id, _ledger.c.rung == "48h"))
        delivery = delivery_of(row.one())
    assert delivery.person_id == "ada"
    assert isinstance(deadline_composers(house.desk)[delivery.kind](delivery), OutgoingMessage)


def puts_themselves_on(house: House, person_id: str) -> None:
    put_on_list(house.desk, house.person(person_id), "list")


def test_whoever_puts_themselves_on_the_list_gets_it_within_minutes_with_the_reminders_ahead(house: House) -> None:
    deadline = a_deadline_for_a_list(house)
    plan_deadlines(house.desk)
    puts_themselves_on(house, "bo")
    drawn: list[str] = []

    house.clock.advance(timedelta(minutes=5))
    plan_deadlines(house.desk, lambda *ids: drawn.extend(ids))
    house.clock.advance(DUE - timedelta(hours=48) - house.clock.now())
    plan_deadlines(house.desk)

    assert drawn == ["bo"]
    assert [each.name for each in details(house.desk, house.person("sam"), deadline.id).behind] == ["Ada", "Bo"]
    assert {who for who, rung, *_ in ledger_of(house, deadline) if rung == "48h"} == {"ada", "bo"}


def test_list_is_not_looked_at_again_within_five_minutes(house: House) -> None:
    deadline = a_deadline_for_a_list(house)
    puts_themselves_on(house, "bo")

    house.clock.advance(timedelta(minutes=4))
    plan_deadlines(house.desk)

    assert deadline_for_staff(house.desk, house.person("sam"), deadline.id).people == 1


@pytest.mark.parametrize("end", ["list ends", "without late joiners", "past due"])
def test_nobody_comes_late_by_a_list(house: House, caplog: pytest.LogCaptureFixture, end: str) -> None:
    deadline = a_deadline_for_a_list(house, takes_newcomers=end != "without late joiners")
    puts_themselves_on(house, "bo")
    if end == "list ends":
        end_list(house.desk, house.person("sam"), "list")
    house.clock.advance(timedelta(days=20) if end == "past due" else timedelta(hours=2))

    plan_deadlines(house.desk)

    assert deadline_for_staff(house.desk, house.person("sam"), deadline.id).people == 1
    assert [each.message for each in caplog.records] == []


def test_json_of_a_list_and_of_nothing_else_begins_like_that() -> None:
    others = (
        SCHOLARS,
        Audience(everyone=True),
        Audience(people=("ada",), private_list="list"),
        Audience(behind_deadline="d1", private_list="list"),
        Audience(sites=('{"list_id":',)),
    )

    assert audience_json(Audience(list_id="list")).startswith(LIST_BEGINS)
    assert not any(audience_json(each).startswith(LIST_BEGINS) for each in others)


def test_request_that_nobody_can_decide_is_refused_at_once_and_its_reason_is_not_kept(house: House) -> None:
    deadline = a_deadline_for_a_list(house)
    leaves(house, "sam")

    with pytest.raises(NobodyDecides):
        ask(house.desk, house.person("ada"), a_wish(deadline, reason="My mother is ill"))

    with house.stores.confidential.read() as connection:
        assert connection.execute(table_of(ExtensionReason).select()).all() == []


def test_request_whose_author_leaves_ends_and_who_has_asked_hears_it_once(house: House) -> None:
    deadline = a_deadline_for_a_list(house)
    ask(house.desk, house.person("ada"), a_wish(deadline))
    plan_deadlines(house.desk)
    waiting = waiting_requests(house.desk, house.person("sam"))

    leaves(house, "sam")
    plan_deadlines(house.desk)
    plan_deadlines(house.desk)

    request = own_details(house.desk, house.person("ada"), deadline.id).request
    assert (len(waiting), request and request.state) == (1, RequestState.OVER)
    with house.stores.program.read() as connection:
        answers = connection.execute(_ledger.select().where(_ledger.c.kind == DeadlineMessage.ANSWERED.value)).all()
    (answer,) = map(delivery_of, answers)
    composed = deadline_composers(house.desk)[answer.kind](answer)
    assert isinstance(composed, OutgoingMessage)
    assert composed.message.text.startswith("Whoever could decide on your request for more time has left.")
    with pytest.raises(OfAList):
        request_for_staff(house.desk, house.person("sue"), answer.object_id)


def test_others_on_staff_learn_that_it_is_for_a_list_and_not_who_is_on_it(house: House) -> None:
    deadline = a_deadline_for_a_list(house)
    ask(house.desk, house.person("ada"), a_wish(deadline))
    leaves(house, "sam")
    plan_deadlines(house.desk)
    sue = house.person("sue")

    for look in (details, deadline_for_staff, reopen):
        with pytest.raises(OfAList):
            look(house.desk, sue, deadline.id)

    shown = overview(house.desk, sue)
    assert ([each.deadline.people for each in shown.open], shown.waiting) == ([1], 0)
    assert "Ada" not in str(shown)
    assert ledger_of(house, deadline) == []


def test_only_its_author_closes_it_while_they_are_on_staff(house: House) -> None:
    deadline = a_deadline_for_a_list(house)

    for look in (left_behind, close):
        with pytest.raises(OfAList):
            look(house.desk, house.person("sue"), deadline.id)

    assert close(house.desk, house.person("sam"), deadline.id).state is DeadlineState.CLOSED


@pytest.mark.parametrize("as_what", [None, Role.MENTOR])
def test_staff_close_it_by_its_numbers_once_its_author_is_gone_or_on_staff_no_more(
    house: House, as_what: Role | None
) -> None:
    deadline = a_deadline_for_a_list(house)
    mark_done(house.desk, house.person("ada"), deadline.id)
    leaves(house, "sam")
    if as_what is not None:
        put_membership(house.stores.program, "sam", as_what)

    found = left_behind(house.desk, house.person("sue"), deadline.id)
    closed = [close(house.desk, house.person("sue"), deadline.id).state for _ in range(2)]

    assert (found.deadline.people, found.met) == (1, 1)
    assert "Ada" not in str(found)
    assert closed == [DeadlineState.CLOSED] * 2
    assert own_list(house.desk, house.person("ada")).met == ()


def test_staff_of_another_program_close_nothing(house: House) -> None:
    deadline = a_deadline_for_a_list(house)
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.STAFF, program_id="program-2")
    leaves(house, "sam")

    with pytest.raises(NotFound) as refused:
        close(house.desk, house.person("yan"), deadline.id)

    assert type(refused.value) is NotFound
