"""The trail of a thing: in the order in which it was written, whatever the clock says, in pages that hold all of it."""

from datetime import timedelta

import pytest

from services.audit import LISTED, Entry, Trail, note, trail
from tests.builders.people import put_program
from tests.fixtures.desks import House
from tests.looking.queries import queries_of


def write(house: House, *deeds: str, of: str = "thing", by: str = "sam", about: str = "", program: str = "") -> None:
    """In one transaction."""
    with house.desk.program.write() as connection:
        entries = [Entry(object_id=of, by_id=by, deed=deed, about_id=about) for deed in deeds]
        note(connection, house.desk, program or house.person("sam").program_id, *entries)


def deeds(house: House) -> list[str]:
    return words(read(house))


def read(house: House, page: int = 0) -> Trail:
    return trail(house.desk, house.person("sam"), "thing", page=page)


def words(found: Trail) -> list[str]:
    return [each.deed for each in found]


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


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_trail_is_on_as_many_pages_as_hold_it_though_all_was_written_in_one_second(house: House, more: int) -> None:
    written = [f"deed {number}" for number in range(2 * LISTED + more)]
    write(house, *written)
    last = 2 if more > 0 else 1

    pages = [read(house, page) for page in range(last + 1)]

    assert [deed for page in pages for deed in words(page)] == written[::-1]
    assert [(each.page, each.pages, each.number) for each in pages] == [
        (page, last + 1, len(written)) for page in range(last + 1)
    ]


def test_page_past_the_end_shows_the_last_one(house: House) -> None:
    write(house, *(f"deed {number}" for number in range(2 * LISTED)))

    assert [read(house, page) for page in (2, 3, 9999)] == [read(house, 1)] * 3
    assert read(house, 1) != read(house, 0)


def test_trail_of_nothing_is_one_page_without_entries_whichever_is_asked_for(house: House) -> None:
    assert [read(house, page) for page in (0, 1, 9999)] == [Trail()] * 3


def test_page_counts_and_shows_neither_other_things_nor_another_program(house: House) -> None:
    put_program(house.stores.program, "program-2")
    for number in range(LISTED):
        write(house, f"deed {number}")
        write(house, "elsewhere", of="another thing")
        write(house, "of another program", program="program-2")

    found = read(house, 1)

    assert (found.number, found.page, found.pages) == (LISTED, 0, 1)
    assert words(found) == [f"deed {number}" for number in reversed(range(LISTED))]


def test_what_people_did_for_themselves_takes_no_place_on_any_page(house: House) -> None:
    for number in range(LISTED + 1):
        write(house, f"deed {number}")
        write(house, "met", by="ada", about="ada")
    write(house, "met", by="sam", about="ada")

    pages = [trail(house.desk, house.person("sam"), "thing", page=page, but_own=["met"]) for page in range(2)]

    assert [deed for page in pages for deed in words(page)] == ["met", *(f"deed {n}" for n in range(LISTED, -1, -1))]
    assert [(each.page, each.number) for each in pages] == [(0, LISTED + 2), (1, LISTED + 2)]


def test_any_page_of_a_long_trail_is_read_with_two_queries(house: House) -> None:
    write(house, *(f"deed {number}" for number in range(3 * LISTED)))
    sam = house.person("sam")

    for page in (0, 2, 9999):
        with queries_of(house.stores.program) as asked:
            trail(house.desk, sam, "thing", page=page)
        assert len(asked) == 2
