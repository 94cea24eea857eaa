"""Rules as the store holds them: JSON, read so that rules of an earlier version of the program still mean something."""

from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter

from domain.kinds import DEFAULT_KINDS
from domain.rules import ProgramRules


def written(rules: ProgramRules) -> str:
    """The rules as JSON, the same text for equal rules."""
    return _adapter().dump_json(rules).decode()


def read(text: str) -> ProgramRules:
    """The rules behind the JSON. What it does not have is as by default; what is not known any more is left out.

    A kind that came into the product since comes at its default, switched off: nobody has decided on it yet.
    """
    rules = _adapter().validate_json(text)
    known = {kind.key for kind in rules.kinds}
    new = tuple(replace(kind, is_offered=False) for kind in DEFAULT_KINDS if kind.key not in known)
    return replace(rules, kinds=(*rules.kinds, *new)) if new else rules


def kinds_in(text: str) -> frozenset[str]:
    """The keys of the kinds that there were when the JSON was written."""
    return frozenset(kind.key for kind in _adapter().validate_json(text).kinds)


@cache
def _adapter() -> TypeAdapter[ProgramRules]:
    # Made when first needed: a program that never changed its rules need not wait for it at the start.
    return TypeAdapter(ProgramRules)
