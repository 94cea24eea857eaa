"""Brings a roster in from its files: all of it or nothing, in one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.ports import Clock, IdSource
from domain.times import epoch_seconds, zone
from services.accounts import AccountList, keep_accounts
from services.matching import match_accounts
from services.roster.conflicts import check_conflicts
from services.roster.elsewhere import check_elsewhere
from services.roster.leavers import check_leavers
from services.roster.plan import RosterPlan, known_people, plan_roster
from services.roster.problems import Findings, RosterProblems
from services.roster.recusals import COLUMNS as RECUSAL_COLUMNS
from services.roster.recusals import Pair, recused_pairs
from services.roster.report import RosterReport
from services.roster.rows import COLUMNS, RosterRow, roster_rows
from services.roster.rules import check_roster
from services.roster.sheet import read_sheet
from services.welcome import welcome_newcomers
from storage.engine import Store
from storage.program import member_queries, people_queries, roster_queries
from storage.program.account_queries import ROSTER_LOCK, accounts_by_email, accounts_in_use, roster_addresses
from storage.program.roster_queries import RosterEntry, StoredProgram


def import_roster(
    store: Store,
    content: bytes,
    *,
    file: str,
    recusals: bytes | None,
    recusals_file: str,
    accounts: AccountList | None,
    clock: Clock,
    ids: IdSource,
    dry_run: bool,
    may_leave: int | None = None,
) -> RosterReport:
    """Make the program's roster what the file says. Raises `RosterProblems` with everything that is wrong.

    The same file again changes nothing. Whoever is not in it any more is deactivated, not erased; where they are more
    than `may_leave`, or without it more than a quarter, that raises `TooManyLeave`. `recusals` is the whole list of
    pairs; without it those already known stay. `accounts` are the workspace's, just listed; None when
    Slack could not be asked, and then people are matched to those that are stored. A dry run does everything and takes
    it back, the accounts too; it is refused as the import would be.
    """
    files = _read(content, recusals, Findings(file), Findings(recusals_file))
    with _transaction(store, takes_back=dry_run) as connection:
        store.lock(connection, ROSTER_LOCK)
        workspace = accounts.team_id if accounts else member_queries.own_team(connection)
        if accounts:
            keep_accounts(connection, accounts)
        return _Import(files, connection, workspace, ids, clock.now()).run(is_dry_run=dry_run, may_leave=may_leave)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """What both files say, and what is wrong with them so far. `recused` are addresses; None without that file."""

    rows: list[RosterRow]
    recused: frozenset[Pair] | None
    findings: Findings
    recusal_findings: Findings

    def refuse_problems(self) -> None:
        problems = self.findings.problems() + self.recusal_findings.problems()
        if problems:
            raise RosterProblems(problems)


def _read(content: bytes, recusals: bytes | None, findings: Findings, recusal_findings: Findings) -> _Files:
    lines = read_sheet(content, COLUMNS, findings)
    rows = roster_rows(lines, findings)
    check_roster(lines, rows, findings)
    recused = None
    if recusals is not None:
        pairs = read_sheet(recusals, RECUSAL_COLUMNS, recusal_findings, may_be_empty=True)
        recused = recused_pairs(pairs, lines, recusal_findings) if lines else frozenset()
    return _Files(rows=rows, recused=recused, findings=findings, recusal_findings=recusal_findings)


class _TakenBack(Exception):
    """Ends a dry run, so that its transaction is rolled back."""


@contextmanager
def _transaction(store: Store, *, takes_back: bool) -> Iterator[Connection]:
    with suppress(_TakenBack), store.write() as connection:
        yield connection
        if takes_back:
            raise _TakenBack


class _Import:
    """One import inside its transaction, behind the lock."""

    def __init__(self, files: _Files, connection: Connection, team_id: str, ids: IdSource, now: datetime) -> None:
        self._files = files
        self._connection = connection
        self._team_id = team_id
        self._ids = ids
        self._now = now
        self._accounts = accounts_by_email(connection, team_id=team_id)

    def run(self, *, is_dry_run: bool, may_leave: int | None) -> RosterReport:
        if not self._files.rows:
            self._files.refuse_problems()
        name = self._files.rows[0].program
        programs = roster_queries.program_ids(self._connection)
        self._check_spelling(name, programs)
        stored = roster_queries.stored_program(self._connection, programs.get(name) or self._ids.new())
        known = known_people(stored, self._files.rows, self._accounts)
        self._check_conflicts(stored, known)
        self._check_elsewhere(stored, known)
        self._files.refuse_problems()
        plan = plan_roster(stored, known, self._files.rows, self._files.recused, ids=self._ids)
        check_leavers(stored, plan, allowed=may_leave, now=self._now)
        if name not in programs:
            roster_queries.add_program(self._connection, program_id=stored.id, name=name)
        if not plan.is_empty:
            self._write(stored, plan)
        match_accounts(self._connection, team_id=self._team_id)
        welcomed = welcome_newcomers(self._connection, ids=self._ids, now=self._now, team_id=self._team_id)
        return self._report(name, plan, welcomed, is_dry_run=is_dry_run)

    def _check_spelling(self, name: str, programs: Mapping[str, str]) -> None:
        """A program whose name differs only in capitals would be a second one with the same people."""
        other = next((other for other in programs if other != name and other.casefold() == name.casefold()), None)
        if other is not None and name not in programs:
            self._files.findings.expect(
                f'"{other}", which is how this program was spelled before',
                row=self._files.rows[0].row,
                column="program",
            )

    def _check_conflicts(self, stored: StoredProgram, known: Mapping[str, RosterEntry]) -> None:
        recused = self._files.recused
        if recused is None:
            address = {entry.id: email for email, entry in known.items()}
            recused = frozenset((address.get(one, ""), address.get(other, "")) for one, other in stored.recusals)
        check_conflicts(self._files.rows, recused, self._files.findings)

    def _check_elsewhere(self, stored: StoredProgram, known: Mapping[str, RosterEntry]) -> None:
        matched = {email: entry.slack_user_id for email, entry in known.items() if entry.slack_user_id}
        others = roster_queries.elsewhere(self._connection, stored.id)
        check_elsewhere(self._files.rows, others, self._accounts | matched, self._files.findings)

    def _write(self, stored: StoredProgram, plan: RosterPlan) -> None:
        connection, new_id = self._connection, self._ids.new
        roster_queries.change_people(connection, plan.renamed)
        roster_queries.add_people(connection, stored.id, plan.new)
        gone = [stored.memberships[standing] for standing in plan.leaves]
        roster_queries.remove_memberships(connection, gone, at=epoch_seconds(self._now))
        roster_queries.add_memberships(connection, stored.id, [(new_id(), standing) for standing in plan.joins])
        roster_queries.add_recusals(connection, stored.id, sorted(plan.recused))
        roster_queries.drop_recusals(connection, sorted(plan.unrecused))
        people_queries.touch(connection, [stored.id])

    def _report(self, name: str, plan: RosterPlan, welcomed: int, *, is_dry_run: bool) -> RosterReport:
        changed = plan.changes - plan.returned
        return RosterReport(
            program=name,
            is_dry_run=is_dry_run,
            people=len(plan.people),
            added=len(plan.returned),
            changed=len(changed),
            unchanged=len(plan.people) - len(plan.returned) - len(changed),
            deactivated=len(plan.deactivated),
            renamed=len(plan.renamed),
            memberships_added=len(plan.joins),
            memberships_removed=len(plan.leaves),
            recusals_changed=len(plan.recused) + len(plan.unrecused),
            welcomed=welcomed,
            without_account=self._without_account(plan),
        )

    def _without_account(self, plan: RosterPlan) -> tuple[str, ...]:
        """Whose row is not over and who has no account, as it is after matching: an address alone may not be enough."""
        in_use = {account.slack_user_id for account in accounts_in_use(self._connection, team_id=self._team_id)}
        found = {person.id for person in roster_addresses(self._connection) if person.slack_user_id in in_use}
        ahead = {row.email for row in self._files.rows if not self._is_over(row)}
        return tuple(sorted(email for email, entry in plan.people.items() if email in ahead and entry.id not in found))

    def _is_over(self, row: RosterRow) -> bool:
        return row.ends < self._now.astimezone(zone(row.zone)).date()
