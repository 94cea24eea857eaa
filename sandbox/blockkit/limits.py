"""The limits of Block Kit as tables: every block and element the product may use, and no others."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.rules import Bool, Int, Items, Obj, Problem, Rule, Str, Text, Typed, at_least_one, exactly_one, must

ID = Str(most=255)
PLAIN = {limit: Text(limit, plain_only=True) for limit in (24, 30, 75, 100, 150, 300, 2000)}
DATE = Str(pattern=r"\d{4}-\d{2}-\d{2}")
TIME = Str(pattern=r"\d{2}:\d{2}")

CONFIRM = Obj(
    {
        "title": PLAIN[100],
        "text": Text(300),
        "confirm": PLAIN[30],
        "deny": PLAIN[30],
        "style": Str(one_of=("primary", "danger")),
    },
    required=("title", "text", "confirm", "deny"),
)


def _option(text: Rule) -> Obj:
    return Obj(
        {"text": text, "value": Str(most=150), "description": Text(75), "url": Str(most=3000)},
        required=("text", "value"),
    )


PLAIN_OPTION, RICH_OPTION = _option(PLAIN[75]), _option(Text(75))
GROUP = Obj({"label": PLAIN[75], "options": Items(PLAIN_OPTION, 100)}, required=("label", "options"))
COMMON = {"type": Str(), "action_id": ID, "confirm": CONFIRM, "focus_on_load": Bool()}
MENU = COMMON | {"placeholder": PLAIN[150]}
MULTI = {"max_selected_items": Int(1, 100)}


def _initial_among_options(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    groups = value.get("option_groups") or []
    options = (value.get("options") or []) + [each for group in groups for each in group.get("options", [])]
    given = value.get("initial_options") or ([value["initial_option"]] if value.get("initial_option") else [])
    for chosen in given:
        if chosen not in options:
            yield must("initial option must be one of the options", pointer, type="initial_option", expected="option")


def _unique_values(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    values = [option.get("value") for option in value.get("options") or [] if isinstance(option, Mapping)]
    if len(values) != len(set(values)):
        yield must("option values must be unique", f"{pointer}/options", type="unique", expected="value")


def _menu(**fields: Rule) -> Obj:
    choices = {"options": Items(PLAIN_OPTION, 100), "option_groups": Items(GROUP, 100)}
    rules = (exactly_one("options", "option_groups"), _initial_among_options, _unique_values)
    return Obj(MENU | choices | fields, required=("type", "action_id"), also=rules)


ELEMENTS: dict[str, Obj] = {
    "button": Obj(
        COMMON
        | {
            "text": PLAIN[75],
            "value": Str(most=2000),
            "url": Str(most=3000),
            "style": Str(one_of=("primary", "danger")),
            "accessibility_label": Str(most=75),
        },
        required=("type", "text", "action_id"),
    ),
    "static_select": _menu(initial_option=PLAIN_OPTION),
    "multi_static_select": _menu(initial_options=Items(PLAIN_OPTION, 100), **MULTI),
    "users_select": Obj(MENU | {"initial_user": ID}, required=("type", "action_id")),
    "multi_users_select": Obj(MENU | {"initial_users": Items(ID, 100)} | MULTI, required=("type", "action_id")),
    "conversations_select": Obj(
        MENU
        | {
            "initial_conversation": ID,
            "default_to_current_conversation": Bool(),
            "response_url_enabled": Bool(),
            "filter": Obj({"include": Items(Str(), 4), "exclude_bot_users": Bool()}),
        },
        required=("type", "action_id"),
    ),
    "overflow": Obj(COMMON | {"options": Items(PLAIN_OPTION, 5)}, required=("type", "action_id", "options")),
    "checkboxes": Obj(
        COMMON | {"options": Items(RICH_OPTION, 10), "initial_options": Items(RICH_OPTION, 10)},
        required=("type", "action_id", "options"),
        also=(_initial_among_options, _unique_values),
    ),
    "radio_buttons": Obj(
        COMMON | {"options": Items(RICH_OPTION, 10), "initial_option": RICH_OPTION},
        required=("type", "action_id", "options"),
        also=(_initial_among_options, _unique_values),
    ),
    "datepicker": Obj(MENU | {"initial_date": DATE}, required=("type", "action_id")),
    "timepicker": Obj(MENU | {"initial_time": TIME, "timezone": Str()}, required=("type", "action_id")),
    "datetimepicker": Obj(
        COMMON | {"initial_date_time": Int(1_000_000_000, 9_999_999_999)}, required=("type", "action_id")
    ),
    "plain_text_input": Obj(
        MENU
        | {
            "initial_value": Str(),
            "multiline": Bool(),
            "min_length": Int(0, 3000),
            "max_length": Int(1, 3000),
            "dispatch_action_config": Obj({"trigger_actions_on": Items(Str(), 2)}),
        },
        required=("type", "action_id"),
    ),
    "email_text_input": Obj(MENU | {"initial_value": Str()}, required=("type", "action_id")),
    "url_text_input": Obj(MENU | {"initial_value": Str()}, required=("type", "action_id")),
    "number_input": Obj(
        MENU
        | {"is_decimal_allowed": Bool(), "min_value": Str(), "max_value": Str(), "initial_value": Str()},
        required=("type", "action_id", "is_decimal_allowed"),
    ),
    "image": Obj(
        {"type": Str(), "image_url": Str(most=3000), "alt_text": Str(most=2000)}, required=("type", "alt_text")
    ),
}
"""Elements by type."""

_INPUT_ONLY = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
_NOT_IN_ACTIONS = _INPUT_ONLY | {"image"}
_NOT_INPUT = {"button", "overflow", "image"}
IN_ACTIONS = frozenset(ELEMENTS) - _NOT_IN_ACTIONS
IN_INPUT = frozenset(ELEMENTS) - _NOT_INPUT
AS_ACCESSORY = frozenset(ELEMENTS) - _INPUT_ONLY - {"datetimepicker"}


def _unique_actions(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    elements = value.get("elements") or []
    ids = [each.get("action_id") for each in elements if isinstance(each, Mapping) and each.get("action_id")]
    if len(ids) != len(set(ids)):
        yield must("action_id must be unique within a block", f"{pointer}/elements", type="unique", expected="action_id")


class _ContextElement:
    """A text object or an image."""

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        is_image = isinstance(value, Mapping) and value.get("type") == "image"
        rule: Rule = ELEMENTS["image"] if is_image else Text()
        yield from rule.check(value, pointer)


BLOCK = {"type": Str(), "block_id": ID}
BLOCKS: dict[str, Obj] = {
    "section": Obj(
        BLOCK
        | {
            "text": Text(),
            "fields": Items(Text(2000), 10),
            "accessory": Typed(ELEMENTS, AS_ACCESSORY),
            "expand": Bool(),
        },
        required=("type",),
        also=(at_least_one("text", "fields"),),
    ),
    "header": Obj(BLOCK | {"text": PLAIN[150]}, required=("type", "text")),
    "divider": Obj(BLOCK, required=("type",)),
    "context": Obj(BLOCK | {"elements": Items(_ContextElement(), 10)}, required=("type", "elements")),
    "actions": Obj(
        BLOCK | {"elements": Items(Typed(ELEMENTS, IN_ACTIONS), 25)},
        required=("type", "elements"),
        also=(_unique_actions,),
    ),
    "input": Obj(
        BLOCK
        | {
            "label": PLAIN[2000],
            "hint": PLAIN[2000],
            "element": Typed(ELEMENTS, IN_INPUT),
            "optional": Bool(),
            "dispatch_action": Bool(),
        },
        required=("type", "label", "element"),
    ),
    "image": Obj(
        BLOCK | {"image_url": Str(most=3000), "alt_text": Str(most=2000), "title": PLAIN[2000]},
        required=("type", "alt_text"),
    ),
}
"""Blocks by type."""
