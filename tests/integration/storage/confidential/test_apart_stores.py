"""One database under both names is refused, by whatever way it is reached."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from domain.sealing import SharedStore
from storage.confidential.apart import check_apart
from storage.engine import Store
from storage.migrations import StoreName
from tests.fixtures.engines import Stores

SAME = (
    "SCHOLARBOT_PROGRAM_DATABASE_URL and SCHOLARBOT_CONFIDENTIAL_DATABASE_URL lead to the same database. "
    "Give each store a database of its own."
)


def refusal(program: Store, confidential: Store) -> str:
    with pytest.raises(SharedStore) as caught:
        check_apart(program, confidential)
    return str(caught.value)


@contextmanager
def opened(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.dispose()


def test_two_stores_are_apart(stores: Stores) -> None:
    check_apart(stores.program, stores.confidential)


@pytest.mark.parametrize("which", list(StoreName))
def test_one_database_under_both_names_is_refused(stores: Stores, which: StoreName) -> None:
    assert refusal(stores.open(which), stores.open(which)) == SAME


def test_swapped_stores_are_refused(stores: Stores) -> None:
    said = refusal(stores.confidential, stores.program)

    assert said.startswith("SCHOLARBOT_PROGRAM_DATABASE_URL leads to a confidential store. Perhaps the two")


def test_stores_on_two_engines_are_apart(sqlite_stores: Stores, postgresql_stores: Stores) -> None:
    check_apart(sqlite_stores.program, postgresql_stores.confidential)
    check_apart(postgresql_stores.program, sqlite_stores.confidential)


def test_one_file_by_another_path_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with opened(f"sqlite:///{tmp_path}/a.db") as one, opened(f"sqlite:///{tmp_path}/folder/../a.db") as other:
        assert refusal(one, other) == SAME


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_one_file_by_a_link_is_refused(tmp_path: Path, link: object) -> None:
    with opened(f"sqlite:///{tmp_path}/a.db") as one:
        with one.read():
            link(tmp_path / "a.db", tmp_path / "b.db")  # type: ignore[operator]  # either of two functions
        with opened(f"sqlite:///{tmp_path}/b.db") as other:
            assert refusal(one, other) == SAME


def test_copies_of_a_file_are_apart(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/a.db") as one:
        with one.read():
            shutil.copyfile(tmp_path / "a.db", tmp_path / "b.db")
        with opened(f"sqlite:///{tmp_path}/b.db") as other:
            check_apart(one, other)


def test_one_postgresql_database_by_another_address_is_refused(postgresql_stores: Stores) -> None:
    url = make_url(postgresql_stores.url(StoreName.CONFIDENTIAL))
    other_spelling = url.update_query_dict({"application_name": "another"}).render_as_string(hide_password=False)

    with opened(other_spelling) as other:
        assert refusal(postgresql_stores.confidential, other) == SAME
