"""Two may not meet any more: until the sweep cancels, and in every old message, the staff member sees nothing."""

from collections.abc import Callable

import pytest

from domain.booking import Booked
from domain.delivery import Delivery, Suppressed
from domain.errors import NotFound
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.sweep import sweep_changed_programs
from services.session_news.news import APART, SessionNews, session_file, session_news
from services.sessions.ahead import week_ahead
from services.sessions.own import changeable_details, session_details, upcoming_sessions
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_wish
from tests.fixtures.desks import House, ledger_rows
from tests.looking.queries import queries_of

TODAY, IN_TWO_DAYS = "2027-01-11T16:00Z", "2027-01-13T10:00Z"
SECRET = "My mentor shouts at me"
DEEDS: dict[str, Callable[[House, Booked], object]] = {
    "details": lambda house, booked: session_details(house.support, house.person("cleo"), booked.staff_ref),
    "form": lambda house, booked: changeable_details(house.support, house.person("cleo"), booked.staff_ref),
    "move": lambda house, booked: move_session(
        house.support, house.person("cleo"), a_move(booked.staff_ref, IN_TWO_DAYS)
    ),
    "cancel": lambda house, booked: cancel_session(
        house.support, house.person("cleo"), a_cancellation(booked.staff_ref)
    ),
}


def booked_by(house: House, scholar: str, starts: str = TOMORROW_TEN) -> Booked:
    return book_session(house.support, house.person(scholar), a_wish(starts, words=SECRET)).booked


def rows_for_cleo(house: House, *kinds: str) -> list[Delivery]:
    return [row for kind in kinds for row in ledger_rows(house, kind) if row.person_id == "cleo"]


@leaving.still_there
@pytest.mark.parametrize("deed", DEEDS)
def test_who_may_not_meet_the_scholar_any_more_finds_no_session(
    sqlite_house: House, apart: leaving.Change, deed: str
) -> None:
    booked = booked_by(sqlite_house, "ada")
    apart(sqlite_house.stores.program)

    with pytest.raises(NotFound):
        DEEDS[deed](sqlite_house, booked)

    assert sqlite_house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


@leaving.still_there
def test_session_that_the_sweep_canceled_opens_for_its_scholar_alone(
    sqlite_house: House, apart: leaving.Change
) -> None:
    booked = booked_by(sqlite_house, "ada")
    apart(sqlite_house.stores.program)
    sweep_changed_programs(sqlite_house.desk)

    for_ada = session_details(sqlite_house.support, sqlite_house.person("ada"), booked.scholar_ref)

    assert (for_ada.words, for_ada.booked.is_open) == (SECRET, False)
    with pytest.raises(NotFound):
        session_details(sqlite_house.support, sqlite_house.person("cleo"), booked.staff_ref)


@pytest.mark.parametrize("apart", [leaving.became_mentor, leaving.recused])
def test_lists_keep_the_sessions_with_everybody_else(sqlite_house: House, apart: leaving.Change) -> None:
    booked_by(sqlite_house, "ada", TODAY)
    booked_by(sqlite_house, "ada")
    with_bo = booked_by(sqlite_house, "bo", IN_TWO_DAYS)
    apart(sqlite_house.stores.program)
    cleo = sqlite_house.person("cleo")

    listed, today = upcoming_sessions(sqlite_house.support, cleo), week_ahead(sqlite_house.support, cleo).today

    assert ([line.ref for line in listed], today) == ([with_bo.staff_ref], ())
    assert len(upcoming_sessions(sqlite_house.support, sqlite_house.person("ada"))) == 2


@pytest.mark.parametrize("at_most", [1, 2, 3])
def test_lists_show_as_many_as_were_asked_for_though_sooner_ones_are_not_to_be_seen(
    sqlite_house: House, at_most: int
) -> None:
    for day in ("12", "13", "14"):
        booked_by(sqlite_house, "ada", f"2027-01-{day}T10:00Z")
    expected = [booked_by(sqlite_house, "bo", f"2027-01-{day}T12:00Z").starts for day in ("15", "18")]
    leaving.recused(sqlite_house.stores.program)

    shown = upcoming_sessions(sqlite_house.support, sqlite_house.person("cleo"), at_most=at_most)

    assert [line.starts for line in shown] == expected[:at_most]


def test_lists_of_somebody_with_another_role_are_empty(sqlite_house: House) -> None:
    booked_by(sqlite_house, "ada", TODAY)
    leaving.became_community_manager(sqlite_house.stores.program)
    cleo = sqlite_house.person("cleo")

    listed = upcoming_sessions(sqlite_house.support, cleo), week_ahead(sqlite_house.support, cleo).today

    assert listed == ((), ())


@pytest.mark.parametrize(("who", "number"), [("cleo", 1), ("cleo", 3), ("ada", 3)])
def test_lists_ask_about_all_scholars_at_once(sqlite_house: House, who: str, number: int) -> None:
    for scholar, starts in [("ada", TODAY), ("bo", TOMORROW_TEN), ("ada", IN_TWO_DAYS)][:number]:
        booked_by(sqlite_house, scholar, starts)
    person = sqlite_house.person(who)

    with queries_of(sqlite_house.stores.program) as asked:
        upcoming_sessions(sqlite_house.support, person)

    assert len(asked) == (1 if who == "cleo" else 0)


@leaving.still_there
def test_news_are_told_to_nobody_who_may_not_meet_the_scholar_any_more(
    sqlite_house: House, apart: leaving.Change
) -> None:
    booked = booked_by(sqlite_house, "ada", IN_TWO_DAYS)
    apart(sqlite_house.stores.program)

    rows = rows_for_cleo(sqlite_house, "session.booked", "session.reminder")
    told = [session_news(sqlite_house.support, row) for row in rows]
    (file,) = [session_file(sqlite_house.support, row) for row in rows_for_cleo(sqlite_house, "session.file")]

    assert (told, file) == ([APART] * 3, APART)
    (for_ada, _) = ledger_rows(sqlite_house, "session.booked")
    assert session_news(sqlite_house.support, for_ada) == SessionNews(
        ref=booked.scholar_ref,
        version=1,
        starts=booked.starts,
        ends=booked.ends,
        zone="Europe/London",
        is_for_scholar=True,
        may_look=True,
    )


@leaving.still_there
def test_that_it_is_off_is_told_to_both_and_leaves_the_calendar(sqlite_house: House, apart: leaving.Change) -> None:
    booked_by(sqlite_house, "ada")
    apart(sqlite_house.stores.program)
    sweep_changed_programs(sqlite_house.desk)

    (told,) = [session_news(sqlite_house.support, row) for row in rows_for_cleo(sqlite_house, "session.canceled")]
    files = [session_file(sqlite_house.support, row) for row in rows_for_cleo(sqlite_house, "session.file")]

    assert isinstance(told, SessionNews)
    assert told.may_look is False
    assert [b"METHOD:CANCEL" in file for file in files if not isinstance(file, Suppressed)] == [True]
