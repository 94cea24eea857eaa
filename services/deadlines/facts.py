"""A deadline as the services hand it on, and as it stands for somebody; rows of the store never leave."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.audience import Audience
from domain.deadlines import DeadlineState, DeadlineText, Due, DueKind, Ladder, Step, parse_ladder, steps
from domain.errors import DomainError, NotFound
from domain.people import Person
from domain.times import instant_of
from services.audiences.stored import audience_from
from storage.program.deadline_people_queries import Own, PersonState
from storage.program.deadline_queries import DeadlineRow

PEOPLE = "people"
"""Where a form says for whom."""


class OwnMatter(DomainError):
    """This is about yourself. Somebody else on staff has to decide it."""


class NotDue(NotFound):
    """That is no longer there. Type /deadlines to see what is due for you."""


class WasClosed(NotDue):
    """This deadline was closed, so nothing is asked of you for it any more. Type /deadlines to see what is due."""


class OfAList(NotFound):
    """This is for a private list, so only whoever set it sees more of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline: what staff see of it. `due_at` is the first instant at which it is due for anybody."""

    id: str
    program_id: str
    author_id: str
    state: DeadlineState
    version: int
    text: DeadlineText
    due: Due
    due_at: datetime
    ladder: Ladder
    audience: Audience
    takes_newcomers: bool
    needs_proof: bool
    is_told: bool
    created_at: datetime
    people: int

    def zone_for(self, site_zone: str) -> ZoneInfo:
        """By whose clocks the wall time of a reminder is kept."""
        return self.due.zone_of(site_zone)

    def steps_for(self, due_at: datetime, site_zone: str) -> tuple[Step, ...]:
        """The ladder of somebody for whom it is due then."""
        return steps(self.ladder, due_at, self.zone_for(site_zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDeadline:
    """A deadline as it stands for one person, who alone may see it so, besides staff.

    `due_at` is when it is due for them. `reminder_at` is when they hear of it next.
    """

    id: str
    text: DeadlineText
    due: Due
    due_at: datetime
    is_extended: bool
    needs_proof: bool
    done_at: datetime | None
    proof: str
    reminder_at: datetime | None
    snoozed_until: datetime | None


def deadline_of(row: DeadlineRow) -> Deadline:
    """A stored row as a value."""
    return Deadline(
        id=row.id,
        program_id=row.program_id,
        author_id=row.author_id,
        state=DeadlineState(row.state),
        version=row.version,
        text=DeadlineText(title=row.title, words=row.words, link=row.link),
        due=due_of(row),
        due_at=instant_of(row.due_at),
        ladder=parse_ladder(row.ladder),
        audience=audience_from(row.audience),
        takes_newcomers=row.takes_newcomers,
        needs_proof=row.needs_proof,
        is_told=row.is_told,
        created_at=instant_of(row.created_at),
        people=row.people,
    )


def due_of(row: DeadlineRow) -> Due:
    """When it is due."""
    return Due(
        kind=DueKind(row.kind),
        day=date.fromisoformat(row.day),
        minute=row.minute,
        zone_name=row.zone,
        is_second=row.is_second,
    )


def of_staff(row: DeadlineRow | None, staff: Person) -> Deadline:
    """The deadline, for staff of its own program. Raises `NotFound` for any other, and for one thrown away.

    One for a private list is its author's alone, `OfAList` for the others, also when its author has left: who is on the
    list only its owner may know.
    """
    if row is None or row.program_id != staff.program_id or row.state == DeadlineState.DISCARDED:
        raise NotFound
    found = deadline_of(row)
    if found.audience.secret_list and found.author_id != staff.id:
        raise OfAList
    return found


def own_of(found: Own) -> OwnDeadline:
    """A deadline as it stands for somebody."""
    row, state = found
    return OwnDeadline(
        id=row.id,
        text=DeadlineText(title=row.title, words=row.words, link=row.link),
        due=due_of(row),
        due_at=instant_of(state.due_at),
        is_extended=state.is_extended,
        needs_proof=row.needs_proof,
        done_at=None if state.done_at is None else instant_of(state.done_at),
        proof=state.proof,
        reminder_at=None if state.next_at is None or state.done_at is not None else instant_of(state.next_at),
        snoozed_until=None if state.snoozed_until is None else instant_of(state.snoozed_until),
    )


def theirs(found: Own | None, person: Person) -> Own:
    """The open deadline of somebody. Raises `WasClosed`, or `NotDue` for one that is not theirs, or not any more."""
    if found is None or found.row.program_id != person.program_id:
        raise NotDue
    if not found.is_open:
        raise WasClosed
    return found


def ladder_of(row: DeadlineRow, state: PersonState) -> tuple[Step, ...]:
    """The rungs of somebody, for when it is due for them."""
    return _ladder(row.ladder, state.due_at, due_of(row).zone_of(state.zone))


@lru_cache(maxsize=256)
def _ladder(text: str, due_at: int, tz: ZoneInfo) -> tuple[Step, ...]:
    """Worked out once for all who have the same: ten thousand people are in a few zones."""
    return steps(parse_ladder(text), instant_of(due_at), tz)
