"""Ids that count."""

from itertools import count


class FakeIds:
    """The IdSource port: "id-1", "id-2" and so on."""

    def __init__(self, prefix: str = "id") -> None:
        self._prefix = prefix
        self._numbers = count(1)
        self.given = 0

    def new(self) -> str:
        """See `domain.ports.IdSource`."""
        number = next(self._numbers)
        self.given = max(self.given, number)
        return f"{self._prefix}-{number}"
