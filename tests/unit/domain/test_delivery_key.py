import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.delivery import NewDelivery, Tier, delivery_key

ROW = NewDelivery(
    kind="session.reminder",
    program_id="program-1",
    object_id="booking-1",
    object_version=1,
    person_id="ada",
    rung="24h",
    tier=Tier.SESSION,
    due=datetime(2027, 3, 15, 9, 30, tzinfo=UTC),
    send_at=datetime(2027, 3, 14, 9, 30, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "session.booked"},
        {"object_id": "booking-2"},
        {"person_id": "cleo"},
        {"rung": "15m"},
        {"due": ROW.due + timedelta(seconds=1)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_makes_it_another_message_makes_another_key(changes: dict[str, object]) -> None:
    assert delivery_key(replace(ROW, **changes)) != delivery_key(ROW)  # type: ignore[arg-type]  # a case's fields vary


def test_another_version_or_time_of_sending_is_the_same_message() -> None:
    again = replace(ROW, object_version=2, send_at=ROW.due, tier=Tier.CRITICAL)

    assert delivery_key(again) == delivery_key(ROW)


def test_parts_do_not_run_into_each_other() -> None:
    assert delivery_key(replace(ROW, person_id="ada2", rung="4h")) != delivery_key(ROW)


def test_rows_of_one_object_lie_together_in_an_index_by_key() -> None:
    keys = sorted(
        (delivery_key(replace(ROW, object_id=f"booking-{number % 3}", person_id=f"person-{number}")), number % 3)
        for number in range(12)
    )

    objects = [number for _, number in keys]
    assert sum(before != after for before, after in itertools.pairwise(objects)) == 2
