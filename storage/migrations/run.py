"""Bring a store to the newest version of its tables."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.engine import Store


class StoreName(StrEnum):
    """Which of the two stores; also the name of its script folder."""

    PROGRAM = "program"
    CONFIDENTIAL = "confidential"


def migrate(store: Store, which: StoreName) -> None:
    """Run every migration the store has not seen, in one transaction: all of them or none.

    Safe to call at every start and by several processes at once: the later one waits and finds nothing to do.
    """
    with store.write() as connection:
        store.lock(connection, f"migrate {which.value}")
        config = _config(which)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def head_revision(which: StoreName) -> str | None:
    """The newest version these scripts know. Raises Alembic's `MultipleHeads` when there is more than one."""
    return ScriptDirectory.from_config(_config(which)).get_current_head()


def current_revision(store: Store) -> str | None:
    """The version the store is at, or None for an empty one."""
    with store.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config(which: StoreName) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / which.value).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
