"""A request for more time to its edges: which times and sentences it takes, and what is known of it afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.deadlines import SENTENCE_MAX, InvalidDeadline, PastDue, RequestState
from services.audit import trail
from services.deadlines import deciders
from services.deadlines.asking import Ask, Decided, ask, grant, refuse, request_for_staff, withdraw
from services.deadlines.deciders import end_undecidable
from services.deadlines.extend import LONGEST, Extend, extend
from services.deadlines.facts import Deadline
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.look import waiting_requests
from services.deadlines.reasons import Reason, ReasonState, reason_of
from storage.program import deadline_ledger
from tests.builders.deadlines import a_deadline, a_key
from tests.fixtures.desks import House
from tests.integration.services.deadlines.test_lists import a_deadline_for_a_list, leaves

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
_ledger = deadline_ledger.ledger


def a_wish(deadline: Deadline, until: datetime = DUE + 2 * DAY, *, reason: str = "") -> Ask:
    return Ask(request_key=a_key(), deadline_id=deadline.id, until=until, reason=reason)


def a_request(house: House, deadline: Deadline, *, who: str = "ada", reason: str = "") -> str:
    ask(house.desk, house.person(who), a_wish(deadline, reason=reason))
    (waiting,) = waiting_requests(house.desk, house.person("sam"))
    return waiting[0]


def test_time_that_has_passed_or_is_over_a_year_ahead_is_neither_asked_for_nor_granted(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    request_id = a_request(house, deadline)
    house.clock.advance(DUE + 2 * DAY - house.clock.now())
    now = house.clock.now()

    for until in (DUE + DAY, now):  # later than it was due
        with pytest.raises(PastDue) as asked:
            ask(house.desk, house.person("bo"), a_wish(deadline, until))
        with pytest.raises(PastDue) as granted:
            grant(house.desk, sam, request_id, until=until)
        assert (asked.value.field, granted.value.field) == ("due", "due")
    for deed in (
        lambda until: ask(house.desk, house.person("bo"), a_wish(deadline, until)),
        lambda until: grant(house.desk, sam, request_id, until=until),
    ):
        with pytest.raises(InvalidDeadline, match="within a year"):
            deed(now + LONGEST + timedelta(seconds=1))
    granted_to = grant(house.desk, sam, request_id, until=now + LONGEST)[0].granted_at

    assert granted_to == now + LONGEST


def test_who_grants_what_is_decided_hears_of_that_also_when_its_time_has_passed(house: House) -> None:
    sam, request_id = house.person("sam"), a_request(house, a_deadline(house))
    refused = refuse(house.desk, sam, request_id, answer="Not this time.")[0]
    house.clock.advance(DUE + 3 * DAY - house.clock.now())

    assert grant(house.desk, sam, request_id) == (refused, False)


def test_sentence_of_a_refusal_may_fill_its_field_and_goes_without_blanks_around_it(house: House) -> None:
    request_id = a_request(house, a_deadline(house))

    found, is_ours = refuse(house.desk, house.person("sam"), request_id, answer=f" {'x' * SENTENCE_MAX}\n")

    assert (found.state, found.answer, is_ours) == (RequestState.REFUSED, "x" * SENTENCE_MAX, True)


def test_request_that_is_taken_back_says_by_whom_and_when_and_a_decided_one_stays(house: House) -> None:
    deadline, ada, sam = a_deadline(house), house.person("ada"), house.person("sam")
    first = a_request(house, deadline)
    withdraw(house.desk, ada, deadline.id)
    taken_back = request_for_staff(house.desk, sam, first)
    house.clock.advance(timedelta(hours=1))
    withdraw(house.desk, ada, deadline.id)
    second = a_request(house, deadline)
    granted = grant(house.desk, sam, second)[0]

    with pytest.raises(Decided):
        withdraw(house.desk, ada, deadline.id)

    assert (taken_back.state, taken_back.by, taken_back.decided_at) == (
        RequestState.WITHDRAWN,
        "Ada",
        house.clock.now() - timedelta(hours=1),
    )
    assert request_for_staff(house.desk, sam, first) == replace(taken_back, due_at=DUE + 2 * DAY)
    assert request_for_staff(house.desk, sam, second) == granted


def test_staff_see_when_it_is_due_for_who_asks(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    later = Extend(request_key=a_key(), id=deadline.id, until=DUE + DAY, person_ids=("ada",))
    extend(house.desk, sam, later)

    assert request_for_staff(house.desk, sam, a_request(house, deadline)).due_at == DUE + DAY


def test_answer_can_be_told_for_a_week(house: House) -> None:
    refuse(house.desk, house.person("sam"), a_request(house, a_deadline(house)), answer="Not this time.")

    with house.stores.program.read() as connection:
        (row,) = connection.execute(_ledger.select().where(_ledger.c.kind == DeadlineMessage.ANSWERED.value)).all()
    assert row.expires_at - row.send_at == WEEK.total_seconds()


def test_reason_is_away_while_the_confidential_store_is_not_there(house: House) -> None:
    request_id = a_request(house, a_deadline(house), reason="My mother is ill")

    found = reason_of(replace(house.desk, support_desk=None), house.person("sam"), request_id)

    assert found == Reason(state=ReasonState.AWAY)


def test_request_that_is_taken_back_just_before_it_would_end_leaves_no_word_of_an_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline = a_deadline_for_a_list(house)
    ask(house.desk, house.person("ada"), a_wish(deadline))
    leaves(house, "sam")

    def nobody(*_: object, **__: object) -> list[object]:
        withdraw(house.desk, house.person("ada"), deadline.id)
        return []

    monkeypatch.setattr(deciders, "deciders", nobody)
    end_undecidable(house.desk)

    with house.stores.program.read() as connection:
        answers = connection.execute(_ledger.select().where(_ledger.c.kind == DeadlineMessage.ANSWERED.value)).all()
    assert answers == []
    assert "nobody left to decide" not in [each.deed for each in trail(house.desk, house.person("sue"), deadline.id)]
