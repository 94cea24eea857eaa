"""Another audience for a deadline that stands: who stays, who newly belongs, and who hears nothing more of it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import Connection

from domain.audience import Audience, NobodyFound
from domain.deadlines import Due, PastDue
from domain.errors import DomainError
from domain.people import Person
from domain.times import epoch_seconds
from services.audiences.resolve import ROLES_FIELD, Reader
from services.deadlines.audience import Meant, meant
from services.deadlines.facts import Deadline, of_staff
from services.deadlines.ladders import DeadlineMessage
from services.desk import Desk
from storage.program import (
    deadline_ledger,
    deadline_people_queries,
    deadline_queries,
    extension_queries,
    people_queries,
)
from storage.program.deadline_people_queries import PersonState


class AudienceStays(DomainError):
    """Whom this is for cannot become, or stop being, a private list or those who are behind with something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """The people of a deadline after a change. `who` has the zones of those who join, None where nobody was sought."""

    stays: Sequence[PersonState]
    leaving: tuple[str, ...] = ()
    joining: tuple[Reader, ...] = ()
    who: Meant | None = None

    @property
    def zones(self) -> set[str]:
        """By whose clocks it is due for any of them."""
        fresh = set() if self.who is None else {self.who.zone_of(each) for each in self.joining}
        return {state.zone for state in self.stays} | fresh

    def first_due(self, due: Due) -> datetime:
        """The first instant at which it is due for anybody. Raises `TimeSkipped` or `TimeRepeated` at field "due"."""
        due.check(self.zones)
        return min(due.at(each) for each in self.zones)

    def check(self, due: Due, now: datetime, *, is_moved: bool) -> None:
        """Raises as saving it will, so that nobody looks at names for nothing."""
        if is_moved:
            self.first_due_ahead(due, now)
        elif self.who is not None:
            self.first_due(due)

    def first_due_ahead(self, due: Due, now: datetime) -> datetime:
        """The same. Raises `PastDue` as well."""
        first = self.first_due(due)
        if first <= now:
            raise PastDue(field="due")
        return first


def is_other(audience: Audience, than: Audience) -> bool:
    """Whether two audiences ask for different people, in whatever order their values were chosen."""
    return _ordered(audience) != _ordered(than)


def regroup(
    desk: Desk, connection: Connection, staff: Person, before: Deadline, audience: Audience, due: Due
) -> Regrouped:
    """Who it is for with this audience and this time; nobody newly belongs for whom it would be past due.

    Unless they had met it when it was for them before.

    Raises `AudienceStays`, `EmptyAudience` or `NobodyFound` at field "who".
    """
    people = deadline_people_queries.all_of(connection, before.id)
    if not is_other(audience, before.audience):
        return Regrouped(stays=people)
    if not (audience.can_change and before.audience.can_change):
        raise AudienceStays(field=ROLES_FIELD)
    now, wanted = desk.clock.now(), replace(before, audience=audience)
    who = meant(desk, connection, wanted, author_id=staff.id)
    known = {state.person_id for state in people}
    had_met = deadline_people_queries.kept_of(connection, before.id)
    joining = tuple(
        each
        for each in who.found.readers
        if each.person_id not in known and (each.person_id in had_met or due.at(who.zone_of(each)) > now)
    )
    stays = [state for state in people if state.person_id in who.found.ids]
    if not (stays or joining):
        raise NobodyFound(field=ROLES_FIELD)
    leaving = tuple(sorted(known - who.found.ids))
    return Regrouped(stays=stays, leaving=leaving, joining=joining, who=who)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """Whom another audience would let in and who would go, by name, for staff. `key` tells it from any other."""

    joining: tuple[str, ...]
    leaving: tuple[str, ...]
    key: str

    @property
    def changes_anything(self) -> bool:
        """Whether it would be for anybody else."""
        return bool(self.joining or self.leaving)


def foresee(desk: Desk, staff: Person, deadline_id: str, audience: Audience, due: Due) -> Foreseen:
    """What saving this audience and this time would do just now. Four queries and those of an audience.

    Raises `NotFound`, and as `regroup` and `Regrouped.check` do.
    """
    with desk.program.read() as connection:
        before = of_staff(deadline_queries.one(connection, deadline_id), staff)
        found = regroup(desk, connection, staff, before, audience, due)
        found.check(due, desk.clock.now(), is_moved=due != before.due)
        names = people_queries.names_of(connection, set(found.leaving), program_id=staff.program_id)
    ids = [*sorted(each.person_id for each in found.joining), "", *found.leaving]
    return Foreseen(
        joining=tuple(each.name for each in found.joining),
        leaving=tuple(sorted(names.get(each, "") for each in found.leaving)),
        key=hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16],
    )


def let_go(connection: Connection, deadline_id: str, person_ids: Sequence[str], now: datetime) -> None:
    """It is not for these people any more: nothing more is told, and nothing they have asked for is to be decided.

    That they had met it is kept out of everybody's sight until it is for them again.
    """
    deadline_ledger.supersede(connection, deadline_id, DeadlineMessage.REMINDER, person_ids)
    extension_queries.end_waiting(connection, deadline_id, at=epoch_seconds(now), person_ids=person_ids)
    deadline_people_queries.remove(connection, deadline_id, person_ids)


def _ordered(audience: Audience) -> Iterable[object]:
    values = (getattr(audience, each.name) for each in fields(audience))
    return [sorted(value) if isinstance(value, tuple) else value for value in values]
