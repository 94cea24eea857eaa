"""Rules for what is made of others: text objects, lists, objects with known fields, objects told apart by type."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.blockkit.problems import Problem, Rule, must
from sandbox.blockkit.rules import Bool, Kind, Str


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
            "type": Kind(kinds),
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
        found = [*self._missing(value, pointer), *self._wrong(value, pointer)]
        yield from found
        if not found:  # rules about the whole may rely on its parts
            for extra in self.also:
                yield from extra(value, pointer)

    def _missing(self, value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        for name in self.required:
            if value.get(name) is None:
                yield must(f"missing required field: {name}", pointer, type="required", expected=name)

    def _wrong(self, value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        for name, item in value.items():
            rule = self.fields.get(name)
            if rule is None:
                yield must(f"invalid additional property: {name}", pointer, type="additional_property", expected=None)
            elif item is not None:
                yield from rule.check(item, f"{pointer}/{name}")


@dataclass(frozen=True, slots=True)
class Typed:
    """An object whose `type` says which rule holds."""

    kinds: Mapping[str, Obj]
    allowed: frozenset[str] | None = None

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        kind = value.get("type") if isinstance(value, Mapping) else None
        allowed = self.allowed or frozenset(self.kinds)
        if isinstance(kind, str) and kind in allowed:
            yield from self.kinds[kind].check(value, pointer)
        else:
            yield from Kind(tuple(sorted(allowed))).check(kind, f"{pointer}/type")


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
