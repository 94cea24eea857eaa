"""Lists in pages, by a cursor that stays right when something is added meanwhile."""

import base64

from sandbox.api.registry import Call
from sandbox.errors import ApiError
from sandbox.model import Payload

LIMIT_MAX = 1000


def page(
    items: list[Payload], call: Call, *, key: str = "id", default: int = 100, bad_limit: str = "invalid_arguments"
) -> tuple[list[Payload], Payload]:
    """One page, and the metadata with the next cursor, "" at the end. Raises `ApiError`."""
    limit = call.number("limit", default) or default
    if not 0 < limit <= LIMIT_MAX:
        raise ApiError(bad_limit)
    first = _position(items, call.text("cursor"), key)
    rest = first + limit
    cursor = _cursor(str(items[rest][key])) if rest < len(items) else ""
    return items[first:rest], {"next_cursor": cursor}


def _cursor(next_key: str) -> str:
    return base64.b64encode(f"next:{next_key}".encode()).decode()


def _position(items: list[Payload], cursor: str, key: str) -> int:
    if not cursor:
        return 0
    try:
        wanted = base64.b64decode(cursor, validate=True).decode().removeprefix("next:")
    except ValueError:  # not ASCII, not base64, or not UTF-8
        raise ApiError("invalid_cursor") from None
    for position, item in enumerate(items):
        if str(item[key]) == wanted:
            return position
    raise ApiError("invalid_cursor")
