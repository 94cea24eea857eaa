"""Nobody writes where questions are asked: there is no turn, no transaction, and nothing to undo. On both engines."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, bindparam, delete, insert, select, text, update
from sqlalchemy.exc import InvalidRequestError

from storage.engine import table_of
from storage.prepared import Prepared
from storage.program.delivery import ProgramWatermark
from storage.turns import driver_of
from storage.upsert import insert_into
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of

planned = table_of(ProgramWatermark)
A = {"source": "a", "until": 1}
add = Prepared(insert(planned))
change = Prepared(update(planned).values(until=bindparam("later")))
returning = Prepared(insert(planned).returning(planned.c.until))
upsert = Prepared(lambda connection: insert_into(connection, planned).on_conflict_do_nothing())
gone = Prepared(text("WITH few AS (SELECT 'b' AS source) DELETE FROM planned WHERE source IN (SELECT source FROM few)"))
found = Prepared(select(planned.c.until).where(planned.c.source == bindparam("wanted")))

Deed = Callable[[Connection], object]
WRITES: dict[str, Deed] = {
    "insert": lambda connection: connection.execute(insert(planned), A),
    "update": lambda connection: connection.execute(update(planned).values(until=2)),
    "delete": lambda connection: connection.execute(delete(planned)),
    "insert with an answer": lambda connection: connection.execute(insert(planned).returning(planned.c.until), A).all(),
    "text": lambda connection: connection.execute(text("DELETE FROM planned")),
    "text behind a part in front": lambda connection: connection.execute(
        text("WITH few AS (SELECT source FROM planned) DELETE FROM planned WHERE source IN (SELECT source FROM few)")
    ),
    "text that comes prepared": lambda connection: gone.rows(connection, {}),
    "no text": lambda connection: connection.execute(text(" ")),
    "prepared insert": lambda connection: add.run(connection, A),
    "prepared inserts": lambda connection: add.run_each(connection, [A]),
    "prepared update": lambda connection: change.run(connection, {"later": 2}),
    "prepared insert with an answer": lambda connection: returning.rows(connection, A),
    "prepared upsert": lambda connection: upsert.run(connection, A),
}
QUESTIONS: dict[str, Deed] = {
    "select": lambda connection: connection.execute(select(planned.c.until)).scalar_one(),
    "union": lambda connection: connection.execute(select(planned.c.until).union(select(planned.c.until))).scalar_one(),
    "text": lambda connection: connection.execute(text("select until FROM planned")).scalar_one(),
    "text with a part in front": lambda connection: connection.execute(
        text("WITH few AS (SELECT until FROM planned) SELECT until FROM few")
    ).scalar_one(),
    "prepared": lambda connection: found.rows(connection, {"wanted": "b"})[0][0],
}


@pytest.fixture
def asked(stores: Stores) -> Stores:
    """A row to ask for."""
    with stores.program.write() as connection:
        add.run(connection, {"source": "b", "until": 7})
    return stores


def rows(stores: Stores) -> list[tuple[str, int]]:
    with stores.program.read() as connection:
        return [(row.source, row.until) for row in connection.execute(select(planned))]


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_whoever_writes_in_a_question_is_told_and_nothing_is_written(asked: Stores, write: Deed) -> None:
    with pytest.raises(InvalidRequestError, match="takes their turn in write"), asked.program.ask() as connection:
        write(connection)

    assert rows(asked) == [("b", 7)]


removed = delete(planned).returning(planned.c.source).cte("removed")
HIDDEN: dict[str, Deed] = {
    "text": lambda connection: connection.execute(
        text("WITH removed AS (DELETE FROM planned RETURNING source) SELECT source FROM removed")
    ).all(),
    "statement": lambda connection: connection.execute(select(removed.c.source)).all(),
    "prepared": lambda connection: Prepared(select(removed.c.source)).rows(connection, {}),
    "in the driver": lambda connection: driver_of(connection).execute("DELETE FROM planned"),
}
"""Writes that look like questions; SQLite does not know the first three."""


@pytest.mark.parametrize("write", HIDDEN.values(), ids=HIDDEN)
def test_whoever_writes_within_a_question_is_told_by_the_database(postgresql_stores: Stores, write: Deed) -> None:
    store = postgresql_stores.program
    with store.write() as connection:
        add.run(connection, {"source": "b", "until": 7})

    with pytest.raises(InvalidRequestError, match="takes their turn in write"), store.ask() as connection:
        write(connection)

    assert rows(postgresql_stores) == [("b", 7)]


def test_whoever_goes_past_the_check_on_sqlite_is_told_by_the_database(sqlite_stores: Stores) -> None:
    store = sqlite_stores.program

    with pytest.raises(InvalidRequestError, match="takes their turn in write"), store.ask() as connection:
        HIDDEN["in the driver"](connection)

    with store.write() as connection:
        add.run(connection, A)
    assert rows(sqlite_stores) == [("a", 1)]


def test_what_questions_are_held_to_holds_nobody_who_writes(stores: Stores) -> None:
    with stores.program.ask() as connection:
        connection.execute(select(planned.c.until)).all()

    with stores.program.write() as connection:
        add.run(connection, A)
        with stores.program.read() as reading:
            assert reading.execute(select(planned)).all() == []

    assert rows(stores) == [("a", 1)]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_questions_are_answered_whoever_listens(asked: Stores, question: Deed) -> None:
    with asked.program.ask() as connection:
        alone = question(connection)
    with queries_of(asked.program) as heard, asked.program.ask() as connection:
        answer = question(connection)

    assert (alone, answer, len(heard)) == (7, 7, 1)


def test_a_statement_that_was_refused_in_a_question_is_carried_out_in_its_turn(asked: Stores) -> None:
    with pytest.raises(InvalidRequestError), asked.program.ask() as connection:
        add.run(connection, A)

    with asked.program.write() as connection:
        add.run(connection, A)
        with pytest.raises(InvalidRequestError), asked.program.ask() as other:
            add.run(other, A)

    assert sorted(rows(asked)) == [("a", 1), ("b", 7)]


def test_questions_follow_each_other_on_a_connection_that_was_refused(asked: Stores) -> None:
    with pytest.raises(InvalidRequestError), asked.program.ask() as connection:
        connection.execute(delete(planned))

    with asked.program.ask() as connection:
        assert connection.execute(select(planned.c.until)).scalar_one() == 7
