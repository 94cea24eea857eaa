"""A planner killed in the middle of a ladder: what was planned stands once, and the next one plans the rest."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from domain.people import Role
from services.deadlines.plan import plan_deadlines
from storage.migrations import StoreName
from tests.builders.deadlines import a_content, a_deadline, ledger_of
from tests.builders.people import put_person
from tests.fixtures.desks import House

ROOT = Path(__file__).parents[4]
PEOPLE = 1_200
"""More than two portions, so that the kill leaves some of them planned."""


def test_planner_killed_between_two_portions_leaves_the_rest_to_the_next_one(house: House) -> None:
    for number in range(PEOPLE):
        put_person(house.stores.program, f"p{number}", Role.SCHOLAR)
    deadline = a_deadline(house, a_content(ladder="24h"))
    house.clock.advance(timedelta(days=13, hours=5))
    urls = [house.stores.url(which) for which in (StoreName.PROGRAM, StoreName.CONFIDENTIAL)]
    command = [sys.executable, "-m", "tests.children.planner", *urls, house.clock.now().isoformat()]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "."}
    ) as planner:
        assert planner.stdout is not None
        assert planner.stdout.readline().strip() == "one portion"
        planner.send_signal(signal.SIGKILL)
        planner.wait()
    before = len(ledger_of(house, deadline))

    plan_deadlines(house.desk)

    after = Counter(who for who, *_ in ledger_of(house, deadline))
    assert 0 < before < PEOPLE + 2
    assert (len(after), set(after.values())) == (PEOPLE + 2, {1})
