"""What coaches see of each other's load: coaching alone, of their own program, and nobody's scholars."""

from dataclasses import replace
from datetime import timedelta

from domain.kinds import URGENT
from domain.people import Role
from services.scheduling.book import book_session
from services.scheduling.hours import save_hours
from services.scheduling.load import CoachLoad, coaches_load
from services.urgent.stand_ins import name_stand_ins
from tests.builders.bookings import a_wish
from tests.builders.people import put_person, put_program
from tests.builders.rules import set_rules
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, UNSHARED, House

SESSION = 45 * 60


def of(name: str, held: int, ahead: int, *, is_reader: bool = False, share: int = 100) -> CoachLoad:
    return CoachLoad(
        name=name, is_reader=is_reader, held_seconds=held * SESSION, ahead_seconds=ahead * SESSION, share=share
    )


def test_load_counts_what_was_held_and_what_is_ahead_most_first(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, fair=UNSHARED, weights={"dev": 50}))
    for start, staff in (("12T10", "cleo"), ("20T10", "cleo"), ("13T10", "dev")):
        book_session(house.support, house.person("ada"), a_wish(f"2027-01-{start}:00Z", staff=staff))
    house.clock.advance(timedelta(days=3))

    shown = coaches_load(house.support, house.person("dev"))

    assert shown == (of("Cleo", 1, 1), of("Dev", 1, 0, is_reader=True, share=50))


def test_sessions_of_the_community_manager_and_whoever_stands_in_are_left_out(house: House) -> None:
    eli = house.person("eli")
    name_stand_ins(house.desk, eli, ["cleo"], seen=eli.rules_version, request_key="press-1")
    save_hours(house.support, eli, hours_in(LONDON))
    book_session(house.support, house.person("ada"), a_wish("2027-01-11T14:00Z", kind=URGENT, staff=None))

    assert coaches_load(house.support, house.person("dev")) == (of("Cleo", 0, 0), of("Dev", 0, 0, is_reader=True))


def test_load_of_another_program_is_not_shown(house: House) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.COACH, program_id="program-2")

    assert [each.name for each in coaches_load(house.support, house.person("cleo"))] == ["Cleo", "Dev"]
