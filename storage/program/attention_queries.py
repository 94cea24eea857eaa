"""Statements about quiet hours, budgets and digests; each answers in one query, however many people there are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from domain.attention import DIGEST as DIGEST  # noqa: PLC0414 it is the ledger's word, and read from here too
from domain.attention import Subject
from domain.delivery import DeliveryState, Way
from domain.times import epoch_seconds
from storage.batches import in_batches
from storage.engine import table_of
from storage.prepared import Prepared
from storage.program.attention import AttentionChoice, DigestItem
from storage.program.delivery import ProgramDelivery
from storage.program.people_queries import person, program
from storage.upsert import insert_into

choice = table_of(AttentionChoice)
item = table_of(DigestItem)
ledger = table_of(ProgramDelivery)

PEOPLE_AT_ONCE = 10_000
"""One list of a statement; PostgreSQL takes six times as many."""
_MAY_HAVE_ARRIVED = (
    DeliveryState.PENDING,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.AMBIGUOUS,
    DeliveryState.SENT,
)
_ON_ITS_WAY = _MAY_HAVE_ARRIVED[:-1]
_GAVE_BACK = (DeliveryState.SUPERSEDED, DeliveryState.CANCELED, DeliveryState.SUPPRESSED)
"""Digests that were not sent: what they were to tell waits again. One that is held keeps it, to be freed with it."""

_add_item = Prepared(
    lambda connection: insert_into(connection, item).on_conflict_do_nothing(index_elements=list(item.primary_key))
)


class Choice(NamedTuple):
    """One person with what they have set; `rhythm` is None for who has set nothing."""

    person_id: str
    program_id: str
    rules_version: int
    quiet_begin: int | None
    quiet_end: int | None
    rhythm: str | None
    digest_time: int | None
    weekday: int | None


class Item(NamedTuple):
    """Something that waits for a digest; see `storage.program.attention.DigestItem`."""

    subject: str
    object_id: str
    rung: str
    added_at: int
    is_over_budget: bool


class DigestRow(NamedTuple):
    """A digest that is still to go: whose, of which local day (ISO), and when (epoch seconds)."""

    key: str
    person_id: str
    day: str
    send_at: int


_choices = (
    select(
        person.c.id,
        person.c.program_id,
        program.c.rules_version,
        choice.c.quiet_begin,
        choice.c.quiet_end,
        choice.c.rhythm,
        choice.c.digest_time,
        choice.c.weekday,
    )
    .join_from(person, program, program.c.id == person.c.program_id)
    .outerjoin(choice, choice.c.person_id == person.c.id)
)


def choices_of(connection: Connection, ids: Sequence[str]) -> list[Choice]:
    """These people with what they have set, on the roster or not."""
    return [
        Choice._make(row)
        for some in in_batches(ids, PEOPLE_AT_ONCE)
        for row in connection.execute(_choices.where(person.c.id.in_(some)))
    ]


def set_choice(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store what one person has set, instead of what they had."""
    statement = insert_into(connection, choice).values(dict(values))
    new = {name: statement.excluded[name] for name in values if name != "person_id"}
    connection.execute(statement.on_conflict_do_update(index_elements=[choice.c.person_id], set_=new))


def forget_choice(connection: Connection, person_id: str) -> None:
    """Let the program's rules hold for somebody again."""
    connection.execute(delete(choice).where(choice.c.person_id == person_id))


def number_told(connection: Connection, person_id: str, *, since: datetime, but_not: str) -> int:
    """How many messages about announcements, deadlines and events somebody may have got from an instant on.

    The row with the key `but_not`, which is about to go, is not counted.
    """
    asked = select(func.count()).where(ledger.c.person_id == person_id, ledger.c.key != but_not, _counts(since))
    return int(connection.execute(asked).scalar_one())


def times_told(connection: Connection, ids: Sequence[str], *, since: datetime) -> list[tuple[str, int]]:
    """The same messages of these people from an instant on, each with its reader and when it went (epoch seconds)."""
    return [
        (str(person_id), int(told_at))
        for some in in_batches(ids, PEOPLE_AT_ONCE)
        for person_id, told_at in connection.execute(
            select(ledger.c.person_id, ledger.c.told_at).where(ledger.c.person_id.in_(some), _counts(since))
        )
    ]


def _counts(since: datetime) -> ColumnElement[bool]:
    """Whether a row is a message that somebody may have got from an instant on, and that counts in their day."""
    return and_(
        ledger.c.intent_at.is_not(None),
        ledger.c.told_at >= epoch_seconds(since),
        ledger.c.state.in_([state.value for state in _MAY_HAVE_ARRIVED]),
        ledger.c.way == Way.POST.value,
        or_(*(ledger.c.kind.startswith(subject.kinds, autoescape=True) for subject in Subject)),
    )


