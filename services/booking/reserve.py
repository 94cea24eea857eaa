"""The heart of booking: in the caller's transaction, check every rule, then write booking, cells and messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from domain.amounts import sessions_text
from domain.booking import Booked, BookingStatus, Change, TooManyOpen
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered, Refusal, StaffTime, why_not
from domain.slots.left_out import left_out_at
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.holds.deliveries import enqueue_kept
from services.hours.aside import hold_as_read, hold_hours
from services.hours.limits import limits_on
from services.offers.availability import Availability, availability, read_since
from services.offers.choosing import chosen_of
from services.session_news.deliveries import enqueue_for
from services.sessions.topic import Topic, seal_topic
from storage.confidential import booking_queries, cell_queries, waiting_queries
from storage.confidential.cell_queries import CellTaken

_REFUSALS = tuple(Refusal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How a time is taken that is no session yet: HELD or REQUESTED, until an instant in epoch seconds.

    `by_id` is who does it. With `is_silent` no message of its own tells of it.
    """

    status: BookingStatus
    until: int
    by_id: str
    is_silent: bool = False


def reserve(
    connection: Connection,
    desk: SupportDesk,
    *,
    scholar: Person,
    staff: Sequence[Person],
    kind: SessionKind,
    start: int,
    topic: Topic,
    now: datetime,
    waived: Collection[Refusal] = (),
    series_id: str | None = None,
    keep: Keep | None = None,
    is_replacing: bool = False,
) -> Booked:
    """Book the start (epoch seconds) with one of these staff who is free then, or only keep it; `choosing` says which.

    `waived` is as in `why_not`, for a time that they offered. Of a series the caller writes the messages.
    `is_replacing` is for one that takes the place of another, so that it is not one more ahead. The caller holds the
    scholar's lock, so that their number of open sessions stays what is counted here. Raises `NotOffered` with the
    reason, `TooManyOpen`, or `CellTaken` when a rival commits the same cells first.
    """
    first, last = kind.busy(start)
    lock_capacity(desk, connection, scholar.program_id, kind)
    if len(staff) == 1:
        hold_hours(desk, connection, staff[0].id)
    found = availability(desk, connection, kind, staff=staff, scholar=scholar, first=first, last=last)
    if not is_replacing:
        _check_open(found, kind, now)
    staff_id = chosen_of(found, _free(found, kind, start, now, waived), kind, desk.rules.of(scholar))
    chosen = next(person for person in staff if person.id == staff_id)
    if len(staff) > 1 and _hold_chosen(desk, connection, found, staff_id, kind, start):
        again = availability(desk, connection, kind, staff=[chosen], scholar=scholar, first=first, last=last)
        if why_not(start, again.staff[0], kind, now=now, waived=waived):
            raise CellTaken
    unsealed = replace(_new(desk, scholar, chosen, kind, start, now, keep), series_id=series_id)
    booked = replace(unsealed, topic=seal_topic(desk, connection, topic, booked=unsealed))
    _write(connection, booked, keep)
    _tell(connection, desk, booked, keep, now)
    return booked


def _write(connection: Connection, booked: Booked, keep: Keep | None) -> None:
    """Cells, booking and its first change; who has a session waits for none any more."""
    # Cells first: two rivals meet at a key there, one waits and loses. At PostgreSQL's exclusion constraint each could
    # wait for the other.
    cell_queries.occupy(connection, booked)
    booking_queries.add_booking(connection, _values(booked))
    by_id = keep.by_id if keep else booked.scholar_id
    add_change(connection, booked, Change(booked.status), by_id=by_id, reason=None)
    if keep is None:
        waiting_queries.waits_no_more(connection, booked.scholar_id, booked.kind, booked.staff_id)


def _tell(connection: Connection, desk: SupportDesk, booked: Booked, keep: Keep | None, now: datetime) -> None:
    """Enqueue its messages, but for a series, whose caller does, and for what is kept silently."""
    if keep is None and booked.series_id is None:
        enqueue_for(connection, desk.ids, booked, Change(booked.status), now=now)
    elif keep is not None and not keep.is_silent:
        enqueue_kept(connection, desk.ids, None, booked, now=now)


