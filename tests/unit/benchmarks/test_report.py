"""The table in the documentation is the last run, and nothing else on the page changes."""

import json
from pathlib import Path

import pytest

from benchmarks.report import BEGIN, END, NoPlace, number, summary, with_table, write_json
from benchmarks.results import Result, at_most, ratio_at_least

FAST = Result(
    area="booking",
    name="bookings",
    engine="sqlite",
    value=500,
    unit="1/s",
    floor=1000,
    goal=ratio_at_least(0.2),
    windows=[510, 500, 470],
    floor_windows=[1000, 990.4, 1203.6],
)
SLOW = Result(area="times", name="wait", value=61.25, unit="ms", goal=at_most(50), rounds=9)


def test_page_with_a_table_keeps_what_stands_around_it() -> None:
    page = f"# Benchmarks\n\n{BEGIN}\nold\n{END}\n\nHow to read it.\n"

    written = with_table(page, [FAST, SLOW], "Two cores.")

    assert written == (
        f"# Benchmarks\n\n{BEGIN}\n\nTwo cores.\n\n"
        "| Area | What | Engine | Measured | Rounds | Floor | Ratio | Goal | Met |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| booking | bookings | sqlite | 500 1/s (470 to 510) | 3 "
        "| 1000 1/s (990 to 1204) | 0.50 | ratio >= 0.2 | yes |\n"
        "| times | wait |  | 61.2 ms | 9 |  |  | value <= 50 | no |\n\n"
        f"{END}\n\nHow to read it.\n"
    )


def test_page_written_twice_is_the_same() -> None:
    once = with_table(f"{BEGIN}{END}", [FAST], "Two cores.")

    assert with_table(once, [FAST], "Two cores.") == once


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END}\n{BEGIN}"])
def test_page_without_a_place_for_the_table_is_refused(page: str) -> None:
    with pytest.raises(NoPlace):
        with_table(page, [FAST], "Two cores.")


def test_json_holds_every_row(tmp_path: Path) -> None:
    path = tmp_path / "new" / "results.json"

    write_json([FAST, SLOW], path)

    assert json.loads(path.read_text(encoding="utf-8")) == [FAST.as_json(), SLOW.as_json()]


def test_summary_counts_only_rows_with_a_goal() -> None:
    plain = Result(area="times", name="alone", value=1, unit="ms")

    assert summary([FAST, SLOW, plain]) == "1 of 2 goals met."


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (1, "1"), (0.12345, "0.123"), (61.25, "61.2"), (163.7, "164"), (5000.4, "5000")]
)
def test_number_shows_three_figures(value: float, shown: str) -> None:
    assert number(value) == shown