def add_items(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Let these wait that do not yet, and have not; returns how many are new."""
    return sum(_add_item.run_each(connection, some) for some in in_batches(rows))


def used_keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Those of these keys whose row does not wait any more, and so cannot take anything up."""
    waits = ledger.c.state == DeliveryState.PENDING.value
    return {
        str(found)
        for some in in_batches(keys, PEOPLE_AT_ONCE)
        for found in connection.execute(select(ledger.c.key).where(ledger.c.key.in_(some), ~waits)).scalars()
    }


def take_items(connection: Connection, person_id: str, key: str, subjects: Iterable[Subject]) -> list[Item]:
    """Give what waits of these subjects to this digest of somebody's, and say what it has now, of before too."""
    waits = _waits([person_id])
    wanted = item.c.subject.in_([subject.value for subject in subjects])
    connection.execute(update(item).where(item.c.person_id == person_id, wanted, waits).values(told_by=key))
    return items_told_by(connection, person_id, key)


def _waits(ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether something of these people waits for a digest still, or again."""
    gave_back = select(ledger.c.key).where(
        ledger.c.object_id.in_(ids),
        ledger.c.kind == DIGEST,
        ledger.c.state.in_([state.value for state in _GAVE_BACK]),
    )
    return or_(item.c.told_by.is_(None), item.c.told_by.in_(gave_back))


def cannot_wait(connection: Connection, ids: Sequence[str], *, key: str | None = None) -> set[str]:
    """Whose digest has to come on the next day, since something was over their budget: what waits, or has this key."""
    return {
        str(found)
        for some in in_batches(ids, PEOPLE_AT_ONCE)
        for found in connection.execute(
            select(item.c.person_id)
            .where(item.c.person_id.in_(some), item.c.is_over_budget, or_(_waits(some), item.c.told_by == key))
            .distinct()
        ).scalars()
    }


def has_waiting(connection: Connection, person_id: str) -> bool:
    """Whether anything waits for somebody's digest that none has taken up."""
    asked = select(item.c.object_id).where(item.c.person_id == person_id, item.c.told_by.is_(None)).limit(1)
    return connection.execute(asked).first() is not None


def items_told_by(connection: Connection, person_id: str, key: str) -> list[Item]:
    """What one digest tells, the first to wait first."""
    asked = (
        select(item.c.subject, item.c.object_id, item.c.rung, item.c.added_at, item.c.is_over_budget)
        .where(item.c.person_id == person_id, item.c.told_by == key)
        .order_by(item.c.added_at, item.c.object_id, item.c.rung)
    )
    return [Item._make(row) for row in connection.execute(asked)]


def drop_items(connection: Connection, person_id: str, key: str, objects: Iterable[tuple[str, str]]) -> None:
    """Forget what one digest took and need not tell: subject and id of each."""
    for subject, object_id in objects:
        connection.execute(
            delete(item).where(
                item.c.person_id == person_id,
                item.c.told_by == key,
                item.c.subject == subject,
                item.c.object_id == object_id,
            )
        )


def told_since(connection: Connection, person_id: str, since: int) -> dict[str, int]:
    """By object, when somebody was last sent a message of its own about it after an instant (both epoch seconds)."""
    counted = or_(*(ledger.c.kind.startswith(subject.kinds, autoescape=True) for subject in Subject))
    asked = (
        select(ledger.c.object_id, func.max(ledger.c.told_at))
        .where(
            ledger.c.person_id == person_id,
            ledger.c.intent_at.is_not(None),
            ledger.c.told_at > since,
            ledger.c.state.in_([state.value for state in _MAY_HAVE_ARRIVED]),
            ledger.c.way == Way.POST.value,
            counted,
        )
        .group_by(ledger.c.object_id)
    )
    return {str(object_id): int(told_at) for object_id, told_at in connection.execute(asked)}


def stranded(connection: Connection) -> list[str]:
    """People with something that waits and no digest on its way to them, by id."""
    on_its_way = (
        select(ledger.c.key)
        .where(
            ledger.c.object_id == item.c.person_id,
            ledger.c.kind == DIGEST,
            ledger.c.state.in_([state.value for state in _ON_ITS_WAY]),
        )
        .exists()
    )
    asked = select(item.c.person_id).where(item.c.told_by.is_(None), ~on_its_way).distinct().order_by(item.c.person_id)
    return [str(found) for found in connection.execute(asked).scalars()]


def digests_ahead(connection: Connection, person_id: str | None = None) -> list[DigestRow]:
    """The digests that wait for their time: one person's, or everybody's."""
    asked = select(ledger.c.key, ledger.c.person_id, ledger.c.rung, ledger.c.send_at).where(
        ledger.c.state == DeliveryState.PENDING.value, ledger.c.kind == DIGEST
    )
    if person_id is not None:
        asked = asked.where(ledger.c.object_id == person_id)
    return [DigestRow._make(row) for row in connection.execute(asked.order_by(ledger.c.key))]


def move_digests(connection: Connection, at: Mapping[str, int]) -> None:
    """Let digests that still wait go at another instant (epoch seconds), by key. Their place on the ladder stays."""
    for instant in sorted(set(at.values())):
        keys = [key for key, value in at.items() if value == instant]
        for some in in_batches(keys, PEOPLE_AT_ONCE):
            connection.execute(
                update(ledger)
                .where(ledger.c.key.in_(some), ledger.c.state == DeliveryState.PENDING.value)
                .values(send_at=instant)
            )
