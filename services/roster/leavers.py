"""Stops a roster that would empty the program: a wrong file looks like one that most people are missing from."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.errors import DomainError
from services.roster.plan import RosterPlan
from storage.program.roster_queries import Standing, StoredProgram

FEW = 3
"""So many may always leave, of a small program too."""
QUARTER = 4
NAMED = 3


class TooManyLeave(DomainError):
    """Nothing was imported, because too many people would leave.

    The message names a few of them: it is for the operator, who keeps the roster.
    """

    def __init__(self, names: Sequence[str], *, among: int) -> None:
        number, listed = len(names), ", ".join(sorted(names)[:NAMED])
        more = f" and {number - NAMED} more" if number > NAMED else ""
        super().__init__(
            f"Nothing was imported. {number} of the {among} people on the roster would be deactivated and their "
            f"sessions canceled: {listed}{more}. Check that this is the right file, and the whole of it. If they do "
            f"leave, import it with --deactivate {number}."
        )


def check_leavers(stored: StoredProgram, plan: RosterPlan, *, allowed: int | None, now: datetime) -> None:
    """Refuse when too many lose their place: raises `TooManyLeave`.

    Those count who have days left and would have none, whether they are not in the file any more or their days are
    over by it. `allowed` is how many may; without it a quarter of everybody with days left, and `FEW` at any rate.
    """
    here = _with_days_left(stored.memberships, now)
    left = set(stored.memberships).difference(plan.leaves).union(plan.joins)
    leavers = here - _with_days_left(left, now)
    limit = max(FEW, len(here) // QUARTER) if allowed is None else allowed
    if len(leavers) > limit:
        raise TooManyLeave([entry.name for entry in stored.people if entry.id in leavers], among=len(here))


def _with_days_left(memberships: Iterable[Standing], now: datetime) -> set[str]:
    """Ids of people, by the date in UTC: this is about how many, not about an hour."""
    today = now.date().isoformat()
    return {standing.person_id for standing in memberships if standing.ends_on >= today}
