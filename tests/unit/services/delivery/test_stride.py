import pytest

from services.delivery.stride import MOST, SPAN_SECONDS, Stride


def a_stride(rows: int) -> Stride:
    """One that has grown so far."""
    stride = Stride()
    stride.rows = rows
    return stride


def test_first_row_goes_alone() -> None:
    assert Stride().rows == 1


def test_stride_doubles_up_to_its_most_while_slack_is_quick() -> None:
    stride, rows = Stride(), []
    for _ in range(6):
        stride.went(stride.rows, seconds=0)
        rows.append(stride.rows)

    assert rows == [2, 4, 8, 16, MOST, MOST]


@pytest.mark.parametrize(("each_ms", "rows"), [(5, 10), (10, 5), (50, 1), (150, 1), (10_000, 1)])
def test_stride_is_what_slack_takes_in_its_span(each_ms: int, rows: int) -> None:
    stride = a_stride(8)

    stride.went(8, seconds=8 * each_ms / 1000)

    assert stride.rows == rows
    assert rows == 1 or rows * each_ms / 1000 <= SPAN_SECONDS


def test_stride_begins_anew_after_a_row_that_did_not_go() -> None:
    stride = a_stride(MOST)

    stride.stumbled()

    assert stride.rows == 1
