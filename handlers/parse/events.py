"""From the forms and buttons of events to what their services take; everything here may be hostile."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from domain.audience import Audience
from domain.booking import check_length
from domain.errors import DomainError
from domain.events import (
    BAD_SEATS,
    LENGTH_MAX,
    LINK_MAX,
    PLACE_MAX,
    REASON_MAX,
    SEATS_MAX,
    TEXT_MAX,
    TITLE_MAX,
    AudienceOfStaff,
    EventFormat,
    EventKind,
    EventPlan,
    InvalidEvent,
)
from handlers import texts
from handlers.ids import Field
from handlers.ids.choices import NO
from handlers.parse.audience import AudienceForm, audience_form, names_an_audience
from handlers.parse.booking import state_of
from handlers.parse.faults import Faults
from handlers.parse.moments import is_empty, moment, moment_after
from handlers.parse.refs import known_id, page_ref, session_ref
from handlers.parse.state import State
from handlers.request import Request
from services.events.commands import CallOff, NoteAttendance

_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
_GROUPS = 4
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
Value = TypeVar("Value", EventKind, EventFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventForm:
    """What was filled in, but for whose the Slack accounts are that were picked; None where it cannot be read.

    `audience` is None as well in a form that has none of it to fill in.
    """

    title: str
    text: str
    kind: EventKind
    format: EventFormat
    starts: datetime | None
    ends: datetime | None
    site: str
    place: str
    link: str
    host: str
    audience: AudienceForm | None
    room_seats: int | None
    remote_seats: int | None
    has_waitlist: bool
    closes: datetime | None
    talk_slots: int
    talk_minutes: int

    @property
    def has_times(self) -> bool:
        """Whether it can be read when it is."""
        return self.starts is not None and self.ends is not None

    def plan(self, *, host_id: str, audience: Audience) -> EventPlan:
        """The plan, once it is known who they are. Raises `InvalidEvent` at the field at fault, or `Faulty`.

        What could not be read is stood in for by what raises nothing, so that the rest is looked at all the same.
        """
        has_room = self.format is not EventFormat.REMOTE
        is_online = self.format is not EventFormat.IN_PERSON
        starts, ends = self.starts or _SOME_DAY, self.ends or (self.starts or _SOME_DAY) + LENGTH_MAX
        return EventPlan(
            kind=self.kind,
            title=self.title,
            text=self.text,
            format=self.format,
            host_id=host_id,
            starts=starts,
            ends=ends,
            audience=audience,
            site=self.site,
            place=self.place if has_room else "",
            link=self.link,
            room_seats=self.room_seats if has_room else None,
            remote_seats=self.remote_seats if is_online else None,
            has_waitlist=self.has_waitlist,
            closes=self.closes if self.starts else None,
            talk_slots=self.talk_slots,
            talk_minutes=self.talk_minutes if self.talk_slots else 0,
        )


def event_form(request: Request, faults: Faults, *, has_audience: bool) -> EventForm:
    """The form for an event; what cannot be read is noted, each at its field, and left out.

    Where it has no fields of an audience, one that says for whom it is was made up, or opened by who was staff then:
    `AudienceOfStaff` is noted, whatever it says, since what is wrong about it would tell of the roster.
    """
    state = State(request.envelope.view)
    starts = faults.read(lambda: moment(state, Field.START), otherwise=None)
    ends = faults.read(lambda: _end(state, starts), otherwise=None)
    closes = faults.read(lambda: _closes(state), otherwise=None)
    audience = faults.read(lambda: audience_form(state), otherwise=None) if has_audience else None
    if not has_audience and names_an_audience(state):
        faults.note(AudienceOfStaff(field=Field.WHO))
    words = {
        field: faults.read(lambda field=field, most=most: _text(state, field, most), otherwise="")  # type: ignore[misc]
        for field, most in _LENGTHS.items()
    }
    numbers = {
        field: faults.read(lambda field=field: _number(state, field), otherwise=None)  # type: ignore[misc]
        for field in (Field.ROOM_SEATS, Field.REMOTE_SEATS, Field.TALK_SLOTS, Field.TALK_MINUTES)
    }
    return EventForm(
        title=words[Field.TITLE],
        text=words[Field.TEXT],
        kind=faults.read(lambda: _chosen(state, Field.KIND, EventKind), otherwise=EventKind.OTHER),
        format=faults.read(lambda: _chosen(state, Field.FORMAT, EventFormat), otherwise=EventFormat.REMOTE),
        starts=starts,
        ends=ends,
        site=words[Field.SITE],
        place=words[Field.PLACE],
        link=words[Field.LINK],
        host=faults.read(lambda: known_id(state.user(Field.HOST) or "", field=Field.HOST), otherwise=""),
        audience=audience,
        room_seats=numbers[Field.ROOM_SEATS],
        remote_seats=numbers[Field.REMOTE_SEATS],
        has_waitlist=state.choice(Field.WAITLIST) != NO,
        closes=closes,
        talk_slots=numbers[Field.TALK_SLOTS] or 0,
        talk_minutes=numbers[Field.TALK_MINUTES] or 0,
    )


def edited(request: Request) -> tuple[str, int] | None:
    """Of which event the form is, and the version that was seen; None for a new one. Raises `NotFound`."""
    state = state_of(request)
    return session_ref(state) if state else None


def call_off(request: Request) -> CallOff:
    """The form that asks why."""
    reason = check_length(State(request.envelope.view).text(Field.REASON), REASON_MAX, field=Field.REASON)
    return CallOff(request_key=request.envelope.once_key(), event_id=known_id(state_of(request)), reason=reason)


def weeks(request: Request) -> int:
    """For how many weeks. Raises `InvalidEvent` for what is no number."""
    typed = State(request.envelope.view).text(Field.WEEKS).strip()
    if not _NUMBER.fullmatch(typed):
        raise InvalidEvent(texts.events.NOT_A_NUMBER, field=Field.WEEKS)
    return int(typed)


def attendance(request: Request) -> tuple[NoteAttendance, int]:
    """A page of the host's list, and which one it is. Raises `NotFound` for what we cannot have written."""
    event_id, page = page_ref(state_of(request))
    state = State(request.envelope.view)
    ticked = {each for number in range(_GROUPS) for each in state.choices(f"{Field.CAME}.{number}")}
    ids = tuple(map(known_id, _boxes(request, "options")))
    wish = NoteAttendance(
        request_key=request.envelope.once_key(),
        event_id=event_id,
        listed=ids,
        shown=frozenset(_boxes(request, "initial_options")),
        came=frozenset(ticked) & frozenset(ids),
    )
    return wish, page


