"""Program events: what one is, what may be planned, and when what can be done about it. Nothing about support."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.audience import Audience
from domain.errors import DomainError, Faulty
from domain.markup import is_link, sent_length

TITLE_MAX = 150
TEXT_MAX = 2000
"""Characters; as it is sent to Slack, the longest of them fits into a paragraph of 3,000."""
SENT_MAX = 2900
PLACE_MAX = 200
LINK_MAX = 500
REASON_MAX = 300
SEATS_MAX = 10_000
LENGTH_MAX = timedelta(hours=12)
"""Longer than that it is two events; the form reads an end without a date by it."""
AHEAD_MAX = timedelta(days=366)
PRESS_FROM = timedelta(minutes=15)
"""So long before the start people can say that they are there."""
PRESS_UNTIL = timedelta(hours=4)
"""And so long after the end."""
TALKS_MAX = 50
TALK_MINUTES_MAX = 60


class EventKind(StrEnum):
    """What sort of event it is. Values are stored."""

    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    SOCIAL = "social"
    NETWORKING = "networking"
    TALKS = "talks"
    OTHER = "other"


class Attending(StrEnum):
    """How somebody attends."""

    ROOM = "room"
    REMOTE = "remote"


class EventFormat(StrEnum):
    """How an event can be attended."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    HYBRID = "hybrid"

    @property
    def ways(self) -> tuple[Attending, ...]:
        """The ways there are, the room first."""
        return _WAYS[self]


_WAYS = {
    EventFormat.IN_PERSON: (Attending.ROOM,),
    EventFormat.REMOTE: (Attending.REMOTE,),
    EventFormat.HYBRID: (Attending.ROOM, Attending.REMOTE),
}


class Status(StrEnum):
    """Where an event stands."""

    PLANNED = "planned"
    CALLED_OFF = "called_off"


class InvalidEvent(DomainError):
    """Something about this event does not fit. Please look at the fields that say so."""


class PastEvent(DomainError):
    """That time has passed. Did you mean another day? Please choose a time that is still ahead."""


class EventChanged(DomainError):
    """Somebody else has changed this event meanwhile. Please open /events again and look at it."""


class EventOff(DomainError):
    """This event has been called off, so there is nothing to answer any more."""


class EventBegun(DomainError):
    """This event has begun or is over, so this cannot be changed any more."""


class AudienceOfStaff(DomainError):
    """Whom an event is for only staff change; nothing is saved. Please open it again, and leave that as it is."""


