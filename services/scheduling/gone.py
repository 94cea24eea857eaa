"""Says that a time has gone, together with the next ones that are free."""

from collections.abc import Sequence
from functools import partial

from domain.booking import Booked, SlotTaken
from domain.errors import DomainError
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered, Refusal
from domain.times import instant_of, next_labels, zone
from services.desk import SupportDesk
from services.scheduling.soonest import next_times

SUGGESTIONS = 3
NEXT = "Next free"
EARLIER = "Free before that"


class TimeGone(DomainError):
    """That time has just been taken. Please choose another one."""


def time_gone(
    desk: SupportDesk,
    refusal: DomainError,
    *,
    wanted: int,
    kind: SessionKind,
    staff: Sequence[Person],
    scholar: Person,
    zone_name: str,
    moving: Booked | None = None,
    is_scholar: bool = True,
) -> TimeGone:
    """The refusal at field "start", in this zone's time; `moving` is a booking that makes room for itself.

    Free times from the wanted one on (epoch seconds), or earlier ones where none follow. Nobody but the scholar hears
    that it is the scholar who has another session then: that may be with somebody else.
    """
    look = partial(_free, desk, kind=kind, staff=staff, scholar=scholar, moving=moving)
    later = look(after=wanted)
    which = NEXT if later else EARLIER
    labels = next_labels(map(instant_of, later or look(after=None)), zone(zone_name))
    if isinstance(refusal, NotOffered) and refusal.reason is Refusal.SCHOLAR_BUSY and not is_scholar:
        refusal = SlotTaken()
    return TimeGone(f"{refusal.message} {which}: {labels}." if labels else refusal.message, field="start")


def _free(
    desk: SupportDesk,
    *,
    kind: SessionKind,
    staff: Sequence[Person],
    scholar: Person,
    moving: Booked | None,
    after: int | None,
) -> Sequence[int]:
    free = next_times(
        desk,
        kind=kind,
        staff=staff,
        scholar=scholar,
        count=SUGGESTIONS + 1,
        after=after,
        without=moving.id if moving else None,
    )
    return [start for start in free if moving is None or start != moving.starts_at][:SUGGESTIONS]
