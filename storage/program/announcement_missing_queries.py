"""Who has not acknowledged an announcement, and whether anybody still waits for that. One query each."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, String, and_, cast, func, join, or_, select, true

from domain.attention import DIGEST, Subject
from domain.delivery import DeliveryState
from storage.engine import table_of
from storage.program.announcement_queries import reader
from storage.program.announcement_rows import TOLD, TOLD_OR_HELD, digests, not_reached
from storage.program.attention_queries import item
from storage.program.delivery import ProgramDelivery
from storage.program.people_queries import person

_row = table_of(ProgramDelivery)


class Still(NamedTuple):
    """The questions, each for ids of people, all of which whoever is still missing from an announcement answers."""

    here: Select[Any]
    behind: tuple[Select[Any], ...] = ()

    @property
    def is_here(self) -> ColumnElement[bool]:
        """Whether a reader can still be written to."""
        return reader.c.person_id.in_(self.here)

    @property
    def is_behind(self) -> ColumnElement[bool]:
        """Whether a reader has not done meanwhile what it is about, where it is for such people alone."""
        return and_(true(), *(reader.c.person_id.in_(each) for each in self.behind))


class Missing(NamedTuple):
    """A reader who has not acknowledged one; when they last had it (epoch seconds), and with which rung or `DIGEST`.

    `is_here` is whether they are in the program still and can be written to.
    """

    name: str
    is_here: bool
    told_at: int | None
    rung: str


def numbers_missing(connection: Connection, asked_of: Mapping[str, Still], *, here: Select[Any]) -> dict[str, int]:
    """How many are still missing from each of these; those from which nobody is are left out.

    The database looks up once who is `here`, for all of them.
    """
    is_of = reader.c.announcement_id
    narrowed = {id_: still for id_, still in asked_of.items() if still.behind}
    are_behind = [and_(is_of == id_, still.is_behind) for id_, still in sorted(narrowed.items())]
    asked = (
        select(is_of, func.count())
        .where(
            or_(is_of.in_(sorted(asked_of.keys() - narrowed.keys())), *are_behind),
            reader.c.acknowledged_at.is_(None),
            reader.c.person_id.in_(here),
        )
        .group_by(reader.c.announcement_id)
    )
    return {str(id_): int(number) for id_, number in connection.execute(asked)}


def number_done(connection: Connection, announcement_id: str, still: Still) -> int:
    """How many have not acknowledged it and need not any more: they have done what it is about, or it is not theirs."""
    asked = select(func.count()).where(
        reader.c.announcement_id == announcement_id, reader.c.acknowledged_at.is_(None), ~still.is_behind
    )
    return int(connection.execute(asked).scalar_one())


def unserved(announcement_id: str, still: Still) -> Select[Any]:
    """The ids of its readers who have not had it and are still to, to be asked within a larger question."""
    return not_reached(announcement_id).where(still.is_here, still.is_behind)


def number_unserved(connection: Connection, announcement_id: str, still: Still) -> int:
    """How many of these there are."""
    asked = select(func.count()).select_from(unserved(announcement_id, still).subquery())
    return int(connection.execute(asked).scalar_one())


def served_missing(
    connection: Connection, announcement_id: str, still: Still, after: str, *, at_most: int
) -> list[str]:
    """The next readers who are still missing and for whom nothing of it is on its way or ahead.

    Neither a message of their own nor a line of a digest.
    """
    asked = (
        _served(announcement_id, still).where(reader.c.person_id > after).order_by(reader.c.person_id).limit(at_most)
    )
    return [str(found) for found in connection.execute(asked).scalars()]


def number_served(connection: Connection, announcement_id: str, still: Still) -> int:
    """How many of these there are."""
    asked = select(func.count()).select_from(_served(announcement_id, still).subquery())
    return int(connection.execute(asked).scalar_one())


def _served(announcement_id: str, still: Still) -> Select[Any]:
    waiting = (
        select(func.count())
        .where(
            _row.c.object_id == announcement_id,
            _row.c.kind == TOLD,
            _row.c.person_id == reader.c.person_id,
            _row.c.state.in_((DeliveryState.PENDING.value, DeliveryState.CLAIMED.value)),
        )
        .scalar_subquery()
    )
    return select(reader.c.person_id).where(
        reader.c.announcement_id == announcement_id,
        reader.c.acknowledged_at.is_(None),
        still.is_here,
        still.is_behind,
        waiting == 0,
        digests(or_(_row.c.state.is_(None), _row.c.state.not_in(TOLD_OR_HELD))) == 0,
    )


def missing(connection: Connection, announcement_id: str, still: Still, *, at_most: int) -> tuple[list[Missing], int]:
    """Who has not acknowledged it and is behind, and when they last had it, in a message or a digest.

    The first in the order of names, and how many there are. Who has left is among them.
    """
    first = (
        select(reader.c.person_id, person.c.name, still.is_here.label("is_here"), func.count().over().label("number"))
        .select_from(join(reader, person, person.c.id == reader.c.person_id))
        .where(reader.c.announcement_id == announcement_id, reader.c.acknowledged_at.is_(None), still.is_behind)
        .order_by(person.c.name, person.c.id)
        .limit(at_most)
        .subquery("first")
    )
    last, in_digest = (
        _last_message(announcement_id, first.c.person_id),
        _last_digest(announcement_id, first.c.person_id),
    )
    asked = select(first.c.name, first.c.is_here, last, in_digest, first.c.number)
    rows = connection.execute(asked.order_by(first.c.name, first.c.person_id)).all()
    return [_missing(*row[:-1]) for row in rows], int(rows[0].number) if rows else 0


def _last_message(announcement_id: str, person_id: ColumnElement[str]) -> ColumnElement[Any]:
    # Of an instant and a rung together the greatest is the last: one look at the rows of each. Epoch seconds have ten
    # digits until the year 2286.
    return (
        select(func.max(cast(_row.c.told_at, String) + " " + _row.c.rung))
        .where(
            _row.c.object_id == announcement_id,
            _row.c.kind == TOLD,
            _row.c.person_id == person_id,
            _row.c.state == DeliveryState.SENT.value,
        )
        .scalar_subquery()
    )


def _last_digest(announcement_id: str, person_id: ColumnElement[str]) -> ColumnElement[Any]:
    return (
        select(func.max(_row.c.told_at))
        .select_from(join(item, _row, _row.c.key == item.c.told_by))
        .where(
            item.c.person_id == person_id,
            item.c.subject == Subject.ANNOUNCEMENT.value,
            item.c.object_id == announcement_id,
            _row.c.state == DeliveryState.SENT.value,
        )
        .scalar_subquery()
    )


def _missing(name: str, is_here: bool, last: str | None, in_digest: int | None) -> Missing:  # noqa: FBT001
    told_at, _, rung = (last or "").partition(" ")
    had = [(int(told_at), rung)] if told_at else []
    had += [] if in_digest is None else [(in_digest, DIGEST)]
    return Missing(name, bool(is_here), *(max(had) if had else (None, "")))
