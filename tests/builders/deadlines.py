"""Builders of deadlines, and how staff set one at a house's desk."""

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any

from domain.audience import Audience
from domain.deadlines import DeadlineText, Due, DueKind, parse_ladder
from domain.people import Role
from domain.times import instant_of
from services.deadlines.change import Change, change
from services.deadlines.facts import Deadline
from services.deadlines.look import deadline_for_staff
from services.deadlines.regrouping import Foreseen, foresee
from services.deadlines.write import Content, Write, publish, write
from storage.program import deadline_ledger, deadline_people_queries
from storage.program.deadline_people_queries import PersonState
from tests.fixtures.desks import House

SCHOLARS = Audience(roles=(Role.SCHOLAR,))
LADDER = "7d, 48h, 24h, 3h, overdue +1h"
_keys = count(1)


def a_key() -> str:
    """A once-only key that no other has."""
    return f"deadline-request-{next(_keys)}"


def in_london(day: str = "2027-01-25", minute: int = 17 * 60) -> Due:
    """Two weeks after the houses' Monday, at 17:00."""
    return Due(kind=DueKind.INSTANT, day=date.fromisoformat(day), minute=minute, zone_name="Europe/London")


def a_content(
    *,
    title: str = "Research plan",
    words: str = "",
    due: Due | None = None,
    ladder: str = LADDER,
    audience: Audience = SCHOLARS,
    takes_newcomers: bool = True,
    needs_proof: bool = False,
    is_told: bool = False,
) -> Content:
    """What a form says; nobody is told at once unless asked."""
    return Content(
        text=DeadlineText(title=title, words=words),
        due=due or in_london(),
        ladder=parse_ladder(ladder),
        audience=audience,
        takes_newcomers=takes_newcomers,
        needs_proof=needs_proof,
        is_told=is_told,
    )


def a_deadline(house: House, content: Content | None = None, *, by: str = "sam") -> Deadline:
    """One that stands, set by Sam unless told."""
    staff = house.person(by)
    draft = write(house.desk, staff, Write(request_key=a_key(), content=content or a_content())).deadline
    return publish(house.desk, staff, draft.id, version=draft.version, request_key=a_key())


def a_change(deadline: Deadline, **changes: Any) -> Change:
    """What the form for changing it says, seen as it is here; all that is not among the changes stays."""
    stays = Change(
        request_key=a_key(),
        id=deadline.id,
        version=deadline.version,
        text=deadline.text,
        due=deadline.due,
        ladder=deadline.ladder,
        needs_proof=deadline.needs_proof,
    )
    return replace(stays, **changes)


def state_of(house: House, deadline: Deadline, person_id: str) -> PersonState:
    """How somebody stands with it."""
    with house.stores.program.read() as connection:
        found = deadline_people_queries.one(connection, deadline.id, person_id)
    assert found is not None
    return found


def due_of(house: House, deadline: Deadline, person_id: str) -> datetime:
    """When it is due for somebody."""
    return instant_of(state_of(house, deadline, person_id).due_at)


def ledger_of(house: House, deadline: Deadline) -> list[tuple[str, str, str, str]]:
    """Reader, rung, time and state of every message about it, in that order."""
    table = deadline_ledger.ledger
    with house.stores.program.read() as connection:
        rows = connection.execute(table.select().where(table.c.object_id == deadline.id)).all()
    return sorted((row.person_id, row.rung, f"{instant_of(row.planned_at):%m-%d %H:%M}", row.state) for row in rows)


def for_others(house: House, deadline: Deadline, audience: Audience) -> Change:
    """A deadline as it stands, for other people."""
    return a_change(deadline_for_staff(house.desk, house.person("sam"), deadline.id), audience=audience)


def regrouped(house: House, deadline: Deadline, audience: Audience) -> tuple[int, int]:
    """Let it be for others; for how many it newly is, and for how many not any more."""
    done = change(house.desk, house.person("sam"), for_others(house, deadline, audience))
    return done.joined, done.left


def foreseen(house: House, deadline: Deadline, audience: Audience | None, due: Due | None = None) -> Foreseen:
    """What that, or another time, would come to."""
    return foresee(house.desk, house.person("sam"), deadline.id, audience, due or deadline.due)
