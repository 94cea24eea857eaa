"""A booking as a value, and the length of what people write about it."""

from datetime import UTC, datetime

import pytest

from domain.booking import BookingStatus, TextTooLong, check_length
from tests.builders.bookings import a_booking


def test_booked_tells_its_times_as_instants() -> None:
    booked = a_booking(starts="2027-01-12T10:00Z")

    assert (booked.starts, booked.ends) == (
        datetime(2027, 1, 12, 10, tzinfo=UTC),
        datetime(2027, 1, 12, 10, 45, tzinfo=UTC),
    )


@pytest.mark.parametrize(("person", "other"), [("ada", "cleo"), ("cleo", "ada")])
def test_other_side_is_whom_the_person_meets(person: str, other: str) -> None:
    assert a_booking().other_side(person) == other


@pytest.mark.parametrize(("status", "is_open"), [(BookingStatus.BOOKED, True), (BookingStatus.CANCELED, False)])
def test_is_open_until_it_is_canceled(status: BookingStatus, is_open: bool) -> None:  # noqa: FBT001  a case's value
    assert a_booking(status=status).is_open is is_open


def test_check_length_takes_what_fits_without_the_blanks_around_it() -> None:
    assert check_length("  12345\n", 5, field="words") == "12345"


def test_check_length_says_how_much_to_cut_and_never_quotes_the_text() -> None:
    with pytest.raises(TextTooLong) as refused:
        check_length("a secret", 5, field="words")

    assert (refused.value.field, refused.value.message) == (
        "words",
        "Please shorten this by 3 characters: 5 fit here.",
    )
