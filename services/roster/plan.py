"""Compares a checked roster with what is stored; says what has to be written and decides nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ports import IdSource
from services.roster.recusals import Pair
from services.roster.rows import RosterRow
from storage.program.roster_queries import RosterEntry, Standing, StoredProgram


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPlan:
    """The way from the stored roster to the file's; `people` are all of the file, as they will be, by address."""

    people: Mapping[str, RosterEntry]
    new: tuple[RosterEntry, ...]
    renamed: tuple[RosterEntry, ...]
    joins: tuple[Standing, ...]
    leaves: tuple[Standing, ...]
    recused: frozenset[Pair]
    unrecused: frozenset[Pair]
    returned: frozenset[str]
    """Ids of people who had nothing in force in the roster, and have now."""
    deactivated: frozenset[str]
    """Ids of people who have nothing left."""

    @property
    def changes(self) -> frozenset[str]:
        """Ids of everybody in the file about whom something is different."""
        moved = {standing.person_id for standing in (*self.joins, *self.leaves)} - self.deactivated
        return frozenset(moved | {entry.id for entry in (*self.new, *self.renamed)})

    @property
    def is_empty(self) -> bool:
        """Whether the roster is like this already."""
        return not (self.new or self.renamed or self.joins or self.leaves or self.recused or self.unrecused)


def known_people(
    stored: StoredProgram, rows: Sequence[RosterRow], accounts: Mapping[str, str]
) -> dict[str, RosterEntry]:
    """Those in the file, by address, who are stored already. `accounts` are Slack user ids by address.

    Somebody is known by address; or, when the address is new, by the account that has it.
    """
    addresses = {row.email for row in rows}
    by_email = {entry.email: entry for entry in stored.people}
    by_account = {entry.slack_user_id: entry for entry in stored.people if entry.email not in addresses}
    found = {email: by_email.get(email) or by_account.get(accounts.get(email, "")) for email in addresses}
    return {email: entry for email, entry in found.items() if entry is not None}


def plan_roster(
    stored: StoredProgram,
    known: Mapping[str, RosterEntry],
    rows: Sequence[RosterRow],
    recused: frozenset[Pair] | None,
    *,
    ids: IdSource,
) -> RosterPlan:
    """Compare. `recused` are addresses of people in the file; None leaves the stored pairs as they are."""
    after = {row.email: _entry(row, known.get(row.email), ids) for row in rows}
    wanted = dict.fromkeys(_standing(row, after) for row in rows)
    pairs = (
        stored.recusals if recused is None else frozenset((after[one].id, after[other].id) for one, other in recused)
    )
    before = frozenset(stored.people)
    were_active = frozenset(standing.person_id for standing in stored.memberships)
    are_active = frozenset(entry.id for entry in after.values())
    return RosterPlan(
        people=after,
        new=tuple(entry for email, entry in after.items() if email not in known),
        renamed=tuple(entry for email, entry in after.items() if email in known and entry not in before),
        joins=tuple(standing for standing in wanted if standing not in stored.memberships),
        leaves=tuple(standing for standing in stored.memberships if standing not in wanted),
        recused=pairs - stored.recusals,
        unrecused=stored.recusals - pairs,
        returned=are_active - were_active,
        deactivated=were_active - are_active,
    )


def _entry(row: RosterRow, known: RosterEntry | None, ids: IdSource) -> RosterEntry:
    if known is None:
        return RosterEntry(id=ids.new(), email=row.email, name=row.name, slack_user_id=None)
    return known._replace(email=row.email, name=row.name)


def _standing(row: RosterRow, people: Mapping[str, RosterEntry]) -> Standing:
    return Standing(
        person_id=people[row.email].id,
        cohort=row.cohort,
        role=row.role.value,
        stream=row.stream,
        mentor_id=people[row.mentor].id if row.mentor else "",
        phase=row.phase,
        site=row.site,
        zone=row.zone,
        starts_on=row.starts.isoformat(),
        ends_on=row.ends.isoformat(),
    )
