import pytest

from domain.zone_names import nearest_zone, same_zone, zone_names


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("  AMERICA/LOS ANGELES ", "America/Los_Angeles"),
        ("america/port of spain", "America/Port_of_Spain"),
        ("utc", "UTC"),
        ("london", None),
        ("", None),
    ],
)
def test_same_zone_is_found_in_whatever_case(typed: str, name: str | None) -> None:
    assert same_zone(typed) == name


def test_same_zone_finds_every_name_in_lower_case() -> None:
    assert {same_zone(name.lower()) for name in zone_names()} == zone_names()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("europe/lodnon", "Europe/London"),
        ("America/Los-Angeles", "America/Los_Angeles"),
        ("london", "Europe/London"),
        ("New York", "America/New_York"),
        ("Berln", "Europe/Berlin"),
        ("Paris, France", "Europe/Paris"),
        ("istanbul", "Europe/Istanbul"),
        # Etc/GMT+1 is an hour behind: to name it would be a trap.
        ("GMT+1", None),
        ("PST", None),
        ("../../etc/passwd", None),
        ("x" * 3000, None),
        ("", None),
    ],
)
def test_nearest_zone_is_that_of_a_place_or_none(typed: str, name: str | None) -> None:
    assert nearest_zone(typed) == name
