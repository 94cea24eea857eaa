"""Builders of what people ask of scheduling; every argument has a default, so a test names only what matters."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count

from domain.booking import Booked, BookingStatus
from domain.focus import FocusArea
from domain.kinds import COACHING
from services.booking.commands import BookSession, CancelSession, MoveSession, ProposeTimes
from services.offers.facts import Offer
from tests.builders.scheduling import at

TOMORROW_TEN = "2027-01-12T10:00Z"
"""A start that is free in the house of `tests.fixtures.desks`."""

_numbers = count(1)


def instant(text: str) -> datetime:
    """An aware instant from a text such as 2027-01-12T10:00Z."""
    return datetime.fromisoformat(text)


def a_booking(
    *,
    starts: str = TOMORROW_TEN,
    status: BookingStatus = BookingStatus.BOOKED,
    version: int = 1,
    changed: str = "2027-01-11T12:00Z",
) -> Booked:
    """A coaching session of Ada with Cleo as it is stored; each version has a sequence one lower."""
    start, stamp = at(starts), at(changed)
    return Booked(
        id="booking-1",
        scholar_ref="scholars-own",
        staff_ref="staffs-own",
        program_id="program-1",
        scholar_id="ada",
        staff_id="cleo",
        kind=COACHING,
        status=status,
        starts_at=start,
        ends_at=start + 45 * 60,
        busy_from=start,
        busy_to=start + 60 * 60,
        version=version,
        sequence=version - 1,
        topic=b"sealed",
        created_at=stamp,
        changed_at=stamp,
        roster_version=0,
    )


def a_wish(
    starts: str = TOMORROW_TEN,
    *,
    kind: str = COACHING,
    staff: str | None = "cleo",
    areas: Iterable[FocusArea] = (),
    words: str = "",
    key: str | None = None,
) -> BookSession:
    """A wish to book, with a once-only key of its own unless one is given."""
    return BookSession(
        request_key=_key(key),
        kind=kind,
        staff_id=staff,
        starts=instant(starts),
        focus_areas=tuple(areas),
        words=words,
    )


def a_move(ref: str, starts: str, *, version: int = 1, reason: str = "", key: str | None = None) -> MoveSession:
    """A wish to move a session."""
    return MoveSession(request_key=_key(key), ref=ref, version=version, starts=instant(starts), reason=reason)


def a_cancellation(ref: str, *, version: int = 1, reason: str = "", key: str | None = None) -> CancelSession:
    """A wish to cancel a session."""
    return CancelSession(request_key=_key(key), ref=ref, version=version, reason=reason)


def a_proposal(*starts: str, own: Iterable[str] = (), kind: str | None = None, key: str | None = None) -> ProposeTimes:
    """Times to offer a scholar: chosen ones, and those of one's own."""
    listed = starts or (() if own else (TOMORROW_TEN,))
    return ProposeTimes(
        request_key=_key(key), kind=kind, starts=tuple(map(instant, listed)), own=tuple(map(instant, own))
    )


def starts_in(offer: Offer) -> list[str]:
    """All the times of an offer, such as 2027-01-12T10:00Z, soonest first."""
    return [f"{each.starts:%Y-%m-%dT%H:%MZ}" for day in offer.days.values() for each in day]


def _key(key: str | None) -> str:
    return key or f"request-{next(_numbers)}"
