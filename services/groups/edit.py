"""Those who hold a group session change what was said when it was set up, but for its start and its seats."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from domain.booking import Change
from domain.errors import DomainError
from domain.groups import BadCohost, Group, GroupPart, GroupWords, HostsBusy
from domain.people import Person
from domain.sides import side_of_part
from domain.times import MINUTE_SECONDS
from services.desk import SupportDesk
from services.groups.change import free_unseen, without_busy
from services.groups.commands import EditGroup
from services.groups.facts import GroupOutcome
from services.groups.hosting import change_hosted, store_group
from services.groups.line import hold_line, promote
from services.groups.parts import begin_part, end_part, move_parts, persons_of
from services.groups.rules import supports_until
from services.groups.setup import cohost_of
from services.groups.words import open_words
from services.hours.aside import lies_in_aside
from services.session_news.deliveries import enqueue_changed
from storage.confidential import group_queries
from storage.confidential.feed_queries import outside_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """One edit in its transaction, behind the session's lock: as it was, as it is wanted, who was in it, who asks."""

    desk: SupportDesk
    connection: Connection
    before: Group
    wanted: Group
    parts: Sequence[GroupPart]
    by_id: str

    @property
    def has_other_length(self) -> bool:
        return self.before.ends_at != self.wanted.ends_at


def edit_group(desk: SupportDesk, host: Person, team_id: str, command: EditGroup) -> GroupOutcome:
    """Save what the form holds; its start and its seats have forms of their own.

    Everybody in it is told of another length, place or host: each can be a reason to give a seat back. Of a better
    title nobody is. Who has something else in the time that is added gives up the seat, as after a move.

    Raises `NotFound`, `AlreadyCanceled`, `AlreadyChanged`, `AlreadyOver`; at field "cohost" `BadCohost`, `HostsBusy`
    or that they will have left; at field "length" `HostsBusy` or that a host will have left.
    """
    partner = cohost_of(desk, host, command.cohost, team_id)

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        (was,) = open_words(desk, connection, [group])
        words = GroupWords(title=command.title, about=command.about, place=command.place, reason=was.reason)
        wanted = _lasting(_held_by(group, host, partner), command.minutes)
        if (words, wanted) == (was, group):
            return ()
        unseen = free_unseen(desk, connection, host, group)
        parts = group_queries.open_parts(connection, group.id)
        edit = _Edit(desk=desk, connection=connection, before=group, wanted=wanted, parts=parts, by_id=host.id)
        hold_line(desk, connection, group, hosts=[host.id, *(each.id for each in partner)])
        _check_can_hold(edit, host, [each for each in partner if each.id not in group.host_ids])
        _check_length(edit, [each for each in (host, *partner) if each.id in group.host_ids])
        after = store_group(desk, connection, group, wanted, Change.CHANGED, by_id=host.id, words=words)
        staying = _carry_on(edit, after, partner)
        if not edit.has_other_length and (words.place != was.place or group.host_ids != after.host_ids):
            _tell(edit, after, [part for part in staying if part.person_id != host.id])
        if not edit.has_other_length:
            return (*group.host_ids, *after.host_ids, *unseen)
        return (*persons_of(parts), *after.host_ids, *unseen, *promote(desk, connection, after))

    return change_hosted(desk, host, command, deed)


def _held_by(group: Group, host: Person, partner: Sequence[Person]) -> Group:
    """The session as held by these; unchanged where they are the same, whichever of them set it up."""
    if {host.id, *(each.id for each in partner)} == set(group.host_ids):
        return group
    return replace(group, host_id=host.id, cohost_id=partner[0].id if partner else None)


def _lasting(group: Group, minutes: int) -> Group:
    """The session with this length, and the buffer after it that it has."""
    ends_at = group.starts_at + minutes * MINUTE_SECONDS
    return replace(group, ends_at=ends_at, busy_to=ends_at + group.busy_to - group.ends_at)


