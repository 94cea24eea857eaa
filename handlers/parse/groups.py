"""From the forms and buttons of group sessions to the commands of their services; everything here may be hostile."""

import re

from domain.booking import REASON_MAX, check_length
from domain.cells import CELL_MINUTES
from domain.errors import DomainError
from domain.groups import ABOUT_MAX, SEATS_MAX, SEATS_MIN, TITLE_MAX, BadSeats
from domain.kinds import LENGTH_MAX_MINUTES
from domain.places import Place, parse_place
from handlers.ids import Field
from handlers.parse.booking import UnreadableForm, state_of
from handlers.parse.faults import Faults
from handlers.parse.hours import PLACE_MAX, place_text
from handlers.parse.moments import moment
from handlers.parse.refs import known_id, session_ref
from handlers.parse.state import State
from handlers.request import Request
from services.groups.commands import CancelGroup, ChangeSeats, EditGroup, MoveGroup, SetUpGroup

_NUMBER = re.compile(r"[0-9]{1,3}", re.ASCII)


def set_up_group(request: Request) -> SetUpGroup:
    """The form for a new session. Raises `Faulty` with everything that cannot be read, each at its field."""
    state, faults = State(request.envelope.view), Faults()
    title = faults.read(lambda: _title(state), otherwise="")
    about = faults.read(lambda: _about(state), otherwise="")
    starts = faults.read(lambda: moment(state, Field.START), otherwise=None)
    seats = faults.read(lambda: _seats(state), otherwise=SEATS_MIN)
    place = faults.read(lambda: _place(state), otherwise=None)
    faults.end()
    if starts is None:
        raise UnreadableForm
    return SetUpGroup(
        request_key=request.envelope.once_key(),
        title=title,
        about=about,
        starts=starts,
        minutes=_minutes(state),
        seats=seats,
        place=place,
        cohost=_cohost(state),
    )


def move_group(request: Request) -> MoveGroup:
    """The form for another time."""
    ref, version = session_ref(state_of(request))
    state = State(request.envelope.view)
    return MoveGroup(
        request_key=request.envelope.once_key(),
        ref=ref,
        version=version,
        starts=moment(state, Field.START),
        reason=_reason(state),
    )


def cancel_group(request: Request) -> CancelGroup:
    """The form that asks why."""
    ref, version = session_ref(state_of(request))
    reason = _reason(State(request.envelope.view))
    return CancelGroup(request_key=request.envelope.once_key(), ref=ref, version=version, reason=reason)


def edit_group(request: Request) -> EditGroup:
    """The form for what was said at setup, but for start and seats. Raises `Faulty` as `set_up_group` does."""
    ref, version = session_ref(state_of(request))
    state, faults = State(request.envelope.view), Faults()
    title = faults.read(lambda: _title(state), otherwise="")
    about = faults.read(lambda: _about(state), otherwise="")
    place = faults.read(lambda: _place(state), otherwise=None)
    faults.end()
    return EditGroup(
        request_key=request.envelope.once_key(),
        ref=ref,
        version=version,
        title=title,
        about=about,
        minutes=_minutes(state),
        place=place,
        cohost=_cohost(state),
    )


def change_seats(request: Request) -> ChangeSeats:
    """The form for another number of seats."""
    ref, version = session_ref(state_of(request))
    seats = _seats(State(request.envelope.view))
    return ChangeSeats(request_key=request.envelope.once_key(), ref=ref, version=version, seats=seats)


def _title(state: State) -> str:
    title = check_length(state.text(Field.TITLE), TITLE_MAX, field=Field.TITLE)
    if not title:
        raise DomainError("Please give it a name.", field=Field.TITLE)
    return title


def _about(state: State) -> str:
    return check_length(state.text(Field.ABOUT), ABOUT_MAX, field=Field.ABOUT)


def _cohost(state: State) -> str | None:
    chosen = state.user(Field.COHOST)
    return None if chosen is None else known_id(chosen, field=Field.COHOST)


def _seats(state: State) -> int:
    typed = state.text(Field.SEATS).strip()
    if not _NUMBER.fullmatch(typed) or not SEATS_MIN <= int(typed) <= SEATS_MAX:
        raise BadSeats(field=Field.SEATS)
    return int(typed)


def _minutes(state: State) -> int:
    """The chosen length; a menu of ours has no other values."""
    chosen = state.choice(Field.LENGTH) or ""
    if not _NUMBER.fullmatch(chosen) or not CELL_MINUTES <= int(chosen) <= LENGTH_MAX_MINUTES:
        raise UnreadableForm
    if int(chosen) % CELL_MINUTES:
        raise UnreadableForm
    return int(chosen)


def _place(state: State) -> Place | None:
    detail = check_length(state.text(Field.PLACE), PLACE_MAX, field=Field.PLACE)
    if not detail:
        return None
    place = parse_place(detail, field=Field.PLACE)
    # As the form shows it again, with its kind in front, it has to fit too.
    check_length(place_text(place), PLACE_MAX, field=Field.PLACE)
    return place


def _reason(state: State) -> str:
    return check_length(state.text(Field.REASON), REASON_MAX, field=Field.REASON)
