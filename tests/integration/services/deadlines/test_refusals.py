"""What is not done to a deadline that stands: by who saw other words, when it is closed or too late, for strangers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.audience import Audience
from domain.deadlines import DeadlineText, InvalidDeadline, PastDue
from domain.errors import NotFound
from domain.people import Role
from services.deadlines.asking import Ask, ask
from services.deadlines.change import change, close
from services.deadlines.deciders import NobodyDecides
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import Deadline
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.look import deadline_for_staff
from services.deadlines.meet import mark_done
from services.deadlines.write import ChangedMeanwhile, Write, write
from storage.program import deadline_ledger
from tests.builders.deadlines import a_change, a_content, a_deadline, a_key, due_of, in_london, state_of
from tests.builders.people import put_person, put_program
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
LATER = DUE + timedelta(days=1)
OTHER = DeadlineText(title="Written plan")
_ledger = deadline_ledger.ledger


def seen(house: House, deadline: Deadline) -> Deadline:
    return deadline_for_staff(house.desk, house.person("sam"), deadline.id)


def test_words_that_somebody_else_has_changed_meanwhile_are_not_written_over(house: House) -> None:
    put_person(house.stores.program, "sue", Role.STAFF)
    deadline = seen(house, a_deadline(house))
    change(house.desk, house.person("sue"), a_change(deadline, text=OTHER))

    with pytest.raises(ChangedMeanwhile):
        change(house.desk, house.person("sam"), a_change(deadline, due=in_london("2027-01-26")))

    found = seen(house, deadline)
    assert (found.text, found.due, due_of(house, deadline, "ada")) == (OTHER, deadline.due, DUE)


@pytest.mark.parametrize(
    "deed",
    [
        lambda house, found: change(house.desk, house.person("sam"), a_change(found, text=OTHER)),
        lambda house, found: extend(
            house.desk, house.person("sam"), Extend(request_key=a_key(), id=found.id, until=LATER)
        ),
    ],
    ids=["changed", "extended"],
)
def test_what_is_closed_is_neither_changed_nor_extended(
    house: House, deed: Callable[[House, Deadline], object]
) -> None:
    deadline = a_deadline(house)
    close(house.desk, house.person("sam"), deadline.id)

    with pytest.raises(ChangedMeanwhile):
        deed(house, seen(house, deadline))

    assert due_of(house, deadline, "ada") == DUE


def test_time_is_given_to_all_who_are_named_or_to_nobody(house: House) -> None:
    deadline = a_deadline(house)
    wish = Extend(request_key=a_key(), id=deadline.id, until=LATER, person_ids=("ada", "max"))

    with pytest.raises(NotFound):
        extend(house.desk, house.person("sam"), wish)

    assert due_of(house, deadline, "ada") == DUE


def test_this_very_instant_is_past_and_a_year_from_now_is_not_too_far(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    year = house.clock.now() + timedelta(days=366)
    too_far = Extend(request_key=a_key(), id=deadline.id, until=year + timedelta(minutes=1))
    given = extend(house.desk, sam, Extend(request_key=a_key(), id=deadline.id, until=year))
    house.clock.advance(DUE - house.clock.now())

    with pytest.raises(PastDue):
        write(house.desk, sam, Write(request_key=a_key(), content=a_content(title="Bio")))
    with pytest.raises(PastDue):
        extend(house.desk, sam, Extend(request_key=a_key(), id=deadline.id, until=DUE))
    house.clock.advance(year - timedelta(days=366) - DUE)
    with pytest.raises(InvalidDeadline):
        extend(house.desk, sam, too_far)

    assert (given, due_of(house, deadline, "ada")) == (2, year)


@pytest.mark.parametrize("proof", ["", "  ", "my plan"])
def test_nobody_has_met_what_asks_for_a_link_without_one(house: House, proof: str) -> None:
    deadline = a_deadline(house, a_content(needs_proof=True))

    with pytest.raises(InvalidDeadline) as refused:
        mark_done(house.desk, house.person("ada"), deadline.id, proof=proof)

    assert (refused.value.field, state_of(house, deadline, "ada").done_at) == ("proof", None)


def test_request_goes_to_staff_of_the_program_but_not_to_who_asks(house: House) -> None:
    put_person(house.stores.program, "sue", Role.STAFF)
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "tim", Role.STAFF, program_id="program-2")
    deadline = a_deadline(house, a_content(audience=Audience(people=("sam", "ada"))))

    ask(house.desk, house.person("sam"), Ask(request_key=a_key(), deadline_id=deadline.id, until=LATER))

    asked = _ledger.select().where(_ledger.c.kind == DeadlineMessage.ASKED.value)
    with house.stores.program.read() as connection:
        assert [row.person_id for row in connection.execute(asked)] == ["sue"]


def test_whoever_is_alone_on_staff_asks_nobody_about_their_own(house: House) -> None:
    deadline = a_deadline(house, a_content(audience=Audience(people=("sam", "ada"))))

    with pytest.raises(NobodyDecides):
        ask(house.desk, house.person("sam"), Ask(request_key=a_key(), deadline_id=deadline.id, until=LATER))
