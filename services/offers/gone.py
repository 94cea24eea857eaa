"""Says that a time has gone, together with the next ones that are free."""

from collections.abc import Callable, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from domain.booking import Booked, SlotTaken
from domain.daytime import off_hours
from domain.errors import DomainError
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered, Refusal
from domain.slots.offer import any_start
from domain.times import instant_of, next_labels, zone
from services.desk import SupportDesk
from services.offers.soonest import next_times

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
    stand_ins: Sequence[Person] = (),
) -> TimeGone:
    """The refusal at field "start", in this zone's time; `moving` is a booking that makes room for itself.

    Free times from the wanted one on (epoch seconds), or earlier ones where none follow. A scholar who wanted to meet
    by day is told times by day where there are any. Nobody but the scholar hears that it is the scholar who has
    another session then: that may be with somebody else. `stand_ins` are as in `next_times`.
    """
    tz = zone(zone_name)
    look = partial(
        _free,
        desk,
        kind=kind,
        staff=staff,
        scholar=scholar,
        moving=moving,
        is_scholar=is_scholar,
        stand_ins=stand_ins,
    )
    by_day = look(after=wanted, suits=partial(_is_by_day, tz)) if is_scholar and _is_by_day(tz, wanted) else ()
    later = by_day or look(after=wanted)
    which = NEXT if later else EARLIER
    labels = next_labels(map(instant_of, later or look(after=None)), tz)
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
    is_scholar: bool,
    stand_ins: Sequence[Person],
    after: int | None,
    suits: Callable[[int], bool] = any_start,
) -> Sequence[int]:
    free = next_times(
        desk,
        kind=kind,
        staff=staff,
        scholar=scholar,
        count=SUGGESTIONS + 1,
        after=after,
        suits=suits,
        without=moving.id if moving else None,
        is_scholar=is_scholar,
        stand_ins=stand_ins,
    )
    return [start for start in free if moving is None or start != moving.starts_at][:SUGGESTIONS]


def _is_by_day(tz: ZoneInfo, start: int) -> bool:
    return off_hours(instant_of(start), tz) is None
