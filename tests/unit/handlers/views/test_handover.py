"""What the scholar reads of a handover: each time says whether it is a session, kept for them or asked for."""

from dataclasses import replace

import pytest

from domain.booking import BookingStatus
from handlers.views.handover import handover_form
from tests.builders.handover_views import a_handover_sheet

BOOKED_NOT_FREE = (
    "Tue 12 Jan, 10:00 GMT with Cleo: Cleo is not free then. It stays as it is; you can move or cancel it, or book "
    "another."
)


def said_of(status: BookingStatus, *, is_free: bool) -> str:
    """The line about the only time of a sheet."""
    sheet = a_handover_sheet(number=1)
    (ahead,) = sheet.sessions
    blocks = handover_form(replace(sheet, sessions=(replace(ahead, status=status, is_free=is_free),)))["blocks"]
    block = blocks[-2]
    return str(block["label"]["text"] if is_free else block["elements"][0]["text"])


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (BookingStatus.BOOKED, "Tue 12 Jan, 10:00 GMT with Cleo"),
        (BookingStatus.HELD, "Tue 12 Jan, 10:00 GMT, kept for you with Cleo"),
        (BookingStatus.REQUESTED, "Tue 12 Jan, 10:00 GMT, asked of Cleo and not set yet"),
    ],
)
def test_time_that_can_go_on_says_what_it_is(status: BookingStatus, says: str) -> None:
    assert said_of(status, is_free=True) == says


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (
            BookingStatus.BOOKED,
            BOOKED_NOT_FREE,
        ),
        (
            BookingStatus.REQUESTED,
            "Tue 12 Jan, 10:00 GMT with Cleo, not set yet: Cleo is not free then. It stays as it is.",
        ),
    ],
)
def test_time_that_cannot_go_on_says_what_can_be_done(status: BookingStatus, says: str) -> None:
    assert said_of(status, is_free=False) == says
