"""The process is killed while the line moves: what it said stands, and nothing stands by halves."""

import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from services.office_hours.tending import tend_office_hours
from storage.confidential.delivery import ConfidentialDelivery
from storage.confidential.office_hours import OfficeEntry
from storage.engine import table_of
from storage.migrations import StoreName
from tests.builders.office_hours import check_lines, hold
from tests.builders.people import put_person
from tests.children import line_keeper
from tests.fixtures.desks import House

ROOT = Path(__file__).parents[4]
_entry, _ledger = table_of(OfficeEntry), table_of(ConfidentialDelivery)


def test_line_whose_process_is_killed_twice_keeps_what_was_said_and_nothing_by_halves(house: House) -> None:
    for number in range(line_keeper.SCHOLARS):
        put_person(house.stores.program, line_keeper.scholar(number))
    hold(house)

    said = [*said_until_killed(house, "first", deeds=7), *said_until_killed(house, "second", deeds=22)]

    check_lines(house)
    with house.stores.confidential.read() as connection:
        entries = connection.execute(select(_entry)).all()
        turns = connection.execute(select(_ledger.c.object_id).where(_ledger.c.kind == "line.turn")).scalars().all()
    by_scholar = {row.scholar_id: row for row in entries}
    assert {line.split()[1] for line in said} <= set(by_scholar)
    assert [line for line in said if line.startswith("done ") and by_scholar[line.split()[1]].status != "done"] == []
    assert Counter(turns) == {row.id: row.calls for row in entries if row.calls}
    tend_office_hours(house.desk)
    check_lines(house)


def said_until_killed(house: House, run: str, *, deeds: int) -> list[str]:
    """What a process said before SIGKILL struck it right after so many deeds, while it is at the next one."""
    urls = [house.stores.url(which) for which in (StoreName.PROGRAM, StoreName.CONFIDENTIAL)]
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.children.line_keeper", *urls, run],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(process.kill)
        assert process.stdout is not None
        said = [line.strip() for line in islice(process.stdout, deeds)]
        process.kill()
        return [*said, *(line.strip() for line in process.stdout if line.endswith("\n"))]
