"""Asking for more time: the reason is sealed, two who decide at once decide once, nothing is lost between stores."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import delete

from domain.audience import Audience
from domain.deadlines import InvalidDeadline, RequestState
from domain.errors import NotFound
from domain.nudges import NudgedAlready
from domain.people import Role
from services.audiences.resolve import resolve
from services.audit import trail
from services.deadlines.asking import (
    Ask,
    AskedAlready,
    NoReasonsNow,
    ask,
    grant,
    refuse,
    request_for_staff,
    withdraw,
)
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import Deadline, OwnMatter
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.look import details, overview, own_details, own_list, waiting_requests
from services.deadlines.meet import mark_done, mark_done_for
from services.deadlines.nudge import nudge
from services.deadlines.reasons import ReasonState, reason_of
from storage.confidential.extensions import ExtensionReason
from storage.engine import table_of
from storage.program import extension_queries, opt_in_queries
from storage.program.delivery import ProgramDelivery
from storage.program.tables import metadata
from tests.builders.deadlines import a_content, a_deadline, a_key, due_of, state_of
from tests.builders.people import PROGRAM, put_membership, put_person
from tests.fixtures.desks import House, replica
from tests.looking.queries import queries_of

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
WHY = "My mother is ill"
_reason, _ledger = table_of(ExtensionReason), table_of(ProgramDelivery)


def a_request(house: House, deadline: Deadline, *, who: str = "ada", reason: str = WHY, key: str = "") -> str:
    wish = Ask(request_key=key or a_key(), deadline_id=deadline.id, until=DUE + timedelta(days=2), reason=reason)
    ask(house.desk, house.person(who), wish)
    (waiting,) = waiting_requests(house.desk, house.person("sam"))
    return waiting[0]


def test_reason_is_read_by_who_has_asked_and_by_staff_and_by_nobody_else(house: House) -> None:
    request_id = a_request(house, a_deadline(house))

    assert {reason_of(house.desk, house.person(who), request_id).words for who in ("ada", "sam")} == {WHY}
    for who in ("bo", "max", "cleo", "eli"):
        with pytest.raises(NotFound):
            reason_of(house.desk, house.person(who), request_id)


def test_reason_lies_sealed_and_nowhere_in_the_program_store(house: House) -> None:
    a_request(house, a_deadline(house))

    with house.stores.confidential.read() as connection:
        (row,) = connection.execute(_reason.select()).all()
    with house.stores.program.read() as connection:
        kept = str([connection.execute(table.select()).all() for table in metadata.sorted_tables])
    assert WHY.encode() not in bytes(row.reason)
    assert "asked for more time" in kept
    assert WHY not in kept


def test_reason_put_under_another_request_does_not_open(house: House) -> None:
    first = a_request(house, a_deadline(house))
    refuse(house.desk, house.person("sam"), first, answer="No.")
    second = a_request(house, a_deadline(house, a_content(title="Bio")), who="bo", reason="Because")

    with house.stores.confidential.write() as connection:
        connection.execute(delete(_reason).where(_reason.c.request_id == second))
        connection.execute(_reason.update().where(_reason.c.request_id == first).values(request_id=second))

    assert reason_of(house.desk, house.person("sam"), second).state is ReasonState.LOST
    assert reason_of(house.desk, house.person("sam"), first).state is ReasonState.LOST


def test_form_sent_again_after_only_the_reason_was_written_makes_one_request(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline, key = a_deadline(house), a_key()

    def dies(*_arguments: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(extension_queries, "add", dies)
        with pytest.raises(RuntimeError):
            a_request(house, deadline, key=key)
    nothing = waiting_requests(house.desk, house.person("sam"))
    request_id = a_request(house, deadline, key=key)
    again = a_request(house, deadline, key=key)

    with house.stores.confidential.read() as connection:
        assert len(connection.execute(_reason.select()).all()) == 1
    assert (nothing, again) == ((), request_id)
    assert reason_of(house.desk, house.person("sam"), request_id).words == WHY


def test_without_the_confidential_store_one_can_ask_without_a_reason(house: House) -> None:
    deadline = a_deadline(house)
    bare = replace(house.desk, support_desk=None)
    wish = Ask(request_key=a_key(), deadline_id=deadline.id, until=DUE + timedelta(days=2))

    with pytest.raises(NoReasonsNow) as refused:
        ask(bare, house.person("ada"), replace(wish, reason=WHY))
    ask(bare, house.person("ada"), wish)
    (waiting,) = waiting_requests(bare, house.person("sam"))
    found, is_ours = grant(bare, house.person("sam"), waiting[0])

    assert refused.value.field == "reason"
    assert (found.state, is_ours) == (RequestState.GRANTED, True)
    assert reason_of(bare, house.person("sam"), waiting[0]).state is ReasonState.NONE


def test_two_staff_who_decide_at_once_decide_once_and_the_other_hears_who(house: House) -> None:
    put_person(house.stores.program, "sue", Role.STAFF)
    deadline = a_deadline(house)
    request_id = a_request(house, deadline)
    houses, together = (house, replica(house)), Barrier(2)

    def decide(number: int) -> tuple[RequestState, str, bool]:
        desk, staff = houses[number].desk, houses[number].person(("sam", "sue")[number])
        together.wait()
        found, is_ours = refuse(desk, staff, request_id, answer="No.") if number else grant(desk, staff, request_id)
        return found.state, found.by, is_ours

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(decide, range(2)))

    assert sorted(is_ours for *_, is_ours in outcomes) == [False, True]
    assert outcomes[0][:2] == outcomes[1][:2]
    decided = [each for each in trail(house.desk, house.person("sam"), deadline.id) if each.about == "Ada"]
    assert len([each for each in decided if each.deed in ("extended", "refused more time")]) == 1
    is_granted = outcomes[0][0] is RequestState.GRANTED
    assert due_of(house, deadline, "ada") == (DUE + timedelta(days=2) if is_granted else DUE)


@pytest.mark.parametrize("until", [DUE - timedelta(days=3), DUE])
def test_no_time_is_granted_or_asked_for_that_is_not_later_than_it_is_due_already(
    house: House, until: datetime
) -> None:
    deadline = a_deadline(house)
    request = a_request(house, deadline)
    wish = Ask(request_key=a_key(), deadline_id=deadline.id, until=until)

    with pytest.raises(InvalidDeadline) as granting:
        grant(house.desk, house.person("sam"), request, until=until)
    with pytest.raises(InvalidDeadline) as asking:
        ask(house.desk, house.person("bo"), wish)

    assert (granting.value.field, asking.value.field) == ("due", "due")
    assert due_of(house, deadline, "ada") == DUE
    assert request_for_staff(house.desk, house.person("sam"), request).state is RequestState.WAITING


@pytest.mark.parametrize("deed", ["extended", "refused more time"])
def test_answer_goes_to_who_has_asked_and_into_the_trail(house: House, deed: str) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    request = a_request(house, deadline)

    if deed == "extended":
        grant(house.desk, sam, request)
    else:
        refuse(house.desk, sam, request, answer="No.")

    answered = _ledger.select().where(_ledger.c.kind == DeadlineMessage.ANSWERED.value)
    with house.stores.program.read() as connection:
        told = [(row.person_id, row.object_id, row.state) for row in connection.execute(answered)]
    done = [(each.deed, each.about) for each in trail(house.desk, sam, deadline.id) if each.by == "Sam"]
    assert (told, (deed, "Ada") in done) == ([("ada", request, "pending")], True)


def test_nobody_decides_their_own_request(house: House) -> None:
    put_membership(house.stores.program, "ada", Role.STAFF)
    request = a_request(house, a_deadline(house))

    with pytest.raises(OwnMatter):
        grant(house.desk, house.person("ada"), request)
    with pytest.raises(OwnMatter):
        refuse(house.desk, house.person("ada"), request, answer="No.")


def test_nobody_gives_themselves_more_time_or_notes_that_they_have_met_it(house: House) -> None:
    put_membership(house.stores.program, "ada", Role.STAFF)
    deadline, ada = a_deadline(house, a_content(needs_proof=True)), house.person("ada")
    until = DUE + timedelta(days=3)

    with pytest.raises(OwnMatter) as extending:
        extend(house.desk, ada, Extend(request_key=a_key(), id=deadline.id, until=until, person_ids=("bo", "ada")))
    with pytest.raises(OwnMatter) as marking:
        mark_done_for(house.desk, ada, deadline.id, ["bo", "ada"])

    assert (extending.value.field, marking.value.field) == ("people", "people")
    assert {due_of(house, deadline, each) for each in ("ada", "bo")} == {DUE}
    assert {state_of(house, deadline, each).done_at for each in ("ada", "bo")} == {None}


def test_staff_note_it_for_all_whom_they_name_or_for_nobody(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")

    with pytest.raises(NotFound):
        mark_done_for(house.desk, sam, deadline.id, ["ada", "max"])

    assert state_of(house, deadline, "ada").done_at is None


def test_other_time_can_be_granted_and_who_waits_cannot_ask_twice(house: House) -> None:
    deadline = a_deadline(house)
    request_id = a_request(house, deadline)
    wish = Ask(request_key=a_key(), deadline_id=deadline.id, until=DUE + timedelta(days=3))
    with pytest.raises(AskedAlready):
        ask(house.desk, house.person("ada"), wish)

    grant(house.desk, house.person("sam"), request_id, until=DUE + timedelta(days=1))

    assert due_of(house, deadline, "ada") == DUE + timedelta(days=1)
    latest = own_details(house.desk, house.person("ada"), deadline.id).request
    assert latest is not None
    assert latest.granted_at == DUE + timedelta(days=1)


@pytest.mark.parametrize(
    ("answer", "says"), [(" ", "Please write a sentence"), ("x" * 301, "Please shorten this by 1")]
)
def test_refusal_wants_a_sentence_that_fits(house: House, answer: str, says: str) -> None:
    request_id = a_request(house, a_deadline(house))

    with pytest.raises(InvalidDeadline) as refused:
        refuse(house.desk, house.person("sam"), request_id, answer=answer)

    assert refused.value.field == "answer"
    assert refused.value.message.startswith(says)
    assert request_for_staff(house.desk, house.person("sam"), request_id).state is RequestState.WAITING


def test_request_ends_when_it_is_met_or_taken_back(house: House) -> None:
    deadline = a_deadline(house)
    first = a_request(house, deadline)
    withdraw(house.desk, house.person("ada"), deadline.id)
    second = a_request(house, deadline)
    mark_done(house.desk, house.person("ada"), deadline.id)

    states = [request_for_staff(house.desk, house.person("sam"), each).state for each in (first, second)]
    assert states == [RequestState.WITHDRAWN, RequestState.OVER]


def test_deadline_of_a_private_list_is_its_authors_alone(house: House) -> None:
    put_person(house.stores.program, "sue", Role.STAFF)
    with house.stores.program.write() as connection:
        fresh = {"id": "list", "program_id": PROGRAM, "owner_id": "sam", "title": "Climbers", "about": ""}
        opt_in_queries.add_list(connection, fresh | {"created_at": 0, "closed_at": None})
        opt_in_queries.join(connection, "list", "ada", program_id=PROGRAM, at=0)
    deadline = a_deadline(house, a_content(audience=Audience(list_id="list")))
    request_id = a_request(house, deadline)
    sue = house.person("sue")

    for look in (
        lambda: details(house.desk, sue, deadline.id),
        lambda: request_for_staff(house.desk, sue, request_id),
        lambda: reason_of(house.desk, sue, request_id),
        lambda: grant(house.desk, sue, request_id),
    ):
        with pytest.raises(NotFound):
            look()
    assert waiting_requests(house.desk, sue) == ()
    assert [overview(house.desk, house.person(who)).waiting for who in ("sue", "sam")] == [0, 1]


def test_staff_see_who_is_behind_and_scholars_see_their_own_state_alone(house: House) -> None:
    deadline = a_deadline(house)
    mark_done_for(house.desk, house.person("sam"), deadline.id, ["bo"])

    found = details(house.desk, house.person("sam"), deadline.id)
    behind = resolve(house.desk, house.person("sam"), Audience(behind_deadline=deadline.id))

    assert [each.name for each in found.behind] == ["Ada"]
    assert [(each.name, each.by) for each in found.met] == [("Bo", "Sam")]
    assert behind.ids == {"ada"}
    assert [each.id for each in own_list(house.desk, house.person("ada")).due] == [deadline.id]
    assert own_list(house.desk, house.person("bo")).due == own_list(house.desk, house.person("max")).due == ()
    with pytest.raises(NotFound):
        own_details(house.desk, house.person("max"), deadline.id)


def test_nudge_goes_to_who_is_behind_once_an_hour(house: House) -> None:
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("bo"), deadline.id)

    number = nudge(house.desk, house.person("sam"), deadline.id).people
    with pytest.raises(NudgedAlready):
        nudge(house.desk, house.person("sam"), deadline.id)
    house.clock.advance(timedelta(hours=1))

    assert (number, nudge(house.desk, house.person("sam"), deadline.id).people) == (1, 1)


@pytest.mark.parametrize("people", [1, 50])
def test_looking_asks_as_much_for_many_as_for_few(sqlite_house: House, people: int) -> None:
    house = sqlite_house
    for number in range(people):
        put_person(house.stores.program, f"p{number}", Role.SCHOLAR)
    deadline = a_deadline(house)

    with queries_of(house.stores.program) as asked:
        details(house.desk, house.person("sam"), deadline.id)
        overview(house.desk, house.person("sam"))
        own_list(house.desk, house.person("ada"))

    assert len(asked) == 20
