"""Another audience for a deadline that stands: who stays, who newly belongs, and who hears nothing more of it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import Connection

from domain.audience import Audience, NobodyFound
from domain.deadlines import Due, Ladder
from domain.errors import DomainError
from domain.people import Person
from domain.times import epoch_seconds
from services.audiences.here import here
from services.audiences.resolve import ROLES_FIELD, Reader
from services.deadlines.audience import Meant, ahead_of, is_told_at_once, meant
from services.deadlines.facts import Deadline, of_staff
from services.deadlines.moving import Notice, notice_of, told_of
from services.desk import Desk
from storage.program import (
    deadline_change_queries,
    deadline_people_queries,
    deadline_queries,
    extension_queries,
    people_queries,
)


class AudienceStays(DomainError):
    """Whom this is for cannot become, or stop being, a private list or those who are behind with something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """What comes of another audience: how many stay, who leaves, and who newly belongs, with their zones in `who`."""

    stays: int
    leaving: tuple[str, ...]
    joining: tuple[Reader, ...]
    who: Meant

    @property
    def people(self) -> int:
        """How many it is for now."""
        return self.stays + len(self.joining)

    @property
    def left(self) -> int:
        """How many do not belong any more."""
        return len(self.leaving)

    @property
    def zones(self) -> set[str]:
        """By whose clocks it is due for those who newly belong."""
        return {self.who.zone_of(each) for each in self.joining}


def is_other(audience: Audience, than: Audience) -> bool:
    """Whether two audiences ask for different people, in whatever order their values were chosen."""
    return _ordered(audience) != _ordered(than)


def sought(
    desk: Desk, connection: Connection, staff: Person, before: Deadline, audience: Audience | None
) -> Meant | None:
    """Who a deadline is for with another audience; None where that stays. To be looked up before anybody has to wait.

    Raises `AudienceStays`, `EmptyAudience` or `NobodyFound` at field "who".
    """
    if audience is None or not is_other(audience, before.audience):
        return None
    if not (audience.can_change and before.audience.can_change):
        raise AudienceStays(field=ROLES_FIELD)
    return meant(desk, connection, replace(before, audience=audience), author_id=staff.id)


def regrouped(connection: Connection, deadline_id: str, who: Meant, due: Due, now: datetime) -> Regrouped:
    """What comes of another audience; nobody newly belongs for whom it would be past due.

    Unless they had met it when it was for them before. Whose account is off just now stays: what they were given and
    have asked for is theirs when it is in use again.

    Raises `NobodyFound` at field "who".
    """
    known = set(connection.execute(deadline_people_queries.ids_of(deadline_id)).scalars())
    had_met = deadline_people_queries.kept_of(connection, deadline_id)
    joining = tuple(
        each
        for each in who.found.readers
        if each.person_id not in known and (each.person_id in had_met or due.at(who.zone_of(each)) > now)
    )
    leaving = tuple(sorted(known - who.found.everybody))
    if not joining and len(leaving) == len(known):
        raise NobodyFound(field=ROLES_FIELD)
    return Regrouped(stays=len(known) - len(leaving), leaving=leaving, joining=joining, who=who)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a change comes to, for staff: whom it would let in and who would go, by name, and how short the notice is.

    `notice` is of another time, None where that stays; `told` is how many hear of it at once. Of those for whom it is
    new `newly_told` hear of it at once, and `newly_later` by a reminder; not who had met it before. `key` tells what is
    to be looked at from anything else.
    """

    joining: tuple[str, ...]
    leaving: tuple[str, ...]
    key: str
    notice: Notice | None = None
    told: int = 0
    stays: int = 0
    """How many it was for before and still is."""
    newly_told: int = 0
    newly_later: int = 0

    @property
    def changes_anything(self) -> bool:
        """Whether it would be for anybody else, or at another time."""
        return bool(self.joining or self.leaving or self.notice)


def foresee(
    desk: Desk, staff: Person, deadline_id: str, audience: Audience | None, due: Due, ladder: Ladder | None = None
) -> Foreseen:
    """What saving this time, and this audience and these reminders unless they stay, would do just now.

    Nine queries at most, one for each zone of its people, and those of an audience.

    Raises `NotFound`, and as `sought`, `regrouped` and `first_due` do.
    """
    with desk.program.read() as connection:
        before = of_staff(deadline_queries.one(connection, deadline_id), staff)
        who, now = sought(desk, connection, staff, before, audience), desk.clock.now()
        found = None if who is None else regrouped(connection, deadline_id, who, due, now)
        is_moved = due != before.due
        first = first_due(connection, before, due, found, now=now) if is_moved or found is not None else before.due_at
        leaving = () if found is None else found.leaving
        are_here = here(desk, connection, staff.program_id)
        told = told_of(connection, deadline_id, due, here=are_here, but_not=leaving) if is_moved else 0
        had_met = {} if found is None else deadline_people_queries.kept_of(connection, deadline_id)
        names = people_queries.names_of(connection, set(leaving), program_id=staff.program_id)
    joining = () if found is None else found.joining
    after = replace(before, due=due, ladder=ladder or before.ladder)
    new = [] if found is None else [each for each in found.joining if each.person_id not in had_met]
    newly_told = 0 if found is None else sum(is_told_at_once(after, found.who.zone_of(each), now) for each in new)
    ids = [*sorted(each.person_id for each in joining), "", *leaving, repr(due) if is_moved else ""]
    return Foreseen(
        joining=tuple(each.name for each in joining),
        leaving=tuple(sorted(names.get(each, "") for each in leaving)),
        key=hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16],
        notice=notice_of(desk, staff, first) if is_moved else None,
        told=told,
        stays=before.people if found is None else found.stays,
        newly_told=newly_told,
        newly_later=len(new) - newly_told,
    )


def first_due(
    connection: Connection, before: Deadline, due: Due, found: Regrouped | None, *, now: datetime
) -> datetime:
    """The first instant at which it is due for anybody whom it is for then.

    Raises `TimeSkipped` or `TimeRepeated` at field "due", and `PastDue` for another time that has passed.
    """
    leaving = frozenset() if found is None else frozenset(found.leaving)
    zones = deadline_change_queries.zones_of(connection, before.id, but_not=leaving)
    zones |= set() if found is None else found.zones
    due.check(zones)
    first = min(due.at(each) for each in zones)
    return first if due == before.due else ahead_of(now, due, first)


def let_go(connection: Connection, deadline_id: str, person_ids: Sequence[str], now: datetime) -> None:
    """It is not for these people any more: nothing more is told, and nothing they have asked for is to be decided.

    That they had met it is kept out of everybody's sight until it is for them again.
    """
    deadline_change_queries.remove(connection, deadline_id, person_ids)
    extension_queries.end_of_strangers(connection, deadline_id, at=epoch_seconds(now))


def _ordered(audience: Audience) -> Iterable[object]:
    values = (getattr(audience, each.name) for each in fields(audience))
    return [sorted(value) if isinstance(value, tuple) else value for value in values]
