"""What a Web API method refuses with."""

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


class Refused(Exception):
    """Somebody tried to do in the workspace what the page would not let them do."""
