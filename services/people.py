"""Who somebody is at this moment, from the local tables: no Slack call is made to authorize a request."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from domain.errors import NotAllowed
from domain.people import Person, Role
from domain.ports import Clock
from domain.times import day_bounds, zone
from storage.engine import Store
from storage.program import people_queries
from storage.program.people_queries import PersonRow

logger = logging.getLogger(__name__)

GUEST_ROLES = frozenset({Role.MENTOR})
"""Many mentors are from outside and are guests of the workspace; nobody in support is."""


class People:
    """Everybody on the roster whose Slack account is in use; strangers, bots and other workspaces are nobody."""

    def __init__(self, store: Store, clock: Clock, *, team_id: str) -> None:
        self.team_id = team_id
        self._store = store
        self._clock = clock

    def who(self, slack_user_id: str, team_id: str) -> Person:
        """Whoever has this account. One query. Raises `NotAllowed`, the same for every sort of nobody.

        Nobody is in two programs at once, which import and matching see to; should somebody be, they are nobody too,
        since what they are in one would hide whom they judge in the other.
        """
        if team_id != self.team_id:
            raise NotAllowed
        with self._store.ask() as connection:
            found = people_of(people_queries.by_account(connection, slack_user_id, team_id=team_id), self._clock.now())
        if len(found) > 1:
            logger.error("account is in two programs")
        if len(found) != 1:
            raise NotAllowed
        return found[0]

    def person(self, person_id: str) -> Person | None:
        """Somebody by internal id, or None when they have left."""
        return next(iter(self.people([person_id])), None)

    def people(self, ids: Iterable[str]) -> list[Person]:
        """Those of these people who are here now, by name. One query."""
        with self._store.ask() as connection:
            return people_of(people_queries.by_ids(connection, ids, team_id=self.team_id), self._clock.now())

    def supporters_for(self, scholar_id: str, role: Role) -> Sequence[Person]:
        """Who may take this scholar's sessions in a support role now. One query.

        Nobody who mentors the scholar, even if a recusal lets them hold both roles; a recusal keeps the pair apart.
        """
        with self._store.ask() as connection:
            rows = people_queries.supporters(connection, scholar_id=scholar_id, role=role, team_id=self.team_id)
        return [person for person in people_of(rows, self._clock.now()) if person.has(role)]

    def scholars_for(self, staff: Person, scholar_ids: Iterable[str]) -> frozenset[str]:
        """Those of these scholars whom this person may meet, in whatever support role they hold now. One query."""
        with self._store.ask() as connection:
            return frozenset(
                people_queries.within_reach(connection, scholar_ids, staff_id=staff.id, program_id=staff.program_id)
            )

    def holders(self, role: Role) -> list[Person]:
        """Everybody who holds a role now, in any program. One query."""
        with self._store.ask() as connection:
            rows = people_queries.holders(connection, role=role, team_id=self.team_id)
        return [person for person in people_of(rows, self._clock.now()) if person.has(role)]

    def recipient(self, person_id: str) -> str | None:
        """The Slack user id to write to, or None when the account is gone. Who left the roster may have one still."""
        with self._store.ask() as connection:
            return people_queries.account_of(connection, person_id, team_id=self.team_id)

    def zone_of_recipient(self, person_id: str) -> str | None:
        """The zone of somebody who can be written to, on the roster or not; None when the account is gone."""
        with self._store.ask() as connection:
            return people_queries.last_zone(connection, person_id, team_id=self.team_id)


def people_of(rows: Iterable[PersonRow], now: datetime) -> list[Person]:
    """The people behind these memberships who are here at this instant, by name; a guest has only `GUEST_ROLES`."""
    by_id: dict[str, list[PersonRow]] = {}
    for row in rows:
        if not row.is_guest or Role(row.role) in GUEST_ROLES:
            by_id.setdefault(row.id, []).append(row)
    found = (_person(own, now) for own in by_id.values())
    return sorted((person for person in found if person), key=lambda each: (each.name, each.id))


def _person(memberships: Sequence[PersonRow], now: datetime) -> Person | None:
    rows = [row for row in memberships if _in_force(row, now)]
    if not rows:
        return None
    newest = max(rows, key=lambda row: (row.starts_on, row.role))
    return Person(
        id=newest.id,
        program_id=newest.program_id,
        name=newest.name,
        slack_user_id=newest.slack_user_id,
        zone=newest.slack_zone or newest.zone,
        site=newest.site,
        until={Role(row.role): _held_until(row, memberships) for row in rows},
        roster_version=newest.roster_version,
    )


def _in_force(row: PersonRow, now: datetime) -> bool:
    today = now.astimezone(zone(row.zone)).date().isoformat()
    return row.starts_on <= today <= row.ends_on


def _held_until(row: PersonRow, memberships: Iterable[PersonRow]) -> int:
    """When the role of a membership in force ends for good, in epoch seconds."""
    last = row
    for later in sorted(memberships, key=lambda each: each.starts_on):
        follows_on = later.starts_on <= last.ends_on or later.starts_on == _day_after(last.ends_on)
        if later.role == row.role and follows_on and later.ends_on > last.ends_on:
            last = later
    return _midnight_after(last.ends_on, last.zone)


@lru_cache(maxsize=1024)
def _midnight_after(day: str, zone_name: str) -> int:
    """Cached: the memberships of a cohort end on a few days, and everybody is asked for again with each request."""
    return day_bounds(date.fromisoformat(day), zone(zone_name))[1]


@lru_cache(maxsize=1024)
def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
