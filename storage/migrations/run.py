"""Bring a store to the newest version of its tables."""

from enum import StrEnum
from pathlib import Path

from sqlalchemy import column, inspect, select, table

from domain.sealing import StartRefused
from storage.engine import Store

_VERSION = table("alembic_version", column("version_num"))


class NewerStore(StartRefused):
    """The tables are of a later version than this program knows."""


class StoreName(StrEnum):
    """Which of the two stores; also the name of its script folder."""

    PROGRAM = "program"
    CONFIDENTIAL = "confidential"


def migrate(store: Store, which: StoreName) -> None:
    """Run every migration the store has not seen, in one transaction: all of them or none.

    Safe to call at every start and by several processes at once: the later one waits and finds nothing to do.
    Raises `NewerStore` and changes nothing when a later version of the program has been here.
    """
    check_known(store, which)
    from alembic import command  # noqa: PLC0415 a start that only compares versions need not load Alembic
    from alembic.config import Config  # noqa: PLC0415

    with store.write() as connection:
        store.lock(connection, f"migrate {which.value}")
        config = Config()
        config.set_main_option("script_location", str(_scripts(which)).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_known(store: Store, which: StoreName) -> None:
    """Raise `NewerStore` when the store is ahead of these scripts; versions are numbered one after the other."""
    current, head = current_revision(store), head_revision(which)
    if current is not None and current > head:
        raise NewerStore(
            f"The {which.value} store has the tables of a later version ({current}; this one knows {head}). "
            "Run that version again, or restore the backup from before it."
        )


def head_revision(which: StoreName) -> str:
    """The newest version these scripts know: files are named `revision_what.py` and numbered, one after the other."""
    return max(script.name.partition("_")[0] for script in (_scripts(which) / "versions").glob("[0-9]*.py"))


def current_revision(store: Store) -> str | None:
    """The version the store is at, or None for an empty one."""
    with store.read() as connection:
        if not inspect(connection).has_table(_VERSION.name):
            return None
        return connection.execute(select(_VERSION.c.version_num)).scalar()


def _scripts(which: StoreName) -> Path:
    return Path(__file__).parent / which.value
