"""The product's background as a process of its own, over real stores and a real workspace: what the kills kill.

It does what its parent tells it down a pipe, deed by deed, and says "done" after each. Program time stands still until
it is told otherwise; leases, pauses and breakers go by the machine's. See `tests.acting.replicas`.

It stands still where a deed comes to a place, and a deed is done in the main thread: what other threads do meanwhile,
such as drawing Home tabs, stops nothing and counts for nothing.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import event

from bot.clock import SystemClock
from bot.logs import start_logging
from bot.messenger import TIMEOUT_SECONDS, SlackMessenger
from bot.settings import LogFormat, LogLevel
from bot.wiring import Confidential, Options, Outside, Runtime, build
from bot.workspace import identify
from domain.event_answers import Said
from domain.people import Person
from domain.ports import Message, Posted
from services.announcements.acknowledge import acknowledge
from services.announcements.correct import Correct, correct
from services.announcements.send import approve
from services.deadlines.asking import Ask, ask, grant
from services.events.answer import say_to_event
from services.events.commands import SayToEvent
from storage.engine import Store
from tests.builders.people import TEAM, account_of
from tests.builders.sealing import a_sealer
from tests.fakes.ids import FakeIds

TOKEN = "xoxb-test"
LOCK_WAIT_SECONDS = 10
POSTS_PER_MINUTE = 60_000

logger = logging.getLogger(__name__)


class ReplicaClock(SystemClock):
    """Program time stands still; real time goes on, and further by what is waited."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._waited = timedelta()
        self.looked: Callable[[], object] = lambda: None
        """Called whenever somebody looks at program time."""

    def now(self) -> datetime:
        """See `domain.ports.Clock`."""
        self.looked()
        return self._now

    def wall(self) -> datetime:
        """See `domain.ports.Clock`."""
        return super().wall() + self._waited

    def monotonic(self) -> float:
        """See `domain.ports.Clock`."""
        return super().monotonic() + self._waited.total_seconds()

    def wait(self, by: timedelta) -> None:
        """As if so much time had gone by, for everything."""
        self._now += by
        self._waited += by


class ReplicaMessenger(SlackMessenger):
    """Slack, with a place to stand still before it is asked to show a message."""

    def __init__(self, client: WebClient) -> None:
        super().__init__(client)
        self.before_post: Callable[[], object] = lambda: None

    def post(self, *, channel: str, message: Message, key: str) -> Posted:
        """See `domain.ports.Messenger`."""
        self.before_post()
        return super().post(channel=channel, message=message, key=key)


