"""A coach leaves before the day of a handover: what cannot stay goes to the successor first, words only with a yes."""

from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.focus import FocusArea
from domain.handover import Consent
from domain.people import Role
from services.booking.book import book_session
from services.booking.sweep import sweep_changed_programs
from services.handover.sheet import changes_for
from services.hours.own import save_hours
from services.offers.offer import offer_times
from services.sessions.own import session_details
from tests.acting.waiting_line import books, takes
from tests.builders import leaving
from tests.builders.bookings import a_wish
from tests.builders.handovers import AFTER, BEFORE, answered, handed_over, met
from tests.builders.people import put_person, put_recusal
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House
from tests.looking.invariants import broken_invariants

A_DAY = timedelta(days=1)
WORDS = "I cannot get the baseline to run."


def with_a_busier_successor(house: House) -> None:
    """Fay can take over, though Dev carries less."""
    fay = put_person(house.stores.program, "fay", Role.COACH)
    save_hours(house.support, house.person(fay), hours_in(LONDON, WEEKDAYS))
    busy = put_person(house.stores.program, "gil")
    for start in ("2027-01-19T09:00Z", "2027-01-19T11:00Z", "2027-01-19T13:00Z"):
        books(house, busy, start, staff="fay")


def held(house: House) -> list[tuple[str, str]]:
    return [(staff, start) for _, staff, start, status in house.bookings() if status == "held"]


def test_times_of_who_leaves_before_the_day_are_kept_with_the_successor(house: House) -> None:
    with_a_busier_successor(house)
    met(house)
    handed_over(house, to="fay")
    books(house, "ada", "2027-01-25T10:00Z", staff="dev")
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert held(house) == [("fay", BEFORE), ("fay", AFTER)]
    assert broken_invariants(house.stores.confidential) == []


def test_the_form_begins_with_the_successor_as_soon_as_the_one_before_has_left(house: House) -> None:
    with_a_busier_successor(house)
    met(house)
    handed_over(house, to="fay")
    before = offer_times(house.support, house.person("ada"), is_first=True).staff_id
    leaving.off_the_roster(house.stores.program)

    after = offer_times(house.support, house.person("ada"), is_first=True).staff_id

    assert (before, after) == ("cleo", "fay")


def test_a_successor_who_is_busy_then_leaves_it_to_another(house: House) -> None:
    with_a_busier_successor(house)
    met(house)
    handed_over(house, to="fay")
    books(house, "bo", BEFORE, staff="fay")
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert held(house) == [("dev", BEFORE), ("fay", AFTER)]


def test_a_successor_whom_the_scholar_may_not_meet_takes_nothing(house: House) -> None:
    with_a_busier_successor(house)
    met(house)
    handed_over(house, to="fay")
    put_recusal(house.stores.program, "fay", "ada")
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert held(house) == [("dev", BEFORE), ("dev", AFTER)]


def test_what_stayed_with_who_handed_over_goes_to_who_has_the_scholar_now(house: House) -> None:
    with_a_busier_successor(house)
    _, after = met(house)
    handed = handed_over(house, to="fay")
    answered(house, handed, keep=[after])
    house.clock.advance(after.starts - house.clock.now() - A_DAY)
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert held(house) == [("fay", AFTER)]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (Consent.GIVEN, (WORDS, (FocusArea.CAREER,))),
        (Consent.REFUSED, ("", ())),
        (Consent.UNKNOWN, ("", ())),
    ],
)
def test_words_go_to_the_successor_with_a_yes_alone(
    house: House, said: Consent, read: tuple[str, tuple[FocusArea, ...]]
) -> None:
    (booked,) = met(house, AFTER, areas=[FocusArea.CAREER], words=WORDS)
    handed = handed_over(house)
    answered(house, handed, said)
    leaving.off_the_roster(house.stores.program)
    sweep_changed_programs(house.desk)

    taken = takes(house, "ada").booked

    details = session_details(house.support, house.person("dev"), taken.staff_ref)
    assert (details.words, details.focus_areas) == read
    assert booked.staff_ref != taken.staff_ref
    assert broken_invariants(house.stores.confidential) == []


def test_words_do_not_go_to_another_than_the_successor(house: House) -> None:
    with_a_busier_successor(house)
    met(house, AFTER, words=WORDS)
    answered(house, handed_over(house, to="fay"), Consent.GIVEN)
    books(house, "bo", AFTER, staff="fay")
    leaving.off_the_roster(house.stores.program)
    sweep_changed_programs(house.desk)

    taken = takes(house, "ada")

    assert (taken.booked.staff_id, taken.words) == ("dev", "")


def test_the_handover_stands_when_only_who_hands_over_has_left(house: House) -> None:
    met(house)
    handed_over(house)
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert len(changes_for(house.support, house.person("ada"))) == 1
    with pytest.raises(NotFound):
        book_session(house.support, house.person("ada"), a_wish("2027-01-20T10:00Z", staff="cleo"))
