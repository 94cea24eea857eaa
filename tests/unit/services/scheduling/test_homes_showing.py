from dataclasses import replace

from services.scheduling.sessions import homes_showing
from tests.builders.sessions import a_booked

HOUR = 3600


def booked_hours_ahead(hours: float) -> tuple[str, ...]:
    booked = a_booked()
    return homes_showing(replace(booked, changed_at=booked.starts_at - int(hours * HOUR)))


def test_the_longest_local_day_may_still_show_a_session_at_its_end() -> None:
    assert booked_hours_ahead(24.99) == ("ada", "cleo")


def test_no_clock_shows_a_later_one_today() -> None:
    assert booked_hours_ahead(25) == ("ada",)
