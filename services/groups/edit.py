"""Those who hold a group session change what it is called and about, where it is, and who holds it with them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from domain.booking import Change
from domain.errors import DomainError
from domain.groups import BadCohost, Group, GroupPart, GroupWords, HostsBusy
from domain.people import Person
from domain.sides import side_of_part
from services.desk import SupportDesk
from services.groups.commands import EditGroup
from services.groups.facts import GroupOutcome
from services.groups.hosting import change_hosted, store_group
from services.groups.parts import begin_part, end_part
from services.groups.rules import supports_until
from services.groups.setup import cohost_of
from services.groups.words import open_words
from services.hours.aside import lies_in_aside
from services.session_news.deliveries import enqueue_changed
from storage.confidential import group_queries


def edit_group(desk: SupportDesk, host: Person, team_id: str, command: EditGroup) -> GroupOutcome:
    """Save what the form holds; its time and its seats have forms of their own.

    Everybody else in it is told of another place and of others who hold it: both can be a reason to give a seat back.
    Of a better title nobody is. Raises `NotFound`, `AlreadyCanceled`, `AlreadyChanged`, `AlreadyOver`, and at field
    "cohost" `BadCohost`, `HostsBusy`, or that they will have left.
    """
    partner = cohost_of(desk, host, command.cohost, team_id)

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        (was,) = open_words(desk, connection, [group])
        words = GroupWords(title=command.title, about=command.about, place=command.place, reason=was.reason)
        wanted = _held_by(group, host, partner)
        if (words, wanted) == (was, group):
            return ()
        _check_can_hold(desk, connection, group, [each for each in partner if each.id not in group.host_ids])
        before = group_queries.open_parts(connection, group.id)
        after = store_group(desk, connection, group, wanted, Change.CHANGED, by_id=host.id, words=words)
        staying = [part for part in before if not part.is_host or part.person_id in after.host_ids]
        _hand_on(desk, connection, after, [part for part in before if part not in staying], partner, by_id=host.id)
        if words.place != was.place or group.host_ids != after.host_ids:
            _tell(desk, connection, after, [part for part in staying if part.person_id != host.id])
        return tuple({*group.host_ids, *after.host_ids})

    return change_hosted(desk, host, command, deed)


def _held_by(group: Group, host: Person, partner: tuple[Person, ...]) -> Group:
    """The session as held by these; unchanged where they are the same, whichever of them set it up."""
    if {host.id, *(each.id for each in partner)} == set(group.host_ids):
        return group
    return replace(group, host_id=host.id, cohost_id=partner[0].id if partner else None)


def _check_can_hold(desk: SupportDesk, connection: Connection, group: Group, partner: Sequence[Person]) -> None:
    """Nobody comes to hold it who may not meet all who are in it or wait: a seat is not lost to a choice of hosts.

    Why not is not told, or whoever asks would learn who judges whom.
    """
    for each in partner:
        if group.ends_at > supports_until(each):
            raise DomainError("They will have left by then. Please choose somebody else, or nobody.", field="cohost")
        seats, line = group_queries.seats_of(connection, group.id), group_queries.line_of(connection, group.id)
        scholars = {*seats.values(), *line}
        if scholars and not scholars <= desk.people.scholars_for(each, scholars) | {each.id}:
            raise BadCohost(field="cohost")
        is_aside = lies_in_aside(desk, connection, [each], first=group.busy_from, last=group.busy_to)
        if is_aside or group_queries.busy_among(connection, [each.id], group.busy_from, group.busy_to):
            raise HostsBusy("They have something else then. Please choose somebody else, or nobody.", field="cohost")


def _hand_on(
    desk: SupportDesk,
    connection: Connection,
    group: Group,
    leaving: Sequence[GroupPart],
    partner: Sequence[Person],
    *,
    by_id: str,
) -> None:
    """It is off for who held it until now, and set for who holds it from now on. Raises `CellTaken`."""
    held = {part.person_id for part in group_queries.open_parts(connection, group.id) if part.is_host}
    for part in leaving:
        end_part(desk, connection, part, by_id=by_id)
    for each in partner:
        if each.id not in held:
            group_queries.drop_wait(connection, group.id, each.id)
            begin_part(desk, connection, group, each, is_host=True, by_id=by_id)


def _tell(desk: SupportDesk, connection: Connection, group: Group, parts: Sequence[GroupPart]) -> None:
    sides = [side_of_part(part) for part in parts]
    enqueue_changed(connection, desk.ids, sides, rung=f"c{group.version}", now=desk.clock.now())
