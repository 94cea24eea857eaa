"""The one statement behind every offer and booking: what is taken, who carries how much, what the scholar has had."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, bindparam, cast, func, literal, select, union_all

from domain.handover import HandoverStatus
from domain.intervals import Interval
from domain.kinds import GROUP
from domain.office_hours import OFFICE_HOURS
from storage.confidential.booking_rows import OPEN, REACH_SECONDS, booking, occupying
from storage.confidential.feeds import OutsideBusy
from storage.confidential.group_sessions import GroupPart
from storage.confidential.handovers import Handover
from storage.confidential.office_hours import OfficeHelper
from storage.engine import table_of
from storage.prepared import Prepared


class Busy(NamedTuple):
    """A stretch that is taken: of the staff member with buffers, of the scholar without. Epoch seconds, half-open.

    Of a group session there is one for each person in it, as `staff_id` whoever it is, and the session is `booking_id`.
    Of office hours there is one for each who helps, and the sitting is `booking_id`.
    `status` is that of a booking.
    """

    booking_id: str
    staff_id: str
    scholar_id: str
    kind: str
    starts_at: int
    ends_at: int
    busy_from: int
    busy_to: int
    status: str


class Successor(NamedTuple):
    """Who takes over the scholar from whom in a role, and from which instant on (epoch seconds)."""

    role: str
    from_id: str
    to_id: str
    from_at: int


class Taken(NamedTuple):
    """What is taken in a stretch of time, and what decides who comes next.

    busy: of the staff members and the scholar. load: seconds of sessions by staff member, from an instant on. own: all
    that the scholar ever booked or is kept for them, of any kind and with anybody, whenever it was.
    successors: whoever took the scholar over or is to. outside: what the staff members' own calendars take, by whom.
    """

    busy: list[Busy]
    load: dict[str, int]
    own: list[Busy]
    successors: list[Successor]
    outside: dict[str, list[Interval]]


_part, _handover, _helper = table_of(GroupPart), table_of(Handover), table_of(OfficeHelper)
_outside = table_of(OutsideBusy)
_BUSY, _LOAD, _OWN, _SUCCESSOR, _OUTSIDE = "busy", "load", "own", "successor", "outside"
_NONE = literal("")
_when = (booking.c.starts_at, booking.c.ends_at, booking.c.busy_from, booking.c.busy_to)
_who = (booking.c.id, booking.c.staff_id, booking.c.scholar_id, booking.c.kind)
_taken = select(literal(_BUSY), *_who, *_when, booking.c.status).where(
    occupying,
    booking.c.busy_to > bindparam("first"),
    booking.c.busy_from < bindparam("last"),
    # Implied by the two before; said so that an index finds these few however many sessions there ever were.
    booking.c.starts_at > bindparam("earliest"),
    booking.c.starts_at < bindparam("latest"),
)
_is_of_staff = booking.c.staff_id.in_(bindparam("staff_ids", expanding=True))
_is_theirs_as_scholar = booking.c.scholar_id.in_(bindparam("staff_ids", expanding=True))
_is_own = booking.c.scholar_id == bindparam("scholar_id")
_is_taken_by_them = booking.c.staff_id == bindparam("scholar_id")
_is_part_of_staff = _part.c.person_id.in_(bindparam("staff_ids", expanding=True))
_by_groups = select(
    literal(_BUSY),
    _part.c.group_id,
    _part.c.person_id,
    _NONE,
    literal(GROUP),
    *(_part.c[each.name] for each in _when),
    _part.c.status,
).where(
    _part.c.status == OPEN,
    _part.c.busy_to > bindparam("first"),
    _part.c.busy_from < bindparam("last"),
    _part.c.starts_at > bindparam("earliest"),
    _part.c.starts_at < bindparam("latest"),
)
"""Parts in group sessions, whoever's they are: `staff_id` is the person, and their busy time is what counts."""
_is_helped_by_staff = _helper.c.helper_id.in_(bindparam("staff_ids", expanding=True))
_by_office_hours = select(
    literal(_BUSY),
    _helper.c.office_id,
    _helper.c.helper_id,
    _NONE,
    literal(OFFICE_HOURS),
    *(_helper.c[name] for name in ("busy_from", "busy_to") * 2),
    literal(OPEN),
).where(
    _helper.c.busy_to > bindparam("first"),
    _helper.c.busy_from < bindparam("last"),
    _helper.c.busy_from < _helper.c.busy_to,
)
"""Office hours, planned or open, of those who help in them."""
_seconds = cast(func.sum(booking.c.ends_at - booking.c.starts_at), BigInteger)
_zero = literal(0)
_load = (
    select(literal(_LOAD), _NONE, booking.c.staff_id, _NONE, _NONE, _seconds, _zero, _zero, _zero, _NONE)
    .where(_is_of_staff, occupying, booking.c.starts_at >= bindparam("since"))
    .group_by(booking.c.staff_id)
)
_successors = select(
    literal(_SUCCESSOR),
    _handover.c.role,
    _handover.c.from_id,
    _handover.c.to_id,
    _NONE,
    _handover.c.from_at,
    _zero,
    _zero,
    _zero,
    _NONE,
).where(_handover.c.scholar_id == bindparam("scholar_id"), _handover.c.status == HandoverStatus.OPEN.value)
_by_calendars = select(
    literal(_OUTSIDE),
    _NONE,
    _outside.c.staff_id,
    _NONE,
    _NONE,
    _outside.c.starts_at,
    _outside.c.ends_at,
    _zero,
    _zero,
    _NONE,
).where(
    _outside.c.staff_id.in_(bindparam("staff_ids", expanding=True)),
    _outside.c.ends_at > bindparam("first"),
    _outside.c.starts_at < bindparam("last"),
)
_found = Prepared(
    union_all(
        _taken.where(_is_of_staff),
        _taken.where(_is_theirs_as_scholar, ~_is_of_staff),
        _taken.where(_is_own, ~_is_of_staff, ~_is_theirs_as_scholar),
        _taken.where(_is_taken_by_them, ~_is_own, ~_is_of_staff, ~_is_theirs_as_scholar),
        _by_groups.where(_is_part_of_staff),
        _by_groups.where(_part.c.person_id == bindparam("scholar_id"), ~_is_part_of_staff),
        _by_office_hours.where(_is_helped_by_staff),
        _by_office_hours.where(_helper.c.helper_id == bindparam("scholar_id"), ~_is_helped_by_staff),
        _load,
        select(literal(_OWN), *_who, *_when, booking.c.status).where(_is_own, occupying),
        _successors,
        _by_calendars,
    )
)

