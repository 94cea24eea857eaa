"""What the list in a modal says more than the Home tab: what a session of several is called, and which of a series."""

from dataclasses import replace

from sqlalchemy import update

from domain.series import Repeat
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.sessions.facts import NamedSession
from services.sessions.named import SEVERAL, named_sessions
from storage.confidential.group_sessions import GroupSession
from storage.engine import table_of
from tests.builders.bookings import a_cancellation, a_move, a_wish, instant
from tests.builders.groups import a_group_wish, seated, set_up
from tests.fixtures.desks import House
from tests.looking.queries import queries_of

WEEKLY = Repeat(times=3)


def listed(house: House, who: str = "ada") -> tuple[NamedSession, ...]:
    return named_sessions(house.support, house.person(who))


def numbers(house: House, who: str = "ada") -> list[tuple[int, int]]:
    return [(each.number, each.of_series) for each in listed(house, who)]


def test_session_of_several_is_listed_by_its_title_to_hosts_and_who_has_a_seat(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "ada")

    of = {who: [(each.title, each.other_name) for each in listed(house, who)] for who in ("ada", "cleo", "dev", "bo")}

    assert of == {
        "ada": [("Writing together", "Cleo and Dev")],
        "cleo": [("Writing together", SEVERAL)],
        "dev": [("Writing together", SEVERAL)],
        "bo": [],
    }


def test_session_whose_words_were_touched_is_listed_without_a_title(house: House) -> None:
    set_up(house)
    with house.stores.confidential.write() as connection:
        connection.execute(update(table_of(GroupSession)).values(words=b"something else"))

    assert [each.title for each in listed(house, "cleo")] == [""]


def test_sessions_of_a_series_are_numbered_to_both_and_others_are_not(house: House) -> None:
    book_session(house.support, house.person("ada"), replace(a_wish(staff="cleo"), repeat=WEEKLY))
    book_session(house.support, house.person("ada"), a_wish("2027-01-13T10:00Z", kind="community", staff="eli"))

    assert numbers(house) == [(1, 3), (0, 0), (2, 3), (3, 3)]
    assert numbers(house, "cleo") == [(1, 3), (2, 3), (3, 3)]


def test_numbers_go_by_what_still_stands_and_count_what_is_over(house: House) -> None:
    book_session(house.support, house.person("ada"), replace(a_wish(staff="cleo"), repeat=WEEKLY))
    first, second, third = (each.line.ref for each in listed(house))
    move_session(house.support, house.person("ada"), a_move(second, "2027-01-27T11:00Z"))
    after_move = [(each.line.ref, each.number) for each in listed(house)]
    house.clock.advance(instant("2027-01-12T12:00Z") - house.clock.now())
    once_one_is_over = numbers(house)
    cancel_session(house.support, house.person("ada"), a_cancellation(third))

    assert after_move == [(first, 1), (third, 2), (second, 3)]
    assert once_one_is_over == [(2, 3), (3, 3)]
    assert numbers(house) == [(2, 2)]


def test_list_asks_no_more_for_many_series_and_groups(house: House) -> None:
    def asked() -> int:
        with queries_of(house.stores.confidential) as of_support, queries_of(house.stores.program) as of_program:
            listed(house, "cleo")
        return len(of_support) + len(of_program)

    set_up(house, wish=a_group_wish("2027-01-14T14:00Z"))
    book_session(house.support, house.person("ada"), replace(a_wish(staff="cleo"), repeat=WEEKLY))
    few = asked()
    set_up(house, wish=a_group_wish("2027-01-15T14:00Z"))
    book_session(house.support, house.person("bo"), replace(a_wish("2027-01-13T10:00Z", staff="cleo"), repeat=WEEKLY))

    assert asked() == few
    assert len(listed(house, "cleo")) == 8
