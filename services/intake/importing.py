"""Compares a checked roster with what is stored and writes the difference, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from domain.ports import Clock, IdSource
from domain.times import epoch_seconds
from services.intake.lines import Line, read_lines, read_recusals
from services.intake.problems import Problem, RosterProblems
from services.intake.rules import Recusals, check
from services.roster.accounts import settle_accounts
from storage.engine import Store
from storage.program import people_queries
from storage.program.people_queries import member, membership, person, program, recusal

_KEY = ("person_id", "cohort", "role", "stream", "mentor_id", "phase", "site", "zone", "starts_on", "ends_on")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterReport:
    """What an import did, or would do. `without_account` are addresses no Slack account has, `late` counts welcomes."""

    program: str
    people: int
    added: int
    renamed: int
    memberships_added: int
    memberships_removed: int
    deactivated: int
    welcomed: int
    without_account: tuple[str, ...]
    is_dry_run: bool

    @property
    def changed_nothing(self) -> bool:
        """Whether the roster was like this already."""
        return not any((self.added, self.renamed, self.memberships_added, self.memberships_removed))


class _DryRun(Exception):
    """Rolls a transaction back after everything in it was tried."""

    def __init__(self, report: RosterReport) -> None:
        self.report = report
        super().__init__()


def import_roster(
    store: Store,
    content: bytes,
    *,
    file: str,
    recusals: bytes | None,
    recusals_file: str,
    team_id: str | None,
    clock: Clock,
    ids: IdSource,
    dry_run: bool,
) -> RosterReport:
    """Bring a roster in. Raises `RosterProblems` with everything that is wrong; then nothing was changed.

    Importing the same again changes nothing: no version rises and nobody is welcomed twice. People who are missing
    are deactivated, never erased. `dry_run` does all of it and takes it back. `team_id` None: no account is matched.
    """
    lines, pairs = _checked(content, file, recusals, recusals_file)
    try:
        with store.write() as connection:
            store.lock(connection, f"roster {lines[0].program}")
            report = _Import(connection, ids, clock.now(), team_id).run(lines, pairs, is_dry_run=dry_run)
            if dry_run:
                raise _DryRun(report)
    except _DryRun as tried:
        return tried.report
    return report


def _checked(
    content: bytes, file: str, recusals: bytes | None, recusals_file: str
) -> tuple[list[Line], list[tuple[str, str]]]:
    problems: list[Problem] = []
    pair_problems: list[Problem] = []
    lines = read_lines(content, problems)
    rows = read_recusals(recusals, pair_problems) if recusals is not None else []
    known = {line.email for line in lines}
    pair_problems += [
        Problem(row=row, column=column, expected="the address of somebody on the roster.")
        for row, support, scholar in rows
        for column, email in (("support_email", support), ("scholar_email", scholar))
        if email not in known and not problems
    ]
    if pair_problems:
        raise RosterProblems(recusals_file, pair_problems)
    pairs = [(support, scholar) for _, support, scholar in rows]
    check(lines, Recusals(frozenset(pairs)), problems)
    if not lines and not problems:
        problems.append(Problem(row=0, column="", expected="at least one person is needed; the file has none."))
    if problems:
        raise RosterProblems(file, problems)
    return lines, pairs


class _Import:
    """One import inside one transaction."""

    def __init__(self, connection: Connection, ids: IdSource, now: datetime, team_id: str | None) -> None:
        self._connection = connection
        self._ids = ids
        self._now = now
        self._team_id = team_id

    def run(self, lines: Sequence[Line], pairs: Sequence[tuple[str, str]], *, is_dry_run: bool) -> RosterReport:
        program_id = self._program(lines[0].program)
        people, added, renamed = self._people(program_id, lines)
        joined, left, deactivated = self._memberships(program_id, lines, people)
        recused = self._recusals(program_id, pairs, people)
        if added or renamed or joined or left or recused:
            people_queries.touch(self._connection, [program_id])
        if self._team_id is not None:
            settle_accounts(self._connection, ids=self._ids, now=self._now, team_id=self._team_id)
        return RosterReport(
            program=lines[0].program,
            people=len(people),
            added=added,
            renamed=renamed,
            memberships_added=joined,
            memberships_removed=left,
            deactivated=deactivated,
            welcomed=0,
            without_account=self._without_account(program_id, people.values()),
            is_dry_run=is_dry_run,
        )

    def _program(self, name: str) -> str:
        found = self._connection.execute(select(program.c.id).where(program.c.name == name)).scalar()
        if found is not None:
            return str(found)
        program_id = self._ids.new()
        self._connection.execute(insert(program), {"id": program_id, "name": name})
        return program_id

    def _people(self, program_id: str, lines: Sequence[Line]) -> tuple[dict[str, str], int, int]:
        rows = self._connection.execute(
            select(person.c.email, person.c.id, person.c.name).where(person.c.program_id == program_id)
        )
        stored = {row.email: (row.id, row.name) for row in rows}
        names = {line.email: line.name for line in lines}
        fresh = [
            {"id": self._ids.new(), "program_id": program_id, "email": email, "name": name}
            for email, name in names.items()
            if email not in stored
        ]
        if fresh:
            self._connection.execute(insert(person), fresh)
        renamed = [
            (stored[email][0], name) for email, name in names.items() if email in stored and stored[email][1] != name
        ]
        for person_id, name in renamed:
            self._connection.execute(update(person).where(person.c.id == person_id).values(name=name))
        ids = {row["email"]: row["id"] for row in fresh}
        ids |= {email: stored[email][0] for email in names if email in stored}
        return ids, len(fresh), len(renamed)

    def _memberships(self, program_id: str, lines: Sequence[Line], people: Mapping[str, str]) -> tuple[int, int, int]:
        wanted = {_key(line, people) for line in lines}
        rows = self._connection.execute(
            select(membership).where(membership.c.program_id == program_id, membership.c.removed_at.is_(None))
        ).all()
        stored = {tuple(getattr(row, name) for name in _KEY): row for row in rows}
        self._join(program_id, wanted - stored.keys())
        gone = [row for key, row in stored.items() if key not in wanted]
        self._leave([row.id for row in gone])
        left_people = {row.person_id for row in rows} - {key[0] for key in wanted}
        return len(wanted - stored.keys()), len(gone), len(left_people)

    def _join(self, program_id: str, keys: Iterable[Key]) -> None:
        rows = [
            dict(zip(_KEY, key, strict=True)) | {"id": self._ids.new(), "program_id": program_id}
            for key in sorted(keys)
        ]
        if rows:
            self._connection.execute(insert(membership), rows)

    def _leave(self, membership_ids: Sequence[str]) -> None:
        if membership_ids:
            self._connection.execute(
                update(membership)
                .where(membership.c.id.in_(membership_ids))
                .values(removed_at=epoch_seconds(self._now))
            )

    def _recusals(self, program_id: str, pairs: Sequence[tuple[str, str]], people: Mapping[str, str]) -> int:
        rows = self._connection.execute(
            select(recusal.c.supporter_id, recusal.c.scholar_id).where(recusal.c.program_id == program_id)
        )
        stored = {(row.supporter_id, row.scholar_id) for row in rows}
        wanted = {(people[support], people[scholar]) for support, scholar in pairs}
        # A pair that the new file does not name stays apart: a recusal is taken back by hand, never by an omission.
        fresh: list[dict[str, Any]] = [
            {"supporter_id": support, "scholar_id": scholar, "program_id": program_id}
            for support, scholar in sorted(wanted - stored)
        ]
        if fresh:
            self._connection.execute(insert(recusal), fresh)
        return len(fresh)

    def _without_account(self, program_id: str, person_ids: Iterable[str]) -> tuple[str, ...]:
        rows = self._connection.execute(
            select(person.c.id, person.c.email)
            .join_from(person, member, member.c.slack_user_id == person.c.slack_user_id, isouter=True)
            .where(person.c.program_id == program_id, member.c.slack_user_id.is_(None))
        )
        here = set(person_ids)
        return tuple(sorted(row.email for row in rows if row.id in here))


def _key(line: Line, people: Mapping[str, str]) -> Key:
    mentor_id = people[line.mentor] if line.mentor else ""
    return (
        people[line.email],
        line.cohort,
        line.role.value,
        line.stream,
        mentor_id,
        line.phase,
        line.site,
        line.zone,
        line.starts.isoformat(),
        line.ends.isoformat(),
    )
