"""The days of an offer, each made when somebody looks at it: of weeks of times a form shows one day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from services.offers.facts import OfferedStart


class Days(Mapping[str, tuple[OfferedStart, ...]]):
    """Offered starts by ISO date, in order. Equal to any mapping of the same."""

    def __init__(self, starts: Mapping[date, tuple[int, ...]], make: Callable[[int], OfferedStart]) -> None:
        self._starts = {day.isoformat(): on_day for day, on_day in starts.items()}
        self._make = make
        self._made: dict[str, tuple[OfferedStart, ...]] = {}

    def __getitem__(self, day: str) -> tuple[OfferedStart, ...]:
        """The starts of a day."""
        if day not in self._made:
            self._made[day] = tuple(map(self._make, self._starts[day]))
        return self._made[day]

    def __contains__(self, day: object) -> bool:
        """Whether anything is offered then."""
        return day in self._starts

    def __iter__(self) -> Iterator[str]:
        """The days, soonest first."""
        return iter(self._starts)

    def __len__(self) -> int:
        """How many days there are."""
        return len(self._starts)

    def __repr__(self) -> str:
        """All of it, for tests."""
        return repr(dict(self))
