"""The five-minute cells of somebody's time that a session occupies.

Under a primary key of (person, cell) no two sessions can overlap, whoever writes them. A staff member's cells include
the buffers around the session, so between two sessions lie at least the first one's buffer after and the second one's
buffer before, added (policy H); a scholar's cells are the session alone.
"""

CELL_MINUTES = 5
CELL_SECONDS = CELL_MINUTES * 60


def cells(start: int, end: int) -> range:
    """The numbers, ascending, of the cells that [start, end) epoch seconds touches; part of one takes all of it."""
    return range(start // CELL_SECONDS, -(-end // CELL_SECONDS))
