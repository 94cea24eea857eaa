"""Half-open intervals."""

from domain.intervals import clip, unite


def test_unite_overlapping_touching_and_apart_joins_the_first_two() -> None:
    intervals = [(20, 30), (0, 10), (10, 12), (5, 8), (28, 31)]

    assert unite(intervals) == ((0, 12), (20, 31))


def test_unite_empty_and_reversed_drops_them() -> None:
    assert unite([(5, 5), (9, 3)]) == ()


def test_clip_intervals_across_the_edges_keeps_the_inner_part() -> None:
    assert clip([(0, 10), (12, 20), (30, 40)], 5, 30) == ((5, 10), (12, 20))
