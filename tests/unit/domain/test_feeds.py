"""Addresses of calendars, what of them is stored, and how long to wait."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cells import CELL_SECONDS
from domain.feeds import BACKOFF_MAX, READ_EVERY, OutsideBusy, UnusableAddress, pause_after, taken_cells, usable_address

GOOD = "https://calendar.google.com/calendar/ical/cleo%40example.org/private-abc/basic.ics"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (GOOD, GOOD),
        (f"  <{GOOD}> ", GOOD),
        ("webcal://p01-caldav.example.com/published/2/abc", "https://p01-caldav.example.com/published/2/abc"),
        ("WEBCAL://example.com/x.ics#top", "https://example.com/x.ics"),
        ("https://cloud.example.org:8443/remote.php/dav/public-calendars/abc?export", None),
        ("https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.ics", None),
    ],
)
def test_address_as_programs_give_it_is_usable(typed: str, expected: str | None) -> None:
    assert usable_address(typed) == (expected or typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "cleo@example.org",
        "http://example.org/x.ics",
        "file:///etc/passwd",
        "https://",
        "https:///x.ics",
        "https://example.org:port/x.ics",
        "https://cleo:secret@example.org/x.ics",
        "https://:secret@example.org/x.ics",
        "https://example.org/a b.ics",
        "https://example.org/\u00e4.ics",
        "https://example.org/x\r\nHost: inside",
        "https://[::1/x.ics",
        "https://calendar.google.com/calendar/u/0/r",
        "https://example.org/" + "x" * 1000,
    ],
)
def test_address_that_is_none_is_refused_without_being_repeated(typed: str) -> None:
    with pytest.raises(UnusableAddress) as raised:
        usable_address(typed)

    assert raised.value.field == "address"
    assert not typed.strip() or typed not in raised.value.message.replace("https://.", "")


def test_what_is_taken_is_rounded_outward_and_united() -> None:
    busy = [OutsideBusy(301, 599), OutsideBusy(550, 601), OutsideBusy(1200, 1500), OutsideBusy(1500, 1500)]

    assert taken_cells(busy, 0, 10_000) == ((300, 900), (1200, 1500))


@given(
    busy=st.lists(st.tuples(st.integers(-5000, 5000), st.integers(-100, 3000)), max_size=20),
    first=st.integers(-10, 0),
    last=st.integers(1, 10),
)
def test_what_is_stored_covers_what_is_taken_and_is_whole_cells(
    busy: list[tuple[int, int]], first: int, last: int
) -> None:
    begin, end = first * CELL_SECONDS, last * CELL_SECONDS
    stretches = [OutsideBusy(start, start + length) for start, length in busy]

    stored = taken_cells(stretches, begin, end)

    taken = {at for each in stretches for at in range(max(each.begin, begin), min(each.end, end))}
    covered = {at for low, high in stored for at in range(low, high)}
    assert taken <= covered
    assert all(low % CELL_SECONDS == high % CELL_SECONDS == 0 for low, high in stored)
    assert all(before[1] < after[0] for before, after in pairwise(stored))
    assert all(any(low < each.end and each.begin < low + CELL_SECONDS for each in stretches) for low, _ in stored)


def test_pause_doubles_up_to_an_hour_and_grants_what_is_asked_for() -> None:
    assert [pause_after(number) for number in (0, 1, 2)] == [READ_EVERY, 2 * READ_EVERY, 4 * READ_EVERY]
    assert pause_after(50) == BACKOFF_MAX
    assert pause_after(0, retry_after=timedelta(hours=3)) == timedelta(hours=3)
    assert pause_after(3, retry_after=timedelta(seconds=1)) == 8 * READ_EVERY
    assert pause_after(0, retry_after=timedelta(days=90)) == timedelta(days=1)
