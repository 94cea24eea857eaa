"""A process that writes something for many people and is killed between two portions of them.

killed_in_the_second_portion(house, "announcements")
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from services.portions import PORTION
from storage.migrations import StoreName
from tests.fixtures.desks import House

ROOT = Path(__file__).parents[2]


def killed_in_the_second_portion(house: House, what: str, *, size: int = PORTION) -> None:
    """The first portion is committed; see `tests.children.portions` for `what`. `size` is that of changed deadlines."""
    urls = [house.stores.url(which) for which in (StoreName.PROGRAM, StoreName.CONFIDENTIAL)]
    command = [sys.executable, "-m", "tests.children.portions", what, *urls, house.clock.now().isoformat(), str(size)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "."}
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "one portion"
        child.send_signal(signal.SIGKILL)
        child.wait()
