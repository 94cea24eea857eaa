"""Who somebody is at this moment, from the local tables: no Slack call is made to authorize a request."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.days import Term, united
from domain.errors import NotAllowed
from domain.people import Person, Role
from domain.ports import Clock
from domain.times import epoch_seconds
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

    def supporters_for(self, scholar_id: str, *roles: Role) -> Sequence[Person]:
        """Who may take this scholar's sessions in one of these support roles now. One query.

        Nobody who mentors the scholar, even if a recusal lets them hold both roles; a recusal keeps the pair apart.
        """
        with self._store.ask() as connection:
            rows = people_queries.supporters(connection, scholar_id=scholar_id, roles=roles, team_id=self.team_id)
        return [person for person in people_of(rows, self._clock.now()) if person.has(*roles)]

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

    def holders_from(self, role: Role) -> list[tuple[Person, str]]:
        """Everybody who holds a role now, in any program, with the first day (ISO) on which they did. One query."""
        with self._store.ask() as connection:
            rows = people_queries.holders(connection, role=role, team_id=self.team_id)
        first_days: dict[str, str] = {}
        for row in rows:
            if row.role == role:
                first_days[row.id] = min(row.starts_on, first_days.get(row.id, row.starts_on))
        return [(each, first_days[each.id]) for each in people_of(rows, self._clock.now()) if each.has(role)]

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
    found = (_person(own, epoch_seconds(now)) for own in by_id.values())
    return sorted((person for person in found if person), key=lambda each: (each.name, each.id))


def _person(memberships: Sequence[PersonRow], now: int) -> Person | None:
    until = _until(memberships, now)
    if not until:
        return None
    newest = max((row for row in memberships if row.role in until), key=lambda row: _standing(row, now))
    return Person(
        id=newest.id,
        program_id=newest.program_id,
        name=newest.name,
        slack_user_id=newest.slack_user_id,
        zone=newest.slack_zone or newest.zone,
        site=newest.site,
        until=until,
        roster_version=newest.roster_version,
        rules_version=newest.rules_version,
    )


def _until(memberships: Iterable[PersonRow], now: int) -> dict[Role, int]:
    """The roles held at an instant, and when each ends, all in epoch seconds."""
    by_role: dict[Role, list[Term]] = {}
    for row in memberships:
        by_role.setdefault(Role(row.role), []).append(_term(row))
    return {role: end for role, terms in by_role.items() for begin, end in united(terms) if begin <= now < end}


def _standing(row: PersonRow, now: int) -> tuple[bool, bool, str, str]:
    """How much a membership says of where somebody is: most if it has begun and not ended, then the newest."""
    begin, end = _term(row).instants
    return begin <= now, now < end, row.starts_on, row.role


def _term(row: PersonRow) -> Term:
    return Term(row.starts_on, row.ends_on, row.zone)
