"""The reminders of a deadline: as they are typed, and when they go."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.deadlines import DEFAULT_LADDER, InvalidLadder, Ladder, is_last, parse_ladder, steps
from domain.deadlines.ladder import newest_at
from domain.times import zone

LONDON = zone("Europe/London")
DUE = datetime(2027, 3, 28, 16, tzinfo=UTC)
"""17:00 in London, hours after clocks there went forward."""


def sent(ladder: Ladder, due: datetime = DUE) -> dict[str, str]:
    return {step.name: f"{step.at:%m-%d %H:%M}" for step in steps(ladder, due, LONDON)}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7d, 48h, 24h, 3h, overdue +1h", "7d, 48h, 24h, 3h, overdue +1h"),
        ("3 hours; 1 week\n2 Days before", "7d, 2d, 3h"),
        ("24h, 24h, +2d, overdue 30 min, 1h after", "24h, overdue +30m, overdue +1h, overdue +2d"),
        ("90m", "90m"),
        ("3h earlier, 2h ahead, 1h later", "3h, 2h, overdue +1h"),
        ("90d, overdue +14d", "90d, overdue +14d"),
        ("10h, 9h, 8h, 7h, 6h, 5h, 4h, 3h, 2h, 1h", "10h, 9h, 8h, 7h, 6h, 5h, 4h, 3h, 2h, 1h"),
    ],
)
def test_ladder_is_read_in_the_order_of_sending(typed: str, read: str) -> None:
    assert parse_ladder(typed).text == read
    assert parse_ladder(read) == parse_ladder(typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Please write them like 7d"),
        ("soon", 'I could not read "soon"'),
        ("7", 'I could not read "7"'),
        ("overdue 3h before", "I could not read"),
        ("0h", "is no time before or after"),
        ("overdue +1h", "at least once before"),
        ("24h, overdue +15d", "Reminders end 14 days after"),
        ("91d", "90 days before"),
        ("1h, 2h, 3h, 4h, 5h, 6h, 7h, 8h, 9h, 10h, 11h", "10 reminders"),
        ("24h, <!channel>", 'I could not read "<!channel>"'),
        ("x" * 201, "200 characters"),
    ],
)
def test_ladder_that_cannot_be_used_says_what_is_wrong_at_its_field(typed: str, says: str) -> None:
    with pytest.raises(InvalidLadder) as refused:
        parse_ladder(typed)

    assert says in refused.value.message
    assert refused.value.field == "rungs"


def test_day_rungs_keep_the_wall_time_and_hour_rungs_are_exact() -> None:
    assert sent(parse_ladder("1d, 24h, +1d")) == {"24h": "03-27 16:00", "last 1d": "03-27 17:00", "+1d": "03-29 16:00"}


def test_two_rungs_at_one_instant_are_one() -> None:
    assert sent(parse_ladder("1d, 24h"), DUE + timedelta(days=30)) == {"last 24h": "04-26 16:00"}


def test_last_rung_before_it_is_due_is_named_so() -> None:
    assert list(sent(DEFAULT_LADDER)) == ["7d", "48h", "24h", "last 3h", "+1h"]
    assert [name for name in sent(DEFAULT_LADDER) if is_last(name)] == ["last 3h"]


def test_what_comes_before_expires_when_it_is_due_and_what_comes_after_lives_on() -> None:
    *before, after = steps(DEFAULT_LADDER, DUE, LONDON)

    assert {step.expires_at for step in before} == {DUE}
    assert after.expires_at > DUE + timedelta(days=14)


def test_newest_rung_is_the_last_one_whose_time_has_come() -> None:
    ladder = steps(DEFAULT_LADDER, DUE, LONDON)

    assert newest_at(ladder, DUE - timedelta(days=8)) is None
    assert newest_at(ladder, DUE - timedelta(hours=20)) == DUE - timedelta(hours=24)
    assert newest_at(ladder, DUE + timedelta(days=3)) == DUE + timedelta(hours=1)
