"""Interactive elements as a table of limits: every one the product may use, and no others."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from sandbox.blockkit.parts import (
    CONFIRM,
    GROUP,
    ID,
    OPTIONS_MAX,
    OVERFLOW_OPTION,
    PLAIN,
    PLAIN_OPTION,
    RICH_OPTION,
    STYLE,
    URL,
    Fields,
    initial_among_options,
    unique_values,
)
from sandbox.blockkit.problems import Problem, must
from sandbox.blockkit.rules import Bool, Day, Int, Str
from sandbox.blockkit.shapes import Items, Obj, at_least_one, exactly_one

TEXT_MAX = 3000
TIME_PATTERN = r"([01]\d|2[0-3]):[0-5]\d"
TIME = Str(pattern=TIME_PATTERN)
MOMENT = Int(1_000_000_000, 9_999_999_999)
NUMBER = Str(pattern=r"-?\d+(\.\d+)?")

PRESSED: Fields = {"type": Str(), "action_id": ID, "confirm": CONFIRM}
CHOSEN: Fields = PRESSED | {"focus_on_load": Bool()}
MENU: Fields = CHOSEN | {"placeholder": PLAIN[150]}
MULTI: Fields = {"max_selected_items": Int(1, OPTIONS_MAX)}
TYPED: Fields = {
    "type": Str(),
    "action_id": ID,
    "placeholder": PLAIN[150],
    "focus_on_load": Bool(),
    "dispatch_action_config": Obj(
        {"trigger_actions_on": Items(Str(one_of=("on_enter_pressed", "on_character_entered")), 2)}
    ),
}
FILTER = Obj(
    {
        "include": Items(Str(one_of=("im", "mpim", "private", "public")), 4),
        "exclude_bot_users": Bool(),
        "exclude_external_shared_channels": Bool(),
    },
    also=(at_least_one("include", "exclude_bot_users", "exclude_external_shared_channels"),),
)
TYPE = ("type",)


def _initial_text_fits(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    text, least, most = value.get("initial_value") or "", value.get("min_length", 0), value.get("max_length", TEXT_MAX)
    if isinstance(least, int) and isinstance(most, int):
        if least > most:
            yield must("min_length must not exceed max_length", f"{pointer}/min_length", type="range", expected=most)
        if len(text) > most:
            yield must(
                f"must be less than {most + 1} characters", f"{pointer}/initial_value", type="max_length", expected=most
            )


def _numbers_in_order(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    given = [(name, value[name]) for name in ("min_value", "initial_value", "max_value") if value.get(name) is not None]
    for (lower, least), (upper, most) in pairwise(given):
        if float(least) > float(most):
            yield must(f"{lower} must not exceed {upper}", f"{pointer}/{lower}", type="range", expected=most)


def _menu(extra: Fields) -> Obj:
    choices: Fields = {"options": Items(PLAIN_OPTION, OPTIONS_MAX), "option_groups": Items(GROUP, OPTIONS_MAX)}
    rules = (exactly_one("options", "option_groups"), initial_among_options, unique_values)
    return Obj(MENU | choices | extra, required=TYPE, also=rules)


def _choice(extra: Fields) -> Obj:
    fields = CHOSEN | {"options": Items(RICH_OPTION, 10)} | extra
    return Obj(fields, required=("type", "options"), also=(initial_among_options, unique_values))


def _picker(kind: str) -> dict[str, Obj]:
    """Menus of people or places, for one and for several."""
    one: Fields = {f"initial_{kind}": ID}
    several: Fields = {f"initial_{kind}s": Items(ID, OPTIONS_MAX)}
    where: Fields = {"default_to_current_conversation": Bool(), "filter": FILTER}
    here: Fields = where if kind == "conversation" else {}
    response: Fields = {} if kind == "user" else {"response_url_enabled": Bool()}
    return {
        f"{kind}s_select": Obj(MENU | one | here | response, required=TYPE),
        f"multi_{kind}s_select": Obj(MENU | several | here | MULTI, required=TYPE),
    }


ELEMENTS: dict[str, Obj] = {
    "button": Obj(
        PRESSED
        | {"text": PLAIN[75], "value": Str(most=2000), "url": URL, "style": STYLE, "accessibility_label": Str(most=75)},
        required=("type", "text"),
    ),
    "static_select": _menu({"initial_option": PLAIN_OPTION}),
    "multi_static_select": _menu({"initial_options": Items(PLAIN_OPTION, OPTIONS_MAX)} | MULTI),
    **_picker("user"),
    **_picker("conversation"),
    **_picker("channel"),
    "overflow": Obj(
        PRESSED | {"options": Items(OVERFLOW_OPTION, 5)}, required=("type", "options"), also=(unique_values,)
    ),
    "checkboxes": _choice({"initial_options": Items(RICH_OPTION, 10)}),
    "radio_buttons": _choice({"initial_option": RICH_OPTION}),
    "datepicker": Obj(MENU | {"initial_date": Day()}, required=TYPE),
    "timepicker": Obj(MENU | {"initial_time": TIME, "timezone": Str()}, required=TYPE),
    "datetimepicker": Obj(CHOSEN | {"initial_date_time": MOMENT}, required=TYPE),
    "plain_text_input": Obj(
        TYPED
        | {
            "initial_value": Str(least=0),
            "multiline": Bool(),
            "min_length": Int(0, TEXT_MAX),
            "max_length": Int(1, TEXT_MAX),
        },
        required=TYPE,
        also=(_initial_text_fits,),
    ),
    "email_text_input": Obj(TYPED | {"initial_value": Str()}, required=TYPE),
    "url_text_input": Obj(TYPED | {"initial_value": Str()}, required=TYPE),
    "number_input": Obj(
        TYPED | {"is_decimal_allowed": Bool(), "min_value": NUMBER, "max_value": NUMBER, "initial_value": NUMBER},
        required=("type", "is_decimal_allowed"),
        also=(_numbers_in_order,),
    ),
    "image": Obj(
        {"type": Str(), "image_url": URL, "alt_text": Str(most=2000)}, required=("type", "image_url", "alt_text")
    ),
}
"""Elements by type."""

_TYPED_INTO = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
IN_ACTIONS = frozenset(ELEMENTS) - _TYPED_INTO - {"image"}
IN_INPUT = frozenset(ELEMENTS) - {"button", "overflow", "image"}
AS_ACCESSORY = frozenset(ELEMENTS) - _TYPED_INTO - {"datetimepicker"}
