"""Statements about the workspace's accounts: what is known of them, and what Slack says anew."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from domain.ports import WorkspaceMember
from storage.batches import in_batches
from storage.engine import table_of
from storage.program.members import Member, MemberTable

_member = table_of(Member)
_table = table_of(MemberTable)
_TOLD = [column.name for column in _member.columns if column.name != "slack_user_id"]

AHEAD_SECONDS = 600
"""Longer than a listing takes, and than clocks of replicas differ: what is stored as later was stamped by a clock that
was set back since, and is as good as unknown. It would overrule all that Slack says until that time comes."""


class KnownMember(NamedTuple):
    """An account as it is stored, and when Slack said so (real time, epoch milliseconds)."""

    member: WorkspaceMember
    seen_at: int

    def is_newer_than(self, listing: int) -> bool:
        """Whether Slack said so after a listing was begun (epoch milliseconds), by a clock that can be believed."""
        return listing < self.seen_at <= listing + AHEAD_SECONDS * 1000


def known_members(connection: Connection, slack_user_id: str | None = None) -> dict[str, KnownMember]:
    """Every account that is stored, or the one asked for, by Slack user id."""
    wanted = select(_member)
    if slack_user_id is not None:
        wanted = wanted.where(_member.c.slack_user_id == slack_user_id)
    return {row["slack_user_id"]: _known(dict(row)) for row in connection.execute(wanted).mappings()}


def save_members(
    connection: Connection, before: Mapping[str, KnownMember], news: Iterable[WorkspaceMember], *, seen_at: int
) -> None:
    """Store what Slack says. `before` is what this transaction found, behind the lock that all writers take."""
    rows = [asdict(member) | {"seen_at": seen_at} for member in news]
    added = [row for row in rows if row["slack_user_id"] not in before]
    changed = [row | {"account": row["slack_user_id"]} for row in rows if row["slack_user_id"] in before]
    for some in in_batches(added):
        connection.execute(insert(_member), some)
    values: dict[str, ColumnElement[Any]] = {name: bindparam(name) for name in _TOLD}
    change = update(_member).where(_member.c.slack_user_id == bindparam("account")).values(values)
    for some in in_batches(changed):
        connection.execute(change, some)


def confirm_members(connection: Connection, *, team_id: str, seen_at: int) -> None:
    """Note that a listing begun then says the same of all accounts of which nothing newer was heard."""
    is_newer = (_member.c.seen_at >= seen_at) & (_member.c.seen_at <= seen_at + AHEAD_SECONDS * 1000)
    connection.execute(update(_member).where(_member.c.team_id == team_id, ~is_newer).values(seen_at=seen_at))


def mark_refreshed(connection: Connection, *, team_id: str, at: int) -> None:
    """Note when the whole table was read (real time, epoch seconds); an older reading changes nothing."""
    stored = refreshed_at(connection, team_id=team_id)
    if stored is None:
        connection.execute(insert(_table), {"team_id": team_id, "refreshed_at": at})
    elif stored < at or stored > at + AHEAD_SECONDS:
        connection.execute(update(_table).where(_table.c.team_id == team_id).values(refreshed_at=at))


def refreshed_at(connection: Connection, *, team_id: str) -> int | None:
    """When the whole table was last read (real time, epoch seconds), or None before the first time."""
    return connection.execute(select(_table.c.refreshed_at).where(_table.c.team_id == team_id)).scalar()


def own_team(connection: Connection) -> str:
    """The workspace whose accounts were read last, or "" before the first time."""
    newest = select(_table.c.team_id).order_by(_table.c.refreshed_at.desc()).limit(1)
    return str(connection.execute(newest).scalar() or "")


def _known(row: dict[str, Any]) -> KnownMember:
    seen_at = row.pop("seen_at")
    return KnownMember(WorkspaceMember(**row), seen_at)
