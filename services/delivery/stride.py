"""How many rows go through a step of sending together."""

MOST = 25
SPAN_SECONDS = 0.05
"""So long may rows have passed the fence before Slack is asked about the last of them.

When a process ends in between, they are in doubt and have to be read back; and nothing more urgent overtakes them. An
ordinary Slack takes longer for a single message, so that each goes alone there.
"""


class Stride:
    """Grows while Slack is quick, by what the last rows took; a row that does not go brings it back to one."""

    def __init__(self) -> None:
        self.rows = 1

    def went(self, rows: int, *, seconds: float) -> None:
        """So many rows went one after the other, and that took so long."""
        fitting = int(rows * SPAN_SECONDS / seconds) if seconds > 0 else MOST
        self.rows = max(1, min(fitting, 2 * self.rows, MOST))

    def stumbled(self) -> None:
        """A row did not go: the next one finds out alone."""
        self.rows = 1
