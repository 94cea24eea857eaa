"""A time that is merely kept for a scholar is no meeting: it makes nobody somebody whom they know."""

from services.booking.book import book_session
from services.hours.own import save_hours
from services.waiting.match import keep_times
from tests.acting.waiting_line import books, scarce, takes, waits
from tests.builders.bookings import a_wish
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House


def kept_with_dev(house: House) -> House:
    """Bo has met Cleo, who is booked out, and a later time with Dev is kept for them; then both have hours."""
    books(house, "bo", "2027-01-12T09:00Z")
    scarce(house, dates={"2027-01-12": "9:00-10:00", "2027-01-20": "10:00-11:00"})
    scarce(house, "dev", dates={})
    books(house, "ada", "2027-01-20T10:00Z")
    waits(house, "bo", staff=None)
    scarce(house, "dev", dates={"2027-01-19": "10:00-11:00", "2027-01-21": "10:00-11:00"})
    keep_times(house.desk)
    assert ("bo", "dev", "2027-01-19T10:00Z", "held") in house.bookings()
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, WEEKDAYS))
    return house


def test_whom_a_scholar_knows_is_not_who_has_a_time_kept_for_them(house: House) -> None:
    kept = kept_with_dev(house)

    booked = book_session(kept.support, house.person("bo"), a_wish("2027-01-21T10:00Z", staff=None))

    assert booked.booked.staff_id == "cleo"


def test_whoever_took_the_time_knows_them(house: House) -> None:
    kept = kept_with_dev(house)
    takes(kept, "bo")

    booked = book_session(kept.support, house.person("bo"), a_wish("2027-01-21T10:00Z", staff=None))

    assert booked.booked.staff_id == "dev"
