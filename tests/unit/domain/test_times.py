"""Zones, typed local times and labels."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path

import pytest

from domain.errors import DomainError
from domain.times import (
    TimeRepeated,
    TimeSkipped,
    UnknownZone,
    UnreadableTime,
    day_bounds,
    day_number,
    day_of_number,
    epoch_seconds,
    epoch_seconds_up,
    instant_of,
    local_label,
    parse_day,
    resolve_local,
    time_label,
    tzdata_version,
    zone,
)
from tests.builders.scheduling import LOS_ANGELES, at, utc_labels


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def resolve(text: str, name: str) -> datetime:
    naive = datetime.fromisoformat(text)
    return resolve_local(naive.date(), naive.hour * 60 + naive.minute, zone(name))


@pytest.fixture
def stale_system_zones(tmp_path: Path) -> Iterator[None]:
    """A machine whose own zone files are wrong: its Vancouver is really London."""
    stale = tmp_path / "America" / "Vancouver"
    stale.parent.mkdir()
    stale.write_bytes(files("tzdata").joinpath("zoneinfo", "Europe", "London").read_bytes())
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    zone.cache_clear()
    yield
    zoneinfo.reset_tzpath()
    zone.cache_clear()


def test_t25_vancouver_follows_the_pinned_data() -> None:
    assert resolve("2026-12-15 09:00", "America/Vancouver") == instant("2026-12-15T16:00Z")


@pytest.mark.usefixtures("stale_system_zones")
def test_t25_a_stale_copy_on_the_machine_is_not_read() -> None:
    machine = datetime(2026, 12, 15, 9, tzinfo=zoneinfo.ZoneInfo.no_cache("America/Vancouver"))

    ours = resolve("2026-12-15 09:00", "America/Vancouver")

    assert (machine.astimezone(UTC), ours) == (instant("2026-12-15T09:00Z"), instant("2026-12-15T16:00Z"))


def test_tzdata_version_is_the_release_of_the_package() -> None:
    stated = files("tzdata").joinpath("__init__.py").read_text("utf-8")

    assert f'IANA_VERSION = "{tzdata_version()}"' in stated


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("europe/berlin", "Did you mean Europe/Berlin?"),
        ("America/Los Angeles", "Did you mean America/Los_Angeles?"),
        ("../../etc/passwd", "Please write it like Europe/Berlin or America/Los_Angeles."),
        ("", "Please write it like Europe/Berlin or America/Los_Angeles."),
    ],
)
def test_zone_unknown_name_is_refused_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone(name)

    assert (refused.value.message, refused.value.field) == (f"I do not know that time zone. {hint}", "zone")


def test_zone_twice_is_the_same_object() -> None:
    assert zone("Asia/Kolkata") is zone("Asia/Kolkata")


def test_t12_typed_time_in_a_gap_is_refused_naming_the_gap() -> None:
    with pytest.raises(TimeSkipped) as refused:
        resolve("2027-03-14 02:30", LOS_ANGELES)

    assert refused.value.message == (
        "There is no 02:30 on Sun 14 Mar 2027 in America/Los_Angeles: clocks go from 02:00 straight to 03:00. "
        "Please choose a time before 02:00, or from 03:00 on."
    )
    assert refused.value.field == "start"
    assert [f"{edge:%H:%M}" for edge in refused.value.gap] == ["02:00", "03:00"]


def test_t12_gap_resolved_by_rfc_5545_is_the_later_reading() -> None:
    with pytest.raises(TimeSkipped) as refused:
        resolve("2027-03-14 02:30", LOS_ANGELES)

    assert refused.value.instant == instant("2027-03-14T10:30Z")


@pytest.mark.parametrize("typed", ["2027-03-14 02:00", "2027-03-14 02:55"])
def test_typed_time_at_the_edges_inside_a_gap_is_refused(typed: str) -> None:
    with pytest.raises(TimeSkipped):
        resolve(typed, LOS_ANGELES)


@pytest.mark.parametrize(
    ("typed", "expected"), [("2027-03-14 01:55", "2027-03-14T09:55Z"), ("2027-03-14 03:00", "2027-03-14T10:00Z")]
)
def test_typed_time_at_the_edges_outside_a_gap_is_taken(typed: str, expected: str) -> None:
    assert resolve(typed, LOS_ANGELES) == instant(expected)


def test_t13_typed_time_that_happens_twice_offers_both_the_default_first() -> None:
    with pytest.raises(TimeRepeated) as asked:
        resolve("2026-11-01 01:30", LOS_ANGELES)

    assert asked.value.choices == (instant("2026-11-01T08:30Z"), instant("2026-11-01T09:30Z"))
    assert asked.value.names == ("PDT", "PST")
    assert asked.value.message == (
        "01:30 happens twice on Sun 1 Nov 2026 in America/Los_Angeles, because clocks go back. "
        "Please say which: 01:30 PDT (the first) or 01:30 PST."
    )
    assert asked.value.field == "start"


def test_typed_times_around_a_repeated_hour_are_taken() -> None:
    resolved = [resolve(f"2026-11-01 {clock}", LOS_ANGELES) for clock in ("00:55", "02:00")]

    assert utc_labels(map(epoch_seconds, resolved)) == ["2026-11-01T07:55Z", "2026-11-01T10:00Z"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2027-03-08T17:00Z", "Mon 8 Mar 2027, 17:00"),
        ("2027-03-15T16:00Z", "Mon 15 Mar 2027, 16:00"),
        ("2027-03-22T16:00Z", "Mon 22 Mar 2027, 16:00"),
        ("2027-03-29T16:00Z", "Mon 29 Mar 2027, 17:00"),
    ],
)
def test_local_label_in_another_zone_follows_that_zones_clocks(start: str, expected: str) -> None:
    assert local_label(instant(start), zone("Europe/London")) == expected


def test_t6_labels_of_a_repeated_hour_tell_which() -> None:
    starts = ("2026-11-01T07:00Z", "2026-11-01T08:00Z", "2026-11-01T09:00Z", "2026-11-01T10:00Z")

    assert [time_label(instant(start), zone(LOS_ANGELES)) for start in starts] == [
        "00:00",
        "01:00 PDT",
        "01:00 PST",
        "02:00",
    ]


def test_time_label_where_both_passes_have_one_abbreviation_tells_the_offset() -> None:
    starts = ("2014-10-25T21:30Z", "2014-10-25T22:30Z")

    labels = [time_label(instant(start), zone("Europe/Moscow")) for start in starts]

    assert labels == ["01:30 UTC+0400", "01:30 UTC+0300"]


@pytest.mark.parametrize(
    ("day", "hours"), [("2027-03-14", 23), ("2026-11-01", 25), ("2027-03-15", 24), ("2027-07-04", 24)]
)
def test_day_bounds_when_clocks_change_are_a_short_or_long_day(day: str, hours: int) -> None:
    begin, end = day_bounds(date.fromisoformat(day), zone(LOS_ANGELES))

    assert (end - begin) / 3600 == hours


def test_day_bounds_when_midnight_is_skipped_begin_at_the_change() -> None:
    begin, _ = day_bounds(date(2026, 4, 24), zone("Africa/Cairo"))

    assert local_label(instant_of(begin), zone("Africa/Cairo")) == "Fri 24 Apr 2026, 01:00"


@pytest.mark.parametrize("typed", ["2027-13-01", "2027-02-29", "27-03-01", "tomorrow", "1999-01-01", "9999-12-31", ""])
def test_parse_day_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableTime) as refused:
        parse_day(typed)

    assert refused.value.field == "day"


def test_parse_day_with_blanks_and_short_month_is_read() -> None:
    assert parse_day(" 2027-3-5 ") == date(2027, 3, 5)


def test_epoch_seconds_of_a_naive_time_is_a_mistake() -> None:
    naive = datetime.fromisoformat("2027-03-15T09:30")

    with pytest.raises(ValueError, match="time zone"):
        epoch_seconds(naive)


def test_epoch_seconds_with_a_fraction_cuts_or_rounds_up_as_asked() -> None:
    moment = instant("2027-03-15T09:30:00.000001Z")

    assert (epoch_seconds(moment), epoch_seconds_up(moment)) == (at("2027-03-15T09:30:00Z"), at("2027-03-15T09:30:01Z"))


def test_epoch_seconds_in_any_zone_is_the_same_instant() -> None:
    moment = datetime(2027, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert instant_of(epoch_seconds(moment)) == moment


def test_day_number_and_back_is_the_same_day() -> None:
    assert (day_number(date(1970, 1, 1)), day_of_number(day_number(date(2027, 3, 14)))) == (0, date(2027, 3, 14))


def test_errors_about_times_are_safe_to_show() -> None:
    assert all(issubclass(error, DomainError) for error in (TimeSkipped, TimeRepeated, UnknownZone, UnreadableTime))
