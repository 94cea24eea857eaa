"""Everything at once for a while, in processes that are killed on the way: nothing contradicts itself afterwards."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from queue import Queue
from random import Random
from threading import Thread

import pytest

from domain.people import Role
from services.booking.sweep import sweep_changed_programs
from services.groups.sweep import fill_seats
from services.hours.own import save_hours
from services.office_hours.tending import tend_office_hours
from services.waiting.match import keep_times
from storage.migrations import StoreName
from tests.acting.waiting_line import scarce
from tests.builders.groups import a_group_wish, set_up
from tests.builders.office_hours import hold
from tests.builders.people import put_person
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.children.deeds import COACHES, DEEDS, SCHOLARS
from tests.children.walker import catch_up
from tests.fixtures.desks import LONDON, House
from tests.looking.invariants import broken_invariants

ROOT = Path(__file__).parents[4]
WALKERS = 3
KILLED_AFTER = (5, 40)
"""Deeds of all together, from one kill to the next."""
PATIENCE_SECONDS = 120
ENOUGH = 900
"""Deeds after which each sort of them has come about."""
HOURS = {f"2027-01-{day}": "9:00-13:00" for day in (12, 13, 14, 15, 18, 19)}
"""Few enough that everybody wants the same times, and waits."""


@pytest.mark.parametrize("deeds", [60, pytest.param(1000, marks=pytest.mark.soak)])
def test_everything_at_once_with_kills_leaves_nothing_that_contradicts_itself(house: House, deeds: int) -> None:
    a_busy_house(house)
    began, random = time.monotonic(), Random(deeds)
    said: Queue[str] = Queue()
    done: Counter[str] = Counter()
    with ExitStack() as stack:
        walkers = [stack.enter_context(walking(house, f"walker-{each}", began, said)) for each in range(WALKERS)]
        while done.total() < deeds:
            done.update(heard(said) for _ in range(random.randrange(*KILLED_AFTER)))
            victim = walkers.pop(random.randrange(WALKERS))
            victim.send_signal(signal.SIGKILL)
            walkers.append(stack.enter_context(walking(house, f"walker-{done.total()}", began, said)))
    settle(house, began)

    assert broken_invariants(house.stores.confidential) == []
    assert tick_all(house) == 0
    assert deeds < ENOUGH or {deed.__name__ for deed in DEEDS} - set(done) == set(), done


def a_busy_house(house: House) -> None:
    """Ten scholars, three coaches with few hours, of whom each takes so many a day; a group session, and a line."""
    for scholar in SCHOLARS:
        put_person(house.stores.program, scholar)
    put_person(house.stores.program, "fay", Role.COACH)
    set_rules(
        house.stores.program,
        lambda rules: with_kind(rules, per_day=3, per_week=9, is_shared_out=True, open_per_scholar=4),
    )
    for coach in COACHES:
        scarce(house, coach, HOURS)
    save_hours(house.support, house.person("eli"), hours_in(LONDON, {}))
    set_up(house, "eli", a_group_wish("2027-01-13T10:00Z", seats=3))
    hold(house, hours=10)


@contextmanager
def walking(house: House, run: str, began: float, said: "Queue[str]") -> Iterator["subprocess.Popen[str]"]:
    """A process that does what it likes, and says each deed. Nothing but a kill may end it."""
    urls = [house.stores.url(which) for which in (StoreName.PROGRAM, StoreName.CONFIDENTIAL)]
    command = [sys.executable, "-m", "tests.children.walker", *urls, run, str(began)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        reader = Thread(target=listen, args=(process, said))
        reader.start()
        try:
            yield process
        finally:
            process.kill()
            reader.join()
            errors = process.stderr.read() if process.stderr else ""
            assert errors == "", errors


def listen(process: "subprocess.Popen[str]", said: "Queue[str]") -> None:
    """Hand on each deed, and nothing of a line that a kill has cut off."""
    for line in process.stdout or ():
        if line.endswith("\n"):
            said.put(line.strip())
    if process.wait() != -signal.SIGKILL:
        said.put("")


def heard(said: "Queue[str]") -> str:
    """The next deed of anybody."""
    deed = said.get(timeout=PATIENCE_SECONDS)
    assert deed, "a walker ended by itself"
    return deed


def settle(house: House, began: float) -> None:
    """Everything that waits for a tick gets it: time goes on past whatever is kept, and the day after."""
    catch_up(house, began)
    house.clock.advance(timedelta(hours=30))
    while tick_all(house):
        house.clock.advance(timedelta(hours=30))


def tick_all(house: House) -> int:
    ticks = (keep_times, sweep_changed_programs, fill_seats, tend_office_hours)
    return sum(tick(house.desk) for tick in ticks)
