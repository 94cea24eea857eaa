"""What stands on days off is said to who saves them, with times alone."""

from datetime import UTC, datetime, timedelta

from handlers import texts
from handlers.views.away import away_saved
from services.hours.away import HelpingThen
from tests.builders.scheduling import hours_in

TUESDAY = datetime(2027, 1, 12, 10, tzinfo=UTC)
HOURS = hours_in("Europe/London", "9-17")


def said(*booked: datetime, planned: int = 0, is_open: bool = False) -> list[str]:
    """The sentences."""
    starts = tuple(TUESDAY + timedelta(days=number) for number in range(planned))
    view = away_saved(HOURS, booked, HelpingThen(planned=starts, is_open=is_open))
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


def test_nothing_then_is_just_saved() -> None:
    assert said() == [texts.hours.AWAY_SAVED]


def test_sessions_and_office_hours_are_told_apart() -> None:
    assert said(TUESDAY, planned=1) == [
        texts.hours.AWAY_SAVED,
        texts.hours.AWAY_BOOKED.format(number="1 session", when="Tue 12 Jan, 10:00 GMT"),
        texts.hours.AWAY_OFFICE_HOURS.format(when="Tue 12 Jan, 10:00 GMT"),
    ]


def test_many_office_hours_are_named_as_far_as_five() -> None:
    [_, sentence] = said(planned=7)

    assert "Sat 16 Jan, 10:00 GMT; and 2 more" in sentence


def test_line_that_is_open_is_said_to_stay_open() -> None:
    assert said(is_open=True) == [texts.hours.AWAY_SAVED, texts.hours.AWAY_LINE_OPEN]
