"""Opens both stores as the settings name them, and refuses whatever would be unsafe to start on."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.places import CONFIDENTIAL, check_made, check_places, missing_files
from bot.reasons import in_words
from bot.settings import Settings
from bot.wiring import Confidential
from domain.errors import StoreAway, StoreBusy
from domain.ports import Clock, IdSource
from domain.sealing import StartRefused
from services.delivery import Ledger
from storage.confidential.apart import check_apart
from storage.confidential.delivery import ConfidentialDelivery
from storage.confidential.identity import open_sealer, sealing_key
from storage.confidential.keys import open_key_ring
from storage.engine import CLI_LOCK_WAIT_SECONDS, Store, table_of
from storage.migrations import StoreName, check_known, current_revision, head_revision, migrate
from storage.program.delivery import ProgramDelivery

Make = Callable[[str], Store]
"""Opens the store at an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Both stores, open; `confidential` is None when the settings name none."""

    program: Store
    confidential: Confidential | None


@contextmanager
def opened_stores(settings: Settings, *, clock: Clock, ids: IdSource) -> Iterator[Stores]:
    """The stores, closed again on leaving.

    Raises `StartRefused` for a store that is shared, away, not migrated or open to others on the machine, and for a key
    that is missing, wrong or beside the data.
    """
    with _bare(settings, Store) as (program, confidential):
        _check_migrated(program, StoreName.PROGRAM)
        if confidential is None:
            yield Stores(program=program, confidential=None)
            return
        _check_migrated(confidential, StoreName.CONFIDENTIAL)
        yield Stores(program=program, confidential=_unlocked(confidential, settings, clock, ids))


@contextmanager
def opened_program_store(settings: Settings) -> Iterator[Store]:
    """The program store alone, for commands that have nothing to do with support. Raises `StartRefused`."""
    with _bare(settings, _patient) as (program, _):
        _check_migrated(program, StoreName.PROGRAM)
        yield program


@contextmanager
def opened_ledgers(settings: Settings) -> Iterator[dict[str, Ledger]]:
    """The delivery ledgers by the name of their store; they hold no words, so no key. Raises `StartRefused`."""
    with _bare(settings, _patient) as (program, confidential):
        _check_migrated(program, StoreName.PROGRAM)
        ledgers = {StoreName.PROGRAM.value: Ledger(program, table_of(ProgramDelivery))}
        if confidential is not None:
            _check_migrated(confidential, StoreName.CONFIDENTIAL)
            ledgers[StoreName.CONFIDENTIAL.value] = Ledger(confidential, table_of(ConfidentialDelivery))
        yield ledgers


def migrate_stores(settings: Settings) -> list[Path]:
    """Bring both stores to the newest version and return the database files that were made; safe to repeat.

    Nothing else makes a database, so that a mistyped path is never taken for an empty store. Raises `StartRefused` as
    `opened_stores` does.
    """
    missing = list(missing_files(settings).values())
    with _bare(settings, _patient, may_make=True) as (program, confidential):
        migrate(program, StoreName.PROGRAM)
        if confidential is not None:
            migrate(confidential, StoreName.CONFIDENTIAL)
    return missing


def sealed_with(settings: Settings) -> str | None:
    """The id of the key that the confidential store needs; None for one that is new, or for no store at all.

    Raises `StartRefused` when the store cannot be asked.
    """
    url = settings.scholarbot_confidential_database_url
    if not url or CONFIDENTIAL in missing_files(settings):
        return None
    with ExitStack() as stack:
        return sealing_key(_open(url, "CONFIDENTIAL", _patient, stack))


@contextmanager
def _bare(settings: Settings, make: Make, *, may_make: bool = False) -> Iterator[tuple[Store, Store | None]]:
    check_places(settings)
    if not may_make:
        check_made(settings)
    with ExitStack() as stack:
        program = _open(settings.scholarbot_program_database_url, "PROGRAM", make, stack)
        url = settings.scholarbot_confidential_database_url
        confidential = _open(url, "CONFIDENTIAL", make, stack) if url else None
        if confidential is not None:
            check_apart(program, confidential)
        yield program, confidential


def _patient(url: str) -> Store:
    """For the command line: locks are waited for longer, and a migration takes its time."""
    return Store(url, lock_wait_seconds=CLI_LOCK_WAIT_SECONDS, is_patient=True)


def _open(url: str, name: str, make: Make, stack: ExitStack) -> Store:
    try:
        store = make(url)
        stack.callback(store.dispose)
        with store.read():
            return store
    except StoreBusy:
        reason = "is locked by another process. End what holds it, or wait for it, then try again"
    except StoreAway:
        reason = "does not answer. Check that the database runs and that this process may reach it"
    except OSError as error:
        reason = f"cannot be opened ({in_words(error)}). Check its path and who may write there"
    except Exception as error:  # noqa: BLE001 whatever SQLAlchemy finds wrong with an address; its text holds the password
        reason = _unusable(error)
    raise StartRefused(f"The database of SCHOLARBOT_{name}_DATABASE_URL {reason}.")


def _unusable(error: Exception) -> str:
    if isinstance(getattr(error, "orig", error), sqlite3.DatabaseError):
        return "is not a database, or a damaged one. Restore it from a backup, or name another file"
    return (
        f"is not an address I can use ({type(error).__name__}). Write sqlite:/// and a path, or "
        "postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
    )


def _check_migrated(store: Store, which: StoreName) -> None:
    check_known(store, which)
    if current_revision(store) != head_revision(which):
        raise StartRefused(f"The {which.value} store is not at this version's tables. Run: scholarbot migrate")


def _unlocked(store: Store, settings: Settings, clock: Clock, ids: IdSource) -> Confidential:
    keys = open_key_ring(
        settings.scholarbot_key_provider,
        file=settings.scholarbot_key_file,
        value=settings.scholarbot_key.get_secret_value(),
    )
    return Confidential(store=store, sealer=open_sealer(store, keys=keys, ids=ids, clock=clock))
