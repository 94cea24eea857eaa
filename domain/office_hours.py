"""Technical office hours: a drop-in line with several helpers, and the rules of its order."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.amounts import duration_text
from domain.cells import CELL_SECONDS, cells
from domain.errors import DomainError, NotFound
from domain.intervals import Interval
from domain.places import Place
from domain.times import MINUTE_SECONDS, instant_of

LINE_MAX = 300
"""Characters of the line on the problem."""
MINUTES_EACH = (5, 10, 15, 20, 30, 45)
"""What may be chosen as the time for one person."""
USUAL_MINUTES = 10
LONGEST_HOURS = 12
"""Office hours that are longer were mistyped, whatever a program allows."""
AHEAD_MAX_DAYS = 60
MISSES_MAX = 2
"""Who was called so often and not found is out of the line."""
ANSWER_MINUTES = 10
"""How long a scholar, and then a peer, may take to answer whether a peer should help."""
LINGER_MINUTES = 60
"""So long after the end somebody may still be helped; then it counts as done, and holds neither of them any more."""
JUST_CALLED_SECONDS = 60
"""Who was called so short a while ago has not been helped yet."""
OVERRUN_MINUTES = 5
"""What a conversation that has used up its minutes is expected to take still."""
OFFICE_HOURS = "office_hours"
"""What they are called among all that takes somebody's time."""
_REF_LENGTH = 22


class HelpTopic(StrEnum):
    """What a problem is about. Values are stored, so they never change; labels may."""

    DEBUGGING = "debugging"
    TOOLS = "tools"
    DATA = "data"
    EXPERIMENTS = "experiments"
    STATISTICS = "statistics"
    SHARED_CODE = "shared_code"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The topic in words."""
        return _LABELS[self]


_LABELS = {
    HelpTopic.DEBUGGING: "Debugging",
    HelpTopic.TOOLS: "Tools and environment",
    HelpTopic.DATA: "Data",
    HelpTopic.EXPERIMENTS: "Experiments",
    HelpTopic.STATISTICS: "Statistics",
    HelpTopic.SHARED_CODE: "Writing code with others",
    HelpTopic.OTHER: "Something else",
}


class EntryStatus(StrEnum):
    """Where somebody in a line stands. The first three are open: they hold the scholar's one place."""

    WAITING = "waiting"
    HELPED = "helped"
    WITH_PEER = "with_peer"
    DONE = "done"
    LEFT = "left"
    MISSED = "missed"
    CLOSED = "closed"


TAKEN = (EntryStatus.HELPED, EntryStatus.WITH_PEER)
"""Somebody is with them."""


class TransferStatus(StrEnum):
    """Where a suggestion to let a peer help stands; the first two are open."""

    ASKING_SCHOLAR = "asking_scholar"
    ASKING_PEER = "asking_peer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN_TRANSFERS = (TransferStatus.ASKING_SCHOLAR, TransferStatus.ASKING_PEER)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHours:
    """One sitting of office hours as stored; instants are epoch seconds, `minutes` are for one person.

    `topics` is what is covered. `is_begun` is noted once they have been found open: what was only planned does not open
    on a day on which nobody who helps is there. `id` never leaves the house: people know it by references of their own.
    """

    id: str
    program_id: str
    starts_at: int
    ends_at: int
    minutes: int
    topics: tuple[HelpTopic, ...]
    closed_at: int | None
    is_begun: bool = False

    @property
    def starts(self) -> datetime:
        """The start as an aware UTC instant."""
        return instant_of(self.starts_at)

    @property
    def ends(self) -> datetime:
        """The end as an aware UTC instant."""
        return instant_of(self.ends_at)

    def is_open(self, now: int) -> bool:
        """Whether people can join at this instant."""
        return self.closed_at is None and self.starts_at <= now < self.ends_at

    def is_over(self, now: int) -> bool:
        """Whether its time is over, or somebody has closed it."""
        return self.closed_at is not None or now >= self.ends_at

    @property
    def lingers_until(self) -> datetime:
        """Until when somebody may still be helped once it is over: talks run on, and *Done* is forgotten."""
        over = self.ends_at if self.closed_at is None else self.closed_at
        return instant_of(over + LINGER_MINUTES * MINUTE_SECONDS)

    def busy(self, now: int) -> Interval:
        """What it takes from an instant on of the time of somebody who helps there: whole cells, in epoch seconds."""
        taken = cells(max(self.starts_at, now), self.ends_at)
        return taken.start * CELL_SECONDS, taken.stop * CELL_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Somebody who helps in a line, where, and by what reference they know it."""

    office_id: str
    helper_id: str
    ref: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """What a sitting takes of the time of somebody who helps there, and when it is; all in epoch seconds."""

    office_id: str
    ref: str
    starts_at: int
    ends_at: int
    busy_from: int
    busy_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody's place in a line as stored. `words` is sealed: topic and line.

    The order is by `band` and `number`: those already helped in these office hours are in the band behind. `taken_by`
    is who is with them now, `served_by` who was last; `calls` counts how often they were called.
    """

    id: str
    scholar_ref: str
    office_id: str
    program_id: str
    scholar_id: str
    status: str
    band: int
    number: int
    misses: int
    calls: int
    version: int
    is_told_next: bool
    words: bytes
    joined_at: int
    taken_by: str | None
    served_by: str | None
    taken_at: int | None

    @property
    def is_waiting(self) -> bool:
        """Whether they stand in the line."""
        return self.status == EntryStatus.WAITING

    @property
    def is_taken(self) -> bool:
        """Whether somebody is with them."""
        return self.status in TAKEN

    @property
    def is_open(self) -> bool:
        """Whether they stand in the line, or are with somebody."""
        return self.is_waiting or self.is_taken

    @property
    def is_with_peer(self) -> bool:
        """Whether a fellow scholar helps them."""
        return self.status == EntryStatus.WITH_PEER


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A suggestion that a peer helps, as stored; `expires_at` is when whoever is asked has taken too long."""

    id: str
    program_id: str
    office_id: str
    entry_id: str
    helper_id: str
    peer_id: str
    peer_ref: str
    status: str
    expires_at: int

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to answer."""
        return self.status in OPEN_TRANSFERS


