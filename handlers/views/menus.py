"""Menus: at most a hundred options stand in one list, more stand in groups."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from domain.ports import Block
from handlers.views.blocks import OPTION_TEXT_MAX, clip, plain, with_given

OPTIONS_MAX = 100
"""Of a list, and of each group."""
GROUPS_MAX = 100
_RUN_LABEL_MAX = (OPTION_TEXT_MAX - 4) // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a menu: what it says and the opaque value it stands for.

    `group` is the heading it comes under when there are too many for one list.
    """

    text: str
    value: str
    group: str = ""


def select(action: str, choices: Sequence[Choice], *, placeholder: str, initial: str | None = None) -> Block:
    """A menu; `initial` is a value among the choices."""
    chosen = next((option(choice) for choice in choices if choice.value == initial), None)
    block: Block = {"type": "static_select", "action_id": action, "placeholder": plain(placeholder)}
    return with_given(block | _listed(choices), initial_option=chosen)


def multi_select(
    action: str,
    choices: Sequence[Choice],
    *,
    placeholder: str,
    initial: Collection[str] = (),
    at_most: int | None = None,
) -> Block:
    """A menu of which several options may be chosen."""
    chosen = [option(choice) for choice in choices if choice.value in initial]
    block: Block = {"type": "multi_static_select", "action_id": action, "placeholder": plain(placeholder)}
    return with_given(block | _listed(choices), initial_options=chosen or None, max_selected_items=at_most)


def radio(action: str, choices: Sequence[Choice], *, initial: str | None = None) -> Block:
    """Up to ten options, all visible."""
    shown = [option(choice) for choice in choices]
    chosen = next((each for each in shown if each["value"] == initial), None)
    return with_given({"type": "radio_buttons", "action_id": action, "options": shown}, initial_option=chosen)


def checkboxes(action: str, choices: Sequence[Choice], *, initial: Collection[str] = ()) -> Block:
    """Up to ten options, all visible, of which any number may be ticked."""
    ticked = [option(choice) for choice in choices if choice.value in initial]
    shown = [option(choice) for choice in choices]
    return with_given({"type": "checkboxes", "action_id": action, "options": shown}, initial_options=ticked or None)


def option(choice: Choice) -> Block:
    """An option object."""
    return {"text": plain(choice.text), "value": choice.value}


def _listed(choices: Sequence[Choice]) -> Block:
    if len(choices) <= OPTIONS_MAX:
        return {"options": [option(choice) for choice in choices]}
    return {"option_groups": [_group(label, run) for label, run in _grouped(choices)]}


def _grouped(choices: Sequence[Choice]) -> list[tuple[str, list[Choice]]]:
    """By heading, in the order given; with too many headings, in runs named by their first and last."""
    groups = [(label, run) for label, same in groupby(choices, key=lambda choice: choice.group) for run in _runs(same)]
    return groups if len(groups) <= GROUPS_MAX else [(_ends(run), run) for run in _runs(iter(choices))]


def _runs(choices: Iterator[Choice]) -> Iterator[list[Choice]]:
    while run := list(islice(choices, OPTIONS_MAX)):
        yield run


def _ends(run: Sequence[Choice]) -> str:
    return f"{clip(run[0].text, _RUN_LABEL_MAX)} to {clip(run[-1].text, _RUN_LABEL_MAX)}"


def _group(label: str, choices: Sequence[Choice]) -> Block:
    return {"label": plain(label), "options": [option(choice) for choice in choices]}
