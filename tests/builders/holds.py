"""Builders of what kept times and waiting tell the handlers; every argument has a default."""

from datetime import timedelta

from domain.kinds import SessionKind
from services.holds.kept import KeptTime, WaitingTime
from services.holds.news import HoldNews
from services.waiting.join import WaitingFor
from tests.builders.sessions import COACHING_KIND, LONDON, TUESDAY

UNTIL = TUESDAY - timedelta(hours=20)


def some_hold_news(ref: str = "s1", *, version: int = 1) -> HoldNews:
    """What a message tells of a kept time."""
    return HoldNews(ref=ref, version=version, starts=TUESDAY, until=UNTIL, zone=LONDON)


def a_kept_time(
    ref: str = "s1",
    *,
    kind: SessionKind = COACHING_KIND,
    other_name: str = "Cleo",
    is_request: bool = False,
    is_for_scholar: bool = True,
) -> KeptTime:
    """A time that waits for an answer, in a list."""
    return KeptTime(
        ref=ref,
        version=1,
        starts=TUESDAY,
        until=UNTIL,
        zone=LONDON,
        kind=kind,
        other_name=other_name,
        is_request=is_request,
        is_for_scholar=is_for_scholar,
    )


def a_waiting_time(*, is_request: bool = False) -> WaitingTime:
    """The same on the scholar's Home tab."""
    return WaitingTime(starts=TUESDAY, until=UNTIL, zone=LONDON, is_request=is_request)


def a_wait(
    id: str = "w1",  # noqa: A002
    *,
    kind: SessionKind = COACHING_KIND,
    staff_name: str = "",
    from_day: str = "",
    until_day: str = "",
) -> WaitingFor:
    """What a scholar waits for; for anyone and any day unless told."""
    return WaitingFor(id=id, kind=kind, staff_name=staff_name, from_day=from_day, until_day=until_day)
