"""Five-minute cells."""

import pytest

from domain.cells import cells
from tests.builders.scheduling import a_kind, at

TEN = at("2027-01-04T10:00Z")


def test_cells_of_an_hour_are_twelve_ascending_neighbors() -> None:
    first = TEN // 300

    assert list(cells(TEN, TEN + 3600)) == list(range(first, first + 12))


def test_cells_of_sessions_end_to_end_are_disjoint() -> None:
    assert set(cells(TEN, TEN + 1800)).isdisjoint(cells(TEN + 1800, TEN + 3600))


def test_cells_of_times_between_cells_are_rounded_outward() -> None:
    assert list(cells(TEN + 299, TEN + 301)) == [TEN // 300, TEN // 300 + 1]


@pytest.mark.parametrize(("gap_minutes", "is_free"), [(20, False), (25, True), (30, True)])
def test_staff_cells_of_two_sessions_meet_when_the_gap_is_less_than_both_buffers(
    gap_minutes: int, *, is_free: bool
) -> None:
    kind = a_kind(length=30, before=10, after=15)
    second = TEN + (30 + gap_minutes) * 60

    disjoint = set(cells(*kind.busy(TEN))).isdisjoint(cells(*kind.busy(second)))

    assert disjoint is is_free


def test_scholar_cells_are_the_session_without_buffers() -> None:
    kind = a_kind(length=30, before=10, after=15)

    assert cells(*kind.session(TEN)) == cells(TEN, TEN + 1800)
