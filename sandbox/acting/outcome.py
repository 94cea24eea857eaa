"""What a person sees right after a deed."""

from dataclasses import dataclass, field

from sandbox.delivery.transport import Answer
from sandbox.model import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`error` is the code Slack's client shows when an app fails it, `errors` stand at the fields of a form.

    `detail` is for the developer: what was wrong with the app's answer.
    """

    error: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    detail: str | None = None

    def as_dict(self) -> Payload:
        """As JSON."""
        return {"error": self.error, "errors": self.errors, "detail": self.detail}


TIMEOUT = "operation_timeout"
FAILED = "dispatch_failed"
UNREADABLE = "invalid_command_response"
"""The three words of Slack's client: too late; not reached or not accepted; answered with what cannot be shown."""


def of(answer: Answer) -> Outcome:
    """What is seen when nothing but the acknowledgement matters."""
    if answer.problem is None:
        return Outcome()
    return Outcome(error=TIMEOUT if answer.is_late else FAILED, detail=answer.problem)
