"""Statements about whom deadlines are for and how far they are; none asks once for each person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    true,
    update,
)

from domain.deadlines import DeadlineState
from storage.batches import in_batches
from storage.engine import table_of
from storage.prepared import Prepared
from storage.program.deadline_queries import COLUMNS, DeadlineRow, deadline
from storage.program.deadlines import DeadlineLeft, DeadlinePerson
from storage.program.people_queries import membership
from storage.program.people_queries import person as on_roster
from storage.upsert import insert_into

person = table_of(DeadlinePerson)
left = table_of(DeadlineLeft)


class PersonState(NamedTuple):
    """Somebody as stored; see `storage.program.deadlines.DeadlinePerson`."""

    deadline_id: str
    person_id: str
    program_id: str
    zone: str
    added_at: int
    due_at: int
    is_extended: bool
    done_at: int | None
    done_by: str
    proof: str
    next_at: int | None
    news: str
    news_at: int
    snoozed_until: int | None
    snoozes: int
    arms_from: int | None
    is_outdated: bool


class Named(NamedTuple):
    """Somebody as stored, with their name; "" for who is on no roster of the program any more."""

    state: PersonState
    name: str


class Kept(NamedTuple):
    """That somebody had met a deadline; see `storage.program.deadlines.DeadlineLeft`."""

    done_at: int
    done_by: str
    proof: str


class Own(NamedTuple):
    """A deadline as it stands for somebody."""

    row: DeadlineRow
    state: PersonState

    @property
    def is_open(self) -> bool:
        """Whether it is still asked of them."""
        return self.row.state == DeadlineState.OPEN


STATE = [person.c[name] for name in PersonState._fields]
_add = Prepared(lambda connection: insert_into(connection, person).on_conflict_do_nothing())


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write people of a deadline; who is there already stays as they are. Returns how many are new."""
    # By the driver itself: SQLAlchemy writes many rows in one statement on PostgreSQL and does not know how many.
    return sum(_add.run_each(connection, some) for some in in_batches(rows))


def one(connection: Connection, deadline_id: str, person_id: str) -> PersonState | None:
    """How somebody stands with a deadline; None for whom it is not for."""
    row = connection.execute(select(*STATE).where(*_is(deadline_id, person_id))).first()
    return None if row is None else PersonState._make(row)


def these(connection: Connection, deadline_id: str, person_ids: Collection[str]) -> list[PersonState]:
    """How these people stand with it, those of them for whom it is."""
    asked = select(*STATE).where(person.c.deadline_id == deadline_id)
    batches = in_batches(sorted(set(person_ids)))
    found = [row for some in batches for row in connection.execute(asked.where(person.c.person_id.in_(some)))]
    return [PersonState._make(row) for row in found]


def own(connection: Connection, person_id: str, deadline_id: str) -> Own | None:
    """A deadline that is for somebody, or was until it was closed."""
    row = connection.execute(_own_of_any_state().where(*_is(deadline_id, person_id))).first()
    return None if row is None else _own_of(row)


def due_for(connection: Connection, person_id: str, *, at_most: int, but_first: int = 0) -> list[Own]:
    """What somebody has not met yet, the soonest first; without so many of the first."""
    asked = (
        _own()
        .where(person.c.person_id == person_id, person.c.done_at.is_(None))
        .order_by(person.c.due_at, person.c.deadline_id)
        .limit(at_most)
        .offset(but_first)
    )
    return [_own_of(row) for row in connection.execute(asked)]


def due_by(connection: Connection, person_id: str, *, until: int, ids: Iterable[str]) -> list[Own]:
    """What somebody has not met yet and is due until then, or is one of these; the soonest first, all of it."""
    asked = (
        _own()
        .where(
            person.c.person_id == person_id,
            person.c.done_at.is_(None),
            or_(person.c.due_at <= until, person.c.deadline_id.in_(sorted(ids))),
        )
        .order_by(person.c.due_at, person.c.deadline_id)
    )
    return [_own_of(row) for row in connection.execute(asked)]


