"""The scholar's one question: who may answer, when, that the last answer counts and nobody else reads it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.booking import AlreadyCanceled, Booked, BookingStatus
from domain.errors import NotFound
from domain.people import Role
from domain.session_log import AnsweredForGood, NotOverYet, Outcome
from services.session_log.aftermath import aftermath
from services.session_log.facts import GivenRating
from services.session_log.log import log_session
from services.session_log.rating import NoScore, rate_session, rating_sheet, waiting_question
from services.sessions.own import session_details
from storage.confidential.bookings import Booking
from storage.confidential.session_log import SessionRating
from storage.engine import table_of
from tests.acting.rivals import at_once, failures
from tests.builders import leaving
from tests.builders.people import put_membership
from tests.builders.session_logs import a_log, a_rating, ended_session
from tests.fixtures.desks import House, replica
from tests.integration.services.session_log.test_log import leave
from tests.looking.queries import queries_of

_rating, _booking = table_of(SessionRating), table_of(Booking)
WORDS = "It helped, but ten minutes would have done."
HALF_AN_HOUR = timedelta(minutes=30)
Ask = Callable[[House, Booked], object]
ASKS: dict[str, Ask] = {
    "form": lambda house, booked: rating_sheet(house.support, house.person("ada"), booked.scholar_ref),
    "saving": lambda house, booked: rate_session(house.support, house.person("ada"), a_rating(booked.scholar_ref)),
}
asks = pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)


def scores(house: House) -> list[tuple[int, int]]:
    columns = (_rating.c.version, _rating.c.score)
    with house.stores.confidential.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(_rating.c.version))]


def test_answer_is_kept_and_opens_for_its_scholar(house: House) -> None:
    booked = ended_session(house)
    ada = house.person("ada")
    before = rating_sheet(house.support, ada, booked.scholar_ref)

    sheet = rate_session(house.support, ada, a_rating(booked.scholar_ref, 9, words=WORDS))

    assert before.rating is None
    assert sheet.rating == GivenRating(score=9, words=WORDS)
    assert sheet == rating_sheet(house.support, ada, booked.scholar_ref)


def test_answer_can_be_changed_and_the_history_stays(house: House) -> None:
    booked = ended_session(house)
    ada = house.person("ada")
    rate_session(house.support, ada, a_rating(booked.scholar_ref, 3, words=WORDS))
    house.clock.advance(timedelta(days=13))

    sheet = rate_session(house.support, ada, a_rating(booked.scholar_ref, 10))

    assert sheet.rating == GivenRating(score=10, words="")
    assert scores(house) == [(1, 3), (2, 10)]


def test_answer_pressed_twice_at_once_is_kept_once(house: House) -> None:
    booked = ended_session(house)
    ada = house.person("ada")
    desks = [replica(house).support for _ in range(2)]

    outcomes = at_once(
        [
            lambda desk=desk: rate_session(desk, ada, a_rating(booked.scholar_ref, key="same"))  # type: ignore[misc]
            for desk in desks
        ]
    )

    assert failures(outcomes) == []
    assert scores(house) == [(1, 8)]


def test_answer_and_log_at_once_are_both_kept(house: House) -> None:
    booked = ended_session(house)
    ada, cleo = house.person("ada"), house.person("cleo")
    desks = [replica(house).support for _ in range(2)]

    outcomes = at_once(
        [
            lambda: rate_session(desks[0], ada, a_rating(booked.scholar_ref)).details.ref,
            lambda: log_session(desks[1], cleo, a_log(booked.staff_ref, Outcome.NO_SHOW)).details.ref,
        ]
    )

    assert outcomes == [booked.scholar_ref, booked.staff_ref]


@pytest.mark.parametrize("score", [0, 11, -1, 100])
def test_answer_off_the_scale_is_refused_at_its_field(sqlite_house: House, score: int) -> None:
    booked = ended_session(sqlite_house)

    with pytest.raises(NoScore) as refusal:
        rate_session(sqlite_house.support, sqlite_house.person("ada"), a_rating(booked.scholar_ref, score))

    assert refusal.value.field == "score"
    assert scores(sqlite_house) == []


@asks
def test_answer_before_the_end_is_refused(sqlite_house: House, ask: Ask) -> None:
    booked = ended_session(sqlite_house, after=timedelta(seconds=-1))

    with pytest.raises(NotOverYet):
        ask(sqlite_house, booked)


@asks
def test_answer_is_closed_after_14_days(sqlite_house: House, ask: Ask) -> None:
    booked = ended_session(sqlite_house, after=timedelta(days=14))

    with pytest.raises(AnsweredForGood):
        ask(sqlite_house, booked)


@asks
def test_answer_about_a_canceled_session_is_refused(sqlite_house: House, ask: Ask) -> None:
    booked = ended_session(sqlite_house)
    with sqlite_house.stores.confidential.write() as connection:
        connection.execute(update(_booking).values(status=BookingStatus.CANCELED.value))
    sqlite_house.is_broken_on_purpose = True

    with pytest.raises(AlreadyCanceled):
        ask(sqlite_house, booked)


@pytest.mark.parametrize("who", ["cleo", "dev", "bo"])
def test_answer_by_anybody_else_is_not_found(sqlite_house: House, who: str) -> None:
    booked = ended_session(sqlite_house)
    put_membership(sqlite_house.stores.program, who, Role.SCHOLAR, first_day="2027-01-02")
    person = sqlite_house.person(who)

    for ref in (booked.scholar_ref, booked.staff_ref, booked.id):
        with pytest.raises(NotFound):
            rating_sheet(sqlite_house.support, person, ref)
        with pytest.raises(NotFound):
            rate_session(sqlite_house.support, person, a_rating(ref))

    assert scores(sqlite_house) == []


@asks
def test_answer_of_somebody_who_is_an_alumnus_now_is_not_found(sqlite_house: House, ask: Ask) -> None:
    booked = ended_session(sqlite_house)
    leave(sqlite_house, "ada")
    put_membership(sqlite_house.stores.program, "ada", Role.ALUMNUS, first_day="2027-01-03")

    with pytest.raises(NotFound):
        ask(sqlite_house, booked)


@pytest.mark.parametrize("apart", [leaving.became_mentor, leaving.recused, leaving.off_the_roster])
def test_scholar_answers_though_the_two_may_not_meet_any_more(sqlite_house: House, apart: leaving.Change) -> None:
    booked = ended_session(sqlite_house)
    apart(sqlite_house.stores.program)

    ASKS["saving"](sqlite_house, booked)

    assert scores(sqlite_house) == [(1, 8)]


def test_scholar_who_was_asked_before_nobody_came_was_logged_can_answer(sqlite_house: House) -> None:
    booked = ended_session(sqlite_house)
    log_session(sqlite_house.support, sqlite_house.person("cleo"), a_log(booked.staff_ref, Outcome.NO_SHOW))

    ASKS["saving"](sqlite_house, booked)

    assert scores(sqlite_house) == [(1, 8)]


def test_question_waits_from_half_an_hour_after_the_end_until_the_fourth_day_is_over(house: House) -> None:
    booked = ended_session(house, after=HALF_AN_HOUR - timedelta(seconds=1))
    ada = house.person("ada")
    too_soon = waiting_question(house.support, ada)
    house.clock.advance(timedelta(seconds=1))
    in_time = waiting_question(house.support, ada)
    house.clock.advance(timedelta(days=4) - HALF_AN_HOUR - timedelta(seconds=1))
    last = waiting_question(house.support, ada)
    house.clock.advance(timedelta(seconds=1))

    assert (too_soon, waiting_question(house.support, ada)) == (None, None)
    assert in_time == last
    assert in_time is not None
    assert in_time.ref == booked.scholar_ref


@pytest.mark.parametrize("outcome", Outcome)
def test_question_waits_no_more_once_nobody_met(house: House, outcome: Outcome) -> None:
    booked = ended_session(house, after=HALF_AN_HOUR)
    log_session(house.support, house.person("cleo"), a_log(booked.staff_ref, outcome))

    is_waiting = waiting_question(house.support, house.person("ada")) is not None

    assert is_waiting == outcome.has_happened


@pytest.mark.parametrize(
    ("first", "last", "is_waiting"),
    [(Outcome.NO_SHOW, Outcome.HAPPENED, True), (Outcome.HAPPENED, Outcome.STAFF_ABSENT, False)],
)
def test_question_goes_by_the_last_version_of_the_log(
    house: House, first: Outcome, last: Outcome, is_waiting: object
) -> None:
    booked = ended_session(house, after=HALF_AN_HOUR)
    for outcome in (first, last):
        log_session(house.support, house.person("cleo"), a_log(booked.staff_ref, outcome))

    assert (waiting_question(house.support, house.person("ada")) is not None) == is_waiting


def test_question_about_the_latest_session_waits_until_it_is_answered_then_the_one_before(house: House) -> None:
    first = ended_session(house)
    second = ended_session(house, starts="2027-01-13T10:00Z", after=HALF_AN_HOUR)
    ada = house.person("ada")

    asked = []
    for _ in range(3):
        question = waiting_question(house.support, ada)
        asked.append(question.ref if question else None)
        if question:
            rate_session(house.support, ada, a_rating(question.ref))

    assert asked == [second.scholar_ref, first.scholar_ref, None]


def test_waiting_question_takes_two_queries(sqlite_house: House) -> None:
    ended_session(sqlite_house, after=HALF_AN_HOUR)
    ada = sqlite_house.person("ada")
    program, confidential = sqlite_house.stores.program, sqlite_house.stores.confidential

    with queries_of(program) as people, queries_of(confidential) as asked:
        waiting_question(sqlite_house.support, ada)

    assert (len(people), len(asked)) == (0, 2)


def test_whoever_took_the_session_reads_nothing_of_the_answer(sqlite_house: House) -> None:
    booked = ended_session(sqlite_house)
    cleo = sqlite_house.person("cleo")
    before = aftermath(sqlite_house.support, cleo, booked)
    details = session_details(sqlite_house.support, cleo, booked.staff_ref)

    rate_session(sqlite_house.support, sqlite_house.person("ada"), a_rating(booked.scholar_ref, words=WORDS))

    assert aftermath(sqlite_house.support, cleo, booked) == before
    assert session_details(sqlite_house.support, cleo, booked.staff_ref) == details