def talk_ref(text: str) -> tuple[str, str]:
    """An event and a speaker, written `id.person`. Raises `NotFound`."""
    event_id, _, person_id = text.partition(".")
    return known_id(event_id), known_id(person_id)


def _boxes(request: Request, which: str) -> Iterator[str]:
    """Everybody for whom the form has a box ("options"), or whose box was ticked to begin with ("initial_options")."""
    for block in (request.envelope.view or {}).get("blocks", ()):
        if str(block.get("block_id")).startswith(f"{Field.CAME}."):
            yield from (str(option["value"]) for option in block["element"].get(which, ()))


_LENGTHS = {
    Field.TITLE: TITLE_MAX,
    Field.TEXT: TEXT_MAX,
    Field.SITE: PLACE_MAX,
    Field.PLACE: PLACE_MAX,
    Field.LINK: LINK_MAX,
}


def _text(state: State, field: Field, most: int) -> str:
    return check_length(state.text(field), most, field=field)


def _end(state: State, starts: datetime | None) -> datetime | None:
    if starts is None:
        return None  # that is told at the start; an end alone is of no day
    return moment_after(state, Field.END, starts, longest=LENGTH_MAX)


def _closes(state: State) -> datetime | None:
    return None if is_empty(state, Field.CLOSES) else moment(state, Field.CLOSES)


def _number(state: State, field: Field) -> int | None:
    typed = state.text(field).strip()
    if not typed:
        return None
    is_seats = field in (Field.ROOM_SEATS, Field.REMOTE_SEATS)
    if not _NUMBER.fullmatch(typed):
        raise InvalidEvent(texts.events.NOT_A_NUMBER, field=field)
    if is_seats and not 1 <= int(typed) <= SEATS_MAX:
        raise InvalidEvent(BAD_SEATS, field=field)
    return int(typed)


def _chosen(state: State, field: Field, among: type[Value]) -> Value:
    chosen = state.choice(field)
    if chosen not in tuple(among):
        raise DomainError(texts.events.NO_SUCH_CHOICE, field=field)
    return among(chosen)
