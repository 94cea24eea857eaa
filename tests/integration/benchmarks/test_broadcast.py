"""What a broadcast is measured with: real workers, a workspace that keeps Slack's pace, and a count of what went."""

from pathlib import Path

import pytest

from benchmarks.areas import broadcast
from benchmarks.databases import Sqlite, settings_for
from benchmarks.load.broadcast import NotSentOnce, check_sent, put_broadcast, workers
from bot.stores import migrate_stores
from domain.delivery import Tier


def test_broadcast_at_a_rate_is_sent_once_within_the_limits_and_opens_no_dm(tmp_path: Path) -> None:
    found = broadcast.paced(Sqlite(tmp_path), 40, 10)

    assert (found.refused, found.opened) == (0, 0)
    assert found.floor == 0.5
    assert found.took >= found.floor * 0.9


def test_rows_that_were_not_sent_are_no_measurement(tmp_path: Path) -> None:
    engine = Sqlite(tmp_path)
    urls = engine.empty()
    migrate_stores(settings_for(urls))
    put_broadcast(urls, "broadcast", range(12), Tier.IMPORTANT)

    with pytest.raises(NotSentOnce):
        check_sent(urls, 12)
    with workers(urls, scale=100) as sending:
        sending.begin()
        sending.wait()

    check_sent(urls, 12)
    with pytest.raises(NotSentOnce):
        check_sent(urls, 11)
