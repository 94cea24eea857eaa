"""The demo's program is under way, whenever it is played."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.demo.cast import roster_rows, write_roster
from services.roster.problems import Findings
from services.roster.rows import COLUMNS
from services.roster.rows import roster_rows as read_rows
from services.roster.sheet import read_sheet

PLAYED = timedelta(days=40)
"""The walk-through moves the time by about a month."""


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 11, 25), date(2031, 7, 1)])
def test_everybody_is_in_the_program_while_the_demo_plays(tmp_path: Path, today: date) -> None:
    findings = Findings("roster.csv")
    content = write_roster(roster_rows(today), tmp_path / "roster.csv").read_bytes()

    rows = read_rows(read_sheet(content, COLUMNS, findings), findings)

    assert findings.problems() == []
    assert len(rows) > 80
    assert all(row.starts < today and row.ends > today + PLAYED for row in rows)
