"""Reads a form to its end, so that everything that cannot be read is told at once, each at its field."""

from collections.abc import Callable
from typing import TypeVar

from domain.errors import DomainError, Faulty

Value = TypeVar("Value")
Instead = TypeVar("Instead")


class Faults:
    """What could not be read so far."""

    def __init__(self) -> None:
        self._found: list[DomainError] = []

    def read(self, make: Callable[[], Value], *, otherwise: Instead) -> Value | Instead:
        """The value, or `otherwise` to go on with, when there is a fault to tell in the end."""
        try:
            return make()
        except DomainError as fault:
            self._found += fault.faults if isinstance(fault, Faulty) else [fault]
            return otherwise

    def note(self, fault: DomainError) -> None:
        """One more that was found elsewhere."""
        self._found.append(fault)

    def has(self, field: str | None) -> bool:
        """Whether there is a fault at this field already."""
        return any(fault.field == field for fault in self._found)

    def end(self) -> None:
        """Raises `Faulty` when there was any fault."""
        if self._found:
            raise Faulty(self._found)
