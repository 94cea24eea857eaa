"""What waits for a log: the count for the Home tab, and the list with names for a modal."""

from domain.booking import Booked
from domain.groups import GroupPart
from domain.people import SUPPORT_ROLES, Person
from domain.session_log import CORRECTABLE
from services.desk import SupportDesk
from services.session_log.ended import now_of, since
from services.session_log.facts import ToLog
from services.session_log.several import named_parts
from services.sessions.facts import NamedSession
from services.sessions.own import WHO_LEFT, line_of
from services.sessions.sight import hosted_by, seen_by
from storage.confidential import group_log_queries, session_log_queries

LISTED = 20
LOGGED_LISTED = 10
COUNTED = 99
"""How many are looked at to say how many wait."""


def sessions_to_log(desk: SupportDesk, staff: Person) -> ToLog:
    """What this person took within the last 14 days: what waits for a log, and the latest that can be corrected."""
    of_two, of_several = _of_two(desk, staff), _of_several(desk, staff)
    waiting = sorted((*of_two[0], *of_several[0]), key=lambda each: each.line.starts)
    logged = sorted((*of_two[1], *of_several[1]), key=lambda each: each.line.starts, reverse=True)
    return ToLog(waiting=tuple(waiting[:LISTED]), logged=tuple(logged[:LOGGED_LISTED]), has_more=len(waiting) > LISTED)


def waiting_for_log(desk: SupportDesk, staff: Person) -> int:
    """How many of this person's sessions wait for a log, up to `COUNTED`. Three queries at most."""
    if not staff.has(*SUPPORT_ROLES):
        return 0
    asked = _asked(desk)
    with desk.store.ask() as connection:
        of_two = session_log_queries.unlogged(connection, staff.id, **asked)
    with desk.store.ask() as connection:
        parts = group_log_queries.unlogged_parts(connection, staff.id, **asked)
    return min(len(seen_by(desk, staff, of_two)) + len(hosted_by(staff, parts)), COUNTED)


def _of_two(desk: SupportDesk, staff: Person) -> tuple[list[NamedSession], list[NamedSession]]:
    asked = _asked(desk)
    with desk.store.read() as connection:
        waiting = session_log_queries.unlogged(connection, staff.id, **asked)
        logged = session_log_queries.logged(connection, staff.id, **asked)
    still = {booked.id for booked in waiting}
    # One that was logged between the two questions is in both lists, and is to be shown once.
    seen = seen_by(desk, staff, [*waiting, *(booked for booked in logged if booked.id not in still)])
    names = {each.id: each.name for each in desk.people.people({booked.scholar_id for booked in seen})} if seen else {}
    to_log = [_named(desk, staff, booked, names) for booked in seen if booked.id in still]
    return to_log, [_named(desk, staff, booked, names) for booked in seen if booked.id not in still]


def _of_several(desk: SupportDesk, host: Person) -> tuple[list[NamedSession], list[NamedSession]]:
    asked = _asked(desk)
    with desk.store.read() as connection:
        waiting = hosted_by(host, group_log_queries.unlogged_parts(connection, host.id, **asked))
        logged = hosted_by(host, group_log_queries.logged_parts(connection, host.id, **asked))
        named = named_parts(desk, connection, host, [*waiting, *logged])
    still = {part.id for part in waiting}
    return _these(named, waiting), _these(named, [part for part in logged if part.id not in still])


def _asked(desk: SupportDesk) -> dict[str, int]:
    return {"after": since(desk, CORRECTABLE), "until": now_of(desk), "at_most": COUNTED}


def _these(named: dict[str, NamedSession], parts: list[GroupPart]) -> list[NamedSession]:
    return [named[part.id] for part in parts]


def _named(desk: SupportDesk, staff: Person, booked: Booked, names: dict[str, str]) -> NamedSession:
    other_name = names.get(booked.scholar_id, WHO_LEFT)
    return NamedSession(line=line_of(booked, staff), kind=desk.kind(booked.kind, staff), other_name=other_name)
