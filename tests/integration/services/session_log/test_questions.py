"""The two questions after a session: planned once, judged anew when sent, asked once more, then left."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from domain.booking import Booked, BookingStatus
from domain.delivery import Delivery, DeliveryState, Suppressed
from domain.errors import StoreAway
from domain.people import Role
from domain.session_log import Outcome
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.session_log.log import log_session
from services.session_log.questions import AGAIN, FIRST, AfterSession, plan_questions, question
from services.session_log.rating import rate_session
from services.session_news.news import APART, GONE, SessionNews
from storage.confidential.bookings import Booking
from storage.confidential.delivery import ConfidentialDelivery, ConfidentialWatermark
from storage.engine import table_of
from tests.acting.rivals import at_once
from tests.builders import leaving
from tests.builders.bookings import a_cancellation, a_move, a_wish
from tests.builders.people import put_membership
from tests.builders.session_logs import a_log, a_rating, ended_session
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import House, ledger_rows, replica
from tests.integration.services.session_log.test_log import leave
from tests.looking.queries import queries_of

_ledger, _planned, _booking = table_of(ConfidentialDelivery), table_of(ConfidentialWatermark), table_of(Booking)
BOTH_TWICE = [
    ("session.log", "cleo", "again", "2027-01-13T10:45Z"),
    ("session.log", "cleo", "first", "2027-01-12T10:45Z"),
    ("session.rating", "ada", "again", "2027-01-13T11:15Z"),
    ("session.rating", "ada", "first", "2027-01-12T11:15Z"),
]


def questions(house: House, *states: DeliveryState) -> list[tuple[str, str, str, str]]:
    kinds = set(AfterSession)
    return [row for row in house.messages(*states) if row[0] in kinds]


def asked(house: House, kind: AfterSession) -> Delivery:
    """The first of the rows of a kind."""
    return min(ledger_rows(house, kind), key=lambda row: row.send_at)


def planned(house: House, **wishes: object) -> Booked:
    booked = ended_session(house, **wishes)  # type: ignore[arg-type]  # the builder's own
    plan_questions(house.desk)
    return booked


def test_plan_asks_both_once_the_session_is_over_and_once_more_a_day_later(house: House) -> None:
    booked = ended_session(house, after=timedelta(seconds=-1))
    before = plan_questions(house.desk)
    house.clock.advance(timedelta(seconds=1))

    added = [plan_questions(house.desk) for _ in range(2)]

    assert (before, added, questions(house)) == (0, [4, 0], BOTH_TWICE)
    expiries = {row.expires_at for kind in AfterSession for row in ledger_rows(house, kind)}
    assert expiries == {booked.ends + timedelta(days=4)}


def test_plan_by_several_replicas_at_once_writes_each_question_once(house: House) -> None:
    ended_session(house)
    replicas = [replica(house) for _ in range(3)]

    at_once([lambda one=one: plan_questions(one.desk) for one in replicas])  # type: ignore[misc]

    assert questions(house) == BOTH_TWICE


def test_plan_leaves_nothing_behind_of_a_session_that_was_moved_or_canceled(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    canceled = book_session(sqlite_house.support, ada, a_wish("2027-01-12T12:00Z")).booked
    cancel_session(sqlite_house.support, ada, a_cancellation(canceled.scholar_ref))
    moved = book_session(sqlite_house.support, ada, a_wish("2027-01-12T10:00Z")).booked
    move_session(sqlite_house.support, ada, a_move(moved.scholar_ref, "2027-01-13T10:00Z"))
    sqlite_house.clock.advance(timedelta(days=1, hours=6))
    that_day = plan_questions(sqlite_house.desk)
    sqlite_house.clock.advance(timedelta(hours=18))

    plan_questions(sqlite_house.desk)

    assert that_day == 0
    assert {(kind, at) for kind, _, rung, at in questions(sqlite_house) if rung == "first"} == {
        ("session.log", "2027-01-13T10:45Z"),
        ("session.rating", "2027-01-13T11:15Z"),
    }


def test_plan_after_an_outage_leaves_what_ended_too_long_ago(sqlite_house: House) -> None:
    ended_session(sqlite_house, after=timedelta(days=4))

    assert plan_questions(sqlite_house.desk) == 0

    sqlite_house.clock.advance(timedelta(minutes=1))
    ended_session(sqlite_house, starts="2027-01-18T10:00Z", after=timedelta(days=4) - timedelta(seconds=1))
    assert plan_questions(sqlite_house.desk) == 4


def test_plan_after_the_ledger_was_lost_asks_again_and_only_about_these_days(sqlite_house: House) -> None:
    planned(sqlite_house)
    with sqlite_house.stores.confidential.write() as connection:
        connection.execute(delete(_ledger))
        connection.execute(delete(_planned))

    assert plan_questions(sqlite_house.desk) == 4


def test_plan_writes_nothing_while_nothing_has_ended(sqlite_house: House) -> None:
    with queries_of(sqlite_house.stores.confidential) as asked_of_it:
        plan_questions(sqlite_house.desk)

    assert [statement for statement in asked_of_it if not statement.startswith("SELECT")] == []


@pytest.mark.parametrize("number", [1, 3])
def test_plan_asks_as_much_for_many_sessions_as_for_one(sqlite_house: House, number: int) -> None:
    for day in range(12, 12 + number):
        ended_session(sqlite_house, starts=f"2027-01-{day}T10:00Z")

    with queries_of(sqlite_house.stores.confidential) as asked_of_it:
        added = plan_questions(sqlite_house.desk)

    # Two SELECTs, one INSERT that is handed over with all rows at once, and the mark.
    assert (added, len(asked_of_it)) == (4 * number, 5)


def test_plan_without_the_confidential_store_does_nothing(sqlite_house: House) -> None:
    ended_session(sqlite_house)

    assert plan_questions(replace(sqlite_house.desk, support_desk=None)) == 0


@pytest.mark.parametrize(("kind", "who"), [(AfterSession.LOG, "cleo"), (AfterSession.RATING, "ada")])
def test_question_tells_its_reader_when_it_was_and_by_their_own_reference(
    house: House, kind: AfterSession, who: str
) -> None:
    booked = planned(house)

    again = max(ledger_rows(house, kind), key=lambda row: row.send_at)
    first = SessionNews(
        ref=booked.ref_of(who),
        version=1,
        starts=booked.starts,
        ends=booked.ends,
        zone="Europe/London",
        is_for_scholar=who == "ada",
        may_look=True,
        rung=FIRST,
    )
    assert [question(house.support, row) for row in (asked(house, kind), again)] == [first, replace(first, rung=AGAIN)]


@pytest.mark.parametrize("kind", AfterSession)
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"status": BookingStatus.CANCELED.value}, "session canceled"),
        ({"ends_at": _booking.c.ends_at + 60}, "session moved"),
        ({"id": "another"}, "gone"),
    ],
    ids=["canceled", "moved", "not there"],
)
def test_question_about_a_session_that_changed_is_not_asked(
    sqlite_house: House, kind: AfterSession, values: dict[str, object], reason: str
) -> None:
    planned(sqlite_house)
    with sqlite_house.stores.confidential.write() as connection:
        connection.execute(update(_booking).values(**values))
    sqlite_house.is_broken_on_purpose = True

    assert question(sqlite_house.support, asked(sqlite_house, kind)) == Suppressed(reason)


def test_question_that_was_answered_is_not_asked_any_more(sqlite_house: House) -> None:
    booked = planned(sqlite_house)
    log_session(sqlite_house.support, sqlite_house.person("cleo"), a_log(booked.staff_ref))
    rate_session(sqlite_house.support, sqlite_house.person("ada"), a_rating(booked.scholar_ref))

    told = [question(sqlite_house.support, asked(sqlite_house, kind)) for kind in AfterSession]

    assert told == [Suppressed("answered")] * 2


@pytest.mark.parametrize("outcome", Outcome)
def test_scholar_is_not_asked_about_a_session_that_did_not_happen(sqlite_house: House, outcome: Outcome) -> None:
    booked = planned(sqlite_house)
    log_session(sqlite_house.support, sqlite_house.person("cleo"), a_log(booked.staff_ref, outcome))

    told = question(sqlite_house.support, asked(sqlite_house, AfterSession.RATING))

    assert (told == Suppressed("did not happen")) == (not outcome.has_happened)


def test_scholar_is_asked_after_all_once_the_log_was_put_right(sqlite_house: House) -> None:
    booked = planned(sqlite_house)
    for outcome in (Outcome.NO_SHOW, Outcome.HAPPENED):
        log_session(sqlite_house.support, sqlite_house.person("cleo"), a_log(booked.staff_ref, outcome))

    told = question(sqlite_house.support, asked(sqlite_house, AfterSession.RATING))

    assert isinstance(told, SessionNews)


@leaving.still_there
def test_question_is_not_asked_of_whoever_may_not_meet_the_scholar_any_more(
    sqlite_house: House, apart: leaving.Change
) -> None:
    planned(sqlite_house)
    apart(sqlite_house.stores.program)

    told = [question(sqlite_house.support, asked(sqlite_house, kind)) for kind in AfterSession]

    assert told[0] == APART
    assert isinstance(told[1], SessionNews)


@pytest.mark.parametrize(("who", "kind"), [("cleo", AfterSession.LOG), ("ada", AfterSession.RATING)])
def test_question_is_not_asked_of_somebody_who_has_left(sqlite_house: House, who: str, kind: AfterSession) -> None:
    planned(sqlite_house)
    leave(sqlite_house, who)

    assert question(sqlite_house.support, asked(sqlite_house, kind)) == GONE


def test_question_is_not_asked_of_an_alumnus_who_could_not_answer_it(sqlite_house: House) -> None:
    planned(sqlite_house)
    leave(sqlite_house, "ada")
    put_membership(sqlite_house.stores.program, "ada", Role.ALUMNUS, first_day="2027-01-03")

    assert question(sqlite_house.support, asked(sqlite_house, AfterSession.RATING)) == GONE


def test_planning_touches_no_other_message(sqlite_house: House) -> None:
    ended_session(sqlite_house)
    with sqlite_house.stores.confidential.read() as connection:
        before = connection.execute(select(_ledger.c.key, _ledger.c.state)).all()

    plan_questions(sqlite_house.desk)

    with sqlite_house.stores.confidential.read() as connection:
        after = connection.execute(select(_ledger.c.key, _ledger.c.state)).all()
    assert set(before) <= set(after)
    assert len(after) == len(before) + 4


def test_plan_that_is_interrupted_between_two_transactions_is_finished_by_the_next(sqlite_house: House) -> None:
    for day in (12, 13):
        ended_session(sqlite_house, starts=f"2027-01-{day}T10:00Z")
    interrupted = replace(sqlite_house.desk, support_desk=replace(sqlite_house.support, ids=IdsThatEnd(after=4)))

    with pytest.raises(StoreAway):
        plan_questions(interrupted, at_once=1)

    assert len(questions(sqlite_house)) == 4
    assert [plan_questions(sqlite_house.desk) for _ in range(2)] == [4, 0]


class IdsThatEnd(FakeIds):
    """The process goes down with the first id too many."""

    def __init__(self, *, after: int) -> None:
        super().__init__("planned")
        self._left = after

    def new(self) -> str:
        if not self._left:
            raise StoreAway
        self._left -= 1
        return super().new()
