"""Office hours: who helps has the time until the end, and everybody is in one line, and with one person, at a time."""

from collections import Counter
from collections.abc import Iterator

from domain.cells import cells
from domain.office_hours import TAKEN, EntryStatus
from tests.looking.invariants.rows import Everything


def _wrong_time(rows: Everything) -> Iterator[str]:
    """What has been closed, or left, takes nobody's time any more from then on."""
    offices = {row.id: row for row in rows.offices}
    for one in rows.helpers:
        office = offices[one.office_id]
        ended = [at for at in (office.closed_at, one.left_at) if at is not None]
        if not ended:
            if cells(one.busy_from, office.ends_at).stop != cells(one.busy_from, one.busy_to).stop:
                yield f"{one.helper_id} helps in {office.id} without the time"
        elif one.busy_from < one.busy_to and one.busy_to > min(ended):
            yield f"{one.helper_id} is busy in {office.id} after it ended"


def wrong_lines(rows: Everything) -> Iterator[str]:
    """Whoever is in line, or helped, twice or not at all."""
    in_line = [row for row in rows.entries if row.status in (EntryStatus.WAITING, *TAKEN)]
    scholars = Counter(row.scholar_id for row in in_line)
    yield from (f"{who} is {count} times in line" for who, count in scholars.items() if count > 1)
    if sorted(row.in_line for row in rows.entries if row.in_line) != sorted(scholars):
        yield "who is in line is not who has a place"
    for row in rows.entries:
        if (row.status in TAKEN) != (row.taken_by is not None):
            yield f"{row.id} is {row.status} with {row.taken_by}"
    helpers = Counter(row.taken_by for row in rows.entries if row.taken_by)
    yield from (f"{who} helps {count} at once" for who, count in helpers.items() if count > 1)
    yield from (f"{who} helps and is in line" for who in helpers.keys() & scholars.keys())
    places = Counter((row.office_id, row.band, row.number) for row in rows.entries)
    yield from (f"{count} have the place {place}" for place, count in places.items() if count > 1)


CHECKS = (_wrong_time, wrong_lines)
