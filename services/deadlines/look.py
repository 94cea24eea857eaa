"""What is due for somebody, and what staff see of their program's deadlines: as many queries for many as for few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.deadlines import DeadlineState, RequestState
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.apart import Unread, legible
from services.audiences.here import here
from services.audit import Trail, trail
from services.deadlines.deciders import of_closing
from services.deadlines.facts import Deadline, OwnDeadline, deadline_of, of_staff, own_of, theirs
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.meet import MET, NOT_MET
from services.deadlines.news import rest_until
from services.desk import Desk
from services.homes import AT_ONCE
from storage.program import (
    deadline_ledger,
    deadline_people_queries,
    deadline_queries,
    extension_queries,
    people_queries,
)
from storage.program.deadline_ledger import Told
from storage.program.deadline_people_queries import Named
from storage.program.deadline_queries import Counted as CountedRow
from storage.program.extension_queries import RequestRow

LISTED = 20
MET_SHOWN = 5
MET_FOR = timedelta(days=14)
HOME_LISTED = 3
BEHIND_NAMED, MET_NAMED = 500, 200
"""Of one deadline so many are read by name; the others are counted."""
TRAIL_SHOWN = 10
"""So many of the newest things that happened to one stand beside it; the others are in its trail."""
_IN_MET = (MET, NOT_MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """A page of what is due for somebody, the soonest first, and what they have met lately."""

    due: tuple[OwnDeadline, ...]
    met: tuple[OwnDeadline, ...]
    has_more: bool
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRequest:
    """What became of somebody's last request for more time."""

    id: str
    state: RequestState
    until: datetime
    has_reason: bool
    granted_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDetails:
    """One deadline for the person it is for. Reminders can rest up to `rest_until`; None where they cannot now."""

    deadline: OwnDeadline
    rest_until: datetime | None
    request: OwnRequest | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A deadline, how many have met it, and how many it is for: without who has left and had not."""

    deadline: Deadline
    met: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A page of a program's deadlines: those that stand, drafts, those that were closed; and how many requests wait.

    Of each so many as a page holds; `has_more` says that of one of them there are others. `waiting` counts up to one
    more than a list holds.
    """

    open: tuple[Counted, ...]
    drafts: tuple[Deadline, ...]
    closed: tuple[Counted, ...]
    waiting: int
    has_more: bool = False
    page: int = 0
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Somebody who has not met it: when it is due for them, and the last rung that reached them."""

    person_id: str
    name: str
    is_here: bool
    due_at: datetime
    is_extended: bool
    rung: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Somebody who has met it, with the link that proves it; `by` is who of staff has noted it for them, or ""."""

    person_id: str
    name: str
    at: datetime
    proof: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """One deadline for staff, and who of its people is where with it.

    Of a large one so many by name as a modal holds; `people` is how many it is for, and `number_met` how many of them
    have met it. Who has left and had not stands among those who are behind, and counts nowhere but in `number_left`.
    Who has met it stands in `met` and not in the trail, nor what they have taken back by themselves. Of the trail there
    are the newest entries only; see `deadline_trail`.
    """

    deadline: Deadline
    people: int
    number_met: int
    behind: tuple[Behind, ...]
    met: tuple[Met, ...]
    nudged_at: datetime | None
    trail: Trail
    number_left: int = 0

    @property
    def number_behind(self) -> int:
        """How many have not met it."""
        return self.people - self.number_met


def own_list(desk: Desk, person: Person, *, page: int = 0) -> OwnList:
    """A page of what is due for somebody, and on the first one what they have met lately. Two queries."""
    since = epoch_seconds(desk.clock.now() - MET_FOR)
    with desk.program.read() as connection:
        due = deadline_people_queries.due_for(connection, person.id, at_most=LISTED + 1, but_first=page * LISTED)
        met = [] if page else deadline_people_queries.met_by(connection, person.id, since=since, at_most=MET_SHOWN)
    return OwnList(
        due=tuple(map(own_of, due[:LISTED])), met=tuple(map(own_of, met)), has_more=len(due) > LISTED, page=page
    )


def due_soonest(desk: Desk, person: Person) -> tuple[OwnDeadline, ...]:
    """The next few for the Home tab. One query."""
    with desk.program.ask() as connection:
        return tuple(map(own_of, deadline_people_queries.due_for(connection, person.id, at_most=HOME_LISTED)))


def own_details(desk: Desk, person: Person, deadline_id: str) -> OwnDetails:
    """One deadline for whom it is for. Raises `NotFound`. Two queries."""
    with desk.program.read() as connection:
        own = theirs(deadline_people_queries.own(connection, person.id, deadline_id), person)
        latest = extension_queries.latest(connection, deadline_id, person.id)
    return OwnDetails(
        deadline=own_of(own),
        rest_until=rest_until(own, desk.clock.now()),
        request=None if latest is None else _own_request(latest),
    )


def overview(desk: Desk, staff: Person, *, page: int = 0) -> Overview:
    """A page of the deadlines of the person's program; one that cannot be read is named, and hides no other.

    Five queries.
    """
    with desk.program.read() as connection:
        are_here = here(desk, connection, staff.program_id)
        asked = (
            (DeadlineState.OPEN, False),
            (DeadlineState.DRAFT, True),
            (DeadlineState.CLOSED, True),
        )
        opened, drafts, closed = (
            deadline_queries.of_program(
                connection,
                staff.program_id,
                [state],
                at_most=LISTED + 1,
                newest_first=newest,
                here=are_here,
                but_first=page * LISTED,
            )
            for state, newest in asked
        )
        waiting = extension_queries.waiting_in(connection, staff.program_id, staff_id=staff.id, at_most=LISTED + 1)
    (stand, _), (written, _), (over, _) = read = [_counted(each) for each in (opened, drafts, closed)]
    return Overview(
        open=stand,
        drafts=tuple(each.deadline for each in written),
        closed=over,
        waiting=len(waiting),
        has_more=max(map(len, (opened, drafts, closed))) > LISTED,
        page=page,
        unread=tuple(each for _, unread in read for each in unread),
    )


