"""Which group sessions somebody may know of, and what of them; who may not finds nothing."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from domain.errors import DomainError, NotFound
from domain.groups import Group, GroupPart, GroupWords, Standing
from domain.people import SUPPORT_ROLES, Person, Role
from domain.times import MINUTE_SECONDS, epoch_seconds
from services.desk import SupportDesk
from services.groups.facts import GroupDetails, GroupLine
from services.groups.rules import check_can_give_back, check_still_open, group_kind, hosts_for, may_attend, ref_for
from services.groups.words import open_words
from services.sessions.own import WHO_LEFT
from services.sessions.sight import may_see_part
from storage.confidential import group_queries


def groups_for(desk: SupportDesk, person: Person) -> tuple[GroupLine, ...]:
    """The sessions ahead that the person holds, has a seat in, waits for or could attend, soonest first.

    For modals only. As many queries for many sessions as for few.
    """
    now = epoch_seconds(desk.clock.now())
    hosts = hosts_for(desk, person) if person.has(Role.SCHOLAR) else {}
    with desk.store.read() as connection:
        ahead = group_queries.groups_ahead(connection, person.program_id, after=now)
        parts = {
            part.group_id: part for part in group_queries.parts_in(connection, [each.id for each in ahead], person.id)
        }
        waits = group_queries.waits_of(connection, person.id)
        seen = [group for group in ahead if _may_list(group, parts.get(group.id), person, hosts)]
        taken = group_queries.taken_seats(connection, [group.id for group in seen])
        words = open_words(desk, connection, seen)
    people = _people(desk, seen)
    return tuple(
        GroupLine(
            ref=ref_for(group.id, person.id),
            starts=group.starts,
            minutes=_minutes(group),
            zone=person.zone,
            words=said,
            host_names=_names(group.host_ids, people),
            standing=_standing(group, parts.get(group.id), is_waiting=group.id in waits),
            has_free_seats=taken.get(group.id, 0) < group.seats,
        )
        for group, said in zip(seen, words, strict=True)
    )


def group_details(desk: SupportDesk, person: Person, ref: str) -> GroupDetails:
    """Everything the person may see of a session they know by this reference. Raises `NotFound`."""
    with desk.store.read() as connection:
        group = find_group(desk, connection, person, ref)
        return details_in(desk, connection, person, group)


def hosted_details(desk: SupportDesk, host: Person, ref: str) -> GroupDetails:
    """The same for who holds it and may still change it. Raises `NotFound`, `AlreadyCanceled` or `AlreadyOver`."""
    with desk.store.read() as connection:
        group = find_hosted(desk, connection, host, ref)
        check_still_open(group, now=epoch_seconds(desk.clock.now()))
        return details_in(desk, connection, host, group)


def find_group(desk: SupportDesk, connection: Connection, person: Person, ref: str) -> Group:
    """The session a person knows by this reference. Raises `NotFound`, the same for missing and forbidden."""
    part = group_queries.part_of(connection, ref, person.id)
    if part is not None and may_see_part(person, part):
        group = group_queries.group_by_id(connection, part.group_id)
        if group is not None:
            return group
    if not person.has(Role.SCHOLAR):
        raise NotFound
    now = epoch_seconds(desk.clock.now())
    ahead = group_queries.groups_ahead(connection, person.program_id, after=now)
    found = next((group for group in ahead if ref_for(group.id, person.id) == ref), None)
    if found is None or not may_attend(found, person, hosts_for(desk, person)):
        raise NotFound
    return found


def find_hosted(desk: SupportDesk, connection: Connection, host: Person, ref: str) -> Group:
    """A session the person holds. Raises `NotFound`."""
    group = find_group(desk, connection, host, ref)
    if host.id not in group.host_ids or not host.has(*SUPPORT_ROLES):
        raise NotFound
    return group


def details_in(desk: SupportDesk, connection: Connection, person: Person, group: Group) -> GroupDetails:
    """What this person may see, in the caller's transaction, so that a change is told without another read.

    Hosts read of nobody whom they may not meet that they have a seat or wait, neither by name nor in a number: not of
    what is over either, and not before the sweep.
    """
    (words,) = open_words(desk, connection, [group])
    part = group_queries.part_in(connection, group.id, person.id)
    seats, line = group_queries.seats_of(connection, group.id), group_queries.line_of(connection, group.id)
    standing = _standing(group, part, is_waiting=person.id in line)
    is_host = standing is Standing.HOST
    reach = desk.people.scholars_for(person, {*seats.values(), *line}) if is_host and (seats or line) else frozenset()
    seated = [each for each in seats.values() if each in reach]
    people = {each.id: each for each in desk.people.people({*group.host_ids, *seated})}
    host = people.get(group.host_id)
    return GroupDetails(
        ref=ref_for(group.id, person.id),
        version=group.version,
        starts=group.starts,
        minutes=_minutes(group),
        zone=person.zone,
        other_zone=host.zone if host else person.zone,
        is_open=group.is_open and _concerns(desk, person, group, standing),
        words=words if is_host or part is not None else _without_reason(words),
        host_names=_names(group.host_ids, people),
        standing=standing,
        has_free_seats=len(seated if is_host else seats) < group.seats,
        place_in_line=line.index(person.id) + 1 if person.id in line else 0,
        seated_names=tuple(sorted(_names(seated, people))) if is_host else None,
        waiting=sum(each in reach for each in line) if is_host else None,
        seats=group.seats if is_host else None,
        partner_account=_partner_account(group, person, people) if is_host else None,
        why_fixed=_why_fixed(desk, person, group, standing),
    )


def _concerns(desk: SupportDesk, person: Person, group: Group, standing: Standing) -> bool:
    """Whether it goes on for this person: with a part in it, or as one who could have one."""
    return standing is not Standing.OUTSIDE or (
        person.has(Role.SCHOLAR) and may_attend(group, person, hosts_for(desk, person))
    )


def _may_list(group: Group, part: GroupPart | None, person: Person, hosts: dict[str, Person]) -> bool:
    if part is not None and part.is_open:
        return may_see_part(person, part)
    return person.id not in group.host_ids and may_attend(group, person, hosts)


def _standing(group: Group, part: GroupPart | None, *, is_waiting: bool) -> Standing:
    """Who held it once and does not any more is nobody there: they see no names."""
    if part is not None and part.is_host and part.person_id in group.host_ids:
        return Standing.HOST
    if part is not None and part.is_open and not part.is_host:
        return Standing.SEATED
    return Standing.WAITING if is_waiting else Standing.OUTSIDE


def _why_fixed(desk: SupportDesk, person: Person, group: Group, standing: Standing) -> str:
    now = epoch_seconds(desk.clock.now())
    try:
        if standing is Standing.SEATED:
            check_can_give_back(group, group_kind(desk.rules.of(person)), now=now)
        else:
            check_still_open(group, now=now)
    except DomainError as fixed:
        return fixed.message
    return ""


def _partner_account(group: Group, host: Person, people: dict[str, Person]) -> str | None:
    partners = (people[each] for each in group.host_ids if each != host.id and each in people)
    return next((partner.slack_user_id for partner in partners), None)


def _people(desk: SupportDesk, groups: Sequence[Group]) -> dict[str, Person]:
    ids = {host_id for group in groups for host_id in group.host_ids}
    return {person.id: person for person in desk.people.people(ids)} if ids else {}


def _names(ids: Iterable[str], people: dict[str, Person]) -> tuple[str, ...]:
    return tuple(people[each].name if each in people else WHO_LEFT for each in ids)


def _minutes(group: Group) -> int:
    return (group.ends_at - group.starts_at) // MINUTE_SECONDS


def _without_reason(words: GroupWords) -> GroupWords:
    """Why it was moved is for those who had a seat then."""
    return GroupWords(title=words.title, about=words.about, place=words.place, is_unreadable=words.is_unreadable)
