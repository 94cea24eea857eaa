"""Reading a call's arguments, however they were sent."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sandbox.errors import ApiError, invalid_arguments
from sandbox.model import Payload
from sandbox.reading import read_json

NESTED = ("blocks", "view", "metadata", "files", "message", "attachments")
"""Arguments that are JSON within a form."""
JSON, FORM, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What came with a call: arguments in the query and in the body, and a token in the header or in the body."""

    query: Payload = field(default_factory=dict)
    body: Payload = field(default_factory=dict)
    is_json: bool = False
    header_token: str = ""
    body_token: str = ""
    verb: str = "POST"

    def args(self, *, takes_json: bool = True) -> Payload:
        """All arguments; those of the body are left out when they came as JSON and the method takes none."""
        return self.query | (self.body if takes_json or not self.is_json else {})

    def token(self, *, header_only: bool = False) -> str:
        """The token, "" when there is none. One in the query is no token: Slack takes none there."""
        return self.header_token or ("" if header_only else self.body_token)


async def given(request: Request) -> Given:
    """Arguments from the query, a form, JSON or multipart. Raises `ApiError`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await _body(request, kind)
    token = str(body.pop("token", ""))
    return Given(
        query=_unnested({name: value for name, value in request.query_params.items() if name != "token"}),
        body=_unnested(body),
        is_json=kind == JSON,
        header_token=bearer(request),
        body_token=token,
        verb=request.method,
    )


def bearer(request: Request) -> str:
    """The token in a request's header, "" when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


async def _body(request: Request, kind: str) -> Payload:
    if kind == MULTIPART:
        return await _multipart(request)
    content = await request.body()
    if not content:
        return {}
    if kind == JSON:
        return _object(content)
    if kind == FORM:
        return _form(content)
    raise ApiError("invalid_post_type" if kind else "missing_post_type")


async def _multipart(request: Request) -> Payload:
    try:
        async with request.form() as form:
            return {key: value for key, value in form.items() if isinstance(value, str)}
    except HTTPException:
        raise ApiError("invalid_form_data") from None


def _form(content: bytes) -> Payload:
    try:
        return dict(parse_qsl(content.decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError:
        raise ApiError("invalid_form_data") from None


def _object(content: bytes) -> Payload:
    try:
        parsed: Any = read_json(content)
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(parsed, dict):
        raise ApiError("json_not_object")
    return parsed


def _unnested(args: Payload) -> Payload:
    return {name: _nested(name, value) if name in NESTED else value for name, value in args.items()}


def _nested(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except ValueError:
        if name == "blocks":
            raise ApiError("invalid_blocks_format") from None
        raise invalid_arguments(f"must be valid JSON [json-pointer:/{name}]") from None
