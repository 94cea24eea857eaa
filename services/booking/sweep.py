"""After a roster change: sessions whose people may not meet any more, or will have gone by then, are canceled.

Both are told.
"""

from collections.abc import Callable, Iterable

from domain.booking import Booked, BookingStatus
from domain.people import SUPPORT_ROLES
from domain.times import epoch_seconds
from services.booking.change import cancel_booked
from services.desk import Desk, SupportDesk
from services.feeds.reading import drop_leavers
from services.groups.sweep import sweep_groups
from services.handover.sweep import lapse_handovers
from services.holds.elsewhere import hold_elsewhere, offer_elsewhere
from services.holds.settle import settle
from services.office_hours.sweep import sweep_office_hours
from services.proposals.sweep import withdraw_orphans
from services.sessions.own import SYSTEM
from services.taking import Taking
from storage.confidential import ahead_queries, booking_queries, group_queries
from storage.program import people_queries

NOTED_AT_ONCE = 500
"""Rows in one transaction, so that nobody who books waits long."""


Told = Callable[..., object]
"""Called with the people of each session that is canceled, once it is."""


def sweep_changed_programs(desk: Desk, told: Told = lambda *_people: None) -> int:
    """Recheck the sessions of every program whose roster has changed, or not this hour yet; return how many fell.

    Every hour, because memberships end with a day of the person's own zone, and somewhere a day always ends.

    The roster's version is read before and marked after, so a change in between is swept again. A session that was
    judged by an older roster and written after the sweep of the newer one is found by the version on its row.
    """
    if desk.support_desk is None:
        return 0
    canceled = 0
    hour = f"{desk.clock.now():%Y-%m-%dT%H}"
    for program_id, version in _changed(desk, desk.support_desk, hour).items():
        canceled += sweep_program(desk, program_id, version, told)
        canceled += sweep_groups(desk, program_id, version, told)
        lapse_handovers(desk, program_id)
        sweep_office_hours(desk, program_id, told)
        withdraw_orphans(desk, program_id, told)
        drop_leavers(desk, program_id)
        with desk.program.write() as connection:
            people_queries.mark_swept(connection, program_id, version, hour)
    return canceled


def sweep_program(desk: Desk, program_id: str, version: int, told: Told = lambda *_people: None) -> int:
    """Recheck every session ahead against a roster at least this new; return how many were canceled. Safe to repeat.

    As many queries for many sessions as for few, but for those of each that is canceled.
    """
    now = epoch_seconds(desk.clock.now())
    with desk.support.store.read() as connection:
        ahead = ahead_queries.future_of_program(connection, program_id, after=now)
    if not ahead:
        return 0
    may_meet = _Pairs(desk, program_id)
    apart = [booked for booked in ahead if not may_meet(booked)]
    canceled = sum(_cancel(desk.support, booked, may_meet, told) for booked in apart)
    _note(desk.support, {booked.id for booked in ahead if booked.roster_version < version}, version)
    return canceled


def _changed(desk: Desk, support: SupportDesk, hour: str) -> dict[str, int]:
    """The version of the roster of each program that has something to recheck."""
    with support.store.read() as connection:
        now = epoch_seconds(desk.clock.now())
        oldest = ahead_queries.oldest_rosters(connection, after=now)
        for program_id, version in group_queries.oldest_rosters(connection, after=now).items():
            oldest[program_id] = min(version, oldest.get(program_id, version))
    with desk.program.read() as connection:
        behind = people_queries.newer_rosters(connection, oldest)
        return behind | dict(people_queries.unswept(connection, hour))


def _note(desk: SupportDesk, booking_ids: Iterable[str], version: int) -> None:
    ids = sorted(booking_ids)
    for first in range(0, len(ids), NOTED_AT_ONCE):
        with desk.store.write() as connection:
            ahead_queries.note_roster(connection, ids[first : first + NOTED_AT_ONCE], version)


class _Pairs:
    """Who may meet whom in a program and until when: the same as `takers` says, read at once for everybody."""

    def __init__(self, desk: Desk, program_id: str) -> None:
        self._rules = desk.rules.now(program_id)
        self._taking = Taking(desk.people, self._rules)
        roles = {kind.booked_by for kind in self._rules.kinds} | SUPPORT_ROLES
        self._people = {
            person.id: person
            for role in sorted(roles)
            for person in desk.people.holders(role)
            if person.program_id == program_id
        }
        with desk.program.read() as connection:
            self._apart = people_queries.kept_apart(connection, program_id)

    def __call__(self, booked: Booked) -> bool:
        scholar, staff = self._people.get(booked.scholar_id), self._people.get(booked.staff_id)
        if scholar is None or staff is None or (scholar.id, staff.id) in self._apart:
            return False
        kind = self._rules.kind(booked.kind)
        return booked.ends_at <= min(scholar.holds_until(kind.booked_by), self._taking.until(kind, staff))


def _cancel(desk: SupportDesk, booked: Booked, may_meet: Callable[[Booked], bool], told: Told) -> int:
    """Judged once more behind the locks: somebody may just have moved the session to where they may meet.

    The scholar is offered the same time elsewhere; what was only kept or asked for is let go.
    """
    with desk.store.write() as connection:
        desk.store.lock(connection, booked.scholar_id)
        desk.store.lock(connection, booked.id)
        current = booking_queries.booking_by_id(connection, booked.id)
        if current is None or not current.occupies or may_meet(current):
            return 0
        if current.is_kept:
            settle(desk, connection, current, BookingStatus.LAPSED, by_id=SYSTEM)
        else:
            hold_elsewhere(desk, connection, current)
            cancel_booked(desk, connection, current, by_id=SYSTEM, reason="")
            offer_elsewhere(desk, connection, current)
    told(booked.scholar_id, booked.staff_id)
    return 1
