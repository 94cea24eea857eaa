"""Reading a call's arguments, however they were sent."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.errors import ApiError, invalid_arguments
from sandbox.model import Payload

NESTED = ("blocks", "view", "metadata", "files", "message", "attachments")
"""Arguments that are JSON within a form."""


async def arguments(request: Request) -> tuple[Payload, str]:
    """Arguments from the query, a form, JSON or multipart, merged; and the token from the header or the body.

    Raises `ApiError`. A token in the query is no token: Slack takes none there.
    """
    given = await _body(request)
    in_body = str(given.pop("token", ""))
    args = {**request.query_params, **given}
    args.pop("token", None)
    for name in NESTED:
        if isinstance(args.get(name), str):
            args[name] = _nested(name, args[name])
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return args, bearer if scheme.lower() == "bearer" else in_body


async def _body(request: Request) -> Payload:
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/"):
        async with request.form() as form:
            return {key: value for key, value in form.items() if isinstance(value, str)}
    body = await request.body()
    if body and content_type.startswith("application/json"):
        return _object(body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _object(body: bytes) -> Payload:
    try:
        given: Any = json.loads(body)
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(given, dict):
        raise ApiError("json_not_object")
    return given


def _nested(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        if name == "blocks":
            raise ApiError("invalid_blocks_format") from None
        raise invalid_arguments(f"must be valid JSON [json-pointer:/{name}]") from None
