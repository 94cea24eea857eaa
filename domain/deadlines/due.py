"""When a deadline is: one instant for everybody, the end of a day anywhere on earth, or a wall time at each site."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.times import DAY_MINUTES, TimeRepeated, TimeSkipped, resolve_local, zone

AOE_ZONE = "Etc/GMT+12"
"""UTC-12, where a day ends last: POSIX turns the sign round. What is due "anywhere on earth" is due when it ends."""
FIELD = "due"
"""Where a form says what is wrong with the time."""


class DueKind(StrEnum):
    """How the instant is found."""

    INSTANT = "instant"
    ANYWHERE = "anywhere"
    PER_SITE = "per_site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When something is due. `minute` is after local midnight of `day`; anywhere on earth it is the end of `day`.

    `zone_name` is the zone of an INSTANT, and UTC-12 of ANYWHERE; PER_SITE has none of its own. `is_second` says which
    pass is meant of a time that happens twice; None while nobody has said.
    """

    kind: DueKind
    day: date
    minute: int = DAY_MINUTES
    zone_name: str = ""
    is_second: bool | None = None

    @classmethod
    def anywhere(cls, day: date) -> "Due":
        """The end of a day anywhere on earth."""
        return cls(kind=DueKind.ANYWHERE, day=day, minute=DAY_MINUTES, zone_name=AOE_ZONE)

    def zone_of(self, site_zone: str) -> ZoneInfo:
        """The zone by whose clocks it is due for somebody whose site is in this zone."""
        return zone(site_zone if self.kind is DueKind.PER_SITE else self.zone_name)

    def check(self, site_zones: Iterable[str]) -> None:
        """Raises `TimeSkipped` or `TimeRepeated` at `FIELD` for a wall time that a zone lacks or has twice."""
        for tz in {self.zone_of(each) for each in site_zones} or {self.zone_of(self.zone_name or "UTC")}:
            try:
                resolve_local(self.day, self.minute, tz, field=FIELD)
            except TimeRepeated:
                if self.is_second is None:
                    raise

    def at(self, site_zone: str) -> datetime:
        """The UTC instant for somebody whose site is in this zone. Of a time that happens twice the one that is meant.

        A time that clocks jump over is what RFC 5545 makes of it: `check` has refused it for all who were known then.
        """
        return wall(self.day, self.minute, self.zone_of(site_zone), is_second=bool(self.is_second))


def wall(day: date, minute: int, tz: ZoneInfo, *, is_second: bool = False) -> datetime:
    """The UTC instant of a wall time, whatever clocks do: of a repeated one the first unless told."""
    try:
        return resolve_local(day, minute, tz, field=FIELD)
    except TimeRepeated as repeated:
        return repeated.choices[is_second]
    except TimeSkipped as skipped:
        return skipped.instant


def days_before(instant: datetime, days: int, tz: ZoneInfo) -> datetime:
    """The instant so many days earlier (later for a negative number) at which clocks of the zone show the same time."""
    local = instant.astimezone(tz)
    minute = local.hour * 60 + local.minute
    if days == 0:
        return instant
    return wall(local.date() - timedelta(days=days), minute, tz, is_second=bool(local.fold))
