"""The vocabulary in which the limits are written: each rule checks one value and reports with a JSON pointer."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Constraint = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, in the shape of `blocks.validate`."""

    code: str
    message: str
    pointer: str
    constraint: Constraint = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "code": self.code,
            "message": self.message,
            "pointer": self.pointer,
            "constraint": self.constraint,
        }

    def as_line(self) -> str:
        """As the posting methods put it into `response_metadata.messages`."""
        return f"{self.message} [json-pointer:{self.pointer}]"


class Rule(Protocol):
    """Checks a value and yields what is wrong with it."""

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """Yield the problems."""
        ...


def must(message: str, pointer: str, **constraint: Any) -> Problem:
    """A problem with the code that Slack's reference shows."""
    return Problem(code="failed_constraint", message=message, pointer=pointer, constraint=constraint)


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
class Text:
    """A text object: plain_text, or mrkdwn too."""

    most: int = 3000
    plain_only: bool = False

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        kinds = ("plain_text",) if self.plain_only else ("plain_text", "mrkdwn")
        is_marked = isinstance(value, Mapping) and value.get("type") == "mrkdwn"
        fields: dict[str, Rule] = {
            "type": Str(one_of=kinds),
            "text": Str(most=self.most),
            ("verbatim" if is_marked else "emoji"): Bool(),
        }
        yield from Obj(fields, required=("type", "text")).check(value, pointer)


@dataclass(frozen=True, slots=True)
class Items:
    """A list of so many values of one rule."""

    of: Rule
    most: int
    least: int = 1

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        if not isinstance(value, list):
            yield must("must be an array", pointer, type="type", expected="array")
            return
        if len(value) > self.most:
            yield must(f"no more than {self.most} items allowed", pointer, type="max_items", expected=self.most)
        if len(value) < self.least:
            yield must(f"no fewer than {self.least} items allowed", pointer, type="min_items", expected=self.least)
        for number, item in enumerate(value):
            yield from self.of.check(item, f"{pointer}/{number}")


@dataclass(frozen=True, slots=True)
class Obj:
    """An object with known fields, some required, and rules about the whole."""

    fields: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    also: tuple[Callable[[Mapping[str, Any], str], Iterator[Problem]], ...] = ()

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        if not isinstance(value, Mapping):
            yield must("must be an object", pointer, type="type", expected="object")
            return
        for name in self.required:
            if value.get(name) is None:
                yield must(f"missing required field: {name}", pointer, type="required", expected=name)
        for name, item in value.items():
            rule = self.fields.get(name)
            if rule is None:
                yield must(f"invalid additional property: {name}", pointer, type="additional_property", expected=None)
            elif item is not None:
                yield from rule.check(item, f"{pointer}/{name}")
        for extra in self.also:
            yield from extra(value, pointer)


@dataclass(frozen=True, slots=True)
class Typed:
    """An object whose `type` says which rule holds."""

    kinds: Mapping[str, Obj]
    allowed: frozenset[str] | None = None

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        kind = value.get("type") if isinstance(value, Mapping) else None
        if not isinstance(kind, str) or kind not in self.kinds:
            yield must("unsupported type", f"{pointer}/type", type="enum", expected=sorted(self.kinds))
        elif self.allowed is not None and kind not in self.allowed:
            yield must(f"{kind} is not allowed here", f"{pointer}/type", type="enum", expected=sorted(self.allowed))
        else:
            yield from self.kinds[kind].check(value, pointer)


def exactly_one(*names: str) -> Callable[[Mapping[str, Any], str], Iterator[Problem]]:
    """Exactly one of these fields must be there."""

    def check(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        given = [name for name in names if value.get(name) is not None]
        if len(given) != 1:
            yield must(f"exactly one of {', '.join(names)} is needed", pointer, type="one_of", expected=list(names))

    return check


def at_least_one(*names: str) -> Callable[[Mapping[str, Any], str], Iterator[Problem]]:
    """At least one of these fields must be there."""

    def check(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        if not any(value.get(name) is not None for name in names):
            yield must(f"one of {', '.join(names)} is needed", pointer, type="any_of", expected=list(names))

    return check
