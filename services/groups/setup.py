"""Somebody in support sets up a group session, alone or with a colleague; both must be free then."""

from dataclasses import replace

from sqlalchemy import Connection

from domain.booking import BookingStatus, Change
from domain.cells import CELL_SECONDS
from domain.errors import DomainError
from domain.groups import BadCohost, Group, GroupWords, HostsBusy, OffGrid
from domain.intervals import Interval
from domain.kinds import SessionKind, UnknownKind
from domain.people import SUPPORT_ROLES, Person
from domain.slots import NotOffered, Refusal
from domain.slots.left_out import phases_text
from domain.times import MINUTE_SECONDS, epoch_seconds, instant_of, zone
from services.desk import SupportDesk
from services.groups.commands import SetUpGroup
from services.groups.facts import GroupOutcome
from services.groups.look import details_in
from services.groups.parts import begin_part
from services.groups.rules import group_kind, supports_until
from services.groups.steps import add_step
from services.groups.words import seal_words
from services.hours.aside import lies_in_aside
from storage.confidential import group_queries
from storage.confidential.cell_queries import CellTaken
from storage.confidential.feed_queries import outside_of
from storage.confidential.once import once
from storage.once import recall, remember


def set_up_group(desk: SupportDesk, host: Person, team_id: str, command: SetUpGroup) -> GroupOutcome:
    """Set it up; scholars can take seats from now on. The same request delivered again returns the same session.

    Raises `HostsBusy`, `OffGrid` or `NotOffered` at field "start", or `BadCohost` at field "cohost".
    """
    hosts = (host, *cohost_of(desk, host, command.cohost, team_id))
    try:
        with desk.store.write() as connection:
            desk.store.lock(connection, host.id)
            earlier = recall(connection, once, command.request_key)
            group = None if earlier is None else group_queries.group_by_id(connection, str(earlier["group_id"]))
            group = group or _set_up(desk, connection, hosts, command)
            return GroupOutcome(details=details_in(desk, connection, host, group), person_ids=group.host_ids)
    except CellTaken:
        raise HostsBusy(field="start") from None


def check_time(desk: SupportDesk, kind: SessionKind, hosts: tuple[Person, ...], start: int, end: int) -> None:
    """Raises at field "start" what speaks against a time that the hosts chose themselves, at whatever hour."""
    now = epoch_seconds(desk.clock.now())
    if start <= now:
        raise NotOffered(Refusal.PAST, kind)
    if start >= kind.bookable(now)[1]:
        raise NotOffered(Refusal.PAST_HORIZON, kind)
    _check_day(desk, kind, hosts[0], start)
    if start % CELL_SECONDS:
        raise OffGrid(field="start")
    if any(end > supports_until(host) for host in hosts):
        raise DomainError(
            "One of those who hold it will have left by then. Please choose an earlier time.", field="start"
        )


def _check_day(desk: SupportDesk, kind: SessionKind, host: Person, start: int) -> None:
    """Hours bind nobody here, but days without the program, or without group sessions, do: on the host's calendar."""
    calendar = desk.rules.of(host).calendar(kind)
    day = instant_of(start).astimezone(zone(host.zone)).date()
    if any(day in each.days for each in calendar.closed):
        raise NotOffered(Refusal.CLOSED, kind)
    phase = phases_text(each for each in calendar.left_out if day in each.days)
    if phase:
        raise NotOffered(Refusal.LEFT_OUT, kind, phase=phase)


def busy_around(kind: SessionKind, start: int, end: int) -> Interval:
    """The session with its buffers (policy H): what is busy of those who hold it."""
    return start - kind.before_seconds, end + kind.after_seconds


def cohost_of(desk: SupportDesk, host: Person, account: str | None, team_id: str) -> tuple[Person, ...]:
    """Who has this account, if they can hold it with the host. Raises `BadCohost` at field "cohost"."""
    if account is None:
        return ()
    try:
        cohost = desk.people.who(account, team_id)
    except DomainError:
        raise BadCohost(field="cohost") from None
    is_good = cohost.has(*SUPPORT_ROLES) and cohost.program_id == host.program_id and cohost.id != host.id
    if not is_good:
        raise BadCohost(field="cohost")
    return (cohost,)


def _set_up(desk: SupportDesk, connection: Connection, hosts: tuple[Person, ...], command: SetUpGroup) -> Group:
    kind, now = group_kind(desk.rules.of(hosts[0])), desk.clock.now()
    if not kind.is_offered:
        raise UnknownKind("Group sessions are switched off in your program now.", field="start")
    start = epoch_seconds(command.starts)
    end = start + command.minutes * MINUTE_SECONDS
    check_time(desk, kind, hosts, start, end)
    busy_from, busy_to = busy_around(kind, start, end)
    is_aside = lies_in_aside(desk, connection, hosts, first=busy_from, last=busy_to)
    is_taken = group_queries.busy_among(connection, [host.id for host in hosts], busy_from, busy_to)
    # Their own calendar whoever sets it up has looked at; that of a colleague they cannot.
    if is_aside or is_taken or outside_of(connection, [host.id for host in hosts[1:]], busy_from, busy_to):
        raise HostsBusy(who_is_busy(hosts), field="start")
    unsealed = Group(
        id=desk.ids.new(),
        program_id=hosts[0].program_id,
        kind=kind.key,
        host_id=hosts[0].id,
        cohost_id=hosts[1].id if len(hosts) > 1 else None,
        status=BookingStatus.BOOKED,
        starts_at=start,
        ends_at=end,
        busy_from=busy_from,
        busy_to=busy_to,
        seats=command.seats,
        version=1,
        words=b"",
        created_at=epoch_seconds(now),
        changed_at=epoch_seconds(now),
    )
    words = GroupWords(title=command.title, about=command.about, place=command.place)
    group = replace(unsealed, words=seal_words(desk, connection, words, group=unsealed))
    # In the order of their ids, so that two who set one up with each other cannot deadlock.
    for host in sorted(hosts, key=lambda each: each.id):
        begin_part(desk, connection, group, host, is_host=True, by_id=hosts[0].id)
    group_queries.add_group(connection, group)
    add_step(connection, group, Change.BOOKED, by_id=hosts[0].id)
    outcome = {"group_id": group.id}
    remember(connection, once, command.request_key, program_id=group.program_id, outcome=outcome, at=now)
    return group


def who_is_busy(hosts: tuple[Person, ...]) -> str:
    """That their time is not free. Of two it is not told which: what a colleague's day holds is theirs."""
    return (
        "You have something else then. Please choose another time."
        if len(hosts) == 1
        else "One of you has something else then. Please choose another time."
    )
