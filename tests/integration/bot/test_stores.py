"""A store that is not at this version's tables is not worked with, whatever it is opened for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from bot.stores import opened_ledgers, opened_program_store, opened_stores
from domain.sealing import StartRefused
from storage.confidential.keys import create_key_file
from storage.migrations import StoreName
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.ids import FakeIds
from tests.fixtures.engines import Stores, an_empty_database

NO_FILE = Path("/nowhere/.env")
Opening = Callable[[Settings], AbstractContextManager[object]]


def everything(settings: Settings) -> AbstractContextManager[object]:
    return opened_stores(settings, clock=FakeClock(), ids=FakeIds())


@pytest.mark.parametrize(
    ("opening", "which"),
    [
        (everything, StoreName.PROGRAM),
        (everything, StoreName.CONFIDENTIAL),
        (opened_ledgers, StoreName.PROGRAM),
        (opened_ledgers, StoreName.CONFIDENTIAL),
        (opened_program_store, StoreName.PROGRAM),
    ],
)
def test_store_without_its_tables_is_not_opened(
    sqlite_stores: Stores, tmp_path: Path, opening: Opening, which: StoreName
) -> None:
    key_file = tmp_path / "keys" / "keys.json"
    create_key_file(key_file, now=NOON)
    addresses = {
        f"SCHOLARBOT_{name.value.upper()}_DATABASE_URL": (
            f"sqlite:///{an_empty_database(tmp_path)}" if name is which else sqlite_stores.url(name)
        )
        for name in StoreName
    }
    settings = read_settings(addresses | {"SCHOLARBOT_KEY_FILE": str(key_file)}, NO_FILE)

    with pytest.raises(StartRefused) as refused, opening(settings):
        pass

    assert str(refused.value) == (f"The {which.value} store is not at this version's tables. Run: scholarbot migrate")
