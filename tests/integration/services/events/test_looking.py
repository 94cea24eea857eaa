"""What people see of events, and what it costs: as many queries for many events and people as for few."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audience import Audience
from domain.errors import NotFound
from domain.event_answers import Said
from domain.people import Person, Role
from handlers.events import event_of, events_of
from handlers.events_home import home_blocks
from services.desk import Desk
from services.events.commands import CallOff, EditEvent
from services.events.look import event_details, events_ahead, past_events
from services.events.plan import call_off, edit_event
from services.events.talks import sign_up
from tests.builders.events import STARTS, put_event, say
from tests.builders.leaving import membership_over
from tests.builders.people import put_membership, put_person, put_program
from tests.fixtures.desks import House
from tests.looking.queries import queries_of

SCHOLARS, MENTORS = Audience(roles=(Role.SCHOLAR,)), Audience(roles=(Role.MENTOR,))


def ahead(house: House, who: str) -> list[str]:
    return [line.event.plan.title for line in events_ahead(house.desk, house.person(who))]


def test_list_has_what_is_for_somebody_the_earliest_first(house: House) -> None:
    put_event(house, title="later", starts=STARTS + timedelta(days=1))
    put_event(house, title="for scholars", audience=SCHOLARS)
    put_event(house, title="for mentors", audience=MENTORS)
    put_event(house, title="for bo", audience=Audience(people=("bo",)))
    put_event(house, title="in Paris", audience=Audience(sites=("Paris",)))

    seen = {who: ahead(house, who) for who in ("ada", "bo", "max", "sam")}

    assert {who: sorted(found) for who, found in seen.items()} == {
        "ada": ["for scholars", "later"],
        "bo": ["for bo", "for scholars", "later"],
        "max": ["for mentors", "later"],
        "sam": ["for bo", "for mentors", "for scholars", "in Paris", "later"],
    }
    assert seen["ada"] == ["for scholars", "later"]


def test_staff_and_hosts_who_are_not_invited_are_told_apart_in_list_and_detail(house: House) -> None:
    event = put_event(house, audience=SCHOLARS, host_id="cleo")
    who = ("ada", "cleo", "sam")

    listed = [[line.is_invited for line in events_ahead(house.desk, house.person(each))] for each in who]
    opened = [event_details(house.desk, house.person(each), event.id).line.is_invited for each in who]

    assert (listed, opened) == ([[True], [False], [False]], [True, False, False])


def test_who_is_two_things_sees_what_is_for_either_once(house: House) -> None:
    put_membership(house.stores.program, "max", Role.SCHOLAR)
    put_event(house, title="for both", audience=Audience(roles=(Role.SCHOLAR, Role.MENTOR)))
    put_event(house, title="for scholars", audience=SCHOLARS, starts=STARTS + timedelta(hours=2))

    assert ahead(house, "max") == ["for both", "for scholars"]


def test_one_membership_has_to_fit_all_of_the_query(house: House) -> None:
    put_membership(house.stores.program, "max", Role.SCHOLAR, site="Paris", first_day="2027-01-02")
    put_event(house, title="mentors of Paris", audience=Audience(roles=(Role.MENTOR,), sites=("Paris",)))

    assert ahead(house, "max") == []


def test_membership_that_is_over_or_not_begun_invites_to_nothing(house: House) -> None:
    put_membership(
        house.stores.program, "max", Role.MENTOR, site="Paris", first_day="2027-01-02", last_day="2027-01-10"
    )
    put_membership(house.stores.program, "max", Role.MENTOR, site="Oslo", first_day="2027-01-12")
    put_event(house, audience=Audience(sites=("Paris", "Oslo")))
    today = ahead(house, "max")
    house.clock.advance(timedelta(days=1))

    assert (today, ahead(house, "max")) == ([], ["How to read a paper"])


def test_who_has_answered_keeps_the_event_whatever_becomes_of_its_audience(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event, Said.MAYBE)
    plan = replace(event.plan, audience=MENTORS)
    wish = EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan)
    edit_event(house.desk, house.person("sam"), wish)

    assert [len(ahead(house, who)) for who in ("ada", "bo", "max")] == [1, 0, 1]


def test_event_stays_in_the_list_while_one_can_say_that_one_was_there(house: House) -> None:
    put_event(house, ends=STARTS + timedelta(hours=12))
    found = []
    for hours in (timedelta(hours=16, seconds=-1), timedelta(hours=16)):
        house.clock.advance(STARTS + hours - house.clock.now())
        found.append(len(ahead(house, "ada")))

    assert found == [1, 0]


def test_place_in_line_counts_who_still_waits_before_one(house: House) -> None:
    event = put_event(house, room_seats=1)
    for who in ("ada", "bo", "cleo", "dev"):
        say(house, who, event)
    say(house, "bo", event, Said.NO)

    places = [event_details(house.desk, house.person(who), event.id).place_in_line for who in ("ada", "cleo", "dev")]

    assert places == [0, 1, 2]


def test_events_of_another_program_are_not_there(house: House) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.STAFF, program_id="program-2")
    event = put_event(house)

    assert ahead(house, "yan") == []
    with pytest.raises(NotFound):
        event_details(house.desk, house.person("yan"), event.id)


def test_called_off_event_stays_for_who_had_said_that_they_come_until_it_would_be_over(house: House) -> None:
    event = put_event(house, room_seats=1)
    for who in ("ada", "dev"):
        say(house, who, event)
    say(house, "bo", event, Said.NO)
    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=event.id))

    seen = [ahead(house, who) for who in ("ada", "dev", "bo", "cleo")]
    house.clock.advance(timedelta(days=4))

    assert seen == [["How to read a paper"], ["How to read a paper"], [], []]
    assert ahead(house, "ada") == []


def test_host_and_speakers_are_named_and_who_has_left_is_not(house: House) -> None:
    event = put_event(house, host_id="cleo", talk_slots=1, talk_minutes=5)
    sign_up(house.desk, house.person("ada"), event.id, "Cats", request_key="talk")
    membership_over(house.stores.program, "cleo")

    found = event_details(house.desk, house.person("bo"), event.id)

    assert (found.host_name, [each.name for each in found.talks]) == ("Cleo", ["Ada"])


Look = Callable[[Desk, Person, str], object]
LOOKS: dict[str, Look] = {
    "list": lambda desk, person, _event: events_of(desk, person),
    "details": event_of,
    "home": lambda desk, person, _event: home_blocks(desk, person),
    "past": lambda desk, person, _event: past_events(desk, person),
}


@pytest.mark.parametrize(("name", "most"), [("list", 3), ("details", 7), ("home", 1), ("past", 2)])
def test_looking_asks_the_same_however_many_events_and_people_there_are(house: House, name: str, most: int) -> None:
    counts, staff = [], house.person("sam")
    for number in (1, 12):
        for each in range(number):
            event = put_event(house, talk_slots=3, talk_minutes=5, starts=STARTS + timedelta(hours=each))
            who = put_person(house.stores.program, f"scholar-{number}-{each}")
            say(house, who, event)
            sign_up(house.desk, house.person(who), event.id, "Cats", request_key=f"talk {number} {each}")
        with queries_of(house.stores.program) as asked:
            LOOKS[name](house.desk, staff, event.id)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= most


def test_events_are_the_same_without_the_confidential_store(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event)
    absent = replace(house.desk, support_desk=None)
    ada = house.person("ada")

    views = [
        (events_of(desk, ada), event_of(desk, ada, event.id), home_blocks(desk, ada)) for desk in (house.desk, absent)
    ]

    assert views[0] == views[1]
