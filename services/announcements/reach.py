"""How long it took until announcements had been acknowledged: of one, and by tier over the newest ones."""

import math
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from domain.announcements import State, Timing
from domain.delivery import Tier
from domain.people import Person
from services.announcements.facts import Announcement, announcement_of
from services.announcements.look import Line, lines_of
from services.apart import legible
from services.desk import Desk
from storage.program import announcement_queries, announcement_rows

REPORTED = 30
"""Of each tier, the newest so many count in the report."""
SHARES = (50, 90, 100)
"""Percent of the readers."""


def hours_to_reach(desk: Desk, staff: Person) -> Mapping[Tier, Mapping[int, float | None]]:
    """By tier, how many hours it took until so many percent had acknowledged: the median over the newest ones.

    None where fewer than half of them got so far. For staff. Six queries at most, however many readers there were.
    """
    with desk.program.read() as connection:
        rows = announcement_queries.of_program(connection, staff.program_id, [State.SENT], at_most=10 * REPORTED)
        counted = [row for row in rows if row.needs_ack and row.readers]
        asked = _newest_of_each(legible("report announcement", counted, announcement_of)[0])
        lines = [line for line in lines_of(desk, connection, asked).values() if line.readers]
        seconds = _seconds_to_reach(connection, lines)
    found: dict[Tier, list[Mapping[int, float | None]]] = {}
    for each in lines:
        found.setdefault(each.announcement.tier, []).append(_hours(each, seconds))
    return {tier: {share: _median([one[share] for one in ones]) for share in SHARES} for tier, ones in found.items()}


def hours_of(connection: Connection, line: Line) -> dict[int, float | None]:
    """Hours until so many percent of the readers of one had acknowledged it; None for never. One query at most."""
    return _hours(line, _seconds_to_reach(connection, [line]))


def _newest_of_each(asked: Sequence[Announcement]) -> list[Announcement]:
    return [each for tier in Tier for each in [one for one in asked if one.tier is tier][:REPORTED]]


def _ranks(line: Line) -> list[tuple[str, int]]:
    """Which of its readers make up each share, by nearest rank; none for one without readers."""
    return [(line.announcement.id, _rank(line, share)) for share in SHARES if line.readers]


def _rank(line: Line, share: int) -> int:
    return math.ceil(share * line.readers / 100)


def _seconds_to_reach(connection: Connection, asked: Collection[Line]) -> dict[tuple[str, int], int]:
    """How long it took until the reader of each rank had acknowledged each of these; one query at most.

    Counted for each reader from when it was theirs to read: from the sending, or when they came later; of what goes
    out in each reader's morning from their first message.
    """
    in_mornings = {each.announcement.id for each in asked if each.announcement.plan.timing is Timing.MORNING}
    ranks = [rank for each in asked for rank in _ranks(each)]
    return announcement_rows.reached_after(connection, ranks, in_mornings=in_mornings)


def _hours(line: Line, seconds: Mapping[tuple[str, int], int]) -> dict[int, float | None]:
    found = line.announcement
    if found.sent_at is None or not line.readers:
        return dict.fromkeys(SHARES)
    took = {share: seconds.get((found.id, _rank(line, share))) for share in SHARES}
    return {share: None if each is None else each / 3600 for share, each in took.items()}


def _median(values: Sequence[float | None]) -> float | None:
    """The middle one, with what never came last; of an even number the later of the two."""
    ordered = sorted(math.inf if value is None else value for value in values)
    middle = ordered[len(ordered) // 2]
    return None if math.isinf(middle) else middle
