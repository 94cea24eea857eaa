"""The parts that elements and blocks share: ids, plain texts, confirmations, options."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.problems import Problem, Rule, must
from sandbox.blockkit.rules import Str
from sandbox.blockkit.shapes import Items, Obj, Text

Fields = dict[str, Rule]

ID = Str(most=255)
URL = Str(most=3000, pattern=r"(?i:https?)://\S+")
PLAIN = {limit: Text(limit, plain_only=True) for limit in (24, 30, 75, 100, 150, 2000)}
STYLE = Str(one_of=("primary", "danger"))
OPTIONS_MAX = 100

CONFIRM = Obj(
    {"title": PLAIN[100], "text": Text(300), "confirm": PLAIN[30], "deny": PLAIN[30], "style": STYLE},
    required=("title", "text", "confirm", "deny"),
)


def _option(text: Rule, description: Rule, extra: Fields | None = None) -> Obj:
    fields: Fields = {"text": text, "value": Str(most=150), "description": description}
    return Obj(fields | (extra or {}), required=("text", "value"))


PLAIN_OPTION, RICH_OPTION = _option(PLAIN[75], PLAIN[75]), _option(Text(75), Text(75))
OVERFLOW_OPTION = _option(PLAIN[75], PLAIN[75], {"url": URL})
GROUP = Obj({"label": PLAIN[75], "options": Items(PLAIN_OPTION, OPTIONS_MAX)}, required=("label", "options"))


def initial_among_options(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """What is chosen at first must be offered, word for word."""
    groups = value.get("option_groups") or []
    options = [*(value.get("options") or []), *(each for group in groups for each in group.get("options") or [])]
    first = value.get("initial_option")
    for chosen in value.get("initial_options") or ([first] if first else []):
        if chosen not in options:
            yield must("initial option must be one of the options", pointer, type="initial_option", expected="option")


def unique_values(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Two options of one value could not be told apart."""
    values = [option.get("value") for option in value.get("options") or [] if isinstance(option, Mapping)]
    if len(values) != len(set(values)):
        yield must("option values must be unique", f"{pointer}/options", type="unique", expected="value")
