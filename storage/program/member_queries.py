"""Statements about the workspace's accounts and their match to people on the roster."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from domain.ports import WorkspaceMember
from storage.engine import table_of
from storage.program.members import Member, MemberTable
from storage.program.people import RosterPerson

_member = table_of(Member)
_member_table = table_of(MemberTable)
_person = table_of(RosterPerson)
_FACTS = ("team_id", "email", "name", "zone", "is_deleted", "is_bot", "is_guest", "is_stranger")


class Unmatched(NamedTuple):
    """Somebody on the roster without an account, for whom one with the same address has been found."""

    person_id: str
    program_id: str
    slack_user_id: str


def known(connection: Connection, team_id: str) -> dict[str, tuple[Any, ...]]:
    """Everything known of every account of the workspace, by Slack user id."""
    columns = [_member.c[name] for name in _FACTS]
    found = connection.execute(select(_member.c.slack_user_id, *columns).where(_member.c.team_id == team_id))
    return {row[0]: tuple(row[1:]) for row in found}


def facts(member: WorkspaceMember) -> tuple[Any, ...]:
    """What is kept of an account, in the order of `known`; addresses are lower-case."""
    email = member.email.strip().lower() if member.email else None
    values = {name: getattr(member, name) for name in _FACTS} | {"email": email}
    return tuple(values[name] for name in _FACTS)


def keep(connection: Connection, members: Sequence[WorkspaceMember], *, seen_at: int) -> None:
    """Insert or change accounts; rows of members who were not told stay as they are."""
    rows = [
        dict(zip(_FACTS, facts(each), strict=True)) | {"slack_user_id": each.slack_user_id, "seen_at": seen_at}
        for each in members
    ]
    if not rows:
        return
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    statement = make(_member)
    changed = {name: statement.excluded[name] for name in (*_FACTS, "seen_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=[_member.c.slack_user_id], set_=changed), rows)


def mark_gone(connection: Connection, slack_user_ids: Sequence[str]) -> None:
    """Accounts that Slack no longer tells of."""
    connection.execute(update(_member).where(_member.c.slack_user_id.in_(slack_user_ids)).values(is_deleted=True))


def unmatched(connection: Connection, team_id: str) -> list[Unmatched]:
    """People without an account in use whose address an account has: one that is a person's, and this workspace's."""
    good = and_(
        _member.c.team_id == team_id,
        _member.c.is_deleted.is_(False),
        _member.c.is_bot.is_(False),
        _member.c.is_stranger.is_(False),
    )
    theirs = _member.alias("theirs")
    in_use = exists().where(theirs.c.slack_user_id == _person.c.slack_user_id, theirs.c.is_deleted.is_(False))
    found = connection.execute(
        select(_person.c.id, _person.c.program_id, func.min(_member.c.slack_user_id))
        .join_from(_person, _member, _member.c.email == _person.c.email)
        .where(good, ~in_use)
        .group_by(_person.c.id, _person.c.program_id)
    )
    return [Unmatched(*row) for row in found]


def match(connection: Connection, found: Unmatched) -> None:
    """Keep who has which account."""
    connection.execute(update(_person).where(_person.c.id == found.person_id).values(slack_user_id=found.slack_user_id))


def refreshed_at(connection: Connection, team_id: str) -> int | None:
    """When the whole table was last read from Slack (real time, epoch seconds)."""
    found = connection.execute(select(_member_table.c.refreshed_at).where(_member_table.c.team_id == team_id))
    return found.scalar()


def mark_refreshed(connection: Connection, team_id: str, at: int) -> None:
    """Note that it has just been read."""
    statement = update(_member_table).where(_member_table.c.team_id == team_id).values(refreshed_at=at)
    if connection.execute(statement).rowcount == 0:
        connection.execute(insert(_member_table), {"team_id": team_id, "refreshed_at": at})
