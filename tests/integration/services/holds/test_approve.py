"""A kind that needs approval: asked for, approved or declined, taken back, too late; one outcome, the right words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.booking import NotSetYet, TakesAYes
from domain.errors import DomainError, NotFound
from domain.focus import FocusArea
from domain.holds import RequestApproved, RequestDeclined, RequestLapsed, RequestWithdrawn
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.sweep import sweep_changed_programs
from services.holds.approve import (
    ApprovedMeanwhile,
    approve_request,
    decline_request,
    withdraw_request,
)
from services.holds.kept import kept_details, request_to_answer, requests_to
from services.holds.lapse import let_go
from services.offers.gone import TimeGone
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from services.sessions.own import movable_details, session_details, upcoming_sessions
from storage.confidential.bookings import BookingChange
from storage.engine import table_of
from tests.acting.waiting_line import (
    approves,
    books,
    declines,
    kept_for,
    key,
    scarce,
    takes,
    the_kept,
    until,
    waits,
    with_approval,
    withdraws,
)
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_proposal, a_wish, instant
from tests.builders.people import put_recusal
from tests.fixtures.desks import House, label
from tests.looking.invariants import broken_invariants

WORDS = "Whether to go on."


@pytest.fixture
def asking(house: House) -> House:
    """Coaching needs approval."""
    return with_approval(house)


def asked(house: House) -> str:
    """Ada has asked Cleo; returns Cleo's reference."""
    wish = a_wish(words=WORDS, areas=[FocusArea.CAREER])
    return book_session(house.support, house.person("ada"), wish).booked.staff_ref


def statuses(house: House) -> list[str]:
    return [status for *_, status in house.bookings()]


def told(house: House) -> list[tuple[str, str]]:
    return [(kind, person) for kind, person, *_ in house.messages()]


def test_home_of_whoever_was_asked_has_the_time_to_answer_and_nobody_elses_has(asking: House) -> None:
    asked(asking)
    people = ("cleo", "dev", "ada")

    before = [requests_to(asking.support, asking.person(who)) for who in people]
    approves(asking)
    after = [requests_to(asking.support, asking.person(who)) for who in people]

    assert [[each.is_request for each in found] for found in before] == [[True], [], []]
    assert [f"{each.until:%Y-%m-%dT%H:%MZ}" for found in before for each in found] == ["2027-01-12T06:00Z"]
    assert after == [(), (), ()]


def test_who_may_not_meet_the_scholar_any_more_reads_of_no_request(asking: House) -> None:
    asked(asking)

    put_recusal(asking.stores.program, "cleo", "ada")

    assert requests_to(asking.support, asking.person("cleo")) == ()


def test_booking_asks_and_sets_nothing(asking: House) -> None:
    asked(asking)

    assert statuses(asking) == ["requested"]
    assert told(asking) == [("request.asked", "ada"), ("request.waiting", "cleo")]
    assert [until(the_kept(asking, person)) for person in ("ada", "cleo")] == ["2027-01-12T06:00Z"] * 2
    assert [upcoming_sessions(asking.support, asking.person(person)) for person in ("ada", "cleo")] == [(), ()]
    assert broken_invariants(asking.stores.confidential) == []


def test_what_was_asked_for_is_taken_for_everybody_else(asking: House) -> None:
    asked(asking)

    with pytest.raises(TimeGone):
        books(asking, "bo")


def test_request_waits_two_days_at_most(asking: House) -> None:
    books(asking, "ada", "2027-01-20T10:00Z")

    assert until(the_kept(asking, "ada")) == "2027-01-13T12:00Z"


def test_a_time_too_near_to_be_approved_is_not_offered(asking: House) -> None:
    with pytest.raises(TimeGone) as refused:
        books(asking, "ada", "2027-01-11T16:30Z")

    assert refused.value.message.startswith("That is too soon: please book at least 5 hours ahead")


