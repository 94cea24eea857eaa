"""Shares of the load as staff type them, "Cleo: 50" on a line for each, and as the form lists them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from domain.amounts import UnreadableAmount, parse_number
from domain.booking import check_length
from domain.people import Person
from domain.rules import InvalidRules
from domain.rules.text import named
from domain.rules.values import FULL_WEIGHT, WEIGHT_MAX
from handlers import texts
from handlers.ids import Field
from handlers.parse.faults import Faults
from handlers.parse.rule_fields import SETTING_MAX
from handlers.parse.state import State

WEIGHTS_MAX = 3000
WEIGHTS_SHOWN = 2000
"""Characters that a field of the form begins with; where people are many there are several."""


def weights_field(number: int) -> str:
    """One of the fields of shares."""
    return f"{Field.WEIGHTS}.{number}"


def weights_texts(support: Sequence[Person], weights: Mapping[str, int]) -> list[str]:
    """Everybody with their share, one a line, in as many fields as it takes; at least one."""
    fields = [""]
    for label, person in labels(support):
        line = f"{label}: {weights.get(person.id, FULL_WEIGHT)}"
        if len(fields[-1]) + len(line) > WEIGHTS_SHOWN:
            fields.append("")
        fields[-1] = f"{fields[-1]}\n{line}".strip()
    return fields


def labels(support: Sequence[Person]) -> list[tuple[str, Person]]:
    """Everybody by name; those who share one with their site, and with a number where they share that too."""
    names = Counter(_plain(person.name) for person in support)
    there = Counter((_plain(person.name), _plain(person.site)) for person in support)
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for person in support:
        key = _plain(person.name), _plain(person.site)
        seen[key] += 1
        which = person.site if there[key] == 1 else f"{person.site} {seen[key]}".strip()
        found.append((person.name if names[key[0]] == 1 else f"{person.name} ({which})", person))
    return found


def typed_weights(state: State, support: Sequence[Person], faults: Faults) -> dict[str, int]:
    """The shares that differ from a full one, by person id; every fault is noted at its field, by its line."""
    called = _called(support)
    found: dict[str, int] = {}
    for field in _fields(state):
        told = []
        for number, line in _lines(faults.read(partial(_typed, state, field), otherwise="")):
            try:
                person_id, weight = _share(line, called, found)
                found[person_id] = weight
            except InvalidRules as fault:
                told.append(f"Line {number}: {fault.message}")
        if told:
            faults.note(InvalidRules(named(told), field=field))
    return {person_id: weight for person_id, weight in found.items() if weight != FULL_WEIGHT}


def typed_lead(state: State) -> int:
    """By how many sessions somebody may be ahead."""
    typed = check_length(state.text(Field.LEAD_LIMIT), SETTING_MAX, field=Field.LEAD_LIMIT)
    return parse_number(typed, field=Field.LEAD_LIMIT)


def _fields(state: State) -> Iterator[str]:
    number = 0
    while state.has(weights_field(number)):
        yield weights_field(number)
        number += 1


def _typed(state: State, field: str) -> str:
    return check_length(state.text(field), WEIGHTS_MAX, field=field)


def _lines(typed: str) -> Iterator[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(typed.splitlines(), 1) if line.strip())


def _called(support: Sequence[Person]) -> dict[str, set[str]]:
    """The ids of those who go by a name: the one the list shows, or their own."""
    found: dict[str, set[str]] = {}
    for label, person in labels(support):
        for name in (label, person.name):
            found.setdefault(_plain(name), set()).add(person.id)
    return found


def _share(line: str, called: Mapping[str, set[str]], found: Mapping[str, int]) -> tuple[str, int]:
    """Whose share it is and what it is. Raises `InvalidRules`, which repeats no name."""
    name, colon, percent = line.rpartition(":")
    if not colon:
        raise InvalidRules(texts.program.SHARE_LINE)
    ids = called.get(_plain(name), set())
    if not ids:
        raise InvalidRules(texts.program.SHARE_UNKNOWN)
    if len(ids) > 1:
        raise InvalidRules(texts.program.SHARE_AMBIGUOUS)
    [person_id] = ids
    if person_id in found:
        raise InvalidRules(texts.program.SHARE_TWICE)
    return person_id, _percent(percent)


def _percent(typed: str) -> int:
    try:
        percent = parse_number(typed.replace("%", " "))
    except UnreadableAmount:
        percent = 0
    if not 1 <= percent <= WEIGHT_MAX:
        raise InvalidRules(texts.program.SHARE_NUMBER.format(most=WEIGHT_MAX))
    return percent


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
