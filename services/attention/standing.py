"""What holds for somebody: what they have set themselves, or what their program's rules say."""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Connection

from domain.attention import AttentionRules, Preferences, QuietHours, Rhythm
from domain.people import Person
from services.desk import Desk
from storage.program import attention_queries
from storage.program.attention_queries import Choice


def preferences_of(desk: Desk, person: Person) -> Preferences:
    """What holds for one person now. One query."""
    with desk.program.ask() as connection:
        return preferences_in(connection, desk, person)


def preferences_in(connection: Connection, desk: Desk, person: Person) -> Preferences:
    """The same inside a transaction."""
    found = attention_queries.choices_of(connection, [person.id])
    return _holds(found[0], desk.rules.of(person).attention)


def standing_of(connection: Connection, desk: Desk, ids: Sequence[str]) -> Mapping[str, tuple[str, Preferences]]:
    """The program of each of these people, and what holds for them. One query for up to ten thousand."""

    @cache
    def usual(program_id: str, rules_version: int) -> Preferences:
        return desk.rules.at(program_id, rules_version).attention.preferences

    return {
        each.person_id: (each.program_id, _chosen(each) or usual(each.program_id, each.rules_version))
        for each in attention_queries.choices_of(connection, ids)
    }


def _holds(chosen: Choice, rules: AttentionRules) -> Preferences:
    return _chosen(chosen) or rules.preferences


def _chosen(chosen: Choice) -> Preferences | None:
    """What somebody has set themselves; None for nothing."""
    if chosen.rhythm is None or chosen.digest_time is None or chosen.weekday is None:
        return None
    has_quiet = chosen.quiet_begin is not None and chosen.quiet_end is not None
    return Preferences(
        quiet=QuietHours(begin=chosen.quiet_begin or 0, end=chosen.quiet_end or 0) if has_quiet else None,
        rhythm=Rhythm(chosen.rhythm),
        digest_time=chosen.digest_time,
        weekday=chosen.weekday,
    )
