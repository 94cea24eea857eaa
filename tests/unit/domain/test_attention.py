"""Quiet hours, digests and mornings by the clock on the wall."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.attention import (
    MESSAGES_MAX,
    AttentionRules,
    DigestTime,
    InvalidTimes,
    Preferences,
    QuietHours,
    Rhythm,
    digest_from,
    local_day,
    may_be_told,
    morning_before,
    next_digest,
    next_morning,
    quiet_until,
)
from domain.times import DAY_MINUTES, epoch_seconds, instant_of, zone

NIGHT = QuietHours(begin=22 * 60, end=8 * 60)
NOON_HOURS = QuietHours(begin=12 * 60, end=14 * 60)
DAILY = AttentionRules().preferences
ZONES = ("Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "UTC")
INSTANTS = st.integers(epoch_seconds(datetime(2026, 1, 1, tzinfo=UTC)) // 60, 31_500_000).map(
    lambda minutes: instant_of(minutes * 60)
)
MINUTES = st.integers(0, DAY_MINUTES - 1)
QUIETS = st.builds(
    lambda begin, length: QuietHours(begin=begin, end=(begin + length) % DAY_MINUTES), MINUTES, st.integers(1, 16 * 60)
)
PREFERENCES = st.builds(
    lambda quiet, rhythm, digest_time, weekday: Preferences(
        quiet=quiet, rhythm=rhythm, digest_time=digest_time, weekday=weekday
    ),
    st.none() | QUIETS,
    st.sampled_from(Rhythm),
    MINUTES,
    st.integers(0, 6),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def weekly(weekday: int, digest_time: int = 510, quiet: QuietHours | None = NIGHT) -> Preferences:
    return Preferences(quiet=quiet, rhythm=Rhythm.WEEKLY, digest_time=digest_time, weekday=weekday)


@pytest.mark.parametrize(
    ("now", "name", "quiet", "expected"),
    [
        ("2027-01-11T21:59Z", "Europe/London", NIGHT, None),
        ("2027-01-11T22:00Z", "Europe/London", NIGHT, "2027-01-12T08:00Z"),
        ("2027-01-12T07:59Z", "Europe/London", NIGHT, "2027-01-12T08:00Z"),
        ("2027-01-12T08:00Z", "Europe/London", NIGHT, None),
        ("2027-01-11T12:30Z", "Europe/London", NOON_HOURS, "2027-01-11T14:00Z"),
        ("2027-01-11T14:00Z", "Europe/London", NOON_HOURS, None),
        ("2027-01-11T18:00Z", "Asia/Kolkata", NIGHT, "2027-01-12T02:30Z"),
        ("2027-03-28T02:00Z", "Europe/London", NIGHT, "2027-03-28T07:00Z"),  # eight on the wall, in summer time
        ("2027-10-31T02:00Z", "Europe/London", NIGHT, "2027-10-31T08:00Z"),
        ("2027-01-11T23:00Z", "Europe/London", None, None),
    ],
)
def test_quiet_until_is_the_end_by_the_clock_on_the_wall(
    now: str, name: str, quiet: QuietHours | None, expected: str | None
) -> None:
    assert quiet_until(at(now), zone(name), quiet) == (at(expected) if expected else None)


def test_quiet_hours_that_end_in_a_repeated_hour_end_with_its_second_pass() -> None:
    quiet, london = QuietHours(begin=22 * 60, end=90), zone("Europe/London")

    assert quiet_until(at("2027-10-31T00:45Z"), london, quiet) == at("2027-10-31T01:30Z")
    assert quiet_until(at("2027-10-31T01:30Z"), london, quiet) is None


def test_quiet_hours_that_clocks_jump_over_are_none_on_that_day() -> None:
    quiet, london = QuietHours(begin=60, end=120), zone("Europe/London")

    assert quiet_until(at("2027-03-28T01:00Z"), london, quiet) is None
    assert quiet_until(at("2027-03-28T00:59:59Z"), london, quiet) is None


@given(INSTANTS, st.sampled_from(ZONES), QUIETS)
def test_quiet_until_is_the_first_instant_that_is_not_quiet(now: datetime, name: str, quiet: QuietHours) -> None:
    tz = zone(name)
    until = quiet_until(now, tz, quiet)

    if until is not None:  # about every second instant is quiet: too few to draw until one is
        assert quiet_until(until, tz, quiet) is None
        assert quiet_until(until - timedelta(seconds=1), tz, quiet) == until


@given(INSTANTS, st.sampled_from(ZONES), QUIETS)
def test_quiet_until_agrees_with_the_wall_where_no_time_is_shown_twice(
    now: datetime, name: str, quiet: QuietHours
) -> None:
    local = now.astimezone(zone(name))
    assume(
        all((now + timedelta(days=days)).astimezone(zone(name)).utcoffset() == local.utcoffset() for days in (-2, 2))
    )
    minute = local.hour * 60 + local.minute

    is_within = (minute - quiet.begin) % DAY_MINUTES < quiet.minutes

    assert (quiet_until(now, zone(name), quiet) is not None) == is_within


@pytest.mark.parametrize(
    ("must_before", "waits"),
    [
        (None, True),
        ("2027-01-12T09:00Z", True),
        ("2027-01-12T08:59:59Z", False),
        ("2027-01-12T08:05Z", False),
        ("2027-01-12T03:00Z", False),
    ],
)
def test_may_be_told_waits_for_the_end_unless_that_would_leave_less_than_an_hour(
    must_before: str | None,
    waits: bool,  # noqa: FBT001
) -> None:
    night, end = at("2027-01-11T23:00Z"), at("2027-01-12T08:00Z")

    told = may_be_told(night, zone("Europe/London"), NIGHT, must_before=at(must_before) if must_before else None)

    assert told == (end if waits else night)


@pytest.mark.parametrize(
    ("after", "name", "preferences", "day", "expected"),
    [
        ("2027-01-11T08:29Z", "Europe/London", DAILY, "2027-01-11", "2027-01-11T08:30Z"),
        ("2027-01-11T08:30Z", "Europe/London", DAILY, "2027-01-12", "2027-01-12T08:30Z"),
        ("2027-01-11T23:30Z", "Asia/Tokyo", DAILY, "2027-01-13", "2027-01-12T23:30Z"),
        ("2027-01-11T08:30Z", "Europe/London", weekly(0), "2027-01-18", "2027-01-18T08:30Z"),
        ("2027-01-11T08:30Z", "Europe/London", weekly(4), "2027-01-15", "2027-01-15T08:30Z"),
        ("2027-01-11T12:00Z", "Europe/London", weekly(0, 23 * 60), "2027-01-11", "2027-01-12T08:00Z"),
        ("2027-01-12T07:00Z", "Europe/London", weekly(0, 23 * 60), "2027-01-11", "2027-01-12T08:00Z"),
        ("2027-03-27T12:00Z", "Europe/London", weekly(6, 90, None), "2027-03-28", "2027-03-28T01:00Z"),
    ],
)
def test_next_digest_comes_at_its_local_time_and_not_in_quiet_hours(
    after: str, name: str, preferences: Preferences, day: str, expected: str
) -> None:
    found = next_digest(at(after), zone(name), preferences)

    assert found == DigestTime(day=date.fromisoformat(day), at=at(expected))


@given(INSTANTS, st.sampled_from(ZONES), PREFERENCES)
def test_next_digest_is_the_very_next_one_and_never_quiet(after: datetime, name: str, preferences: Preferences) -> None:
    tz = zone(name)

    found = next_digest(after, tz, preferences)

    assert found.at > after
    assert quiet_until(found.at, tz, preferences.quiet) is None
    assert found.at - after <= timedelta(days=9)
    assert preferences.rhythm is Rhythm.DAILY or found.day.weekday() == preferences.weekday
    step = 7 if preferences.rhythm is Rhythm.WEEKLY else 1
    assert digest_from(found.day - timedelta(days=step), tz, preferences).at <= after


def test_digest_from_a_day_without_one_is_the_next_that_has_one() -> None:
    found = digest_from(date(2027, 1, 12), zone("Europe/London"), weekly(0))

    assert found == DigestTime(day=date(2027, 1, 18), at=at("2027-01-18T08:30Z"))


def test_next_morning_is_everybodys_own_and_later_than_now() -> None:
    now = at("2027-01-11T12:00Z")

    mornings = {
        name: f"{next_morning(now, zone(name), 540):%dT%H:%M}"
        for name in ("Europe/London", "America/Los_Angeles", "Asia/Kathmandu")
    }

    assert mornings == {"Europe/London": "12T09:00", "America/Los_Angeles": "11T17:00", "Asia/Kathmandu": "12T03:15"}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        pytest.param("Europe/London", "2027-01-18T09:00Z", id="in the morning"),
        pytest.param("America/Los_Angeles", "2027-01-18T08:00Z", id="as the day begins, the morning being too late"),
        pytest.param("Pacific/Pago_Pago", "2027-01-18T11:00Z", id="as the day begins, which is the last there is"),
    ],
)
def test_morning_of_a_day_that_ends_before_is_no_day_earlier(place: str, expected: str) -> None:
    day, now, ends = date(2027, 1, 18), at("2027-01-17T10:00Z"), at("2027-01-18T12:00Z")

    assert morning_before(now, zone(place), 540, day=day, ends=ends) == at(expected)
    assert morning_before(now, zone(place), 540, ends=at("2027-01-17T10:30Z")) == now


def test_next_morning_of_a_day_is_on_it_and_late_when_it_is_over() -> None:
    now, tokyo = at("2027-01-11T12:00Z"), zone("Asia/Tokyo")

    assert next_morning(now, tokyo, 540, day=date(2027, 1, 14)) == at("2027-01-14T00:00Z")
    assert next_morning(now, tokyo, 540, day=date(2027, 1, 11)) == at("2027-01-12T00:00Z")


@pytest.mark.parametrize(
    ("now", "name", "begin", "end"),
    [
        ("2027-01-11T12:00Z", "America/Los_Angeles", "2027-01-11T08:00Z", "2027-01-12T08:00Z"),
        ("2027-03-28T12:00Z", "Europe/London", "2027-03-28T00:00Z", "2027-03-28T23:00Z"),
        ("2027-10-31T12:00Z", "Europe/London", "2027-10-30T23:00Z", "2027-11-01T00:00Z"),
    ],
)
def test_local_day_has_its_own_length(now: str, name: str, begin: str, end: str) -> None:
    assert local_day(at(now), zone(name)) == (at(begin), at(end))


@pytest.mark.parametrize(
    ("begin", "end", "field", "words"),
    [
        (60, 60, "quiet_end", "01:00 to 01:00"),
        (0, 16 * 60 + 1, "quiet_end", "16 hours"),
        (1440, 60, "quiet_begin", "00:00 to 23:59"),
        (60, -1, "quiet_end", "00:00 to 23:59"),
    ],
)
def test_quiet_hours_that_cannot_be_are_refused_at_their_field(begin: int, end: int, field: str, words: str) -> None:
    with pytest.raises(InvalidTimes) as refused:
        QuietHours(begin=begin, end=end)

    assert refused.value.field == field
    assert words in refused.value.message


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"messages_a_day": -1}, "messages_a_day"),
        ({"messages_a_day": 101}, "messages_a_day"),
        ({"morning_time": 1440}, "morning_time"),
        ({"digest_time": -1}, "digest_time"),
        ({"weekday": 7}, "weekday"),
        ({"quiet_begin": 480}, "quiet_end"),
    ],
)
def test_attention_rules_that_cannot_be_are_refused_at_their_field(settings: dict[str, int], field: str) -> None:
    with pytest.raises(InvalidTimes) as refused:
        AttentionRules(**settings)  # type: ignore[arg-type]  # none of them is the one that is yes or no

    assert refused.value.field == field


def test_attention_rules_at_first_are_a_quiet_night_and_a_daily_digest() -> None:
    assert AttentionRules().preferences == Preferences(quiet=NIGHT, rhythm=Rhythm.DAILY, digest_time=510, weekday=0)
    assert AttentionRules(is_quiet=False).preferences.quiet is None


@pytest.mark.parametrize("number", [0, MESSAGES_MAX])
def test_number_of_messages_a_day_at_its_ends_is_taken(number: int) -> None:
    assert AttentionRules(messages_a_day=number).messages_a_day == number


def test_quiet_hours_that_cannot_be_are_refused_also_where_nobody_has_them() -> None:
    with pytest.raises(InvalidTimes) as refused:
        AttentionRules(is_quiet=False, quiet_begin=8 * 60, quiet_end=8 * 60)

    assert refused.value.field == "quiet_end"
