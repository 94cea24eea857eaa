import logging
from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from slack_sdk.signature import Clock, SignatureVerifier

from bot.signed import Signed

NOW = 1_800_000_000
CANARY = "text=Canaryth"


class StandingClock(Clock):
    def now(self) -> float:
        return NOW


VERIFIER = SignatureVerifier("a secret", StandingClock())


class Behind:
    """The application behind: keeps what reaches it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.bodies.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return [b"served"]


def ask(behind: Behind, body: bytes, *, timestamp: str | None, signature: str | None) -> str:
    """One request; returns its status."""
    answered: list[str] = []
    environ: WSGIEnvironment = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    headers = {"HTTP_X_SLACK_REQUEST_TIMESTAMP": timestamp, "HTTP_X_SLACK_SIGNATURE": signature}
    environ |= {name: value for name, value in headers.items() if value is not None}

    def start_response(status: str, *_rest: object) -> object:
        answered.append(status)
        return None

    list(Signed(behind, VERIFIER)(environ, start_response))  # type: ignore[arg-type]  # a WSGI server hands a writer back
    return answered[0]


def sign(body: str, *, at: int = NOW) -> str:
    return str(VERIFIER.generate_signature(timestamp=str(at), body=body))


@pytest.mark.parametrize("at", [NOW, NOW - 300, NOW + 300])
@pytest.mark.parametrize("body", [CANARY, "", "text=über%20&x=1"])
def test_signed_request_is_served_with_its_body_whole(body: str, at: int) -> None:
    behind = Behind()

    status = ask(behind, body.encode(), timestamp=str(at), signature=sign(body, at=at))

    assert (status, behind.bodies) == ("200 OK", [body.encode()])


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        (str(NOW), sign("another body")),
        (str(NOW), "v0=" + "0" * 64),
        (str(NOW), sign(CANARY).removeprefix("v0=")),
        (str(NOW), sign(CANARY).upper()),
        (str(NOW), "v0=é"),
        (str(NOW), ""),
        (str(NOW), None),
        (str(NOW - 1), sign(CANARY)),
        (str(NOW - 301), sign(CANARY, at=NOW - 301)),
        (str(NOW + 301), sign(CANARY, at=NOW + 301)),
        ("abc", sign(CANARY)),
        ("", sign(CANARY)),
        (None, sign(CANARY)),
        ("1.8e9", sign(CANARY)),
        ("-1", sign(CANARY)),
        ("\uff11\uff12", sign(CANARY)),
        ("9" * 5000, sign(CANARY)),
    ],
)
def test_request_that_slack_did_not_sign_now_is_refused_unread(
    timestamp: str | None, signature: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    behind = Behind()

    with caplog.at_level(logging.DEBUG):
        status = ask(behind, CANARY.encode(), timestamp=timestamp, signature=signature)

    assert (status, behind.bodies) == ("401 Unauthorized", [])
    assert "Canaryth" not in caplog.text
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("body", [b"\xff\xfe", b"text=\x80"])
def test_body_that_is_no_text_is_refused(body: bytes) -> None:
    behind = Behind()

    status = ask(behind, body, timestamp=str(NOW), signature=sign(body.decode("utf-8", "replace")))

    assert (status, behind.bodies) == ("401 Unauthorized", [])
