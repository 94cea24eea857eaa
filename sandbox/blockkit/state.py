"""What a person has filled in: the values of stateful elements, as `state.values` carries them."""

import copy
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

Payload = dict[str, Any]
Values = dict[str, dict[str, Payload]]

_KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
_INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
_LISTS = {key for key in _INITIAL if key.endswith("s")}


def elements(blocks: list[Payload]) -> Iterator[tuple[Payload, Payload]]:
    """Every interactive element with its block, in order."""
    for block in blocks:
        if block["type"] == "input":
            yield block, block["element"]
        elif block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "section" and _is_interactive(block.get("accessory")):
            yield block, block["accessory"]


def _is_interactive(accessory: Payload | None) -> bool:
    return accessory is not None and accessory["type"] != "image"


def is_stateful(element: Mapping[str, Any]) -> bool:
    """Whether the element keeps a value."""
    return element["type"] in _KEYS


def value_key(element: Mapping[str, Any]) -> str:
    """The key under which an element's value stands."""
    return _KEYS[element["type"]]


def initial_values(blocks: list[Payload]) -> Values:
    """The values a fresh view starts with."""
    values: Values = {}
    for block, element in elements(blocks):
        if is_stateful(element):
            key = value_key(element)
            initial = element.get(_INITIAL[key])
            empty: Any = [] if key in _LISTS else None
            values.setdefault(block["block_id"], {})[element["action_id"]] = {
                "type": element["type"],
                key: empty if initial is None else initial,
            }
    return values


def carried_values(before: Values, blocks: list[Payload]) -> Values:
    """After an update: what was filled in stays where block id, action id and type are the same."""
    values = initial_values(blocks)
    for block_id, held in values.items():
        for action_id, value in held.items():
            old = before.get(block_id, {}).get(action_id)
            if old is not None and old["type"] == value["type"]:
                held[action_id] = old
    return values


def with_ids(blocks: list[Payload]) -> list[Payload]:
    """Blocks as Slack returns them: where the app gave no block or action id, one is made up, another each time."""
    named = [{**copy.deepcopy(block), "block_id": block.get("block_id") or _made_up()} for block in blocks]
    for _, element in elements(named):
        element["action_id"] = element.get("action_id") or _made_up()
    return named


def _made_up() -> str:
    return secrets.token_urlsafe(4)[:5]


def set_value(element: Mapping[str, Any], given: Any) -> Payload:
    """The value object for what a person chose or typed, given plainly: a text, an option's value, a list of them.

    Raises `LookupError` for an option that is not there.
    """
    key = value_key(element)
    return {"type": element["type"], key: _plain(element, key, given)}


def _plain(element: Mapping[str, Any], key: str, given: Any) -> Any:
    if given is None:
        return [] if key in _LISTS else None
    if key == "selected_option":
        return find_option(element, given)
    if key == "selected_options":
        return [find_option(element, each) for each in given]
    return given or None if key == "value" else given


def find_option(element: Mapping[str, Any], value: str) -> Payload:
    """The option with this value, or with this text. Raises `LookupError`."""
    groups = element.get("option_groups") or []
    options: list[Payload] = [*(element.get("options") or []), *(each for group in groups for each in group["options"])]
    for option in options:
        if value in (option["value"], option["text"]["text"]):
            return option
    raise LookupError(f"no option {value!r}; there are {[option['value'] for option in options]}")
