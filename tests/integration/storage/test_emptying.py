"""Databases go from test to test: what comes back is as empty as a new one, and what was altered does not come back."""

from contextlib import closing

import psycopg
import pytest
from sqlalchemy import make_url, text

from storage.migrations import StoreName
from tests.fixtures.engines import PostgresqlTemplates, Stores

ADD = text("INSERT INTO planned (source, until) VALUES ('a', 1)")
READ = text("SELECT source FROM planned")


def sources(stores: Stores) -> list[str]:
    with stores.program.read() as connection:
        return list(connection.execute(READ).scalars())


def returned(templates: PostgresqlTemplates, stores: Stores) -> Stores:
    """What the next test gets."""
    templates.take_back(stores)
    return templates.fresh()


def test_pair_that_was_written_to_comes_back_empty(postgresql_templates: PostgresqlTemplates) -> None:
    used = postgresql_templates.fresh()
    with used.program.write() as connection:
        connection.execute(ADD)
    used.close()

    next_one = returned(postgresql_templates, used)

    assert (next_one.urls, sources(next_one)) == (used.urls, [])
    next_one.close()
    postgresql_templates.take_back(next_one)


def test_pair_comes_back_without_the_connections_that_a_killed_process_left(
    postgresql_templates: PostgresqlTemplates,
) -> None:
    used = postgresql_templates.fresh()
    address = make_url(used.url(StoreName.PROGRAM)).set(drivername="postgresql")
    with closing(psycopg.connect(address.render_as_string(hide_password=False))) as left_open:
        left_open.execute("INSERT INTO planned (source, until) VALUES ('a', 1)")

        next_one = returned(postgresql_templates, used)

        with pytest.raises(psycopg.OperationalError):
            left_open.execute("COMMIT")
    assert (next_one.urls, sources(next_one)) == (used.urls, [])
    next_one.close()
    postgresql_templates.take_back(next_one)


def test_pair_whose_every_connection_was_ended_comes_back(postgresql_templates: PostgresqlTemplates) -> None:
    used = returned(postgresql_templates, postgresql_templates.fresh())
    end_all = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
    with used.program.write() as connection:
        connection.execute(ADD)
        connection.execute(text(f"{end_all} AND pid <> pg_backend_pid()"))
    used.close()

    next_one = returned(postgresql_templates, used)

    assert (next_one.urls, sources(next_one)) == (used.urls, [])
    next_one.close()
    postgresql_templates.take_back(next_one)


def test_pair_whose_tables_were_changed_does_not_come_back(postgresql_templates: PostgresqlTemplates) -> None:
    for change in ("DROP TABLE planned", "CREATE INDEX ours ON planned (until)", "DELETE FROM alembic_version"):
        used = postgresql_templates.fresh()
        with used.program.write() as connection:
            connection.execute(text(change))
        used.close()

        next_one = returned(postgresql_templates, used)

        assert (next_one.urls != used.urls, sources(next_one)) == (True, [])
        next_one.close()
        postgresql_templates.take_back(next_one)
