"""What a replica knows and a store does not yet: nothing of it is lost while the store is busy."""

from typing import Any, cast

import pytest

from domain.delivery import Delivery, Tier, Way
from domain.errors import StoreBusy
from domain.ports import Posted
from services.delivery.unwritten import Unwritten
from storage.delivery import DeliveryQueue
from tests.fakes.clock import NOON

PLACE = Posted(channel="DADA", ts="1.1")


class Ledger:
    """Takes what it is told, in order; busy so many times before."""

    def __init__(self, *, busy: int = 0) -> None:
        self.told: list[tuple[Any, ...]] = []
        self._busy = busy

    def finish(self, arrived: list[tuple[Delivery, Posted]], *, owner: str) -> int:
        self._take(*((row.key, posted, owner) for row, posted in arrived))
        return len(arrived)

    def put_back(self, row: Delivery, *, owner: str, pause_ms: int, reason: str) -> bool:
        self._take((row.key, owner, pause_ms, reason))
        return True

    def _take(self, *told: tuple[Any, ...]) -> None:
        if self._busy:
            self._busy -= 1
            raise StoreBusy
        self.told += told


def a_row(key: str) -> Delivery:
    return Delivery(
        key=key,
        marker=f"marker-{key}",
        kind="news",
        program_id="program-1",
        object_id="thing",
        object_version=1,
        person_id="ada",
        rung="once",
        tier=Tier.IMPORTANT,
        due=NOON,
        send_at=NOON,
        expires_at=None,
        after=None,
        way=Way.POST,
        claim=1,
        attempt=0,
        channel=None,
        file_id=None,
        was_asked=False,
    )


@pytest.mark.parametrize("busy", [0, 1, 2])
def test_everything_is_written_down_once_though_the_store_was_busy(busy: int) -> None:
    ledger, heard = Ledger(busy=busy), list[str]()
    queue = cast("DeliveryQueue", ledger)
    unwritten = Unwritten("us", lambda row: heard.append(row.key))
    unwritten.arrived(queue, a_row("a"), PLACE)
    unwritten.unsent(queue, [a_row("b"), a_row("c")], "no turn", pause_ms=7)

    for _ in range(busy):
        with pytest.raises(StoreBusy):
            unwritten.write_down(queue)
        assert (ledger.told, heard) == ([], [])
    for _ in range(2):
        unwritten.write_down(queue)

    assert ledger.told == [("a", PLACE, "us"), ("b", "us", 7, "no turn"), ("c", "us", 7, "no turn")]
    assert heard == ["a"]


def test_row_that_could_not_be_put_back_is_put_back_later() -> None:
    ledger = Ledger(busy=1)
    queue = cast("DeliveryQueue", ledger)
    unwritten = Unwritten("us", lambda _row: None)
    unwritten.unsent(queue, [a_row("b")], "no turn")

    with pytest.raises(StoreBusy):
        unwritten.write_down(queue)
    unwritten.write_down(queue)

    assert ledger.told == [("b", "us", 0, "no turn")]
