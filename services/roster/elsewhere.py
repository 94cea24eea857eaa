"""Finds people who are in another program of this installation on the same days.

Who somebody is, whom they judge and when they are busy is known within one program. In two at once they would have the
roles of one of them, and could be booked twice at the same time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from domain.days import at_once
from services.roster.problems import Findings
from services.roster.rows import RosterRow
from storage.program.roster_queries import Elsewhere


def check_elsewhere(
    rows: Iterable[RosterRow], others: Iterable[Elsewhere], accounts: Mapping[str, str], findings: Findings
) -> None:
    """Find every row whose address or account is in another program then. `accounts` are Slack user ids by address."""
    known: defaultdict[str, list[Elsewhere]] = defaultdict(list)
    for other in others:
        known[other.email].append(other)
        if other.slack_user_id:
            known[other.slack_user_id].append(other)
    for row in rows:
        theirs = [*known.get(row.email, ()), *known.get(accounts.get(row.email, ""), ())]
        if (taken := _taken(row, theirs)) is not None:
            findings.expect(
                f'somebody who is in one program at a time; they are in "{taken.program}" until {taken.ends_on}',
                row=row.row,
                column="email",
            )


def _taken(row: RosterRow, others: Iterable[Elsewhere]) -> Elsewhere | None:
    days = row.starts.isoformat(), row.ends.isoformat()
    return next((other for other in others if at_once(days, (other.starts_on, other.ends_on))), None)
