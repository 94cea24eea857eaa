"""What is kept and asked for is told while it holds, to those whom it concerns; judged anew when it is sent."""

from dataclasses import replace
from datetime import timedelta

from domain.delivery import Delivery, Suppressed
from domain.kinds import LEAST_ANSWER_MINUTES
from services.booking.sweep import sweep_changed_programs
from services.holds.lapse import let_go
from services.holds.news import ANSWERED, HoldNews, hold_news, kept_instead
from services.session_news.news import APART, GONE
from tests.acting.waiting_line import arrive, booked_out, books, cancels, takes, the_kept, with_approval
from tests.builders import leaving
from tests.fixtures.desks import House, ledger_rows


def the_row(house: House, kind: str, person: str) -> Delivery:
    (row,) = (row for row in ledger_rows(house, kind) if row.person_id == person)
    return row


def offered_to_bo(house: House) -> Delivery:
    cancels(house, booked_out(house, "bo"))
    return the_row(house, "hold.offered", "bo")


def news_of(house: House, row: Delivery) -> HoldNews | Suppressed:
    return hold_news(house.support, row)


def test_what_is_kept_is_told_with_the_readers_own_reference_and_until_when(sqlite_house: House) -> None:
    row = offered_to_bo(sqlite_house)
    kept = the_kept(sqlite_house, "bo")

    news = news_of(sqlite_house, row)

    assert news == HoldNews(
        ref=kept.ref, version=kept.version, starts=kept.starts, until=kept.until, zone="Europe/London"
    )


def test_what_is_kept_is_told_until_the_last_moment_and_then_no_more(sqlite_house: House) -> None:
    row = offered_to_bo(sqlite_house)
    left = the_kept(sqlite_house, "bo").until - sqlite_house.clock.now()

    sqlite_house.clock.advance(left - timedelta(seconds=1))
    before = news_of(sqlite_house, row)
    sqlite_house.clock.advance(timedelta(seconds=1))

    assert (isinstance(before, HoldNews), news_of(sqlite_house, row)) == (True, ANSWERED)
    assert left > timedelta(minutes=LEAST_ANSWER_MINUTES)


def test_what_has_been_taken_is_offered_no_more(sqlite_house: House) -> None:
    row = offered_to_bo(sqlite_house)
    takes(sqlite_house, "bo")

    assert news_of(sqlite_house, row) == ANSWERED


def test_that_it_ran_out_is_told_though_it_is_kept_no_more(sqlite_house: House) -> None:
    offered_to_bo(sqlite_house)
    arrive(sqlite_house)
    sqlite_house.clock.advance(timedelta(hours=2))
    let_go(sqlite_house.support)

    news = news_of(sqlite_house, the_row(sqlite_house, "hold.run_out", "bo"))

    assert isinstance(news, HoldNews)


def test_news_of_nothing_or_for_nobody_is_let_go(sqlite_house: House) -> None:
    row = offered_to_bo(sqlite_house)

    assert news_of(sqlite_house, replace(row, object_id="nothing")) == GONE
    assert news_of(sqlite_house, replace(row, person_id="nobody")) == GONE


def test_coach_who_may_not_meet_the_scholar_any_more_hears_of_no_request(sqlite_house: House) -> None:
    books(with_approval(sqlite_house), "ada")
    row = the_row(sqlite_house, "request.waiting", "cleo")
    leaving.recused(sqlite_house.stores.program)

    assert news_of(sqlite_house, row) == APART


def kept_with_dev(house: House, *, apart: leaving.Change = leaving.recused) -> tuple[Delivery, Delivery]:
    """Cleo cannot take Ada's session; what Ada and what Cleo are told of its cancellation."""
    books(house, "ada")
    apart(house.stores.program)
    sweep_changed_programs(house.desk)
    told = the_row(house, "session.canceled", "ada")
    return told, replace(told, person_id="cleo")


def test_time_kept_with_somebody_else_is_told_to_the_scholar_alone(sqlite_house: House) -> None:
    to_ada, to_cleo = kept_with_dev(sqlite_house)
    kept = the_kept(sqlite_house, "ada")

    news = kept_instead(sqlite_house.support, to_ada)

    assert news is not None
    assert (news.ref, news.until) == (kept.ref, kept.until)
    assert kept_instead(sqlite_house.support, to_cleo) is None


def test_time_kept_with_somebody_else_is_told_until_the_last_moment(sqlite_house: House) -> None:
    to_ada, _ = kept_with_dev(sqlite_house)
    left = the_kept(sqlite_house, "ada").until - sqlite_house.clock.now()

    sqlite_house.clock.advance(left - timedelta(seconds=1))
    before = kept_instead(sqlite_house.support, to_ada)
    sqlite_house.clock.advance(timedelta(seconds=1))

    assert (before is not None, kept_instead(sqlite_house.support, to_ada)) == (True, None)


def test_nothing_is_kept_instead_of_a_session_that_stands_or_is_not_there(sqlite_house: House) -> None:
    to_ada, _ = kept_with_dev(sqlite_house)
    standing = the_kept(sqlite_house, "ada")
    takes(sqlite_house, "ada")

    assert kept_instead(sqlite_house.support, replace(to_ada, object_id="nothing")) is None
    assert kept_instead(sqlite_house.support, to_ada) is None
    assert standing.is_for_scholar
