"""The rules of one program as one value, checked as a whole: what is stored, shown and changed is always this.

Nothing in it is about a scholar, so staff may see and change all of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from domain.amounts import range_text
from domain.announcements import AnnouncementRules
from domain.attention import AttentionRules
from domain.days import DateSpan
from domain.deadlines import DeadlineRules
from domain.errors import DomainError
from domain.hours import ClosedDays, ProgramCalendar
from domain.kinds import DEFAULT_KINDS, SessionKind, kind_of
from domain.office_hours import LONGEST_HOURS, MINUTES_EACH, OFFICE_HOURS, USUAL_MINUTES
from domain.people import SUPPORT_ROLES, Person, Role

NAME_MAX = 60
"""Characters of the name of a phase or of closed days."""
CONTACTS_MAX = 2000
"""Characters of the emergency contacts."""
WEIGHT_MAX = 1000
LEAD_MAX = 100
NOTICE_MAX_DAYS = 60
EVENTS_MAX = 50
FULL_WEIGHT = 100
"""The share of somebody who has no weight of their own, in percent of a full one."""


class InvalidRules(DomainError):
    """These rules cannot be used. Please look at what you have just changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the program with an offer of its own.

    `without` are keys of kinds that are not offered in it, `OFFICE_HOURS` among them or not.
    """

    name: str
    days: DateSpan
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name, "a phase")


@dataclass(frozen=True, slots=True, kw_only=True)
class FairShares:
    """How the hours are shared among scholars. 0 turns a rule off.

    sessions_a_week: from so many in one week on, further ones can only be booked `leftover_hours` ahead: what nobody
    else has wanted by then. first_days: the last so many days of the horizon are open only to those without a session
    so far. invite_after_days: whoever never booked is asked once, so many days after they came; invitations_a_day: and
    no more people than that on one day.
    """

    sessions_a_week: int = 2
    leftover_hours: int = 48
    first_days: int = 7
    invite_after_days: int = 21
    invitations_a_day: int = 3

    def __post_init__(self) -> None:
        self._check("sessions_a_week", 0, 50)
        self._check("leftover_hours", 1, 24 * 14)
        self._check("first_days", 0, 60)
        self._check("invite_after_days", 0, 366)
        self._check("invitations_a_day", 1, 1000)

    def open_days(self, kind: SessionKind) -> int:
        """So many days ahead a kind that is shared out can be booked by whoever has had a session; one at least."""
        return max(kind.horizon_days - self.first_days, 1)

    def _check(self, name: str, least: int, most: int) -> None:
        if not least <= getattr(self, name) <= most:
            raise InvalidRules(f"Please choose {range_text(name, least, most)}.", field=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRules:
    """How a scholar is handed over.

    notice_days: from the day on which the scholar is told to the first day with the successor, on the calendar of who
    hands over.
    """

    notice_days: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.notice_days <= NOTICE_MAX_DAYS:
            raise InvalidRules(f"Please choose {range_text('notice_days', 1, NOTICE_MAX_DAYS)}.", field="notice_days")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHoursRules:
    """What staff decide about office hours.

    is_offered: else none are planned or opened, and what was planned does not open. minutes_each: where the form begins
    with the minutes for one person. longest_hours: how long they are at most.
    """

    is_offered: bool = True
    minutes_each: int = USUAL_MINUTES
    longest_hours: int = LONGEST_HOURS

    def __post_init__(self) -> None:
        if self.minutes_each not in MINUTES_EACH:
            *some, last = map(str, MINUTES_EACH)
            raise InvalidRules(f"Please choose {', '.join(some)} or {last} minutes.", field="minutes_each")
        if not 1 <= self.longest_hours <= LONGEST_HOURS:
            raise InvalidRules(f"Please choose {range_text('longest_hours', 1, LONGEST_HOURS)}.", field="longest_hours")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRules:
    """What staff have agreed on about events.

    per_week: whoever plans more for the same people in one week, Monday to Sunday, is asked whether that is wanted; 0
    where nobody wants to be asked.
    """

    per_week: int = 3

    def __post_init__(self) -> None:
        if not 0 <= self.per_week <= EVENTS_MAX:
            raise InvalidRules(f"Please choose {range_text('per_week', 0, EVENTS_MAX)}.", field="per_week")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRules:
    """Everything that staff decide. Raises `InvalidRules` or `InvalidKind` for what does not fit together.

    kinds: all there are, those that are not offered too, in the order to show them. weights: by person id, how much of
    the load somebody takes, in percent of a full share; who is not in it has `FULL_WEIGHT`. lead_limit: by how many
    sessions of a full share somebody may be ahead of the others before "anyone" leaves them out; 0 for no limit.
    stand_ins: by community manager, ids of people in support who take urgent sessions too, while the manager is one.
    contacts: what to do in an emergency, in words for scholars. handover, office_hours, attention, announcements,
    events, deadlines: see there.
    """

    kinds: tuple[SessionKind, ...] = DEFAULT_KINDS
    closed: tuple[ClosedDays, ...] = ()
    phases: tuple[Phase, ...] = ()
    fair: FairShares = FairShares()
    weights: Mapping[str, int] = field(default_factory=dict)
    lead_limit: int = 3
    stand_ins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contacts: str = ""
    handover: HandoverRules = HandoverRules()
    office_hours: OfficeHoursRules = OfficeHoursRules()
    attention: AttentionRules = field(default_factory=AttentionRules)
    announcements: AnnouncementRules = field(default_factory=AnnouncementRules)
    events: EventRules = EventRules()
    deadlines: DeadlineRules = field(default_factory=DeadlineRules)

    def __post_init__(self) -> None:
        _check_distinct((kind.key for kind in self.kinds), "kind")
        _check_distinct((phase.name for phase in self.phases), "phase")
        if not any(kind.is_offered for kind in self.kinds):
            raise InvalidRules("At least one kind of session has to be offered.", field="is_offered")
        _check_apart(self.phases)
        for one in self.closed:
            check_name(one.name, "closed days")
        if any(not 1 <= weight <= WEIGHT_MAX for weight in self.weights.values()):
            raise InvalidRules(f"A share is from 1 to {WEIGHT_MAX} percent.", field="weights")
        if not 0 <= self.lead_limit <= LEAD_MAX:
            raise InvalidRules(f"Please choose a lead from 0 to {LEAD_MAX} sessions.", field="lead_limit")
        if len(self.contacts) > CONTACTS_MAX:
            raise InvalidRules(f"Please keep the contacts within {CONTACTS_MAX} characters.", field="contacts")

    def kind(self, key: str) -> SessionKind:
        """The rules of a kind, offered or not, since its sessions still stand. Raises `UnknownKind`."""
        return kind_of(key, self.kinds)

    def booked_by(self, role: Role) -> tuple[SessionKind, ...]:
        """The kinds that people of a role choose from now, in the order to show them; some have ways of their own."""
        offered = (kind for kind in self.kinds if kind.is_offered and kind.booked_by is role)
        return tuple(kind for kind in offered if not (kind.is_urgent or kind.has_seats))

    def takes_until(self, kind: SessionKind, person: Person, *, managers: Mapping[str, int]) -> int:
        """The instant (epoch seconds) at which somebody stops taking sessions of a kind; 0 when they do not take it.

        managers: until when those who name stand-ins are community managers, by id. Whom somebody has named who is not
        among them stands in for nobody: nobody could take it back.
        """
        if person.has(kind.taken_by) or not kind.is_urgent:
            return person.holds_until(kind.taken_by)
        named = max((managers.get(each, 0) for each in self.named_by(person.id)), default=0)
        return min(named, max(person.holds_until(role) for role in SUPPORT_ROLES))

    def named_by(self, person_id: str) -> tuple[str, ...]:
        """Who has named somebody as a stand-in, by id, whatever they are by now."""
        return tuple(manager_id for manager_id, ids in self.stand_ins.items() if person_id in ids)

    def calendar(self, kind: SessionKind | None = None) -> ProgramCalendar:
        """What the program's own calendar does to everybody's hours; of a kind, phases without it leave it out."""
        return self._calendar("" if kind is None else kind.key)

    def calendar_of_office_hours(self) -> ProgramCalendar:
        """The same for office hours, which phases leave out like a kind of session."""
        return self._calendar(OFFICE_HOURS)

    def _calendar(self, key: str) -> ProgramCalendar:
        without = (one for one in self.phases if key in one.without)
        return ProgramCalendar(
            closed=self.closed,
            left_out=tuple(ClosedDays(name=one.name, days=one.days) for one in without),
            phases={one.name: one.days for one in self.phases},
        )

    def weight(self, person_id: str) -> int:
        """The share of the load that somebody takes, in percent of a full one."""
        return self.weights.get(person_id, FULL_WEIGHT)


def check_stands(before: ProgramRules, after: ProgramRules) -> None:
    """Raises `InvalidRules` when a change would take away a kind: its sessions, past and ahead, would have no rules."""
    lost = {kind.key for kind in before.kinds} - {kind.key for kind in after.kinds}
    if lost:
        raise InvalidRules("A kind of session cannot be removed. Switch it off instead.", field="is_offered")


def check_name(name: str, what: str) -> None:
    """Raises `InvalidRules` for a name that is empty or too long."""
    if not name.strip():
        raise InvalidRules(f"Please give {what} a name.")
    if len(name) > NAME_MAX:
        raise InvalidRules(f"Please keep the name of {what} within {NAME_MAX} characters.")


def _check_distinct(names: Iterable[str], what: str) -> None:
    twice = [name for name, number in Counter(names).items() if number > 1]
    if twice:
        raise InvalidRules(f"There are two by the name of {twice[0]}. Please give each {what} a name of its own.")


def _check_apart(phases: Iterable[Phase]) -> None:
    """One phase at a time, or nobody could say what is offered."""
    ordered = sorted(phases, key=lambda phase: phase.days)
    for one, following in pairwise(ordered):
        if following.days.first in one.days:
            raise InvalidRules(f"{one.name} and {following.name} overlap. Please let one end before the other begins.")


DEFAULT_RULES = ProgramRules()
