"""Lets through only what Slack signed, judged on the bytes as they came, before anything reads them.

slack_bolt checks the signature too, but parses the request first, answers 500 to a timestamp that is no number, and
logs the whole body of what it refuses.
"""

import logging
import re
from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from slack_sdk.signature import SignatureVerifier

_TIMESTAMP = re.compile(r"[0-9]{1,11}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_REFUSAL = b"not signed by Slack\n"

logger = logging.getLogger(__name__)


class Signed:
    """A WSGI application in front of another one; 401 for whatever is unsigned, wrongly signed or not of now."""

    def __init__(self, app: WSGIApplication, verifier: SignatureVerifier) -> None:
        self._app = app
        self._verifier = verifier

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if self._is_genuine(environ, body):
            return self._app(environ | {"wsgi.input": BytesIO(body)}, start_response)
        logger.warning("request not signed by Slack; is SLACK_SIGNING_SECRET the app's?")
        headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(_REFUSAL)))]
        start_response("401 Unauthorized", headers)
        return [_REFUSAL]

    def _is_genuine(self, environ: WSGIEnvironment, body: bytes) -> bool:
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            return False
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return bool(self._verifier.is_valid(text, timestamp, signature))