def details(desk: Desk, staff: Person, deadline_id: str) -> Details:
    """One deadline of the person's program, with whom it is for by name. Eleven queries at most. Raises `NotFound`."""
    with desk.program.read() as connection:
        row = deadline_queries.one(connection, deadline_id)
        found = of_staff(row, staff)
        counts = deadline_people_queries.counts(connection, found.id, here=here(desk, connection, found.program_id))
        behind = deadline_people_queries.behind(connection, found.id, at_most=BEHIND_NAMED)
        met = deadline_people_queries.met(connection, found.id, at_most=MET_NAMED)
        ids = [each.state.person_id for each in behind]
        told = deadline_ledger.last_told(connection, found.id, DeadlineMessage.REMINDER, ids)
        by = {each.state.done_by for each in met}
        names = people_queries.names_of(connection, by, program_id=staff.program_id)
    present = {person.id for person in desk.people.people(ids)} if ids else set()
    return Details(
        deadline=found,
        people=counts.met + counts.behind,
        number_met=counts.met,
        number_left=counts.gone,
        behind=tuple(_behind(each, told, present) for each in behind),
        met=tuple(_met(each, names) for each in met),
        nudged_at=None if row is None or row.nudged_at is None else instant_of(row.nudged_at),
        trail=trail(desk, staff, found.id, at_most=TRAIL_SHOWN, but_own=_IN_MET),
    )


def deadline_trail(desk: Desk, staff: Person, deadline_id: str, *, page: int = 0) -> Trail:
    """A page of who did what to a deadline, newest first, for who may look at it. Raises as `of_staff` does.

    Three queries. Without what people have met, or have not after all, by themselves.
    """
    found = deadline_for_staff(desk, staff, deadline_id)
    return trail(desk, staff, found.id, page=page, but_own=_IN_MET)


def whose_homes(desk: Desk, staff: Person, deadline_id: str) -> tuple[str, ...]:
    """Those to whose Home tabs a deadline comes, or from which it goes: the first who have not met it. One query."""
    with desk.program.ask() as connection:
        asked = deadline_people_queries.ids_not_met(deadline_id, program_id=staff.program_id)
        return tuple(str(each) for each in connection.execute(asked.limit(AT_ONCE)).scalars())


def left_behind(desk: Desk, staff: Person, deadline_id: str) -> Counted:
    """A deadline that staff may close without seeing whom it is for. Four queries. Raises as `of_closing` does."""
    with desk.program.read() as connection:
        found = of_closing(desk, deadline_queries.one(connection, deadline_id), staff)
        counts = deadline_people_queries.counts(connection, found.id, here=here(desk, connection, found.program_id))
    return Counted(deadline=found, met=counts.met, people=counts.met + counts.behind)


def deadline_for_staff(desk: Desk, staff: Person, deadline_id: str) -> Deadline:
    """One deadline of the person's program. Raises `NotFound`. One query."""
    with desk.program.ask() as connection:
        return of_staff(deadline_queries.one(connection, deadline_id), staff)


def waiting_requests(desk: Desk, staff: Person) -> tuple[tuple[str, str, str, datetime], ...]:
    """What waits for this person's answer: id, the name of who asks, the deadline's title, and until when.

    At most one more than a list holds, the first first. Two queries.
    """
    with desk.program.read() as connection:
        found = extension_queries.waiting_in(connection, staff.program_id, staff_id=staff.id, at_most=LISTED + 1)
        names = people_queries.names_of(connection, {each.row.person_id for each in found}, program_id=staff.program_id)
    return tuple(
        (each.row.id, names.get(each.row.person_id, ""), each.deadline.title, instant_of(each.row.until_at))
        for each in found
    )


def _counted(found: Sequence[CountedRow]) -> tuple[tuple[Counted, ...], tuple[Unread, ...]]:
    counts = {each.row.id: (each.met, each.met + each.behind) for each in found}
    read, unread = legible("show deadline", [each.row for each in found[:LISTED]], deadline_of)
    return tuple(Counted(deadline=each, met=counts[each.id][0], people=counts[each.id][1]) for each in read), unread


def _own_request(row: RequestRow) -> OwnRequest:
    return OwnRequest(
        id=row.id,
        state=RequestState(row.state),
        until=instant_of(row.until_at),
        has_reason=row.has_reason,
        granted_at=None if row.granted_at is None else instant_of(row.granted_at),
        answer=row.answer,
    )


def _behind(found: Named, told: Mapping[str, Told], present: set[str]) -> Behind:
    state, last = found.state, told.get(found.state.person_id)
    return Behind(
        person_id=state.person_id,
        name=found.name,
        is_here=state.person_id in present,
        due_at=instant_of(state.due_at),
        is_extended=state.is_extended,
        rung=last.rung if last else "",
        told_at=instant_of(last.at) if last else None,
    )


def _met(found: Named, names: Mapping[str, str]) -> Met:
    state = found.state
    by = "" if state.done_by == state.person_id else names.get(state.done_by, "")
    return Met(
        person_id=state.person_id,
        name=found.name,
        at=instant_of(state.done_at or 0),
        proof=state.proof,
        by=by,
    )
