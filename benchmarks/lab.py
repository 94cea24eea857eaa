"""What the areas measure with: databases that are made once, and a word on what goes on."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.databases import Engine, Postgresql, Sqlite, Urls, furnished
from benchmarks.house import COHORTS

DISK = Path("/var/tmp")  # noqa: S108 only a folder with a random name is made in it
"""On a disk, as databases are; /tmp is memory on many machines, where a forced write costs nothing."""


@dataclass(slots=True)
class Furnished:
    """An engine and the pair of databases that every window starts from."""

    engine: Engine
    urls: Urls

    @contextmanager
    def copy(self) -> Iterator[Urls]:
        """A fresh pair with the house in it."""
        urls = self.engine.copy(self.urls)
        try:
            yield urls
        finally:
            self.engine.drop(urls)


class Lab:
    """Made once for a run."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder = folder
        self.say = say

    @cached_property
    def sqlite(self) -> Furnished:
        """Files, synchronous=FULL as the product opens them."""
        folder = self._folder / "sqlite"
        folder.mkdir()
        return self._furnished(Sqlite(folder))

    @cached_property
    def postgresql(self) -> Furnished:
        """A server of our own on the same machine."""
        return self._furnished(self.server)

    @cached_property
    def server(self) -> Postgresql:
        """The PostgreSQL server, started at first use."""
        return Postgresql(self._folder / "pg")

    @property
    def engines(self) -> tuple[Furnished, Furnished]:
        """Both."""
        return self.sqlite, self.postgresql

    def close(self) -> None:
        """Stop what was started."""
        if "server" in self.__dict__:
            self.server.stop()

    def _furnished(self, engine: Engine) -> Furnished:
        self.say(f"furnishing the house on {engine.name}")
        return Furnished(engine, furnished(engine, COHORTS))


@contextmanager
def a_lab(say: Callable[[str], None]) -> Iterator[Lab]:
    """A lab in a folder that is deleted with it."""
    where = DISK if DISK.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="bench-", dir=where) as folder:
        lab = Lab(Path(folder), say)
        try:
            yield lab
        finally:
            lab.close()
