"""Says that a time has gone, together with the next ones that are free."""

from collections.abc import Sequence

from domain.booking import Booked, SlotTaken
from domain.errors import DomainError
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered, Refusal
from domain.times import instant_of, next_labels, zone
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
    scholar: Person,
    zone_name: str,
    moving: Booked | None = None,
    is_scholar: bool = True,
) -> TimeGone:
    """The refusal at field "start", in this zone's time; `moving` is a booking that makes room for itself.

    Nobody but the scholar hears that it is the scholar who has another session then: that may be with somebody else.
    """
    free = next_times(
        desk,
        kind=kind,
        staff=staff,
        scholar=scholar,
        count=SUGGESTIONS + 1,
        without=moving.id if moving else None,
    )
    others = [start for start in free if moving is None or start != moving.starts_at][:SUGGESTIONS]
    labels = next_labels(map(instant_of, others), zone(zone_name))
    if isinstance(refusal, NotOffered) and refusal.reason is Refusal.SCHOLAR_BUSY and not is_scholar:
        refusal = SlotTaken()
    return TimeGone(f"{refusal.message} Next free: {labels}." if labels else refusal.message, field="start")