@dataclass(frozen=True, slots=True)
class Replica:
    """One process's product, without its sockets; each public method is a deed."""

    _runtime: Runtime
    _outside: Outside
    _clock: ReplicaClock
    _messenger: ReplicaMessenger

    def tick(self, *names: str) -> None:
        """Do once what the process does again and again."""
        for tick in self._runtime.ticks:
            if tick.name in names:
                tick.run()

    def send(self) -> None:
        """Send what is due as long as there is anything, and read back what is in doubt."""
        while self._runtime.dispatcher.dispatch():
            pass
        self._runtime.dispatcher.reconcile()

    def wait(self, minutes: float) -> None:
        """Let time pass."""
        self._clock.wait(timedelta(minutes=minutes))

    def health(self) -> Mapping[str, str]:
        """What is wrong."""
        return self._runtime.health()

    def acknowledge(self, person_id: str, announcement_id: str) -> bool:
        """Somebody presses the button; whether they had before."""
        return acknowledge(self._runtime.desk, self._person(person_id), announcement_id).was_before

    def give_back(self, person_id: str, event_id: str, key: str) -> None:
        """Somebody says no to an event."""
        wish = SayToEvent(request_key=key, event_id=event_id, said=Said.NO)
        say_to_event(self._runtime.desk, self._person(person_id), wish)

    def approve(self, person_id: str, announcement_id: str, version: int) -> None:
        """Somebody says yes to a critical one."""
        approve(self._runtime.desk, self._person(person_id), announcement_id, version=version)

    def correct(self, person_id: str, wish: Correct) -> None:
        """Somebody gives an announcement another text."""
        correct(self._runtime.desk, self._person(person_id), wish)

    def ask(self, person_id: str, wish: Ask) -> None:
        """Somebody asks for more time."""
        ask(self._runtime.desk, self._person(person_id), wish)

    def grant(self, person_id: str, request_id: str) -> bool:
        """Somebody of staff grants it; whether it was them who did just now."""
        return grant(self._runtime.desk, self._person(person_id), request_id)[1]

    def stop_before(self, words: str, times: int, parent: Connection) -> None:
        """From now on, stop for good before a statement with these words comes for this time, and say "stopped"."""
        left = times

        def look(statement: str) -> bool:
            nonlocal left
            left -= words in statement
            return left == 0

        self._stop_where(look, parent)

    def stop_behind(self, table: str, times: int, parent: Connection) -> None:
        """The same once this table has been changed so many times: before the first statement about anything else."""
        left = times

        def look(statement: str) -> bool:
            nonlocal left
            left -= statement.startswith(f"UPDATE {table} ")
            return left <= 0 and table not in statement

        self._stop_where(look, parent)

    def stop_before_post(self, times: int, parent: Connection) -> None:
        """The same before Slack is asked to show a message for this time: it is written down that it will be."""
        left = times

        def look() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                _stand_still(parent)

        self._messenger.before_post = look

    def stop_once_taken(self, times: int, parent: Connection) -> None:
        """The same where rows of the ledger have been taken in hand so often, and are to be put into words."""
        left = times

        def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            nonlocal left
            is_claim = statement.startswith("UPDATE delivery") and "owner=" in statement and "lease_until=" in statement
            left -= is_claim and _is_deed()

        def look() -> None:
            if left <= 0 and _is_deed():
                self._clock.looked = lambda: None
                _stand_still(parent)

        event.listen(self._outside.program.engine, "before_cursor_execute", hear)
        self._clock.looked = look

    def _stop_where(self, is_there: Callable[[str], bool], parent: Connection) -> None:
        def look(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if _is_deed() and is_there(" ".join(statement.replace('"', "").split())):
                _stand_still(parent)

        event.listen(self._outside.program.engine, "before_cursor_execute", look)

    def _person(self, person_id: str) -> Person:
        return self._runtime.desk.people.who(account_of(person_id), TEAM)


def serve(parent: Connection, urls: tuple[str, str, str], name: str, now: datetime, log: Path) -> None:
    """Build the product over the program's store, the confidential one and a workspace; then do as told.

    At its loudest it writes into the log.
    """
    start_logging(LogLevel.DEBUG, LogFormat.JSON, stream=log.open("a", encoding="utf-8", buffering=1))
    replica = _built(urls, name, ReplicaClock(now))
    logger.info("replica ready", extra={"owner": name})
    parent.send("ready")
    while True:
        try:
            deed, arguments = parent.recv()
        except EOFError:
            return
        act: Callable[..., object] = getattr(replica, deed)
        parent.send(act(*arguments, *([parent] if deed.startswith("stop_") else [])))


def _is_deed() -> bool:
    return current_thread() is main_thread()


def _stand_still(parent: Connection) -> None:
    """Until the parent says a word, or ends."""
    parent.send("stopped")
    parent.recv()


def _built(urls: tuple[str, str, str], name: str, clock: ReplicaClock) -> Replica:
    program, confidential = (Store(url, lock_wait_seconds=LOCK_WAIT_SECONDS) for url in urls[:2])
    ids = FakeIds(name)
    client = WebClient(token=TOKEN, base_url=urls[2], timeout=TIMEOUT_SECONDS, retry_handlers=[])
    messenger = ReplicaMessenger(client)
    outside = Outside(
        clock=clock,
        ids=ids,
        messenger=messenger,
        client=client,
        workspace=identify(client),
        program=program,
        confidential=Confidential(store=confidential, sealer=a_sealer(confidential, ids=ids)),
    )
    options = Options(organizer="support@example.org", signing_secret="unused", posts_per_minute=POSTS_PER_MINUTE)
    return Replica(build(outside, options), outside, clock, messenger)