_own_of = Prepared(
    select(*_who, *_when, booking.c.status).where(
        booking.c.scholar_id.in_(bindparam("scholar_ids", expanding=True)), occupying
    )
)


def taken(
    connection: Connection, *, staff_ids: Sequence[str], scholar_id: str, first: int, last: int, since: int
) -> Taken:
    """What is taken of these staff members and this scholar between two instants, whichever side of it they are on.

    The load counts from `since` on; what lies ahead counts, and so does what is kept. All in epoch seconds. One query.
    """
    who = {"staff_ids": list(staff_ids), "scholar_id": scholar_id, "since": since}
    when = {"first": first, "last": last, "earliest": first - REACH_SECONDS, "latest": last + REACH_SECONDS}
    found = Taken([], {}, [], [], {})
    for what, *row in _found.rows(connection, who | when):
        if what == _LOAD:
            found.load[row[1]] = int(row[4])
        elif what == _OUTSIDE:
            found.outside.setdefault(row[1], []).append((int(row[4]), int(row[5])))
        elif what == _SUCCESSOR:
            found.successors.append(Successor(role=row[0], from_id=row[1], to_id=row[2], from_at=int(row[4])))
        else:
            (found.busy if what == _BUSY else found.own).append(Busy._make(row))
    return found


def own_of(connection: Connection, scholar_ids: Sequence[str]) -> list[Busy]:
    """All that these scholars ever booked or is kept for them, as `own` of `taken` is for one. One query."""
    return [Busy._make(row) for row in _own_of.rows(connection, {"scholar_ids": list(scholar_ids)})]
