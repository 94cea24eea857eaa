"""Ids that count."""

from itertools import count


class FakeIds:
    """The IdSource port: "id-1", "id-2" and so on."""

    def __init__(self, prefix: str = "id") -> None:
        self._prefix = prefix
        self._numbers = count(1)

    def new(self) -> str:
        """See `domain.ports.IdSource`."""
        return f"{self._prefix}-{next(self._numbers)}"
