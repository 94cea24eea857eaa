"""`scholarbot deliveries` as an operator uses it beside a running bot."""

import time
from collections.abc import Callable

import pytest

from tests.acting.steps import told
from tests.builders.rosters import SMALL_ROSTER
from tests.e2e.test_roster_command import HELLO, bring, today
from tests.fixtures.processes import Installation

NOTHING = "No message is held.\n"
SOON_SECONDS = 60
LOOK_SECONDS = 0.1

pytestmark = pytest.mark.usefixtures("logging_as_it_was")


def test_a_message_that_slack_refused_is_listed_and_goes_when_it_is_requeued(installation: Installation) -> None:
    scholar = installation.workspace.as_user("ada")
    installation.workspace.fault("chat.postMessage", "error", error="msg_too_long", channel=scholar.id)
    before = installation.command("deliveries")
    bring(installation, today(SMALL_ROSTER))
    with installation.running():
        soon(lambda: "msg_too_long" in installation.command("deliveries").stdout)
        listed = installation.scholarbot("deliveries")
        unheard = told(scholar)

        requeued = installation.scholarbot("deliveries", "requeue", "--kind", "welcome", "--reason", "msg_too_long")
        scholar.wait(text=HELLO[:40])

    afterwards = installation.command("deliveries")
    assert [ended.returncode for ended in (before, listed, requeued, afterwards)] == [0, 0, 0, 0]
    assert before.stdout == afterwards.stdout == NOTHING
    assert [cells(line) for line in listed.stdout.splitlines() if "msg_too_long" in line] == [
        ["program", "welcome", "msg_too_long", "1", "1"]
    ]
    assert scholar.id not in listed.stdout
    assert unheard == []
    assert requeued.stdout == "1 message goes out again; a running bot sends within seconds.\n"


def cells(line: str) -> list[str]:
    """What stands in a row of the table, but the day."""
    return [cell.strip() for cell in line.strip("│").split("│")][:-1]


def soon(is_there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON_SECONDS
    while not is_there():
        assert time.monotonic() < deadline
        time.sleep(LOOK_SECONDS)
