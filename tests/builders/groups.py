"""Builders of what people ask of group sessions, and of group sessions that stand; every argument has a default."""

from collections.abc import Iterable
from itertools import count

from domain.places import Place
from services.groups.commands import CancelGroup, ChangeSeats, EditGroup, MoveGroup, SetUpGroup
from services.groups.edit import edit_group
from services.groups.facts import GroupDetails, GroupOutcome
from services.groups.rules import ref_for
from services.groups.seats import take_seat, wait_in_line
from services.groups.setup import set_up_group
from tests.builders.bookings import instant
from tests.builders.people import TEAM, account_of
from tests.fixtures.desks import House

GROUP_AT = "2027-01-13T14:00Z"
"""Wednesday of the house's week, two days ahead."""
ROOM = Place(kind="room", detail="4.12")
_numbers = count(1)


def a_group_wish(
    starts: str = GROUP_AT,
    *,
    title: str = "Writing together",
    about: str = "Bring a page.",
    minutes: int = 45,
    seats: int = 3,
    place: Place | None = ROOM,
    cohost: str | None = None,
    key: str | None = None,
) -> SetUpGroup:
    """A wish to set up a group session; `cohost` is a person's id."""
    return SetUpGroup(
        request_key=_key(key),
        title=title,
        about=about,
        starts=instant(starts),
        minutes=minutes,
        seats=seats,
        place=place,
        cohost=None if cohost is None else account_of(cohost),
    )


def set_up(house: House, host: str = "cleo", wish: SetUpGroup | None = None) -> GroupDetails:
    """A group session, as its host sees it."""
    return set_up_group(house.support, house.person(host), TEAM, wish or a_group_wish()).details


def group_id(house: House) -> str:
    """The id of the only group session."""
    ((found, *_),) = house.groups()
    return found


def ref_of(house: House, person_id: str) -> str:
    """By what somebody knows the only group session."""
    return ref_for(group_id(house), person_id)


def seated(house: House, *scholars: str) -> None:
    """Let these take a seat in the only group session, in this order."""
    for each in scholars:
        take_seat(house.support, house.person(each), ref_of(house, each), request_key=_key(None))


def waiting(house: House, *scholars: str) -> None:
    """Let these wait in line, in this order."""
    for each in scholars:
        wait_in_line(house.support, house.person(each), ref_of(house, each), request_key=_key(None))


def a_group_move(ref: str, starts: str, *, version: int = 1, reason: str = "", key: str | None = None) -> MoveGroup:
    """A wish to move it."""
    return MoveGroup(request_key=_key(key), ref=ref, version=version, starts=instant(starts), reason=reason)


def a_calling_off(ref: str, *, version: int = 1, reason: str = "", key: str | None = None) -> CancelGroup:
    """A wish to cancel it."""
    return CancelGroup(request_key=_key(key), ref=ref, version=version, reason=reason)


def other_seats(ref: str, seats: int, *, version: int = 1, key: str | None = None) -> ChangeSeats:
    """A wish for another number of seats."""
    return ChangeSeats(request_key=_key(key), ref=ref, version=version, seats=seats)


def an_edit(
    ref: str,
    *,
    version: int = 1,
    title: str = "Writing together",
    about: str = "Bring a page.",
    minutes: int = 45,
    place: Place | None = ROOM,
    cohost: str | None = None,
    key: str | None = None,
) -> EditGroup:
    """A wish for other words; what is not given stays as in `a_group_wish`. `cohost` is a person's id."""
    return EditGroup(
        request_key=_key(key),
        ref=ref,
        version=version,
        title=title,
        about=about,
        minutes=minutes,
        place=place,
        cohost=None if cohost is None else account_of(cohost),
    )


def edit(house: House, host: str, wish: EditGroup) -> GroupOutcome:
    """Edit it."""
    return edit_group(house.support, house.person(host), TEAM, wish)


def news_for(messages: Iterable[tuple[str, str, str, str]], person_id: str) -> list[str]:
    """Kinds of the messages for somebody, but for reminders and files."""
    return [kind for kind, who, *_ in messages if who == person_id and kind not in ("session.reminder", "session.file")]


def a_key() -> str:
    """A once-only key of its own."""
    return _key(None)


def _key(key: str | None) -> str:
    return key or f"group-request-{next(_numbers)}"
