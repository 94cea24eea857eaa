"""The table of scheduling cases, by number: hours on a day, and what they offer.

Expected UTC values were computed apart from this code, with IANA 2026f. Instants in `busy` are somebody's session.
"""

from typing import NamedTuple

from domain.hours import WeeklyHours
from domain.intervals import Interval
from tests.builders.scheduling import LOS_ANGELES, at, hours_in

KOLKATA, LONDON = "Asia/Kolkata", "Europe/London"
SPRING, FALL = "2027-03-14", "2026-11-01"
MONDAY = "2027-01-04"
TEN_TO_ELEVEN = (at("2027-01-04T18:00Z"), at("2027-01-04T19:00Z"))


class Case(NamedTuple):
    """Whose hours, on which of their days, for what kind of session (minutes), and what is free then."""

    hours: WeeklyHours
    day: str
    kind: dict[str, int]
    expected: list[str]
    busy: tuple[Interval, ...] = ()


def daily(windows: str, zone: str = LOS_ANGELES) -> WeeklyHours:
    """The same windows every day."""
    return hours_in(zone, weekly=windows)


def differing(windows: str) -> WeeklyHours:
    """Nine to five on Mondays, but for one of them."""
    return hours_in(weekly={0: "9-17"}, dates={MONDAY: windows})


CASES = {
    "T1 before the change": Case(daily("9-10"), "2027-03-12", {"length": 60}, ["2027-03-12T17:00Z"]),
    "T1 after the change": Case(daily("9-10"), "2027-03-15", {"length": 60}, ["2027-03-15T16:00Z"]),
    "T2 a gap inside": Case(daily("1-4"), SPRING, {"length": 60}, ["2027-03-14T09:00Z", "2027-03-14T10:00Z"]),
    "T3 a gap alone": Case(daily("2-3"), SPRING, {"length": 30}, []),
    "T4 a gap at the start": Case(daily("2:30-4"), SPRING, {"length": 30}, ["2027-03-14T10:00Z", "2027-03-14T10:30Z"]),
    "T6 an hour twice": Case(
        daily("0-3"),
        FALL,
        {"length": 60},
        ["2026-11-01T07:00Z", "2026-11-01T08:00Z", "2026-11-01T09:00Z", "2026-11-01T10:00Z"],
    ),
    "T7 half an hour twice": Case(
        daily("1-1:30"), FALL, {"length": 30, "step": 30}, ["2026-11-01T08:00Z", "2026-11-01T09:00Z"]
    ),
    "T10 London": Case(
        daily("0:30-3", LONDON),
        "2027-03-28",
        {"length": 30},
        ["2027-03-28T00:30Z", "2027-03-28T01:00Z", "2027-03-28T01:30Z"],
    ),
    "T17 late hours": Case(
        hours_in(weekly={4: "22-24"}),
        "2027-02-05",
        {"length": 60, "step": 30},
        ["2027-02-06T06:00Z", "2027-02-06T06:30Z", "2027-02-06T07:00Z"],
    ),
    "T18 the weekday is the coach's": Case(
        hours_in(KOLKATA, weekly={4: "9-10"}), "2027-01-15", {"length": 60}, ["2027-01-15T03:30Z"]
    ),
    "T28 room for the buffer after": Case(
        hours_in(weekly={0: "9-11:30"}),
        MONDAY,
        {"length": 30, "after": 30},
        ["2027-01-04T17:00Z", "2027-01-04T19:00Z"],
        (TEN_TO_ELEVEN,),
    ),
    "T28 the buffer before": Case(
        hours_in(weekly={0: "9-12"}),
        MONDAY,
        {"length": 30, "before": 30},
        ["2027-01-04T17:00Z", "2027-01-04T17:30Z", "2027-01-04T19:30Z"],
        (TEN_TO_ELEVEN,),
    ),
    "T31 end to end": Case(
        hours_in(weekly={0: "9-12"}),
        MONDAY,
        {"length": 60},
        ["2027-01-04T17:00Z", "2027-01-04T19:00Z"],
        (TEN_TO_ELEVEN,),
    ),
    "T32 other hours that day": Case(
        differing("10-12, 14-15"),
        MONDAY,
        {"length": 60},
        ["2027-01-04T18:00Z", "2027-01-04T19:00Z", "2027-01-04T22:00Z"],
    ),
    "T32 a day off": Case(differing("off"), MONDAY, {"length": 60}, []),
    "T33 overlapping": Case(
        differing("9-11, 10-12"),
        MONDAY,
        {"length": 60},
        ["2027-01-04T17:00Z", "2027-01-04T18:00Z", "2027-01-04T19:00Z"],
    ),
    "T33 one inside the other": Case(
        differing("9-10, 9-12"),
        MONDAY,
        {"length": 60},
        ["2027-01-04T17:00Z", "2027-01-04T18:00Z", "2027-01-04T19:00Z"],
    ),
}
