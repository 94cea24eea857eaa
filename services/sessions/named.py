"""The list of somebody's sessions with whom, of which kind and what it is called: for modals alone."""

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.booking import Booked
from domain.groups import Group, GroupPart
from domain.people import Person
from domain.times import END_OF_TIME
from services.desk import SupportDesk
from services.groups.rules import group_kind
from services.groups.words import open_words
from services.sessions.facts import NamedSession
from services.sessions.own import LISTED, WHO_LEFT, line_of, own_ahead, part_line, parts_ahead
from storage.confidential import booking_queries, group_queries

SEVERAL = "several scholars"


def named_sessions(desk: SupportDesk, person: Person, *, at_most: int = LISTED) -> tuple[NamedSession, ...]:
    """The same as `upcoming_sessions`, with names. A fixed number of queries more, however many there are.

    Of a group session it names those who hold it, and of the others nobody. Of a series it says which one it is of
    those that still stand.
    """
    own = own_ahead(desk, person, before=END_OF_TIME, at_most=at_most)
    parts = parts_ahead(desk, person, before=END_OF_TIME, at_most=at_most)
    groups, titles, series = _found(desk, own, parts)
    others = {booked.other_side(person.id) for booked in own}
    others |= {host_id for group in groups.values() for host_id in group.host_ids}
    names = {each.id: each.name for each in desk.people.people(others)} if others else {}
    of_two = [
        NamedSession(
            line=line_of(booked, person),
            kind=desk.kind(booked.kind, person),
            other_name=names.get(booked.other_side(person.id), WHO_LEFT),
            number=_number(booked, series),
            of_series=len(series.get(booked.series_id or "", ())),
        )
        for booked in own
    ]
    of_several = [
        NamedSession(
            line=part_line(part, person),
            kind=group_kind(desk.rules.of(person)),
            other_name=_who(part, groups.get(part.group_id), names),
            title=titles.get(part.group_id, ""),
        )
        for part in parts
    ]
    return tuple(sorted((*of_two, *of_several), key=lambda each: each.line.starts)[:at_most])


def _found(
    desk: SupportDesk, own: Sequence[Booked], parts: Sequence[GroupPart]
) -> tuple[dict[str, Group], dict[str, str], dict[str, list[int]]]:
    """The group sessions of these parts with their titles, and the starts of each series."""
    ids = {booked.series_id for booked in own if booked.series_id}
    if not parts and not ids:
        return {}, {}, {}
    with desk.store.read() as connection:
        series = booking_queries.series_starts(connection, ids) if ids else {}
        groups = group_queries.groups_by_id(connection, [part.group_id for part in parts])
        return groups, _titles(desk, connection, groups), series


def _titles(desk: SupportDesk, connection: Connection, groups: dict[str, Group]) -> dict[str, str]:
    opened = open_words(desk, connection, groups.values()) if groups else []
    return {id_: words.title for id_, words in zip(groups, opened, strict=True)}


def _who(part: GroupPart, group: Group | None, names: dict[str, str]) -> str:
    if part.is_host:
        return SEVERAL
    return " and ".join(names.get(each, WHO_LEFT) for each in (group.host_ids if group else ()))


def _number(booked: Booked, series: dict[str, list[int]]) -> int:
    starts = series.get(booked.series_id or "", [])
    return starts.index(booked.starts_at) + 1 if booked.starts_at in starts else 0
