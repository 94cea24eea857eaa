"""The question who of a program is here at a moment, to be asked within larger ones: thousands are not read."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Select, and_, false, or_, select

from storage.program.people_queries import account_is_good, member, membership, person


def zones_of(connection: Connection, program_id: str) -> list[str]:
    """The zones by whose days a program's memberships begin and end, once each."""
    asked = select(membership.c.zone).where(membership.c.program_id == program_id).distinct()
    return [str(zone) for zone in connection.execute(asked).scalars()]


def ids_here(
    program_id: str, *, team_id: str, days: Mapping[str, Collection[str]], guest_roles: Collection[str]
) -> Select[Any]:
    """The ids of all who have a membership in force and an account in use.

    `days` are the dates (ISO) that it is just now, each with its zones. A guest of the workspace counts by the roles
    that guests may have.
    """
    of_day = [
        and_(membership.c.zone.in_(sorted(zones)), membership.c.starts_on <= day, membership.c.ends_on >= day)
        for day, zones in sorted(days.items())
    ]
    return (
        select(membership.c.person_id)
        .join_from(membership, person, person.c.id == membership.c.person_id)
        .join(member, member.c.slack_user_id == person.c.slack_user_id)
        .where(
            membership.c.program_id == program_id,
            membership.c.removed_at.is_(None),
            or_(false(), *of_day),
            member.c.team_id == team_id,
            account_is_good(member),
            or_(member.c.is_guest.is_(False), membership.c.role.in_(sorted(guest_roles))),
        )
    )
