"""Scholars and what has reached them: what the workspace took, and what the program's ledger says of it."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, select, update

from domain.delivery import Way
from domain.times import epoch_seconds
from sandbox.client import Payload, SandboxClient
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery
from storage.program.pacing import Pace
from tests.builders.people import account_of
from tests.fixtures.desks import House
from tests.fixtures.engines import Stores

POST = "chat.postMessage"
ENOUGH_SECONDS = 60
MOMENT_SECONDS = 0.01
AN_HOUR_MS = 3_600_000
HANGS_SECONDS = 3600
EVERY_FURTHER = 10_000
"""Calls that a fault strikes: more than there are."""
_UNDER_WAY = {"pending", "claimed", "sending", "ambiguous"}
_ledger = table_of(ProgramDelivery)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Scholars with staff, their stores and the workspace. The house is for deeds that no kill is about."""

    house: House
    stores: Stores
    workspace: SandboxClient
    people: tuple[str, ...]
    log: Path
    """What all replicas write."""

    def posts(self) -> list[Payload]:
        """What the workspace took, each with the account it is for as `channel`."""
        return [call["args"] for call in self.workspace.calls(POST, accepted=True)]

    def told(self, *, kind: str = "", words: str = "") -> dict[str, int]:
        """How many messages each of the people was sent, of a kind, with these words; others are in it if they got any.

        By account.
        """
        markers = {row.marker for row in self.rows(kind)}
        numbers = Counter(post["channel"] for post in self.posts() if _key_in(post) in markers and words in str(post))
        return self.each(0) | dict(numbers)

    def last_to(self, who: str) -> str:
        """The latest message to somebody, with everything in it."""
        return str([post for post in self.posts() if post["channel"] == account_of(who)][-1])

    def of(self, **numbers: int) -> dict[str, int]:
        """Numbers of people as `told` says them."""
        return {account_of(id_): number for id_, number in numbers.items()}

    def each(self, number: int, **others: int) -> dict[str, int]:
        """What `told` says if each of the people has so many, but for those with another number."""
        return self.of(**dict.fromkeys(self.people, number) | others)

    def hang_after(self, posts: int) -> None:
        """The workspace takes every further post too, and no answer to one comes while the sender lives."""
        self.workspace.fault(POST, "slow", seconds=HANGS_SECONDS, after=posts, times=EVERY_FURTHER)

    def wait_for_posts(self, number: int) -> None:
        """Until the workspace has taken so many."""
        self.wait_for_calls(POST, number)

    def wait_for_calls(self, method: str, number: int) -> None:
        """Until the workspace has carried out so many calls of a method."""
        deadline = time.monotonic() + ENOUGH_SECONDS
        while len(self.workspace.times(method)) < number:
            if time.monotonic() > deadline:
                raise TimeoutError(f"there are no {number} calls of {method}")
            time.sleep(MOMENT_SECONDS)

    def rows(self, kind: str = "") -> list[Row[Any]]:
        """The program's ledger, or what it has of a kind."""
        wanted = _ledger.c.kind == kind if kind else _ledger.c.kind != ""
        with self.stores.program.read() as connection:
            return list(connection.execute(select(_ledger).where(wanted).order_by(_ledger.c.key)))

    def states(self, kind: str = "") -> set[str]:
        """The states that occur."""
        return {row.state for row in self.rows(kind)}

    def leaks(self, *words: str) -> list[str]:
        """Which of these stand in a log, or in what comes with a post unseen; and whatever else than a key is there."""
        unseen = [post["metadata"] for post in self.posts()]
        markers = {row.marker for row in self.rows()}
        own = [str(each) for each in unseen if set(each["event_payload"]) != {"key"} or _key_of(each) not in markers]
        written = f"{self.log.read_text(encoding='utf-8')} {unseen}".lower()
        return own + [each for each in words if each.lower() in written]

    def is_settled(self, now: datetime) -> bool:
        """Whether nothing that is due by then is on its way."""
        return not any(row.state in _UNDER_WAY and row.send_at <= epoch_seconds(now) for row in self.rows())

    def places(self) -> dict[str, str]:
        """Where the workspace has put each post, by the key in its metadata."""
        calls = self.workspace.calls(POST, accepted=True)
        return {_key_in(call["args"]): call["answer"]["ts"] for call in calls}

    def places_in_ledger(self) -> dict[str, str]:
        """Where the ledger says that each posted row is; one that gives a message other words is at that message."""
        return {row.marker: row.ts for row in self.rows() if row.state == "sent" and row.way == Way.POST.value}

    def let_marks_end(self) -> None:
        """Make it an hour ago that anything was asked, taken or barred, as far as the stores know."""
        for store, table in (
            (self.stores.program, _ledger),
            (self.stores.confidential, table_of(ConfidentialDelivery)),
        ):
            row = table.c
            with store.write() as connection:
                connection.execute(update(table).values(lease_until=0, not_before=0))
                asked = update(table).where(row.intent_at.is_not(None))
                connection.execute(asked.values(intent_at=row.intent_at - AN_HOUR_MS))
        with self.stores.program.write() as connection:
            connection.execute(delete(table_of(Pace)))


def _key_in(post: Payload) -> str:
    return _key_of(post["metadata"])


def _key_of(metadata: Payload) -> str:
    return str(metadata["event_payload"]["key"])