class SeatsBelowYes(DomainError):
    """There cannot be fewer seats than people who have said yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlan:
    """What staff or a host decide. Raises `InvalidEvent` at the field at fault, or `Faulty` for several; none is cut.

    Instants are aware UTC. Seats are None where there is no limit; a format without a way has no seats of it.
    `closes` is until when people can say yes, None for the start. Talks: so many `talk_slots` of `talk_minutes` each,
    0 for an event without.
    """

    kind: EventKind
    title: str
    format: EventFormat
    host_id: str
    starts: datetime
    ends: datetime
    audience: Audience
    text: str = ""
    site: str = ""
    place: str = ""
    link: str = ""
    room_seats: int | None = None
    remote_seats: int | None = None
    has_waitlist: bool = True
    closes: datetime | None = None
    talk_slots: int = 0
    talk_minutes: int = 0

    def __post_init__(self) -> None:
        found = [*_wrong_words(self), *_wrong_times(self), *_wrong_seats(self), *_wrong_talks(self)]
        if len(found) > 1:
            raise Faulty(found)
        if found:
            raise found[0]

    def check(self, now: datetime) -> None:
        """Raises `PastEvent` or `InvalidEvent` for what cannot take place any more, or lies too far ahead."""
        if self.ends <= now:
            raise PastEvent(field="start")
        if self.starts - now > AHEAD_MAX:
            raise InvalidEvent("Please choose a day within a year from now.", field="start.day")

    def seats(self, way: Attending) -> int | None:
        """How many there are of a way; None for no limit."""
        return self.room_seats if way is Attending.ROOM else self.remote_seats

    @property
    def closes_at(self) -> datetime:
        """Until when people can say yes."""
        return self.closes or self.starts


BAD_SEATS = f"Please write a number of seats from 1 to {SEATS_MAX:,}, or leave it empty for no limit."
_LENGTHS: Mapping[str, int] = {"title": TITLE_MAX, "text": TEXT_MAX, "place": PLACE_MAX, "link": LINK_MAX}


def _wrong_words(plan: EventPlan) -> Iterator[InvalidEvent]:
    if not plan.title:
        yield InvalidEvent("Please give it a title.", field="title")
    for name, most in _LENGTHS.items():
        over = len(getattr(plan, name)) - most
        if over > 0:
            yield InvalidEvent(f"Please shorten this by {over}: {most} characters fit here.", field=name)
    if sent_length(plan.text) > SENT_MAX:
        yield InvalidEvent("With so many links, or signs &, < and >, this is too long for Slack.", field="text")
    if Attending.ROOM in plan.format.ways and not plan.place:
        yield InvalidEvent("Please say where it is.", field="place")
    if plan.link and not is_link(plan.link):
        yield InvalidEvent("Please paste a whole link, like https://meet.example.org/room.", field="link")


def _wrong_times(plan: EventPlan) -> Iterator[InvalidEvent]:
    if plan.ends <= plan.starts:
        yield InvalidEvent("It has to end after it begins, within 12 hours. Please choose another end.", field="end")
    if plan.ends - plan.starts > LENGTH_MAX:
        yield InvalidEvent("An event takes 12 hours at most. Please plan a longer one as several.", field="end")
    if plan.closes is not None and plan.closes > plan.starts:
        yield InvalidEvent("Answers have to close before it begins. Please choose an earlier time.", field="closes")


def _wrong_seats(plan: EventPlan) -> Iterator[InvalidEvent]:
    for name in ("room_seats", "remote_seats"):
        seats = getattr(plan, name)
        if seats is not None and not 1 <= seats <= SEATS_MAX:
            yield InvalidEvent(BAD_SEATS, field=name)


def _wrong_talks(plan: EventPlan) -> Iterator[InvalidEvent]:
    if not 0 <= plan.talk_slots <= TALKS_MAX:
        yield InvalidEvent(f"Please choose from 1 to {TALKS_MAX} talks, or leave it empty.", field="talk_slots")
    elif plan.talk_slots and not 1 <= plan.talk_minutes <= TALK_MINUTES_MAX:
        yield InvalidEvent(f"Please choose from 1 to {TALK_MINUTES_MAX} minutes for a talk.", field="talk_minutes")
    elif plan.starts < plan.ends < plan.starts + timedelta(minutes=plan.talk_slots * plan.talk_minutes):
        yield InvalidEvent("So many talks take longer than the event. Please choose fewer.", field="talk_slots")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event as stored. `version` rises with every change; `time_version` with what people must hear of.

    `changed` is when it last did; `reason` is why it was called off.
    """

    id: str
    program_id: str
    by_id: str
    status: Status
    plan: EventPlan
    version: int
    time_version: int
    changed: datetime
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return self.status is Status.PLANNED

    def takes_answers(self, now: datetime) -> bool:
        """Whether anybody can say whether they come."""
        return self.is_open and now < self.plan.starts

    def takes_presses(self, now: datetime) -> bool:
        """Whether people can say that they are there."""
        return self.is_open and self.plan.starts - PRESS_FROM <= now < self.plan.ends + PRESS_UNTIL

    def check_answerable(self, now: datetime) -> None:
        """Raises `EventOff` or `EventBegun`."""
        if not self.is_open:
            raise EventOff
        if now >= self.plan.starts:
            raise EventBegun


def tells(before: EventPlan, after: EventPlan) -> bool:
    """Whether who comes or might must hear of a change: when it is, where, or how it can be attended."""
    return _where_and_when(before) != _where_and_when(after)


def _where_and_when(plan: EventPlan) -> tuple[object, ...]:
    return (plan.starts, plan.ends, plan.format, plan.site, plan.place, plan.link)