def _hold_chosen(
    desk: SupportDesk, connection: Connection, found: Availability, staff_id: str, kind: SessionKind, start: int
) -> bool:
    """Hold the hours of the one who was chosen among several; return whether they are to be judged once more.

    Sessions of every kind count towards a person's own limits: only behind their lock is the number what it will be.
    Raises `CellTaken` when the hours have changed since they were read.
    """
    record = found.records.get(staff_id)
    hold_as_read(desk, connection, staff_id, record, since=read_since(kind.busy(start)[0]))
    return limits_on(kind, record).is_set and not desk.store.is_sqlite


def lock_capacity(desk: SupportDesk, connection: Connection, program_id: str, kind: SessionKind) -> None:
    """Where days, weeks and months can be full, let nobody else count them until this transaction ends.

    Cells keep two sessions apart, but not one too many on the same day. Taken after a person's or session's own lock
    and before that of anybody's hours, so that no two wait for each other. Who has just freed a time may ask for both:
    until they commit, its cells look taken, so that nobody waits for them.
    """
    if kind.is_capped:
        desk.store.lock(connection, f"capacity {program_id} {kind.key}")


def add_change(connection: Connection, booked: Booked, change: Change, *, by_id: str, reason: bytes | None) -> None:
    """Append what happened to the booking's life; the reason is sealed."""
    values = {
        "booking_id": booked.id,
        "version": booked.version,
        "program_id": booked.program_id,
        "what": change.value,
        "by_id": by_id,
        "at": booked.changed_at,
        "starts_at": booked.starts_at,
        "reason": reason,
    }
    booking_queries.add_change(connection, values)


def open_ahead(found: Availability, kind: SessionKind, now: datetime) -> int:
    """How many of a kind the scholar has ahead, what is kept for them and what they asked for included."""
    current = epoch_seconds(now)
    return sum(each.kind == kind.key and each.starts_at > current for each in found.own)


def _check_open(found: Availability, kind: SessionKind, now: datetime) -> None:
    ahead = open_ahead(found, kind, now)
    if ahead >= kind.open_per_scholar:
        raise TooManyOpen(
            f"You have {sessions_text(ahead)} of this kind ahead, as many as can be booked at once. "
            "Please cancel one with /support list, or book again after the next one.",
            field="start",
        )


def _free(
    found: Availability, kind: SessionKind, start: int, now: datetime, waived: Collection[Refusal]
) -> list[StaffTime]:
    against = {
        one.id: why_not(
            start, one, kind, now=now, scholar_busy=found.scholar_busy, withheld=found.withheld, waived=waived
        )
        for one in found.staff
    }
    free = [one for one in found.staff if against[one.id] is None]
    if not free:
        reasons = [reason for reason in against.values() if reason is not None]
        # With several people the reason that came closest to a session tells most: taken rather than not at work.
        reason = max(reasons, key=_REFUSALS.index, default=Refusal.OUTSIDE_HOURS)
        phase = next((named for one in found.staff if (named := left_out_at(start, one, kind))), "")
        raise NotOffered(reason, kind, phase=phase)
    return free


def _new(
    desk: SupportDesk,
    scholar: Person,
    staff: Person,
    kind: SessionKind,
    start: int,
    now: datetime,
    keep: Keep | None,
) -> Booked:
    starts_at, ends_at = kind.session(start)
    busy_from, busy_to = kind.busy(start)
    return Booked(
        id=desk.ids.new(),
        scholar_ref=desk.ids.new(),
        staff_ref=desk.ids.new(),
        program_id=scholar.program_id,
        scholar_id=scholar.id,
        staff_id=staff.id,
        kind=kind.key,
        status=keep.status if keep else BookingStatus.BOOKED,
        starts_at=starts_at,
        ends_at=ends_at,
        busy_from=busy_from,
        busy_to=busy_to,
        version=1,
        sequence=0,
        topic=b"",
        created_at=epoch_seconds(now),
        changed_at=epoch_seconds(now),
        roster_version=min(scholar.roster_version, staff.roster_version),  # the older of what both were judged by
        held_until=keep.until if keep else None,
    )


def _values(booked: Booked) -> dict[str, object]:
    return {name: getattr(booked, name) for name in Booked.__dataclass_fields__}
