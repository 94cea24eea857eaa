"""What a window says of its latencies."""

import pytest

from benchmarks.load.window import Window


@pytest.mark.parametrize(
    ("latencies", "expected"),
    [
        ([0.5], (0.5, 0.5, 0.5)),
        ([each / 1000 for each in range(1, 101)], (50.0, 0.0505, 0.099)),
        ([each / 1000 for each in range(1, 202)], (100.5, 0.101, 0.199)),
    ],
)
def test_window_tells_rate_middle_and_tail(latencies: list[float], expected: tuple[float, float, float]) -> None:
    window = Window(seconds=2.0, latencies=latencies)

    assert (window.rate, window.p50, window.p99) == expected
