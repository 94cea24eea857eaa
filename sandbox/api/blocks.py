"""blocks.validate: what Slack would say of blocks, a message or a view, without sending it."""

import json
from typing import Any

from sandbox.api.registry import Call, Method, codes
from sandbox.blockkit.problems import Problem
from sandbox.blockkit.validator import message_problems, view_problems
from sandbox.errors import ApiError, invalid_arguments
from sandbox.model import Payload

GIVEN = ("blocks", "message", "view")
CHARACTERS_MAX = 100_000


def validate(call: Call) -> Payload:
    """Checks exactly one of blocks, message or view; pointers begin at what was given."""
    given = [name for name in GIVEN if call.args.get(name) is not None]
    if len(given) != 1:
        raise invalid_arguments("must provide exactly one of `blocks`, `view`, or `message`")
    value = call.args[given[0]]
    if len(json.dumps(value)) > CHARACTERS_MAX:
        raise invalid_arguments(f"must be at most {CHARACTERS_MAX} characters [json-pointer:/{given[0]}]")
    problems = _problems(given[0], value)
    if problems:
        raise ApiError(f"invalid_{given[0]}", errors=[problem.as_dict() for problem in problems])
    return {}


def _problems(name: str, value: Any) -> list[Problem]:
    if name == "view":
        return view_problems(value, "")
    if name == "blocks":
        return message_problems(value, "")
    if not isinstance(value, dict):
        raise invalid_arguments("must be an object [json-pointer:/message]")
    return message_problems(value.get("blocks") or [], "/blocks")


METHODS = {"blocks.validate": Method(run=validate, errors=codes("invalid_blocks invalid_message invalid_view"))}