def test_approving_sets_it_for_both_with_what_was_written(asking: House) -> None:
    ref = asked(asking)

    details = approves(asking)

    assert (details.booked.status, details.booked.sequence, details.words) == ("booked", 0, WORDS)
    assert [kind for kind, _ in told(asking)].count("session.booked") == 2
    assert {kind for kind, _ in told(asking)} == {"session.booked", "session.file", "session.reminder"}
    assert session_details(asking.support, asking.person("cleo"), ref).booked.is_open
    assert broken_invariants(asking.stores.confidential) == []


def test_declining_tells_the_scholar_and_seals_the_reason(asking: House) -> None:
    asked(asking)
    ref = the_kept(asking, "ada").ref

    declines(asking, reason="I am away.")

    details = kept_details(asking.support, asking.person("ada"), ref)
    assert (details.reason, details.is_readers_reason, statuses(asking)) == ("I am away.", False, ["declined"])
    assert told(asking) == [("request.declined", "ada")]
    assert b"away" not in b"".join(reasons(asking))
    assert broken_invariants(asking.stores.confidential) == []


def reasons(house: House) -> list[bytes]:
    with house.stores.confidential.read() as connection:
        return [each for each in connection.execute(select(table_of(BookingChange).c.reason)).scalars() if each]


def test_taking_it_back_before_the_message_went_tells_nobody(asking: House) -> None:
    asked(asking)
    ref = the_kept(asking, "ada").ref

    for _ in range(2):
        withdraw_request(asking.support, asking.person("ada"), ref)

    assert (statuses(asking), told(asking), kept_for(asking, "cleo")) == (["withdrawn"], [], [])


ANSWERS: dict[str, Callable[[House, str], object]] = {
    "approve": lambda house, ref: approve_request(house.support, house.person("cleo"), ref, request_key=key()),
    "decline": lambda house, ref: decline_request(
        house.support, house.person("cleo"), ref, reason="", request_key=key()
    ),
}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (approves, RequestApproved),
        (declines, RequestDeclined),
        (lambda house: withdraws(house, "ada"), RequestWithdrawn),
        (lambda house: house.clock.advance(timedelta(hours=18)), RequestLapsed),
        (lambda house: (house.clock.advance(timedelta(hours=18)), let_go(house.support)), RequestLapsed),
    ],
    ids=["approved", "declined", "withdrawn", "run out", "let go"],
)
def test_a_second_answer_hears_what_the_first_one_was(
    asking: House, before: Callable[[House], object], sentence: type[DomainError], answer: str
) -> None:
    ref = asked(asking)
    before(asking)

    with pytest.raises(DomainError) as refused:
        ANSWERS[answer](asking, ref)

    assert type(refused.value) is sentence
    assert broken_invariants(asking.stores.confidential) == []


def test_the_same_press_delivered_again_is_the_same_answer(asking: House) -> None:
    ref, cleo, press = asked(asking), asking.person("cleo"), key()

    first, again = (approve_request(asking.support, cleo, ref, request_key=press) for _ in range(2))

    assert (first.booked, statuses(asking)) == (again.booked, ["booked"])


@pytest.mark.parametrize(
    ("before", "sentence"),
    [(approves, ApprovedMeanwhile), (declines, RequestDeclined)],
    ids=["approved", "declined"],
)
def test_taking_it_back_after_the_answer_hears_it(
    asking: House, before: Callable[[House], object], sentence: type[DomainError]
) -> None:
    asked(asking)
    ref = the_kept(asking, "ada").ref
    before(asking)

    with pytest.raises(DomainError) as refused:
        withdraw_request(asking.support, asking.person("ada"), ref)

    assert type(refused.value) is sentence


def test_unanswered_it_lapses_at_the_notice_and_the_scholar_is_told(asking: House) -> None:
    asked(asking)
    asking.clock.advance(timedelta(hours=18) - timedelta(seconds=1))
    early = let_go(asking.support)
    asking.clock.advance(timedelta(seconds=1))

    gone = [let_go(asking.support) for _ in range(2)]

    assert (early, gone, statuses(asking)) == (0, [1, 0], ["lapsed"])
    assert ("request.lapsed", "ada") in told(asking)
    assert broken_invariants(asking.stores.confidential) == []


