"""What a Web API method refuses with, and what a person is refused."""

from typing import Any


class ApiError(Exception):
    """An `ok: false` answer: Slack's error code and whatever else goes into the body."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        return {"ok": False, "error": self.code, **self.extra}


def invalid_arguments(*messages: str) -> ApiError:
    """Slack's answer to arguments of the wrong shape, with a line for each."""
    return ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in messages]})


def missing_scope(needed: str, granted: frozenset[str]) -> ApiError:
    """Slack's answer to a token that may not do this."""
    return ApiError("missing_scope", needed=needed, provided=",".join(sorted(granted)))


class Refused(Exception):
    """Somebody tried to do in the workspace what Slack's client would not let them do."""