def _check_can_hold(edit: _Edit, host: Person, newcomers: Sequence[Person]) -> None:
    """Nobody comes to hold it who may not meet all who are in it or wait: a seat is not lost to a choice of hosts.

    Why not is not told, or whoever asks would learn who judges whom. Whom the host may not meet any more, and the sweep
    is about to take out, is not asked for, or a refusal would tell that somebody is in it of whom they read nothing.
    """
    for each in newcomers:
        if edit.wanted.ends_at > supports_until(each):
            raise DomainError("They will have left by then. Please choose somebody else, or nobody.", field="cohost")
        line = group_queries.line_of(edit.connection, edit.before.id)
        others = {*(part.person_id for part in edit.parts if not part.is_host), *line}
        scholars = edit.desk.people.scholars_for(host, others) if others else frozenset()
        if scholars and not scholars <= edit.desk.people.scholars_for(each, scholars) | {each.id}:
            raise BadCohost(field="cohost")
        if _is_busy(edit, [each]) or _is_taken_outside(edit, [each], edit.wanted.busy_from):
            raise HostsBusy("They have something else then. Please choose somebody else, or nobody.", field="cohost")


def _check_length(edit: _Edit, hosts: Sequence[Person]) -> None:
    """Those who hold it already must be free for as long as it takes, and still be there at its end."""
    if not edit.has_other_length:
        return
    if any(edit.wanted.ends_at > supports_until(each) for each in hosts):
        raise DomainError("One of those who hold it will have left by then. Please make it shorter.", field="length")
    ours = [part.id for part in edit.parts]
    if _is_busy(edit, hosts, but_of=ours) or _is_taken_outside(edit, hosts, edit.before.busy_to):
        said = "You have" if len(hosts) == 1 else "One of you has"
        raise HostsBusy(f"{said} something else then. Please make it shorter.", field="length")


def _is_busy(edit: _Edit, hosts: Sequence[Person], *, but_of: Sequence[str] = ()) -> bool:
    first, last = edit.wanted.busy_from, edit.wanted.busy_to
    return lies_in_aside(edit.desk, edit.connection, hosts, first=first, last=last) or bool(
        group_queries.busy_among(edit.connection, [each.id for each in hosts], first, last, but_of=but_of)
    )


def _is_taken_outside(edit: _Edit, hosts: Sequence[Person], first: int) -> bool:
    """Whether a calendar of theirs takes something of what follows `first`; whoever asks has looked at their own."""
    others = [each.id for each in hosts if each.id != edit.by_id]
    last = edit.wanted.busy_to
    return bool(others) and first < last and bool(outside_of(edit.connection, others, first, last))


def _carry_on(edit: _Edit, after: Group, partner: Sequence[Person]) -> list[GroupPart]:
    """Off for who held it until now, as long as it now is for who stays, and set for who holds it from now on.

    Returns the parts of those who stay. Raises `CellTaken`.
    """
    desk, connection, by_id = edit.desk, edit.connection, edit.by_id
    staying = [part for part in edit.parts if not part.is_host or part.person_id in after.host_ids]
    for part in edit.parts:
        if part not in staying:
            end_part(desk, connection, part, by_id=by_id)
    if edit.has_other_length:
        staying = without_busy(desk, connection, after, staying, by_id=by_id)
        move_parts(desk, connection, after, staying, by_id=by_id, change=Change.CHANGED)
    for each in partner:
        if each.id not in edit.before.host_ids:
            group_queries.drop_wait(connection, after.id, each.id)
            begin_part(desk, connection, after, each, is_host=True, by_id=by_id)
    return staying


def _tell(edit: _Edit, group: Group, parts: Sequence[GroupPart]) -> None:
    sides = [side_of_part(part) for part in parts]
    enqueue_changed(edit.connection, edit.desk.ids, sides, rung=f"c{group.version}", now=edit.desk.clock.now())
