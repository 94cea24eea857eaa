"""The first in line cannot come: the next is offered the time in the same transaction, and the first stays first."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from domain.people import Role
from services.booking.change import cancel_session
from storage.confidential import waiting_queries
from tests.acting.waiting_line import books, put_scholars, scarce, waits
from tests.builders.bookings import a_cancellation
from tests.builders.groups import a_group_wish, seated, set_up
from tests.builders.people import put_membership, put_recusal
from tests.builders.rules import set_rules, with_kind
from tests.fixtures.desks import House, share_out
from tests.looking.invariants import broken_invariants

FRIDAY, NEXT_FRIDAY = "2027-01-15T10:00Z", "2027-01-22T10:00Z"


def has_as_many_ahead_as_can_be(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, open_per_scholar=2))
    for day in (19, 20):
        books(house, "bo", f"2027-01-{day}T14:00Z", staff="dev")


def has_used_their_share(house: House) -> None:
    share_out(house)
    for day in (12, 13):
        books(house, "bo", f"2027-01-{day}T10:00Z", staff="dev")


def has_a_session_then(house: House) -> None:
    books(house, "bo", "2027-01-15T10:30Z", staff="dev")


def has_a_seat_then(house: House) -> None:
    set_up(house, "dev", a_group_wish("2027-01-15T09:30Z"))
    seated(house, "bo")


def is_kept_apart(house: House) -> None:
    put_recusal(house.stores.program, "cleo", "bo")


def is_judged(house: House) -> None:
    put_membership(house.stores.program, "bo", Role.SCHOLAR, mentor="cleo", first_day="2027-01-02")


def waits_for_another_week(house: House) -> None:
    waits(house, "bo", from_day="2027-01-18")


@dataclass(frozen=True, slots=True)
class Freed:
    """Two of Cleo's hours that Ada gives up one after the other."""

    first: str
    second: str


def given(house: House) -> Freed:
    scarce(house, dates={FRIDAY[:10]: "10:00-11:00", NEXT_FRIDAY[:10]: "10:00-11:00"})
    return Freed(books(house, "ada", FRIDAY).ref, books(house, "ada", NEXT_FRIDAY).ref)


def cancels(house: House, ref: str) -> None:
    cancel_session(house.support, house.person("ada"), a_cancellation(ref))


def in_line(house: House) -> list[tuple[str, bool]]:
    """Who waits, in order, and whether something is kept for them."""
    with house.stores.confidential.read() as connection:
        line = waiting_queries.line(connection, "program-1", "coaching")
    return [(each.scholar_id, each.booking_id is not None) for each in line]


def held(house: House) -> list[tuple[str, str]]:
    return [(who, start) for who, _, start, status in house.bookings() if status == "held"]


@pytest.mark.parametrize(
    "cannot",
    [
        has_as_many_ahead_as_can_be,
        has_used_their_share,
        has_a_session_then,
        has_a_seat_then,
        is_kept_apart,
        is_judged,
        waits_for_another_week,
    ],
)
def test_the_next_has_it_at_once_and_who_could_not_come_keeps_their_place(
    house: House, cannot: Callable[[House], None]
) -> None:
    freed, (third,) = given(house), put_scholars(house, 1)
    for scholar in ("bo", third):
        waits(house, scholar)
    cannot(house)

    cancels(house, freed.first)

    assert held(house) == [(third, FRIDAY)]
    assert in_line(house) == [("bo", False), (third, True)]
    assert broken_invariants(house.stores.confidential) == []


@pytest.mark.parametrize("cannot", [has_used_their_share, has_a_session_then, has_a_seat_then, waits_for_another_week])
def test_what_comes_free_after_that_is_the_firsts(house: House, cannot: Callable[[House], None]) -> None:
    freed, (third, fourth) = given(house), put_scholars(house, 2)
    for scholar in ("bo", third, fourth):
        waits(house, scholar)
    cannot(house)

    cancels(house, freed.first)
    cancels(house, freed.second)

    assert held(house) == [(third, FRIDAY), ("bo", NEXT_FRIDAY)]
    assert in_line(house) == [("bo", True), (third, True), (fourth, False)]
