"""What goes to an app and what comes back, before either way of carrying it."""

from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.model import App, Payload

ACK_SECONDS = 3.0

Kind = Literal["slash", "interactive", "event"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One payload for one app. `retry` counts from 1 when it is sent again, and `reason` says why."""

    app: App
    kind: Kind
    payload: Payload
    retry: int = 0
    reason: str = ""


def body_of(answer: Any) -> Payload:
    """The body for what an app answered: an object as it is; a text, and what is neither, as words to be shown."""
    if isinstance(answer, dict):
        return answer
    return {"text": answer} if answer else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the app answered. `problem` is None when it acknowledged in time, else Slack's reason for a retry.

    `is_late` tells silence from refusal; `is_final` that the app asked for no retries.
    """

    problem: str | None = None
    body: Payload = field(default_factory=dict)
    is_late: bool = False
    is_final: bool = False
