"""The trail of a thing: in the order in which it was written, whatever the clock says."""

from datetime import timedelta

from services.audit import LISTED, Entry, note, trail
from tests.fixtures.desks import House


def write(house: House, *deeds: str, of: str = "thing") -> None:
    """In one transaction."""
    with house.desk.program.write() as connection:
        entries = [Entry(object_id=of, by_id="sam", deed=deed) for deed in deeds]
        note(connection, house.desk, house.person("sam").program_id, *entries)


def deeds(house: House) -> list[str]:
    return [each.deed for each in trail(house.desk, house.person("sam"), "thing")]


def test_entries_of_one_second_stand_in_the_order_of_writing_the_last_first(house: House) -> None:
    written = [f"deed {number}" for number in range(24)]

    write(house, *written[:12])
    write(house, "elsewhere", of="another thing")
    for each in written[12:]:
        write(house, each)

    assert deeds(house) == written[::-1]


def test_clock_that_is_set_back_does_not_change_the_order(house: House) -> None:
    write(house, "first")
    house.clock.advance(timedelta(seconds=-5))
    write(house, "second")

    assert deeds(house) == ["second", "first"]


def test_of_a_long_trail_the_last_entries_are_read(house: House) -> None:
    written = [f"deed {number}" for number in range(LISTED + 2)]

    write(house, *written)

    assert deeds(house) == written[:1:-1]
