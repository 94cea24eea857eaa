"""A helper looks at the line: who waits, who is with whom, and what they are with themselves."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from domain.office_hours import OPEN_TRANSFERS, Entry, own_ref
from domain.people import Person
from domain.times import MINUTE_SECONDS, epoch_seconds, instant_of
from services.desk import SupportDesk
from services.office_hours.facts import HelpersLine, Planned, Waiting, With
from services.office_hours.line import Line, may_be_named_to, may_take, own_helper, read_line
from services.office_hours.words import Problem, open_problems
from storage.confidential import office_hours_queries as queries
from storage.confidential.office_time_queries import helping_ahead


def helpers_line(desk: SupportDesk, staff: Person, ref: str) -> HelpersLine:
    """The line as this helper may see it. The same number of queries however many wait. Raises `NotHelping`."""
    now = epoch_seconds(desk.clock.now())
    with desk.store.read() as connection:
        own = own_helper(connection, staff, ref)
        line = read_line(desk, connection, own.office_id)
        reach = may_take(desk, staff, line)
        visible = [each for each in line.entries if each.scholar_id in reach]
        asked = _being_asked(connection, visible)
        mine = next((each for each in visible if each.taken_by == staff.id), None)
        waiting = [each for each in line.waiting if each.scholar_id in reach]
        problems = open_problems(desk, connection, [*waiting, *([mine] if mine else [])])
        ahead = helping_ahead(connection, staff.id, after=now)
    names = _names(desk, staff, line, visible)
    return HelpersLine(
        ref=ref,
        zone=staff.zone,
        starts=line.office.starts,
        ends=line.office.ends,
        minutes=line.office.minutes,
        is_open=line.office.is_open(now),
        is_over=line.office.is_over(now),
        lingers_until=line.office.lingers_until,
        planned=tuple(
            Planned(starts=instant_of(each.starts_at), ends=instant_of(each.ends_at))
            for each in ahead
            if each.starts_at > now and each.office_id != line.office.id
        ),
        shut=line.shut_for(staff.id),
        helper_names=tuple(names[each.person.id] for each in line.helpers if each.person.id in names),
        mine=_with(mine, line, staff, names, now, asked, problems, others_wait=bool(waiting)) if mine else None,
        waiting=tuple(_waiting(each, line, staff, problems[each.id], asked) for each in waiting),
        others=tuple(
            _with(each, line, staff, names, now, asked, {}, others_wait=False)
            for each in visible
            if each.is_taken and each is not mine
        ),
    )


def _being_asked(connection: Connection, entries: Sequence[Entry]) -> frozenset[str]:
    found = queries.transfers_of(connection, [each.id for each in entries]) if entries else []
    return frozenset(each.entry_id for each in found if each.status in OPEN_TRANSFERS)


def _names(desk: SupportDesk, staff: Person, line: Line, entries: Sequence[Entry]) -> dict[str, str]:
    """Names, by id, of the other helpers and of the peers who are with somebody: of those whom this helper may meet."""
    helping = {each.person.id: each.person for each in line.helpers}
    peers = {each.taken_by for each in entries if each.taken_by is not None} - helping.keys()
    known = [*helping.values(), *(desk.people.people(peers) if peers else ())]
    named = may_be_named_to(desk, staff, known)
    return {person.id: person.name for person in known if person.id in named}


def _waiting(entry: Entry, line: Line, staff: Person, problem: Problem, asked: Collection[str]) -> Waiting:
    return Waiting(
        ref=own_ref(entry.id, staff.id),
        name=line.scholars[entry.scholar_id].name,
        problem=problem,
        joined=instant_of(entry.joined_at),
        was_called=entry.misses > 0,
        is_being_asked=entry.id in asked,
    )


def _with(
    entry: Entry,
    line: Line,
    staff: Person,
    names: dict[str, str],
    now: int,
    asked: Collection[str],
    problems: dict[str, Problem],
    *,
    others_wait: bool,
) -> With:
    minutes = (now - (entry.taken_at or now)) // MINUTE_SECONDS
    return With(
        ref=own_ref(entry.id, staff.id),
        name=line.scholars[entry.scholar_id].name,
        helper_name=names.get(entry.taken_by or "", ""),
        minutes=minutes,
        is_with_peer=entry.is_with_peer,
        problem=problems.get(entry.id),
        is_over_time=others_wait and minutes >= line.office.minutes,
        is_being_asked=entry.id in asked,
    )
