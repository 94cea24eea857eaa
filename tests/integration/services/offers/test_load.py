"""What coaches see of each other's load: coaching alone, of their own program, and nobody's scholars."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotAllowed
from domain.kinds import COACHING, URGENT
from domain.people import JUDGING_ROLES, Role
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.holds.approve import approve_request
from services.hours.own import save_hours
from services.offers.load import CoachLoad, coaches_load
from services.urgent.stand_ins import name_stand_ins
from tests.builders.bookings import a_cancellation, a_move, a_wish
from tests.builders.people import put_membership, put_person, put_program, travel
from tests.builders.rules import set_rules
from tests.builders.rules import with_kind as rules_with
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
    house.clock.advance(timedelta(days=1))

    assert coaches_load(house.support, house.person("dev")) == (of("Cleo", 0, 0), of("Dev", 0, 0, is_reader=True))


def test_load_of_another_program_is_not_shown(house: House) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.COACH, program_id="program-2")

    assert [each.name for each in coaches_load(house.support, house.person("cleo"))] == ["Cleo", "Dev"]


@pytest.mark.parametrize("judge", sorted(JUDGING_ROLES))
def test_load_is_not_shown_to_a_coach_who_also_judges(sqlite_house: House, judge: Role) -> None:
    put_membership(sqlite_house.stores.program, "dev", judge)

    with pytest.raises(NotAllowed):
        coaches_load(sqlite_house.support, sqlite_house.person("dev"))


@pytest.mark.parametrize("who", ["ada", "eli", "max", "sam"])
def test_load_is_not_shown_to_whoever_is_no_coach(sqlite_house: House, who: str) -> None:
    with pytest.raises(NotAllowed):
        coaches_load(sqlite_house.support, sqlite_house.person(who))


def test_nothing_a_scholar_does_shows_in_the_load_before_the_next_day(house: House) -> None:
    ada, dev = house.person("ada"), house.person("dev")
    canceled, moved = (book_session(house.support, ada, a_wish(f"2027-01-13T{at}:00Z")).booked for at in (10, 12))
    set_rules(house.stores.program, lambda rules: rules_with(rules, COACHING, needs_approval=True))
    asked = book_session(house.support, house.person("bo"), a_wish("2027-01-14T12:00Z")).booked
    set_rules(house.stores.program, lambda rules: rules_with(rules, COACHING, needs_approval=False))
    house.clock.advance(timedelta(days=1))
    began = coaches_load(house.support, dev)

    book_session(house.support, house.person("bo"), a_wish("2027-01-14T10:00Z"))
    cancel_session(house.support, ada, a_cancellation(canceled.scholar_ref))
    move_session(house.support, ada, a_move(moved.scholar_ref, "2027-01-15T12:00Z"))
    approve_request(house.support, house.person("cleo"), asked.staff_ref, request_key="yes")

    assert coaches_load(house.support, dev) == began == (of("Cleo", 0, 2), of("Dev", 0, 0, is_reader=True))
    house.clock.advance(timedelta(hours=14))
    assert coaches_load(house.support, dev) == (of("Cleo", 0, 3), of("Dev", 0, 0, is_reader=True))


def test_the_zone_of_the_reader_changes_nothing_of_the_load(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish("2027-01-13T10:00Z"))
    travel(sqlite_house.stores.program, "dev", "Pacific/Kiritimati")

    assert coaches_load(sqlite_house.support, sqlite_house.person("dev"))[0] == of("Cleo", 0, 0)
