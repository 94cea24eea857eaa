"""Whom a deadline is for, frozen when it is set, each with when it is due for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.deadlines import DeadlineState, Due, DueKind, PastAtASite, PastDue
from domain.times import epoch_seconds
from services.audiences.resolve import Reader, Resolved, resolved_in
from services.deadlines.facts import Deadline
from services.deadlines.ladders import News
from services.desk import Desk
from storage.program import deadline_people_queries as people_queries

_NAMED = 500
"""More people than this are looked up with everybody of the program."""

_HAS_MET: dict[str, Any] = {"next_at": None, "news": ""}
"""Nothing is ahead for who has met it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Who it is for just now, each with the zone of their site; who cannot be written to is only listed."""

    found: Resolved
    zones: dict[str, str]

    def due_at(self, due: Due) -> datetime:
        """The first instant at which it is due for anybody."""
        return min(due.at(zone) for zone in {self.zone_of(each) for each in self.found.readers})

    def zone_of(self, reader: Reader) -> str:
        """The zone of somebody's site."""
        return self.zones.get(reader.person_id, reader.zone)


def meant(desk: Desk, connection: Connection, deadline: Deadline, *, author_id: str) -> Meant:
    """Who a deadline is for at this moment. Raises as `resolve` does. Four queries at most."""
    found = resolved_in(desk, connection, deadline.audience, program_id=deadline.program_id, author_id=author_id)
    return with_zones(connection, deadline.program_id, found, deadline.due)


def with_zones(connection: Connection, program_id: str, found: Resolved, due: Due) -> Meant:
    """These people with the zones of the sites they are at on the day it is due. One query."""
    ids = [each.person_id for each in found.readers]
    zones = people_queries.site_zones(connection, program_id, ids if len(ids) <= _NAMED else None, on=due.day)
    return Meant(found=found, zones=zones)


def check_due(due: Due, who: Meant, now: datetime) -> datetime:
    """When it is due first. Raises `TimeSkipped`, `TimeRepeated` or `PastDue` at field "due"."""
    due.check({who.zone_of(each) for each in who.found.readers})
    return ahead_of(now, due, who.due_at(due))


def ahead_of(now: datetime, due: Due, first: datetime) -> datetime:
    """When it is due first. Raises `PastDue` at field "due" where that has passed."""
    if first <= now:
        raise (PastAtASite if due.kind is DueKind.PER_SITE else PastDue)(field="due")
    return first


def put_in(connection: Connection, deadline: Deadline, who: Meant, readers: Sequence[Reader], *, now: datetime) -> int:
    """Write these people down, with the rungs still ahead. Returns how many are new.

    Who had met it when it was for them before has met it still, with the link they gave, and is told nothing. Who comes
    once it stands, after the last rung before it is due, is told at once: they would hear of it too late otherwise.
    """
    are_late = deadline.state is not DeadlineState.DRAFT
    zones = {who.zone_of(each) for each in readers}
    columns = {zone: _columns(deadline, zone, now, are_late=are_late) for zone in zones}
    kept = people_queries.kept_of(connection, deadline.id) if are_late else {}
    back = {each.person_id: _HAS_MET | kept[each.person_id]._asdict() for each in readers if each.person_id in kept}
    rows = [
        {"person_id": each.person_id, **columns[who.zone_of(each)], **back.get(each.person_id, {})} for each in readers
    ]
    people_queries.forget_kept(connection, deadline.id, sorted(back))
    return people_queries.add(connection, rows)


def is_told_at_once(deadline: Deadline, zone: str, now: datetime) -> bool:
    """Whether who comes once it stands hears of it at once: as all did, or as no reminder is left before."""
    due_at = deadline.due.at(zone)
    return deadline.is_told or not any(now < step.at < due_at for step in deadline.steps_for(due_at, zone))


def _columns(deadline: Deadline, zone: str, now: datetime, *, are_late: bool) -> dict[str, Any]:
    """What everybody of a zone begins with."""
    due_at, at = deadline.due.at(zone), epoch_seconds(now)
    coming = [epoch_seconds(step.at) for step in deadline.steps_for(due_at, zone) if step.at > now]
    is_told = is_told_at_once(deadline, zone, now) if are_late else deadline.is_told
    return {
        "deadline_id": deadline.id,
        "program_id": deadline.program_id,
        "zone": zone,
        "added_at": at,
        "due_at": epoch_seconds(due_at),
        "is_extended": False,
        "done_at": None,
        "done_by": "",
        "proof": "",
        "next_at": at if is_told else min(coming, default=None),
        "news": News.SET.value if is_told else "",
        "news_at": at,
        "snoozed_until": None,
        "snoozes": 0,
        "arms_from": None,
        "is_outdated": False,
    }
