"""Group sessions are set up: by one host or two, who must be free, at a time of their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import DomainError
from domain.groups import BadCohost, HostsBusy, OffGrid, Standing
from domain.kinds import GROUP, UnknownKind
from domain.people import Role
from domain.slots import NotOffered
from services.booking.book import book_session
from services.groups.look import groups_for
from tests.builders.bookings import a_wish
from tests.builders.groups import a_group_wish, set_up
from tests.builders.people import put_person
from tests.builders.rules import a_phase, closed_days, set_rules, with_kind
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants


def test_set_up_takes_the_time_of_both_hosts_and_tells_them(house: House) -> None:
    details = set_up(house, wish=a_group_wish(cohost="eli", minutes=90))

    assert (details.standing, details.host_names, details.minutes) == (Standing.HOST, ("Cleo", "Eli"), 90)
    assert house.cells() == {"cleo": 18, "eli": 18}
    assert [(kind, who) for kind, who, *_ in house.messages() if kind == "session.booked"] == [
        ("session.booked", "cleo"),
        ("session.booked", "eli"),
    ]
    assert broken_invariants(house.stores.confidential) == []


def test_set_up_outside_hours_is_the_hosts_own_affair(house: House) -> None:
    set_up(house, wish=a_group_wish("2027-01-16T20:05Z"))

    (line,) = groups_for(house.support, house.person("ada"))
    assert (line.words.title, line.words.about, line.host_names) == ("Writing together", "Bring a page.", ("Cleo",))


def test_the_same_form_delivered_again_sets_up_one(house: House) -> None:
    first = set_up(house, wish=a_group_wish(key="one press"))

    again = set_up(house, wish=a_group_wish(key="one press"))

    assert (again, len(house.groups())) == (first, 1)


def test_group_sessions_that_are_switched_off_cannot_be_set_up(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, GROUP, is_offered=False))

    with pytest.raises(UnknownKind, match="switched off") as refused:
        set_up(house)

    assert (refused.value.field, house.groups()) == ("start", [])


def test_set_up_in_a_phase_without_group_sessions_is_refused_by_its_name(house: House) -> None:
    training = a_phase("2027-01-12", "2027-01-14", without=(GROUP,))
    set_rules(house.stores.program, lambda rules: replace(rules, phases=(training,)))

    with pytest.raises(NotOffered, match="Training"):
        set_up(house, wish=a_group_wish("2027-01-14T20:05Z"))

    set_up(house, wish=a_group_wish("2027-01-15T20:05Z"))


def test_set_up_on_a_day_on_which_the_program_is_closed_is_refused(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, closed=(closed_days("2027-01-14"),)))

    with pytest.raises(NotOffered, match="closed on that day") as refused:
        set_up(house, wish=a_group_wish("2027-01-14T20:05Z"))

    assert (refused.value.field, house.groups()) == ("start", [])
    set_up(house, wish=a_group_wish("2027-01-15T20:05Z"))


@pytest.mark.parametrize("busy", ["cleo", "dev"])
def test_set_up_needs_every_host_to_be_free_and_does_not_say_who_is_not(house: House, busy: str) -> None:
    # The quarter of an hour after a coaching session is taken too.
    book_session(house.support, house.person("ada"), a_wish("2027-01-13T13:00Z", staff=busy))

    with pytest.raises(HostsBusy) as refused:
        set_up(house, wish=a_group_wish("2027-01-13T13:45Z", cohost="dev"))

    assert (refused.value.message, refused.value.field) == (
        "One of you has something else then. Please choose another time.",
        "start",
    )
    assert house.groups() == []


@pytest.mark.parametrize(
    ("start", "error"),
    [
        ("2027-01-11T11:55Z", NotOffered),
        ("2027-01-11T12:00Z", NotOffered),
        ("2027-05-11T12:00Z", NotOffered),
        ("2027-01-13T14:03Z", OffGrid),
    ],
)
def test_time_that_cannot_be_is_refused_at_its_field(house: House, start: str, error: type[DomainError]) -> None:
    with pytest.raises(error) as refused:
        set_up(house, wish=a_group_wish(start))

    assert refused.value.field == "start"


def test_time_after_a_hosts_last_day_is_refused(house: House) -> None:
    put_person(house.stores.program, "kim", Role.COACH, last_day="2027-01-12")

    with pytest.raises(DomainError, match="will have left by then"):
        set_up(house, wish=a_group_wish(cohost="kim"))


@pytest.mark.parametrize("cohost", ["cleo", "ada", "sam", "nobody", "max"])
def test_cohost_who_cannot_hold_it_is_refused_in_one_sentence(house: House, cohost: str) -> None:
    with pytest.raises(BadCohost) as refused:
        set_up(house, wish=a_group_wish(cohost=cohost))

    assert (refused.value.message, refused.value.field) == (str(BadCohost()), "cohost")


def test_list_holds_what_lies_ahead_soonest_first(house: House) -> None:
    set_up(house, wish=a_group_wish("2027-01-14T14:00Z", title="Second"))
    set_up(house, wish=a_group_wish("2027-01-13T14:00Z", title="First"))

    titles = [line.words.title for line in groups_for(house.support, house.person("ada"))]
    house.clock.advance(timedelta(days=4))

    assert titles == ["First", "Second"]
    assert groups_for(house.support, house.person("ada")) == ()
