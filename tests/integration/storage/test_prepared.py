"""Prepared statements answer as SQLAlchemy's own execution does, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import (
    BindParameter,
    Connection,
    Integer,
    bindparam,
    delete,
    insert,
    literal,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError, ProgrammingError

from domain.errors import StoreAway, StoreBusy
from storage.engine import table_of
from storage.migrations import StoreName
from storage.prepared import Prepared, run_together
from storage.program.delivery import ProgramDelivery, ProgramWatermark
from storage.program.pacing import Heartbeat
from storage.upsert import insert_into
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of

planned = table_of(ProgramWatermark)
add = Prepared(insert(planned))
ids: BindParameter[Any] = bindparam("sources", expanding=True)
chosen = Prepared(
    select(planned.c.source, planned.c.until)
    .where(planned.c.source.in_(ids), planned.c.until >= bindparam("least"), planned.c.source != "never")
    .order_by(planned.c.source)
)
A, B, C = ({"source": name, "until": until} for name, until in (("a", 1), ("b", 2), ("c", 3)))


def everything(stores: Stores) -> list[tuple[Any, ...]]:
    with stores.program.read() as connection:
        return [tuple(row) for row in connection.execute(select(planned).order_by(planned.c.source))]


def test_rows_are_written_and_counted_one_by_one_and_together(stores: Stores) -> None:
    with stores.program.write() as connection:
        counted = (add.run(connection, A), add.run_each(connection, [B, C]))

    assert counted == (1, 2)
    assert everything(stores) == [("a", 1), ("b", 2), ("c", 3)]


@pytest.mark.parametrize(
    ("sources", "found"), [([], []), (["a"], [("a", 1)]), (["c", "a", "x"], [("a", 1), ("c", 3)]), (["b"], [("b", 2)])]
)
def test_a_list_may_have_any_length_each_time(stores: Stores, sources: list[str], found: list[tuple[str, int]]) -> None:
    with stores.program.write() as connection:
        add.run_each(connection, [A, B, C])
        before = chosen.rows(connection, {"sources": ["a", "b", "c", "never"], "least": 2})
        asked = chosen.rows(connection, {"sources": sources, "least": 0})

    assert before == [("b", 2), ("c", 3)]
    assert asked == found


def test_lists_of_another_length_cost_no_compiling(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[object] = []
    compile_for = Prepared._compile_for  # noqa: SLF001  what is slow

    def noted(self: Prepared, *given: Any) -> Any:
        compiled.append(self)
        return compile_for(self, *given)

    monkeypatch.setattr(Prepared, "_compile_for", noted)
    statement = Prepared(select(planned.c.until).where(planned.c.source.in_(ids)).order_by(planned.c.until))
    with stores.program.write() as connection:
        add.run_each(connection, [A, B, C])
        found = [statement.rows(connection, {"sources": some}) for some in (["a"], ["a", "b"], ["c", "b", "a"], ["b"])]

    assert found == [[(1,)], [(1,), (2,)], [(1,), (2,), (3,)], [(2,)]]
    assert compiled.count(statement) == 1


def test_whatever_stands_in_a_list_is_found_as_it_is(stores: Stores) -> None:
    odd = ["", " ", 'a "quoted" one', "back\\slash", "{a,b}", "comma, NULL", "NULL", "π\n", "it's"]
    with stores.program.write() as connection:
        add.run_each(connection, [{"source": source, "until": 1} for source in odd])
        found = [chosen.rows(connection, {"sources": [source], "least": 0}) for source in odd]
        numbers = Prepared(select(planned.c.source).where(planned.c.until.in_(bindparam("numbers", expanding=True))))
        by_number = numbers.rows(connection, {"numbers": [1, 2**40]})

    assert found == [[(source, 1)] for source in odd]
    assert sorted(by_number) == sorted((source,) for source in odd)


def test_postgresql_hears_one_text_however_long_the_lists_are(postgresql_stores: Stores) -> None:
    others = planned.c.source.not_in(bindparam("others", expanding=True))
    statement = Prepared(select(planned.c.until).where(planned.c.source.in_(ids), others).order_by(planned.c.until))
    asked = [(["a"], ["b"]), (["a", "b", "c"], []), (["c", "b"], ["a", "b"]), ([], ["a"])]
    with postgresql_stores.program.write() as connection:
        add.run_each(connection, [A, B, C])
        with queries_of(postgresql_stores.program) as heard:
            found = [statement.rows(connection, {"sources": some, "others": others}) for some, others in asked]

    assert found == [[(1,)], [(1,), (2,), (3,)], [(3,)], []]
    assert len(heard) == len(asked)
    assert len(set(heard)) == 1


def test_a_list_may_be_a_part_of_the_statement_or_of_pairs(stores: Stores) -> None:
    pairs = tuple_(planned.c.source, planned.c.until).in_(bindparam("pairs", expanding=True))
    statement = Prepared(select(planned.c.source).where(planned.c.until.in_([2, 3]), pairs).order_by(planned.c.source))
    with stores.program.write() as connection:
        add.run_each(connection, [A, B, C])
        found = [
            statement.rows(connection, {"pairs": pairs})
            for pairs in ([("a", 1), ("b", 2), ("c", 3)], [("c", 2)], [("c", 3)])
        ]

    assert found == [[("b",), ("c",)], [], [("c",)]]


def test_an_update_may_return_its_rows(stores: Stores) -> None:
    statement = Prepared(update(planned).where(planned.c.until > 1).values(until=9).returning(planned.c.source))
    with stores.program.write() as connection:
        add.run_each(connection, [A, B, C])
        found = statement.rows(connection, {})

    assert sorted(found) == [("b",), ("c",)]
    assert everything(stores) == [("a", 1), ("b", 9), ("c", 9)]


def test_a_list_is_given_wherever_it_stands_in_the_statement(stores: Stores) -> None:
    twice = Prepared(
        union_all(
            select(literal("low"), planned.c.source).where(planned.c.source.in_(ids), planned.c.until < 2),
            select(literal("high"), planned.c.source).where(planned.c.source.in_(ids), planned.c.until >= 2),
        )
    )
    with stores.program.write() as connection:
        add.run_each(connection, [A, B, C])
        found = twice.rows(connection, {"sources": ["a", "c"]})

    assert sorted(found) == [("high", "c"), ("low", "a")]


def test_the_one_row_or_none(stores: Stores) -> None:
    one = Prepared(select(planned.c.until).where(planned.c.source == bindparam("wanted")))
    with stores.program.write() as connection:
        add.run(connection, A)
        assert one.first(connection, {"wanted": "a"}) == (1,)
        assert one.first(connection, {"wanted": "b"}) is None


def test_changed_and_deleted_rows_are_counted(stores: Stores) -> None:
    later = Prepared(update(planned).where(planned.c.until < bindparam("least")).values(until=bindparam("least")))
    forget = Prepared(delete(planned).where(planned.c.until == bindparam("gone")))
    with stores.program.write() as connection:
        add.run_each(connection, [A, B, C])
        counted = (later.run(connection, {"least": 3}), forget.run(connection, {"gone": 9}))

    assert counted == (2, 0)
    assert everything(stores) == [("a", 3), ("b", 3), ("c", 3)]


def test_what_is_there_already_is_not_counted(stores: Stores) -> None:
    unless_there = Prepared(lambda connection: insert_into(connection, planned).on_conflict_do_nothing())
    with stores.program.write() as connection:
        add.run(connection, B)
        assert unless_there.run_each(connection, [A, B, C]) == 2
        assert unless_there.run(connection, A) == 0


def test_more_rows_than_go_into_one_statement_are_all_written(stores: Stores) -> None:
    rows = [{"source": f"{number:04}", "until": number} for number in range(207)]
    with stores.program.write() as connection:
        assert add.run_each(connection, rows) == len(rows)

    assert everything(stores) == [(row["source"], row["until"]) for row in rows]


def test_a_taken_key_is_sqlalchemys_own_error_without_the_values(stores: Stores) -> None:
    with stores.program.write() as connection:
        add.run(connection, A)

    with stores.program.write() as connection, pytest.raises(IntegrityError) as caught:
        add.run(connection, {"source": "a", "until": 4711})

    assert "4711" not in str(caught.value)


def test_a_mistake_in_one_of_many_rows_undoes_the_transaction(stores: Stores) -> None:
    with pytest.raises(IntegrityError), stores.program.write() as connection:
        add.run_each(connection, [A, B, A])

    assert everything(stores) == []


def test_a_refusal_among_many_rows_leaves_the_connection_alone(postgresql_stores: Stores) -> None:
    rows = [{"source": f"{number:04}", "until": number} for number in range(400)]
    with postgresql_stores.program.write() as connection:
        add.run(connection, rows[0])

    with postgresql_stores.program.write() as connection:
        driver: Any = connection.connection.driver_connection
        with pytest.raises(IntegrityError) as caught:
            add.run_each(connection, rows)

    assert (driver.closed, caught.value.connection_invalidated) == (False, False)


def test_other_names_are_other_columns_and_none_is_dropped(stores: Stores) -> None:
    keep = Prepared(insert(table_of(ProgramDelivery)))
    short = delivery_row("a")
    long = delivery_row("b") | {"last_error": "msg_too_long"}
    with stores.program.write() as connection:
        for row in (short, long):
            keep.run(connection, row)
        with pytest.raises(ValueError, match="the same names"):
            keep.run_each(connection, [delivery_row("c"), delivery_row("d") | {"last_error": "msg_too_long"}])
        kept = connection.execute(text("SELECT key, last_error FROM delivery ORDER BY key")).all()

    assert kept == [("a", None), ("b", "msg_too_long")]


def delivery_row(key: str) -> dict[str, Any]:
    columns = table_of(ProgramDelivery).columns
    given = [column for column in columns if not column.nullable]
    return {column.name: 0 if isinstance(column.type, Integer) else column.name for column in given} | {"key": key}


LATER = Prepared(update(planned).values(until=planned.c.until + 1).returning(planned.c.source, planned.c.until))
TWICE = Prepared(update(planned).values(until=planned.c.until * 2).returning(planned.c.until))
AGAIN = Prepared(insert(planned).returning(planned.c.source))


def test_different_statements_are_run_together_and_each_sees_what_those_before_it_did(stores: Stores) -> None:
    with stores.program.write() as connection:
        add.run(connection, A)

    with queries_of(stores.program) as asked, stores.program.write_at_once() as connection:
        found = run_together(connection, [(LATER, {}), (TWICE, {}), (chosen, {"sources": ["a"], "least": 0})])

    assert found == [[("a", 2)], [(4,)], [("a", 4)]]
    assert [statement.split()[0] for statement in asked] == ["UPDATE", "UPDATE", "SELECT"]
    assert everything(stores) == [("a", 4)]


def test_when_one_of_several_fails_none_has_an_effect_and_its_error_is_raised(stores: Stores) -> None:
    with stores.program.write() as connection:
        add.run(connection, A)

    with pytest.raises(IntegrityError) as caught, stores.program.write_at_once() as connection:
        run_together(connection, [(LATER, {}), (AGAIN, {"source": "a", "until": 4711}), (TWICE, {})])

    assert "4711" not in str(caught.value)
    assert everything(stores) == [("a", 1)]
    with stores.program.write_at_once() as connection:
        assert run_together(connection, [(LATER, {})]) == [[("a", 2)]]


def test_what_is_run_together_after_a_lock_sees_what_was_written_while_it_waited(stores: Stores) -> None:
    """PostgreSQL: one statement would still look at what was there before it waited."""
    with stores.program.write() as connection:
        add.run(connection, A)
    ours, theirs = stores.program, stores.open(StoreName.PROGRAM)

    def count() -> list[list[tuple[Any, ...]]]:
        with ours.write_at_once() as connection:
            return run_together(connection, [*ours.locking(["a"]), (chosen, {"sources": ["a"], "least": 2})])

    with ThreadPoolExecutor() as pool:
        with theirs.write() as connection:
            theirs.lock(connection, "a")
            LATER.rows(connection, {})
            waiting = pool.submit(count)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.2)
        found = waiting.result()

    assert found[-1] == [("a", 2)]


@pytest.mark.parametrize("uses_before", [0, 1, 2])
def test_what_failed_at_its_lock_can_be_run_again(stores: Stores, uses_before: int) -> None:
    """PostgreSQL never came to the statement behind the lock, which the driver may have been about to prepare."""
    with stores.program.write() as connection:
        add.run(connection, A)
    ours, theirs = stores.open(StoreName.PROGRAM, lock_wait_seconds=0.1), stores.program

    def later() -> list[tuple[Any, ...]]:
        with ours.write_at_once() as connection:
            *_locked, changed = run_together(connection, [*ours.locking(["a"]), (LATER, {})])
            return changed

    before = [later() for _ in range(uses_before)]
    with theirs.write() as connection:
        theirs.lock(connection, "a")
        with pytest.raises(StoreBusy):
            later()
    after = [later() for _ in range(3)]

    assert before + after == [[("a", until)] for until in range(2, uses_before + 5)]


def test_a_missing_table_is_told_as_usual(stores: Stores) -> None:
    with stores.program.write() as connection:
        connection.execute(text("DROP TABLE planned"))

    # To SQLite a missing table is an operational error, which the store tells as being away.
    usual = ProgrammingError if stores.engine == "postgresql" else StoreAway
    with pytest.raises(usual), stores.program.read() as connection:
        chosen.rows(connection, {"sources": ["a"], "least": 0})


def test_a_broken_connection_is_away_and_not_used_again(postgresql_stores: Stores) -> None:
    with pytest.raises(StoreAway):
        ask_after_the_end_of_the_connection(postgresql_stores)

    with postgresql_stores.program.read() as connection:
        assert chosen.rows(connection, {"sources": ["a"], "least": 0}) == []


def ask_after_the_end_of_the_connection(stores: Stores) -> None:
    with stores.program.read() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with stores.confidential.write() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        chosen.rows(connection, {"sources": ["a"], "least": 0})


def test_who_listens_to_the_engine_hears_it(stores: Stores) -> None:
    with queries_of(stores.program) as asked, stores.program.write() as connection:
        add.run_each(connection, [A, B])
        add.run(connection, C)
        found = chosen.rows(connection, {"sources": ["a", "b"], "least": 0})

    assert [statement.split()[0] for statement in asked] == ["INSERT", "INSERT", "SELECT"]
    assert found == [("a", 1), ("b", 2)]


def test_a_default_of_the_model_is_asked_for(stores: Stores) -> None:
    beat = Prepared(insert(table_of(Heartbeat)))
    with stores.program.write() as connection:
        with pytest.raises(ValueError, match="values are missing for trouble"):
            beat.run(connection, {"workspace": "T1", "at": 1})
        assert beat.run(connection, {"workspace": "T1", "at": 1, "trouble": ""}) == 1


def test_two_databases_have_each_its_own_text(sqlite_stores: Stores, postgresql_stores: Stores) -> None:
    def ask(connection: Connection) -> list[tuple[Any, ...]]:
        add.run(connection, A)
        return chosen.rows(connection, {"sources": ["a"], "least": 1})

    for stores in (sqlite_stores, postgresql_stores, sqlite_stores):
        with stores.program.write() as connection:
            connection.execute(delete(planned))
            assert ask(connection) == [("a", 1)]


def test_a_percent_sign_reaches_the_database_as_it_is(stores: Stores) -> None:
    remainder = Prepared(select(planned.c.until % 2).where(planned.c.source == bindparam("source")))
    with stores.program.write() as connection:
        add.run(connection, C)

        assert remainder.rows(connection, {"source": "c"}) == [(1,)]