def met_by(connection: Connection, person_id: str, *, since: int, at_most: int) -> list[Own]:
    """What somebody has met lately, the latest first."""
    asked = (
        _own()
        .where(person.c.person_id == person_id, person.c.done_at >= since)
        .order_by(person.c.done_at.desc())
        .limit(at_most)
    )
    return [_own_of(row) for row in connection.execute(asked)]


class Counts(NamedTuple):
    """How many have met a deadline, how many have not who are here, and how many have not and are not here."""

    met: int
    behind: int
    gone: int


def counts(connection: Connection, deadline_id: str, *, here: Select[Any]) -> Counts:
    """How many of a deadline's people are where with it; `here` finds the ids of all who are here."""
    is_behind = and_(person.c.done_at.is_(None), person.c.person_id.in_(here))
    asked = select(func.count(), func.count(person.c.done_at), func.count().filter(is_behind))
    people, met, behind = connection.execute(asked.where(person.c.deadline_id == deadline_id)).one()
    return Counts(met=int(met), behind=int(behind), gone=int(people) - int(met) - int(behind))


def behind(connection: Connection, deadline_id: str, *, at_most: int) -> list[Named]:
    """So many who have not met it, with their names; the soonest due first, then by name."""
    asked = _named(deadline_id).where(person.c.done_at.is_(None))
    return _named_of(connection, asked.order_by(person.c.due_at, on_roster.c.name, person.c.person_id).limit(at_most))


def met(connection: Connection, deadline_id: str, *, at_most: int) -> list[Named]:
    """So many who have met it, with their names; the first first."""
    asked = _named(deadline_id).where(person.c.done_at.is_not(None))
    return _named_of(connection, asked.order_by(person.c.done_at, on_roster.c.name, person.c.person_id).limit(at_most))


def ids_of(deadline_id: str) -> Select[Any]:
    """The ids of everybody it is for, to be asked within a larger question."""
    return select(person.c.person_id).where(person.c.deadline_id == deadline_id)


def ids_not_met(deadline_id: str, *, program_id: str) -> Select[Any]:
    """The ids of everybody of a program who has not met it, to be asked alone or within a larger question."""
    return select(person.c.person_id).where(
        person.c.deadline_id == deadline_id, person.c.program_id == program_id, person.c.done_at.is_(None)
    )


def has_not_met(connection: Connection, deadline_id: str, person_id: str, *, program_id: str) -> bool:
    """Whether it is one person's to meet, and they have not."""
    asked = ids_not_met(deadline_id, program_id=program_id).where(person.c.person_id == person_id)
    return connection.execute(asked).first() is not None


def mark_done(connection: Connection, deadline_id: str, person_id: str, *, at: int, by_id: str, proof: str) -> bool:
    """Note that somebody has met it; False when that was noted before."""
    values = {"done_at": at, "done_by": by_id, "proof": proof, "snoozed_until": None}
    statement = update(person).where(*_is(deadline_id, person_id), person.c.done_at.is_(None)).values(**values)
    return connection.execute(statement).rowcount == 1


def change(connection: Connection, deadline_id: str, person_id: str, values: Mapping[str, Any]) -> None:
    """Change how somebody stands."""
    connection.execute(update(person).where(*_is(deadline_id, person_id)).values(**values))