def test_approving_stands_whatever_the_hours_have_become(asking: House) -> None:
    asked(asking)
    scarce(asking, dates={})

    assert approves(asking).booked.is_open


@leaving.still_there
def test_approving_for_somebody_they_may_not_meet_any_more_finds_nothing(asking: House, apart: leaving.Change) -> None:
    ref = asked(asking)
    apart(asking.stores.program)

    with pytest.raises(NotFound):
        approve_request(asking.support, asking.person("cleo"), ref, request_key=key())

    assert statuses(asking) == ["requested"]


@leaving.apart
def test_sweep_lets_go_of_what_was_asked_of_somebody_who_is_gone(asking: House, apart: leaving.Change) -> None:
    asked(asking)
    apart(asking.stores.program)

    swept = [sweep_changed_programs(asking.desk) for _ in range(2)]

    assert (swept, statuses(asking), told(asking)) == ([1, 0], ["lapsed"], [("request.lapsed", "ada")])
    assert broken_invariants(asking.stores.confidential) == []


def test_what_is_only_asked_for_is_neither_moved_nor_canceled(asking: House) -> None:
    asked(asking)
    ada, ref = asking.person("ada"), the_kept(asking, "ada").ref

    with pytest.raises(NotSetYet):
        move_session(asking.support, ada, a_move(ref, "2027-01-13T10:00Z"))
    with pytest.raises(NotSetYet):
        cancel_session(asking.support, ada, a_cancellation(ref))


def test_a_yes_to_one_time_is_none_to_another_but_who_gave_it_may_move(asking: House) -> None:
    asked(asking)
    approved = approves(asking)
    ada, cleo, another = asking.person("ada"), asking.person("cleo"), "2027-01-13T10:00Z"
    ref, version = approved.booked.scholar_ref, approved.booked.version

    with pytest.raises(TakesAYes):
        move_session(asking.support, ada, a_move(ref, another, version=version))
    with pytest.raises(TakesAYes):
        movable_details(asking.support, ada, ref)
    moved = move_session(asking.support, cleo, a_move(approved.ref, another, version=version))

    assert label(moved.booked.starts_at) == another
    assert cancel_session(asking.support, ada, a_cancellation(ref, version=version + 1)).booked.status == "canceled"


def test_each_side_finds_only_what_is_theirs_to_answer(asking: House) -> None:
    staff_ref = asked(asking)
    scholar_ref = the_kept(asking, "ada").ref

    for person, ref in (("ada", scholar_ref), ("dev", staff_ref), ("bo", scholar_ref)):
        with pytest.raises(NotFound):
            approve_request(asking.support, asking.person(person), ref, request_key=key())
        with pytest.raises(NotFound):
            request_to_answer(asking.support, asking.person(person), ref)
    with pytest.raises(NotFound):
        withdraw_request(asking.support, asking.person("cleo"), staff_ref)

    assert request_to_answer(asking.support, asking.person("cleo"), staff_ref).other_name == "Ada"
    assert statuses(asking) == ["requested"]


def test_times_that_the_staff_member_offered_need_no_approval(asking: House) -> None:
    ada = asking.person("ada")
    times = propose_times(asking.support, asking.person("cleo"), ada, a_proposal())

    details = accept_time(asking.support, ada, times.id, instant(TOMORROW_TEN), request_key=key())

    assert details.booked.is_open


def test_a_declined_request_goes_to_who_waits_and_taking_it_asks_in_turn(asking: House) -> None:
    scarce(asking)
    asked(asking)
    waits(asking, "bo")

    declines(asking)
    details = takes(asking, "bo")
    approved = approves(asking)

    assert (details.booked.status, approved.booked.status, approved.booked.scholar_id) == ("requested", "booked", "bo")
    assert broken_invariants(asking.stores.confidential) == []
