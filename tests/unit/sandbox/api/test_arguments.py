"""Every way of putting arguments on the wire that Slack takes, and those it refuses."""

import asyncio
import json
from typing import Any

import pytest
from starlette.requests import Request
from starlette.types import Message

from sandbox.api.arguments import FORM, JSON, Given, given
from sandbox.errors import ApiError

BOUNDARY = "multipart/form-data; boundary=cut"


def _request(
    verb: str = "POST", *, query: str = "", content_type: str = "", body: bytes = b"", token: str = ""
) -> Request:
    headers = [(b"content-type", content_type.encode())] if content_type else []
    headers += [(b"authorization", token.encode())] if token else []
    scope = {"type": "http", "method": verb, "path": "/", "query_string": query.encode(), "headers": headers}

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(scope, receive)


def _given(*args: Any, **kwargs: Any) -> Given:
    return asyncio.run(given(_request(*args, **kwargs)))


BLOCKS = '[{"type": "divider"}]'
MULTIPART = (
    b'--cut\r\nContent-Disposition: form-data; name="channel"\r\n\r\nC1\r\n'
    b'--cut\r\nContent-Disposition: form-data; name="blocks"\r\n\r\n' + BLOCKS.encode() + b"\r\n--cut--\r\n"
)


@pytest.mark.parametrize(
    "request_",
    [
        {"verb": "GET", "query": f"channel=C1&blocks={BLOCKS}"},
        {"query": f"channel=C1&blocks={BLOCKS}"},
        {"content_type": FORM, "body": f"channel=C1&blocks={BLOCKS}".encode()},
        {"content_type": f"{FORM}; charset=utf-8", "body": f"channel=C1&blocks={BLOCKS}".encode()},
        {"content_type": JSON, "body": json.dumps({"channel": "C1", "blocks": json.loads(BLOCKS)}).encode()},
        {
            "content_type": "Application/JSON; charset=utf-8",
            "body": json.dumps({"channel": "C1", "blocks": BLOCKS}).encode(),
        },
        {"content_type": BOUNDARY, "body": MULTIPART},
        {"query": "channel=C1", "content_type": FORM, "body": f"blocks={BLOCKS}".encode()},
    ],
    ids=["GET", "POST query", "form", "form charset", "JSON", "JSON text", "multipart", "query and form"],
)
def test_arguments_are_the_same_however_they_were_sent(request_: dict[str, Any]) -> None:
    assert _given(**request_).args() == {"channel": "C1", "blocks": [{"type": "divider"}]}


def test_json_body_is_as_good_as_none_where_the_method_takes_no_json() -> None:
    call = _given(query="limit=2", content_type=JSON, body=b'{"user": "U1"}')

    assert (call.args(), call.args(takes_json=False)) == ({"limit": "2", "user": "U1"}, {"limit": "2"})


@pytest.mark.parametrize(
    ("request_", "anywhere", "header"),
    [
        ({"token": "Bearer xoxb-1"}, "xoxb-1", "xoxb-1"),
        ({"token": "bearer xoxb-1", "content_type": FORM, "body": b"token=xoxb-2"}, "xoxb-1", "xoxb-1"),
        ({"content_type": FORM, "body": b"token=xoxb-2"}, "xoxb-2", ""),
        ({"content_type": JSON, "body": b'{"token": "xoxb-2"}'}, "xoxb-2", ""),
        ({"query": "token=xoxb-3"}, "", ""),
        ({"token": "Basic xoxb-1"}, "", ""),
    ],
    ids=["header", "header wins", "form", "JSON", "query", "other scheme"],
)
def test_token_is_taken_from_header_or_body_never_from_the_query(
    request_: dict[str, Any], anywhere: str, header: str
) -> None:
    call = _given(**request_)

    assert (call.token(), call.token(header_only=True), "token" in call.args()) == (anywhere, header, False)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"content_type": JSON, "body": b"{"}, "invalid_json"),
        ({"content_type": JSON, "body": b"[]"}, "json_not_object"),
        ({"content_type": FORM, "body": b"text=\xff"}, "invalid_form_data"),
        ({"content_type": FORM, "body": b"text=%ff"}, "invalid_form_data"),
        ({"content_type": FORM, "body": b"blocks=["}, "invalid_blocks_format"),
        ({"content_type": FORM, "body": b"view=["}, "invalid_arguments"),
        ({"content_type": "text/plain", "body": b"channel=C1"}, "invalid_post_type"),
        ({"body": b"channel=C1"}, "missing_post_type"),
    ],
)
def test_body_that_cannot_be_read_is_refused_by_slacks_name(request_: dict[str, Any], code: str) -> None:
    with pytest.raises(ApiError) as refusal:
        _given(**request_)

    assert refusal.value.code == code
