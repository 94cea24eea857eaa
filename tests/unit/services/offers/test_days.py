"""The days of an offer are made when they are looked at, and are otherwise like any mapping."""

from datetime import date

from domain.times import instant_of
from services.offers.days import Days
from services.offers.facts import OfferedStart

FIRST, SECOND = date(2027, 1, 12), date(2027, 1, 13)
STARTS = {FIRST: (1_799_748_000, 1_799_749_800), SECOND: (1_799_834_400,)}


def made(start: int) -> OfferedStart:
    return OfferedStart(starts=instant_of(start), staff_zone="Europe/London")


def test_only_the_day_that_is_looked_at_is_made_and_once() -> None:
    asked: list[int] = []

    def make(start: int) -> OfferedStart:
        asked.append(start)
        return made(start)

    days = Days(STARTS, make)

    listed = (list(days), len(days), "2027-01-13" in days, "2027-01-14" in days)
    before = list(asked)
    looked_at = (days["2027-01-13"], days["2027-01-13"])

    assert listed == (["2027-01-12", "2027-01-13"], 2, True, False)
    assert (before, asked) == ([], [1_799_834_400])
    assert looked_at == ((made(1_799_834_400),),) * 2


def test_days_are_equal_to_any_mapping_of_the_same() -> None:
    same = {"2027-01-12": tuple(map(made, STARTS[FIRST])), "2027-01-13": tuple(map(made, STARTS[SECOND]))}

    assert (Days(STARTS, made) == same, Days({}, made) == {}, Days(STARTS, made) == {}) == (True, True, False)
