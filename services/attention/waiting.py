"""Puts something into people's digests: the item that waits, and the row of the ledger that will tell it, both once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Protocol

from sqlalchemy import Connection

from domain.attention import DIGEST, DigestTime, Preferences, Rhythm, Subject, next_digest
from domain.delivery import NewDelivery, Tier, delivery_key
from domain.offsets import DAY_SECONDS
from domain.times import day_number, epoch_seconds, instant_of, zone
from services.attention.standing import standing_of
from services.desk import Desk
from storage.delivery import enqueue
from storage.program import attention_queries
from storage.program.attention_queries import ledger

AHEAD = 14
"""So many digests ahead at most is a row sought that has not gone; the second one is free but in the oddest case."""


class Waiter(Protocol):
    """Somebody whose digest is meant, and the zone they are in."""

    @property
    def person_id(self) -> str:
        """Their id."""

    @property
    def zone(self) -> str:
        """The IANA name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is."""

    person_id: str
    zone: str


def put_in_digests(
    connection: Connection,
    desk: Desk,
    readers: Iterable[Waiter],
    subject: Subject,
    object_id: str,
    *,
    rung: str = "",
    is_over_budget: bool = False,
) -> int:
    """Let this wait for the next digest of each of these people; returns for how many it is new.

    In the caller's transaction, with a number of queries that does not grow with the people. Safe to repeat: what waits
    or was told for the same subject, object and rung is not told again. Who is not on any roster is left out. What
    `is_over_budget` waits for the next day's digest, also for whoever has one a week.
    """
    places = {each.person_id: each.zone for each in readers}
    now = desk.clock.now()
    standing = standing_of(connection, desk, sorted(places))
    added = attention_queries.add_items(
        connection,
        [
            {
                "person_id": person_id,
                "subject": subject.value,
                "object_id": object_id,
                "rung": rung,
                "program_id": program_id,
                "added_at": epoch_seconds(now),
                "is_over_budget": is_over_budget,
                "told_by": None,
            }
            for person_id, (program_id, _) in sorted(standing.items(), key=itemgetter(0))
        ],
    )
    plan_next(connection, desk, places, standing, now=now)
    return added


def plan_next(
    connection: Connection,
    desk: Desk,
    places: Mapping[str, str],
    standing: Mapping[str, tuple[str, Preferences]],
    *,
    now: datetime,
) -> int:
    """Write the row of the next digest of each of these people, by id and zone, unless it is there; how many are new.

    There is one for each person and local day. One that has gone, or is just going, takes nothing up any more: then it
    is the next day's. Whoever has one a week has one on the next day too for what was over their budget.
    """
    wanted = rhythms(connection, {each: has for each, (_, has) in standing.items()})
    after: dict[str, datetime] = dict.fromkeys(sorted(standing), now)  # in one order, so that writers do not deadlock
    rows: list[NewDelivery] = []
    find = lru_cache(maxsize=None)(_next)
    for _ in range(AHEAD):
        found = {each: find(places[each], wanted[each], moment) for each, moment in after.items()}
        planned = {each: digest_row(each, standing[each][0], time) for each, time in found.items()}
        used = attention_queries.used_keys(connection, [delivery_key(row) for row in planned.values()])
        rows += planned.values()  # what is there already is not written again
        after = {each: found[each].at for each, row in planned.items() if delivery_key(row) in used}
        if not after:
            break
    return enqueue(connection, ledger, rows, ids=desk.ids, now=now)


def rhythms(
    connection: Connection, chosen: Mapping[str, Preferences], *, key: str | None = None
) -> dict[str, Preferences]:
    """By id, what goes for these people's digests just now: what they have chosen, or one on the next day.

    That is for who has one a week, and of whom something was over the budget that waits still, or that the digest with
    this `key` has. One query, or none where nobody has one a week.
    """
    weekly = sorted(each for each, has in chosen.items() if has.rhythm is Rhythm.WEEKLY)
    hurried = attention_queries.cannot_wait(connection, weekly, key=key)
    return {each: has.every_day if each in hurried else has for each, has in chosen.items()}


def digest_row(person_id: str, program_id: str, time: DigestTime) -> NewDelivery:
    """The row of one digest. Of the day alone, so that whoever changes zone or time does not get two of one day.

    It never expires: after an outage the newest one goes and tells all that waits.
    """
    return NewDelivery(
        kind=DIGEST,
        program_id=program_id,
        object_id=person_id,
        object_version=1,
        person_id=person_id,
        rung=time.day.isoformat(),
        tier=Tier.NOTICE,
        due=instant_of(day_number(time.day) * DAY_SECONDS),
        send_at=time.at,
    )


def _next(zone_name: str, preferences: Preferences, after: datetime) -> DigestTime:
    return next_digest(after, zone(zone_name), preferences)
