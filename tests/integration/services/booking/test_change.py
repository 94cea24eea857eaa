"""Either side moves or cancels: what changes, what stays, and who is told what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.booking import AlreadyCanceled, AlreadyChanged, AlreadyOver, Booked, SameTime, TooLate
from domain.errors import DomainError, NotFound
from domain.people import Person
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.hours.own import save_hours
from services.offers.gone import TimeGone
from services.sessions.facts import SessionDetails
from services.sessions.own import session_details
from storage.confidential.bookings import BookingChange
from storage.engine import table_of
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_wish
from tests.builders.scheduling import at, hours_in
from tests.fixtures.desks import LONDON, House

WEDNESDAY_NINE = "2027-01-13T09:00Z"
HALF_AN_HOUR_LATER = "2027-01-12T10:30Z"
SECRET = "My father is in hospital"

Deed = Callable[[House, Person, str, int], SessionDetails]


def moved(house: House, person: Person, ref: str, version: int) -> SessionDetails:
    return move_session(house.support, person, a_move(ref, WEDNESDAY_NINE, version=version))


def canceled(house: House, person: Person, ref: str, version: int) -> SessionDetails:
    return cancel_session(house.support, person, a_cancellation(ref, version=version))


either_deed = pytest.mark.parametrize("deed", [moved, canceled])


def booked_by_ada(
    house: House, starts: str = TOMORROW_TEN, *, kind: str = "coaching", staff: str = "cleo"
) -> SessionDetails:
    wish = a_wish(starts, kind=kind, staff=staff, words="the thesis")
    return book_session(house.support, house.person("ada"), wish)


def test_move_keeps_the_session_and_changes_its_time(house: House) -> None:
    before = booked_by_ada(house)
    house.clock.advance(timedelta(minutes=5))

    after = move_session(house.support, house.person("ada"), a_move(before.booked.scholar_ref, HALF_AN_HOUR_LATER))

    assert after == replace(
        before,
        booked=replace(
            before.booked,
            starts_at=at(HALF_AN_HOUR_LATER),
            ends_at=at(HALF_AN_HOUR_LATER) + 45 * 60,
            busy_from=at(HALF_AN_HOUR_LATER),
            busy_to=at(HALF_AN_HOUR_LATER) + 60 * 60,
            version=2,
            sequence=1,
            changed_at=before.booked.changed_at + 300,
        ),
    )
    assert house.cells() == {"cleo": 12, "ada": 9}


def test_move_notes_the_older_of_the_rosters_that_both_were_judged_by(sqlite_house: House) -> None:
    support, ada = sqlite_house.support, sqlite_house.person("ada")
    ref = booked_by_ada(sqlite_house).booked.scholar_ref
    leaving.touch(sqlite_house.stores.program)

    by_who_was_judged_before = moved(sqlite_house, ada, ref, 1).booked
    again = a_move(ref, TOMORROW_TEN, version=2)
    by_who_is_judged_now = move_session(support, sqlite_house.person("ada"), again).booked

    assert (by_who_was_judged_before.roster_version, by_who_is_judged_now.roster_version) == (0, 1)


def test_move_frees_the_old_time_for_others(house: House) -> None:
    booked = booked_by_ada(house).booked
    moved(house, house.person("ada"), booked.scholar_ref, 1)

    booked = book_session(house.support, house.person("bo"), a_wish(TOMORROW_TEN)).booked

    assert house.bookings() == [
        ("bo", "cleo", TOMORROW_TEN, "booked"),
        ("ada", "cleo", WEDNESDAY_NINE, "booked"),
    ]
    assert booked.version == 1


def test_cancel_keeps_the_row_and_frees_the_time(house: House) -> None:
    before = booked_by_ada(house)
    house.clock.advance(timedelta(minutes=5))

    after = canceled(house, house.person("ada"), before.booked.scholar_ref, 1)

    booked = replace(before.booked, status="canceled", version=2, sequence=1, changed_at=before.booked.changed_at + 300)
    assert after == replace(before, booked=booked, why_fixed=AlreadyCanceled().message)
    assert house.cells() == {}


def test_change_by_staff_keeps_the_sealed_reason_for_both_and_no_plain_word_of_it(house: House) -> None:
    booked = booked_by_ada(house).booked
    cleo = house.person("cleo")

    move_session(house.support, cleo, a_move(booked.staff_ref, WEDNESDAY_NINE, reason=SECRET))
    for_scholar = session_details(house.support, house.person("ada"), booked.scholar_ref)
    cancel_session(house.support, cleo, a_cancellation(booked.staff_ref, version=2, reason="All well again"))
    both = [session_details(house.support, house.person(id_), booked.ref_of(id_)) for id_ in ("ada", "cleo")]
    for_both = [details.reason for details in both]

    change = table_of(BookingChange)
    with house.stores.confidential.read() as connection:
        steps = connection.execute(select(change).order_by(change.c.version)).all()
    assert (for_scholar.reason, for_both) == (SECRET, ["All well again"] * 2)
    assert [details.is_readers_reason for details in (for_scholar, *both)] == [False, False, True]
    assert [(step.version, step.what, step.by_id) for step in steps] == [
        (1, "booked", "ada"),
        (2, "moved", "cleo"),
        (3, "canceled", "cleo"),
    ]
    assert [step.version for step in steps if b"hospital" in (step.reason or b"")] == []


def test_move_to_the_same_time_is_refused_and_tells_nobody(sqlite_house: House) -> None:
    booked = booked_by_ada(sqlite_house).booked
    told = sqlite_house.messages()

    with pytest.raises(SameTime) as refused:
        move_session(sqlite_house.support, sqlite_house.person("ada"), a_move(booked.scholar_ref, TOMORROW_TEN))

    assert (refused.value.field, sqlite_house.messages()) == ("start", told)


def test_move_to_a_time_that_is_taken_says_what_else_is_free_but_its_own(sqlite_house: House) -> None:
    booked = booked_by_ada(sqlite_house, "2027-01-13T10:00Z").booked
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish(WEDNESDAY_NINE))

    with pytest.raises(TimeGone) as refused:
        moved(sqlite_house, sqlite_house.person("ada"), booked.scholar_ref, 1)

    assert refused.value.field == "start"
    assert refused.value.message == (
        "That time has just been taken. Please choose another one. Next free: Wed 13 Jan, 10:30, 11:00, 11:30 GMT."
    )
    assert sqlite_house.cells() == {"cleo": 24, "ada": 9, "bo": 9}


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ("2027-01-11T11:00Z", "That time has passed."),
        ("2027-01-11T15:30Z", "That is too soon"),
        ("2027-02-09T10:00Z", "That is more than 28 days ahead."),
        ("2027-01-16T10:00Z", "That time is outside the hours on offer."),
        ("2027-01-12T10:10Z", "Sessions do not start at that minute."),
    ],
)
def test_move_to_a_time_that_is_not_offered_says_why(sqlite_house: House, starts: str, sentence: str) -> None:
    booked = booked_by_ada(sqlite_house).booked

    with pytest.raises(TimeGone) as refused:
        move_session(sqlite_house.support, sqlite_house.person("cleo"), a_move(booked.staff_ref, starts))

    assert (refused.value.field, refused.value.message.startswith(sentence)) == ("start", True)
    assert sqlite_house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


@either_deed
def test_change_by_the_scholar_at_the_very_notice_is_done(sqlite_house: House, deed: Deed) -> None:
    booked = booked_by_ada(sqlite_house).booked
    sqlite_house.clock.advance(timedelta(hours=21))

    assert deed(sqlite_house, sqlite_house.person("ada"), booked.scholar_ref, 1).booked.version == 2


@either_deed
def test_change_by_the_scholar_inside_the_notice_says_until_when(sqlite_house: House, deed: Deed) -> None:
    booked = booked_by_ada(sqlite_house).booked
    sqlite_house.clock.advance(timedelta(hours=21, seconds=1))
    ada = sqlite_house.person("ada")

    with pytest.raises(TooLate) as refused:
        deed(sqlite_house, ada, booked.scholar_ref, 1)

    assert refused.value.message == (
        "A session can be moved or canceled until 1 hour before it starts. Please tell the person you meet directly."
    )
    assert session_details(sqlite_house.support, ada, booked.scholar_ref).why_fixed == refused.value.message


@either_deed
def test_change_by_staff_is_bound_by_no_notice(sqlite_house: House, deed: Deed) -> None:
    booked = booked_by_ada(sqlite_house).booked
    sqlite_house.clock.advance(timedelta(hours=21, minutes=59))

    assert deed(sqlite_house, sqlite_house.person("cleo"), booked.staff_ref, 1).booked.version == 2


@either_deed
def test_change_of_what_somebody_else_changed_is_refused(sqlite_house: House, deed: Deed) -> None:
    booked = booked_by_ada(sqlite_house).booked
    move_session(sqlite_house.support, sqlite_house.person("cleo"), a_move(booked.staff_ref, "2027-01-14T09:00Z"))

    with pytest.raises(AlreadyChanged):
        deed(sqlite_house, sqlite_house.person("ada"), booked.scholar_ref, 1)

    assert sqlite_house.bookings() == [("ada", "cleo", "2027-01-14T09:00Z", "booked")]


@either_deed
def test_change_of_a_canceled_session_in_an_old_message_is_refused(sqlite_house: House, deed: Deed) -> None:
    booked = booked_by_ada(sqlite_house).booked
    canceled(sqlite_house, sqlite_house.person("cleo"), booked.staff_ref, 1)
    told = sqlite_house.messages()

    with pytest.raises(AlreadyCanceled):
        deed(sqlite_house, sqlite_house.person("ada"), booked.scholar_ref, 1)

    assert sqlite_house.messages() == told


@either_deed
def test_change_of_a_session_that_has_begun_is_refused(sqlite_house: House, deed: Deed) -> None:
    booked = booked_by_ada(sqlite_house).booked
    sqlite_house.clock.advance(timedelta(hours=22))

    with pytest.raises(AlreadyOver):
        deed(sqlite_house, sqlite_house.person("cleo"), booked.staff_ref, 1)


@either_deed
@pytest.mark.parametrize("stranger", ["bo", "dev", "max", "sam"])
def test_change_of_another_persons_session_reads_like_one_that_is_missing(
    sqlite_house: House, deed: Deed, stranger: str
) -> None:
    booked = booked_by_ada(sqlite_house).booked
    person = sqlite_house.person(stranger)

    answers = [refusal(deed, sqlite_house, person, id_) for id_ in (*refs_of(booked), "no-such-session")]

    assert answers == [(NotFound, str(NotFound()), None)] * 4


def refs_of(booked: Booked) -> tuple[str, str, str]:
    return booked.scholar_ref, booked.staff_ref, booked.id


def refusal(deed: Deed, house: House, person: Person, ref: str) -> tuple[type[DomainError], str, str | None]:
    with pytest.raises(DomainError) as refused:
        deed(house, person, ref, 1)
    return type(refused.value), refused.value.message, refused.value.field


@leaving.apart
def test_move_of_a_session_whose_people_may_not_meet_any_more_is_refused(
    sqlite_house: House, apart: leaving.Change
) -> None:
    booked = booked_by_ada(sqlite_house).booked
    ada = sqlite_house.person("ada")
    apart(sqlite_house.stores.program)

    with pytest.raises(NotFound):
        moved(sqlite_house, ada, booked.scholar_ref, 1)

    assert sqlite_house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


def test_change_after_the_clock_was_set_back_is_not_stamped_before_the_last(sqlite_house: House) -> None:
    booked = booked_by_ada(sqlite_house).booked
    sqlite_house.clock.step(timedelta(minutes=-10))

    after = moved(sqlite_house, sqlite_house.person("ada"), booked.scholar_ref, 1).booked

    assert after.changed_at == booked.changed_at


def test_details_of_a_session_whose_other_side_has_left_name_nobody(sqlite_house: House) -> None:
    before = booked_by_ada(sqlite_house)
    leaving.off_the_roster(sqlite_house.stores.program)

    details = session_details(sqlite_house.support, sqlite_house.person("ada"), before.booked.scholar_ref)

    assert details == replace(before, other_name="somebody who has left the program")


def test_cancellation_gives_no_cell_of_a_neighbor_back(house: House) -> None:
    ada = house.person("ada")
    # Within what Cleo keeps free behind a session, and so within the stretch that is given back.
    save_hours(house.support, house.person("dev"), hours_in(LONDON, "10:45-17:00"))
    after = TOMORROW_TEN.replace("10:00", "10:45")
    book_session(house.support, ada, a_wish(after, staff="dev"))
    alone = house.cells()
    booked = book_session(house.support, ada, a_wish(TOMORROW_TEN, staff="cleo")).booked

    cancel_session(house.support, ada, a_cancellation(booked.scholar_ref))

    assert house.cells() == alone
