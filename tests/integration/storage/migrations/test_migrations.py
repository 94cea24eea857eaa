"""Both stores' migrations: one line of versions each, from nothing to exactly what the models say, on both engines."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text

from storage.confidential import tables as confidential_tables
from storage.engine import Store
from storage.migrations import NewerStore, StoreName, current_revision, head_revision, migrate
from storage.migrations.regenerate import first_migration
from storage.program import tables as program_tables
from tests.fixtures.engines import Stores

METADATA: dict[StoreName, MetaData] = {
    StoreName.PROGRAM: program_tables.metadata,
    StoreName.CONFIDENTIAL: confidential_tables.metadata,
}
FOLDER = Path(__file__).parents[4] / "storage" / "migrations"


@pytest.mark.parametrize("which", StoreName)
def test_each_store_has_one_head_and_one_beginning(which: StoreName) -> None:
    scripts = ScriptDirectory(str(FOLDER / which.value))

    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


@pytest.mark.parametrize("which", StoreName)
def test_migrated_from_nothing_a_store_has_exactly_the_tables_of_the_models(stores: Stores, which: StoreName) -> None:
    with stores.open(which).read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, METADATA[which])

    assert differences == []
    assert current_revision(stores.open(which)) == head_revision(which)


@pytest.mark.parametrize("which", StoreName)
def test_migrating_again_keeps_every_row(stores: Stores, which: StoreName) -> None:
    store = stores.open(which)
    before = tables_of(store)

    migrate(store, which)

    assert tables_of(store) == before
    assert current_revision(store) == head_revision(which)


@pytest.mark.parametrize("which", StoreName)
def test_the_first_migration_is_what_the_models_would_write(which: StoreName) -> None:
    written = (FOLDER / which.value / "versions" / "0001_first.py").read_text()

    assert squeezed(written) == squeezed(first_migration(which))


@pytest.mark.parametrize("which", StoreName)
def test_a_store_of_a_later_version_is_not_touched(stores: Stores, which: StoreName) -> None:
    store = stores.open(which)
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerStore, match="9999"):
        migrate(store, which)

    assert current_revision(store) == "9999"


def tables_of(store: Store) -> set[str]:
    with store.read() as connection:
        return set(inspect(connection).get_table_names())


def squeezed(code: str) -> str:
    """The code without its layout, which the formatter decides."""
    return "".join(code.split()).replace(",)", ")").replace(",]", "]").replace("'", '"')