def change_each(connection: Connection, deadline_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change some values for several people of one deadline: each row has "whose" and the columns by name.

    In one order, so that two who change the same people do not wait for each other.
    """
    if not rows:
        return
    values: dict[str, ColumnElement[Any]] = {name: bindparam(name) for name in rows[0] if name != "whose"}
    is_theirs = and_(person.c.deadline_id == deadline_id, person.c.person_id == bindparam("whose"))
    statement = update(person).where(is_theirs).values(values)
    for some in in_batches(sorted(rows, key=itemgetter("whose"))):
        connection.execute(statement, [dict(row) for row in some])


def advance(connection: Connection, deadline_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note how far people are planned, by "whose", "was" and "then". Who was armed anew meanwhile stays so.

    In the order of `change_each`.
    """
    is_as_read = and_(
        person.c.deadline_id == deadline_id,
        person.c.person_id == bindparam("whose"),
        person.c.next_at == bindparam("was"),
    )
    statement = update(person).where(is_as_read).values(next_at=bindparam("then"))
    for some in in_batches(sorted(rows, key=itemgetter("whose"))):
        connection.execute(statement, [dict(row) for row in some])


def kept_of(connection: Connection, deadline_id: str) -> dict[str, Kept]:
    """What those had done whom it is not for any more, by person."""
    asked = select(left.c.person_id, *(left.c[name] for name in Kept._fields)).where(left.c.deadline_id == deadline_id)
    return {str(row[0]): Kept._make(row[1:]) for row in connection.execute(asked)}


def forget_kept(connection: Connection, deadline_id: str, person_ids: Sequence[str]) -> None:
    """It is for these people again, and what they had done stands there."""
    for some in in_batches(person_ids):
        connection.execute(delete(left).where(left.c.deadline_id == deadline_id, left.c.person_id.in_(some)))


def to_plan(connection: Connection, *, until: int, at_most: int, but_not: Collection[str] = ()) -> list[Own]:
    """Whose next message goes by then, the first first; without those of some deadlines.

    Nor those whose ladder is yet to begin anew.
    """
    is_due = and_(person.c.next_at <= until, person.c.arms_from.is_(None))
    asked = _own().where(is_due).order_by(person.c.next_at).limit(at_most)
    if but_not:
        asked = asked.where(person.c.deadline_id.not_in(sorted(but_not)))
    return [_own_of(row) for row in connection.execute(asked)]


def site_zones(connection: Connection, program_id: str, ids: Iterable[str] | None, *, on: date) -> dict[str, str]:
    """The zone of each one's site on a day: of these people, or of everybody in a program.

    Rosters hold later phases in advance, and earlier ones as history: the newest membership counts that has begun by
    then, and of somebody who has none the first that will.
    """
    asked = (
        select(membership.c.person_id, membership.c.zone, membership.c.starts_on)
        .where(
            membership.c.program_id == program_id,
            membership.c.removed_at.is_(None),
            true() if ids is None else membership.c.person_id.in_(list(ids)),
        )
        .order_by(membership.c.starts_on, membership.c.id)
    )
    day, zones = on.isoformat(), dict[str, str]()
    for id_, zone, starts_on in connection.execute(asked):
        if starts_on <= day or id_ not in zones:
            zones[id_] = zone
    return zones


def _is(deadline_id: str, person_id: str) -> tuple[ColumnElement[bool], ...]:
    return person.c.deadline_id == deadline_id, person.c.person_id == person_id


def _named(deadline_id: str) -> Select[Any]:
    is_theirs = and_(on_roster.c.id == person.c.person_id, on_roster.c.program_id == person.c.program_id)
    asked = select(*STATE, func.coalesce(on_roster.c.name, "")).join_from(person, on_roster, is_theirs, isouter=True)
    return asked.where(person.c.deadline_id == deadline_id)


def _named_of(connection: Connection, asked: Select[Any]) -> list[Named]:
    return [Named(PersonState._make(tuple(row)[:-1]), str(row[-1])) for row in connection.execute(asked)]


def _own() -> Select[Any]:
    return _own_of_any_state().where(deadline.c.state == DeadlineState.OPEN.value)


def _own_of_any_state() -> Select[Any]:
    return select(*COLUMNS, *STATE).join_from(person, deadline, deadline.c.id == person.c.deadline_id)


def _own_of(row: Any) -> Own:
    values, split = tuple(row), len(COLUMNS)
    return Own(DeadlineRow._make(values[:split]), PersonState._make(values[split:]))
