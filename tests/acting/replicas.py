"""Replicas of the product as real processes: a test starts them, lets them do things, and kills them by signal.

    with started(cohort) as first:
        first.do("tick", "announcements")
        first.begin("send")                      # it works while the test goes on
        cohort.wait_for_posts(38)
        first.kill()

A replica is forked from a process that has read all modules already, since each would take seconds for it; it opens
connections of its own.
"""

from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from signal import SIGKILL

from domain.announcements import Plan, Text
from domain.delivery import Tier
from services.announcements.follow_up import follow_up
from services.announcements.send import approve, send
from storage.migrations import StoreName
from tests.builders.announcements import Desk, a_content, told
from tests.children import replica as child
from tests.fakes.clock import NOON
from tests.looking.cohorts import Cohort

ROOT = Path(__file__).parents[2]
ENOUGH_SECONDS = 60
ROUNDS = 8
TITLE, BODY = "Plans are due", "Please hand in your research plan by Friday."
_processes = get_context("forkserver")


@dataclass(frozen=True, slots=True)
class Replica:
    """One process, and the line to it."""

    process: ForkServerProcess
    now: datetime
    line: "Connection[tuple[str, tuple[object, ...]], object]"

    def begin(self, deed: str, *arguments: object) -> None:
        """Let it do something of `tests.children.replica.Replica`, and do not wait for it."""
        self.line.send((deed, arguments))

    def answer(self) -> object:
        """What it says next: what came of a deed, or "stopped"."""
        assert self.line.poll(ENOUGH_SECONDS), "the replica does not answer"
        return self.line.recv()

    def do(self, deed: str, *arguments: object) -> object:
        """Let it do something, and return what came of it."""
        self.begin(deed, *arguments)
        return self.answer()

    def stand_still(self, place: str, *where: object, deed: str, arguments: tuple[object, ...] = ()) -> None:
        """Let it do something up to a place of `tests.children.replica`, such as "before" a statement."""
        self.do(f"stop_{place}", *where)
        self.begin(deed, *arguments)
        assert self.answer() == "stopped"

    def wake(self) -> object:
        """Let it go on from where it stands still, and return what came of it."""
        return self.do("go on")

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self.process.join()
        assert self.process.exitcode == -SIGKILL


@contextmanager
def started(cohort: Cohort, *, name: str = "first", now: datetime = NOON) -> Iterator[Replica]:
    """A replica that is ready, with program time standing at an instant."""
    with ExitStack() as stack:
        ours, theirs = _processes.Pipe()
        stack.enter_context(ours)
        urls = (*(cohort.stores.url(which) for which in StoreName), cohort.workspace.api_url)
        process = _processes.Process(
            target=child.serve, args=(theirs, urls, name, now, cohort.log), name=name, daemon=True
        )
        process.start()
        theirs.close()  # so that the line breaks when the process ends
        stack.callback(process.join)
        stack.callback(process.kill)
        replica = Replica(process, now, ours)
        assert replica.answer() == "ready"
        yield replica


def be_ready() -> None:
    """Read what replicas need, in the process that they are forked from. Again is nothing."""
    _processes.set_forkserver_preload(["pytest", "tests.children.replica"])
    with chdir(ROOT):
        forkserver.ensure_running()


def killed_before(cohort: Cohort, words: str, deed: str, *arguments: object, now: datetime = NOON) -> None:
    """A process begins a deed and is killed before the statement with these words."""
    with started(cohort, name=f"killed before {words}", now=now) as victim:
        victim.stand_still("before", words, 1, deed=deed, arguments=arguments)
        victim.kill()


def killed_after_posts(cohort: Cohort, posts: int, *, name: str = "killed in the middle", now: datetime = NOON) -> None:
    """A process sends what is due, and is killed when one post more than these was taken, before it is written down."""
    before = len(cohort.posts())
    cohort.hang_after(posts)
    with started(cohort, name=name, now=now) as victim:
        victim.begin("send")
        cohort.wait_for_posts(before + posts + 1)
        victim.kill()
    cohort.workspace.clear_faults()


def go_on(cohort: Cohort, *replicas: Replica, ticks: tuple[str, ...] = ()) -> None:
    """Let them all work at once, in rounds an hour of real time apart, until everything is settled."""
    for _ in range(ROUNDS):
        cohort.let_marks_end()
        for deed, arguments in (("tick", ticks), ("send", ())):
            for each in replicas:
                each.begin(deed, *arguments)
            assert [each.answer() for each in replicas] == [None] * len(replicas)
        if cohort.is_settled(max(each.now for each in replicas)):
            return
    raise AssertionError(f"the ledger does not settle: {cohort.states()}")


def announced(
    cohort: Cohort, *, title: str = TITLE, tier: Tier = Tier.IMPORTANT, plan: Plan | None = None, needs_ack: bool = True
) -> str:
    """Sam sends one off for all scholars, with Sue's yes where it needs one; it goes out when a process looks.

    Returns its id.
    """
    desk = Desk(cohort.house)
    text = Text(title=title, body=BODY)
    found = desk.draft(a_content(tier=tier, text=text, plan=plan, needs_ack=needs_ack))
    waiting = send(cohort.house.desk, desk.sam, found.id, version=found.version)
    if tier is Tier.CRITICAL:
        approve(cohort.house.desk, desk.sue, found.id, version=waiting.version)
    return found.id


def as_if_sent(cohort: Cohort) -> None:
    """What Sam has sent off goes out, and has reached everybody; the workspace knows nothing of it."""
    follow_up(cohort.house.desk)
    told(Desk(cohort.house))