class LineClosed(DomainError):
    """This line has closed. Type /officehours to see what is open, or book a session with /support book."""


class NotOpenYet(DomainError):
    """This line is not open yet. Type /officehours to see when it opens."""


class AlreadyInLine(DomainError):
    """You are in line already. Type /officehours to see your place, or to leave it first."""


class HelpingSomebody(DomainError):
    """You are helping somebody just now. Please finish there first, then join the line."""


class NobodyToMeet(DomainError):
    """Nobody in this line can take you this time. A session can be booked with /support book."""


class NotInLine(DomainError):
    """You are not in line. Type /officehours to see what is open."""


class LineMoved(DomainError):
    """The line has moved meanwhile. Press Refresh to see how it stands."""


class NobodyBehind(DomainError):
    """Nobody waits behind you, so you keep your place."""


class WithSomebody(DomainError):
    """You are with somebody still. Press Done first, then take the next one."""


class NobodyWaits(DomainError):
    """Nobody waits whom you can take just now."""


class NotHelping(DomainError):
    """You do not help in this line. Type /officehours to see what is open."""


class HelpingAlready(DomainError):
    """You have office hours then already. Close those first, or choose another time."""


class TimeTaken(DomainError):
    """You have something else then. Please choose another time."""


class DayShut(DomainError):
    """You are not there on that day. Please choose another one."""


class NotOfferedNow(DomainError):
    """The program does not offer office hours just now. Whoever sets its rules can say when it does again."""


class InvalidOfficeHours(DomainError):
    """These office hours cannot be held. Please look at the times again."""


class TopicNotCovered(DomainError):
    """That topic is not covered in these office hours. Please choose another one."""


class NoSuchPeer(DomainError):
    """This person cannot be asked just now. Please choose somebody else."""


class AskedAlready(DomainError):
    """Somebody is being asked about this already. Press Refresh to see what became of it."""


class TooLateToHelp(DomainError):
    """Thank you! This has been settled meanwhile, so nothing more is needed."""


class BusyNow(DomainError):
    """You are in line or with somebody yourself just now. Please finish there first."""


def check_times(starts: int, ends: int, minutes: int, *, now: int, longest_hours: int = LONGEST_HOURS) -> None:
    """Raises `InvalidOfficeHours`, at field "start" or "end", for times at which nobody could be helped.

    longest_hours: how long the program lets them be.
    """
    if starts < now:
        raise InvalidOfficeHours(
            "That beginning has passed. Please choose a later one, or open office hours now.", field="start"
        )
    if ends <= starts:
        raise InvalidOfficeHours("Please choose an end that lies after the beginning.", field="end")
    if ends - starts < minutes * MINUTE_SECONDS:
        raise InvalidOfficeHours(f"That is shorter than the {minutes} minutes for one person.", field="end")
    if ends - starts > longest_hours * 60 * MINUTE_SECONDS:
        most = duration_text(longest_hours * 60)
        raise InvalidOfficeHours(f"Office hours take {most} at most. Please check the end.", field="end")
    if starts - now > AHEAD_MAX_DAYS * 24 * 60 * MINUTE_SECONDS:
        raise InvalidOfficeHours(f"Please plan at most {AHEAD_MAX_DAYS} days ahead.", field="start")


def own_ref(id_: str, person_id: str) -> str:
    """By what one person knows a thing of several: two such references tell nobody that they mean the same.

    A hash of the thing's id, which has 128 bits and never leaves the house.
    """
    return hashlib.sha256(f"{len(id_)}:{id_}{person_id}".encode()).hexdigest()[:_REF_LENGTH]


def known_topics(values: Iterable[str]) -> tuple[HelpTopic, ...]:
    """Topics as stored, in the order of the list; one that has since left it is left out."""
    stored = set(values)
    return tuple(topic for topic in HelpTopic if topic.value in stored)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Those who wait, the first in line first."""
    return sorted((each for each in entries if each.is_waiting), key=lambda each: (each.band, each.number))


def place_in(line: Sequence[Entry], entry_id: str) -> int:
    """The place of somebody who waits, 1 for the first. Raises `NotFound` for somebody who does not."""
    for place, each in enumerate(line, 1):
        if each.id == entry_id:
            return place
    raise NotFound


def expected_wait(ahead: int, minutes: int, *, free_in: Sequence[int], mine: Collection[int]) -> int:
    """Minutes until somebody's turn, if everybody ahead takes their full time: an estimate that does not flatter.

    `free_in` says of each helper in how many minutes they are free; `mine` are the indexes of those who may take this
    person, at least one. Whoever is ahead goes to the helper who is free first.
    """
    free = list(free_in)
    for _ in range(ahead):
        soonest = min(range(len(free)), key=free.__getitem__)
        free[soonest] += minutes
    return min(free[index] for index in mine)


def free_in(minutes: int, taken_at: int | None, now: int) -> int:
    """Minutes until a helper is free who has been with somebody since an instant (epoch seconds), or is with nobody."""
    if taken_at is None:
        return 0
    return max(minutes - (now - taken_at) // MINUTE_SECONDS, OVERRUN_MINUTES)
