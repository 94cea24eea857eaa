"""Those who wait for a time: rows of the line, in the order in which they joined."""

from collections.abc import Iterator

from benchmarks.house import Resident
from domain.kinds import COACHING
from domain.people import Role
from domain.waiting import ANYONE

EACH_TENTH = 10
"""One scholar of so many waits in a program that is measured whole."""


def waiting_rows(program: int, scholars: range, *, staff_id: str = ANYONE) -> Iterator[dict[str, object]]:
    """These scholars of a program wait for a session, on whatever day."""
    for place, number in enumerate(scholars, start=1):
        scholar = Resident(program, number, Role.SCHOLAR)
        yield {
            "id": f"waiting of {scholar.id}",
            "program_id": scholar.program_id,
            "scholar_id": scholar.id,
            "kind": COACHING,
            "staff_id": staff_id,
            "from_day": "",
            "until_day": "",
            "place": place,
            "booking_id": None,
            "rests_until": 0,
            "joined_at": 0,
        }
