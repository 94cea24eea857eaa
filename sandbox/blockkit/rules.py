"""Rules for single values: the vocabulary in which the limits are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.blockkit.problems import Problem, must


@dataclass(frozen=True, slots=True)
class Str:
    """A string of so many code points, perhaps of a pattern or from a set."""

    most: int = 3000
    least: int = 1
    pattern: str | None = None
    one_of: tuple[str, ...] = ()

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        if not isinstance(value, str):
            yield must("must be a string", pointer, type="type", expected="string")
        elif len(value) > self.most:
            yield must(f"must be less than {self.most + 1} characters", pointer, type="max_length", expected=self.most)
        elif len(value) < self.least:
            yield must(
                f"must be more than {self.least - 1} characters", pointer, type="min_length", expected=self.least
            )
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield must("has the wrong format", pointer, type="pattern", expected=self.pattern)
        elif self.one_of and value not in self.one_of:
            yield must(f"must be one of {', '.join(self.one_of)}", pointer, type="enum", expected=list(self.one_of))


@dataclass(frozen=True, slots=True)
class Bool:
    """True or false."""

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        if not isinstance(value, bool):
            yield must("must be a boolean", pointer, type="type", expected="boolean")


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number in a range."""

    least: int
    most: int

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield must("must be an integer", pointer, type="type", expected="integer")
        elif not self.least <= value <= self.most:
            yield must(
                f"must be from {self.least} to {self.most}", pointer, type="range", expected=[self.least, self.most]
            )


@dataclass(frozen=True, slots=True)
class Kind:
    """The `type` of a thing, from those that may stand in its place."""

    names: tuple[str, ...]

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        if value not in self.names:
            yield must(f"unsupported type: {value}", pointer, type="enum", expected=list(self.names))


@dataclass(frozen=True, slots=True)
class Day:
    """A date that is in the calendar, YYYY-MM-DD."""

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        if not (isinstance(value, str) and is_date(value)):
            yield must("must be a date", pointer, type="format", expected="YYYY-MM-DD")


def is_date(text: str) -> bool:
    """Whether it is a day of the calendar as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
