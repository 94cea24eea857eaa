"""Counts of times in words: "1 is taken", "3 begin less than 4 hours from now", and several of them in one line."""

from collections.abc import Iterable

from domain.amounts import ahead_text
from domain.kinds import SessionKind
from domain.slots.refusal import duration_words

_IS = {"are": "is", "begin": "begins", "come": "comes", "open": "opens", "they": "it"}


def share(words: str, number: int, kind: SessionKind, **more: str) -> str:
    """How many times something takes; verbs in braces follow the number, the rules of the kind are filled in."""
    verbs = {plural: one if number == 1 else plural for plural, one in _IS.items()}
    notice = duration_words(kind.lead_minutes)
    given = {"notice": notice, "minutes": kind.length_minutes, "days": ahead_text(kind.horizon_days), **verbs, **more}
    return words.format(number=number, **given)


def joined(shares: Iterable[str]) -> str:
    """One after the other, with "and" before the last."""
    *others, last = [*shares] or [""]
    return f"{', '.join(others)} and {last}" if others else last
