"""What a rule finds wrong, with a JSON pointer to it, and what a rule is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

Constraint = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, in the shape of `blocks.validate`."""

    code: str
    message: str
    pointer: str
    constraint: Constraint = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "code": self.code,
            "message": self.message,
            "pointer": self.pointer,
            "constraint": self.constraint,
        }

    def as_line(self) -> str:
        """As the posting methods put it into `response_metadata.messages`."""
        return f"{self.message} [json-pointer:{self.pointer}]"


class Rule(Protocol):
    """Checks a value and yields what is wrong with it."""

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """Yield the problems."""
        ...


def must(message: str, pointer: str, **constraint: Any) -> Problem:
    """A problem with the code that Slack's reference shows."""
    return Problem(code="failed_constraint", message=message, pointer=pointer, constraint=constraint)
