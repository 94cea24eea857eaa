"""Reading JSON that others wrote: what could not be written again is none."""

import json
from typing import Any


def read_json(content: str | bytes) -> Any:
    """The value. Raises `ValueError` for NaN, halves of surrogate pairs and endless nesting too."""
    try:
        value: Any = json.loads(content)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value
