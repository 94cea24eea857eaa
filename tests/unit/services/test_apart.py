import logging

import pytest

from domain.errors import StoreAway, StoreBusy
from services.apart import apart


def failing(error: Exception) -> int:
    raise error


def test_what_comes_through_returns_what_it_did() -> None:
    assert apart("plan", "a1", lambda: 3) == 3


@pytest.mark.parametrize(
    ("error", "logged"),
    [(ValueError("broken"), ("held up", logging.ERROR)), (StoreBusy(), ("left for later", logging.WARNING))],
)
def test_what_fails_is_logged_by_its_id_and_left(
    error: Exception, logged: tuple[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    done = apart("plan", "a1", lambda: failing(error))

    (record,) = caplog.records
    assert done is None
    assert (record.message, record.levelno) == logged
    assert (record.__dict__["step"], record.__dict__["object_id"]) == ("plan", "a1")


def test_store_that_is_away_is_so_for_all_of_them() -> None:
    with pytest.raises(StoreAway):
        apart("plan", "a1", lambda: failing(StoreAway()))
