"""The exponent of growth is the slope that it says it is."""

import pytest

from benchmarks.growth import exponent


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({6: 5.0, 50: 5.0, 200: 5.0}, 0.0),
        ({6: 12.0, 50: 100.0, 200: 400.0}, 1.0),
        ({10: 300.0, 20: 1200.0}, 2.0),
        ({60: 1.0, 6000: 10.0}, 0.5),
        ({1: 8.0, 2: 4.0}, -1.0),
    ],
)
def test_exponent_is_the_power_of_the_size_with_which_values_grow(values: dict[int, float], expected: float) -> None:
    assert exponent(values) == pytest.approx(expected)


def test_exponent_of_values_off_the_line_is_that_of_the_nearest_line() -> None:
    assert exponent({1: 1.0, 10: 1.0, 100: 100.0}) == pytest.approx(1.0)
