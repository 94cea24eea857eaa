"""Group sessions once they are over, as the questions after a session see them.

The log is one of the whole session, by whichever host is first. An answer is that of one seat, which its scholar had to
the end. Both go by the rules, tables and keys of sessions of two.
"""

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus
from domain.errors import NotFound
from domain.groups import Group, GroupPart
from domain.people import Person
from services.desk import SupportDesk
from services.groups.rules import group_kind
from services.groups.words import open_words
from services.sessions.facts import NamedSession, SessionDetails
from services.sessions.named import SEVERAL
from services.sessions.own import WHO_LEFT, part_line
from services.sessions.sight import may_see_part
from storage.confidential import group_queries


def hosted_session(connection: Connection, host: Person, ref: str) -> Booked:
    """What a host logs: the session, whoever of them says it. Raises `NotFound`, also for who has a seat."""
    group, part = found_part(connection, host, ref)
    if not part.is_host:
        raise NotFound
    return as_logged(group, part)


def seat_session(connection: Connection, scholar: Person, ref: str) -> Booked:
    """What a scholar answers about: their own seat. Raises `NotFound`, also for who held it."""
    group, part = found_part(connection, scholar, ref)
    if part.is_host:
        raise NotFound
    return _as_booked(group, part, id_=part.id, scholar_id=part.person_id)


def found_part(connection: Connection, person: Person, ref: str) -> tuple[Group, GroupPart]:
    """A group session and this person's part in it. Raises `NotFound`, the same for missing and forbidden."""
    part = group_queries.part_of(connection, ref, person.id)
    group = None if part is None else group_queries.group_by_id(connection, part.group_id)
    if part is None or group is None or not may_see_part(person, part):
        raise NotFound
    return group, part


def as_logged(group: Group, part: GroupPart) -> Booked:
    """The session as its log goes by it: no scholar's alone, so it is sealed under a key of the program."""
    return _as_booked(group, part, id_=group.id, scholar_id=group.program_id)


def details_of_several(desk: SupportDesk, connection: Connection, person: Person, booked: Booked) -> SessionDetails:
    """What the form says of it: what it is called, to a host nobody's name, to a scholar who held it."""
    group, part = found_part(connection, person, booked.staff_ref)
    (words,) = open_words(desk, connection, [group])
    return SessionDetails(
        ref=part.ref,
        booked=booked,
        kind=group_kind(desk.rules.of(person)),
        zone=person.zone,
        other_name=SEVERAL if part.is_host else _hosts(desk, group),
        other_zone=person.zone,
        place=None,
        focus_areas=(),
        words="",
        reason="",
        is_off=False,
        title=words.title,
    )


def persons_in(connection: Connection, group_id: str) -> tuple[str, ...]:
    """Everybody who takes part in it."""
    return tuple(sorted(part.person_id for part in group_queries.open_parts(connection, group_id)))


def named_parts(
    desk: SupportDesk, connection: Connection, host: Person, parts: list[GroupPart]
) -> dict[str, NamedSession]:
    """The host's parts in a list, by their ids, each with what it is called. Two queries, however many there are."""
    if not parts:
        return {}
    groups = group_queries.groups_by_id(connection, [part.group_id for part in parts])
    titles = dict(zip(groups, (each.title for each in open_words(desk, connection, groups.values())), strict=True))
    kind = group_kind(desk.rules.of(host))
    return {
        part.id: NamedSession(
            line=part_line(part, host), kind=kind, other_name=SEVERAL, title=titles.get(part.group_id, "")
        )
        for part in parts
    }


def _as_booked(group: Group, part: GroupPart, *, id_: str, scholar_id: str) -> Booked:
    stands = group.is_open and part.is_open
    return Booked(
        id=id_,
        scholar_ref=part.ref,
        staff_ref=part.ref,
        program_id=group.program_id,
        scholar_id=scholar_id,
        staff_id=group.host_id,
        kind=group.kind,
        status=BookingStatus.BOOKED if stands else BookingStatus.CANCELED,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        busy_from=part.busy_from,
        busy_to=part.busy_to,
        version=part.version,
        sequence=part.sequence,
        topic=b"",
        created_at=group.created_at,
        changed_at=part.changed_at,
        roster_version=part.roster_version,
    )


def _hosts(desk: SupportDesk, group: Group) -> str:
    names = {each.id: each.name for each in desk.people.people(group.host_ids)}
    return " and ".join(names.get(each, WHO_LEFT) for each in group.host_ids)
