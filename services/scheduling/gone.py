"""Says that a time has gone, together with the next ones that are free."""

from collections.abc import Sequence

from domain.booking import Booked
from domain.errors import DomainError
from domain.kinds import SessionKind
from domain.people import Person
from domain.times import instant_of, local_label, zone
from services.desk import SupportDesk
from services.scheduling.soonest import next_times

SUGGESTIONS = 3


class TimeGone(DomainError):
    """That time has just been taken. Please choose another one."""


def time_gone(
    desk: SupportDesk,
    refusal: DomainError,
    *,
    kind: SessionKind,
    staff: Sequence[Person],
    scholar_id: str,
    zone_name: str,
    moving: Booked | None = None,
) -> TimeGone:
    """The refusal at field "start", in this zone's time; `moving` is a booking that makes room for itself."""
    free = next_times(
        desk,
        kind=kind,
        staff=staff,
        scholar_id=scholar_id,
        count=SUGGESTIONS + 1,
        without=moving.id if moving else None,
    )
    others = [start for start in free if moving is None or start != moving.starts_at][:SUGGESTIONS]
    labels = "; ".join(local_label(instant_of(start), zone(zone_name)) for start in others)
    return TimeGone(f"{refusal.message} Next free: {labels}." if labels else refusal.message, field="start")
