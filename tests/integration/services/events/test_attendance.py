"""Who was there: by a press around the event, or by the list of its host."""

from datetime import timedelta

import pytest

from domain.audience import Audience
from domain.errors import NotFound
from domain.event_answers import NoSuchWay, NotOpenYet, Said
from domain.events import Attending, Event, EventFormat, EventOff
from domain.people import Role
from services.events.attendance import PAGE, guest_list, i_am_here, note_attendance
from services.events.commands import CallOff, NoteAttendance
from services.events.look import event_details, event_trail
from services.events.plan import call_off
from services.events.talks import sign_up
from tests.builders.events import STARTS, put_event, say
from tests.builders.people import an_account, put_person, put_program
from tests.fixtures.desks import House
from tests.looking.queries import queries_of

ROOM, REMOTE = Attending.ROOM, Attending.REMOTE


def here(house: House, who: str, event: Event, way: Attending | None = None) -> bool:
    return i_am_here(house.desk, house.person(who), event.id, way, request_key=house.ids.new())[2]


def let_begin(house: House, event: Event) -> None:
    house.clock.advance(event.plan.starts - timedelta(minutes=15) - house.clock.now())


def note(
    house: House,
    who: str,
    event: Event,
    listed: tuple[str, ...],
    came: set[str],
    *,
    shown: set[str] | None = None,
    key: str = "",
) -> None:
    """Somebody saves the list, which had those ticked who were noted then, or those of `shown`."""
    wish = NoteAttendance(
        request_key=key or house.ids.new(),
        event_id=event.id,
        listed=listed,
        shown=frozenset(house_came(house, event) if shown is None else shown),
        came=frozenset(came),
    )
    note_attendance(house.desk, house.person(who), wish)


def house_came(house: House, event: Event) -> set[str]:
    return set(came(house, event))


def came(house: House, event: Event) -> dict[str, tuple[str, str]]:
    found = guest_list(house.desk, house.person("sam"), event.id)
    return {
        each.guest.person_id: (str(each.guest.came_way), each.guest.came_by)
        for each in found.guests
        if each.guest.came_way
    }


def test_press_notes_who_is_there_once_with_or_without_a_yes(house: House) -> None:
    event = put_event(house, format=EventFormat.HYBRID)
    say(house, "ada", event, way=REMOTE)
    let_begin(house, event)

    news = [here(house, "ada", event), here(house, "ada", event, REMOTE), here(house, "bo", event, ROOM)]

    assert news == [True, False, True]
    assert came(house, event) == {"ada": ("remote", "ada"), "bo": ("room", "bo")}
    numbers = event_details(house.desk, house.person("ada"), event.id).numbers
    assert (numbers.came, numbers.came_unasked) == ({ROOM: 1, REMOTE: 1}, 1)


def test_who_pressed_for_the_wrong_way_presses_for_the_other_and_what_the_host_noted_stays(house: House) -> None:
    event = put_event(house, format=EventFormat.HYBRID)
    let_begin(house, event)
    note(house, "sam", event, ("bo",), {"bo"})
    here(house, "ada", event, REMOTE)

    news = [here(house, "ada", event, ROOM), here(house, "bo", event, REMOTE)]

    assert news == [True, False]
    assert came(house, event) == {"ada": ("room", "ada"), "bo": ("room", "sam")}


@pytest.mark.parametrize("at", [-timedelta(minutes=16), timedelta(hours=5)])
def test_press_too_early_or_long_after_is_told_when_it_is_taken(house: House, at: timedelta) -> None:
    event = put_event(house)
    house.clock.advance(STARTS + at - house.clock.now())

    with pytest.raises(NotOpenYet):
        here(house, "ada", event)


def test_press_at_an_event_that_was_called_off_or_for_others_is_refused(house: House) -> None:
    off, others = put_event(house), put_event(house, audience=Audience(roles=(Role.MENTOR,)))
    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=off.id))
    let_begin(house, off)

    with pytest.raises(EventOff):
        here(house, "ada", off)
    with pytest.raises(NotFound):
        here(house, "ada", others)


def test_press_in_a_way_that_the_event_has_not_is_refused(house: House) -> None:
    event = put_event(house)
    let_begin(house, event)

    with pytest.raises(NoSuchWay):
        here(house, "ada", event, REMOTE)

    assert came(house, event) == {}


def test_list_that_is_saved_as_it_was_leaves_no_trace(house: House) -> None:
    event = put_event(house)
    let_begin(house, event)
    here(house, "ada", event)

    note(house, "sam", event, ("ada", "bo"), {"ada"})

    assert [each.deed for each in event_trail(house.desk, house.person("sam"), event.id)] == ["planned"]


def test_host_ticks_who_was_there_and_takes_back_who_was_not(house: House) -> None:
    event = put_event(house, host_id="cleo")
    say(house, "ada", event)
    say(house, "dev", event, Said.NO)
    let_begin(house, event)
    here(house, "bo", event)

    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", program_id="program-2")

    note(house, "cleo", event, ("ada", "bo", "dev", "yan", "stranger"), {"ada", "dev", "yan", "stranger"})

    assert came(house, event) == {"ada": ("room", "cleo"), "dev": ("room", "cleo")}
    assert event_details(house.desk, house.person("ada"), event.id).numbers.all_came == 2


def test_who_was_ticked_by_mistake_and_taken_off_again_has_nothing_to_do_with_it_any_more(house: House) -> None:
    event = put_event(house, host_id="cleo", audience=Audience(people=("ada",)))
    let_begin(house, event)
    note(house, "cleo", event, ("bo",), {"bo"})

    note(house, "cleo", event, ("bo",), set())

    assert came(house, event) == {}
    with pytest.raises(NotFound):
        event_details(house.desk, house.person("bo"), event.id)


def test_list_of_an_event_that_was_called_off_takes_nobody(house: House) -> None:
    event = put_event(house)
    let_begin(house, event)
    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=event.id))

    with pytest.raises(EventOff):
        note(house, "sam", event, ("ada",), {"ada"})

    assert came(house, event) == {}


def test_host_notes_who_had_said_yes_in_the_way_they_had_chosen(house: House) -> None:
    event = put_event(house, format=EventFormat.HYBRID)
    say(house, "ada", event, way=REMOTE)
    let_begin(house, event)

    note(house, "sam", event, ("ada", "bo"), {"ada", "bo"})

    assert came(house, event) == {"ada": ("remote", "sam"), "bo": ("room", "sam")}


def test_list_that_was_opened_before_somebody_pressed_does_not_take_their_press_back(house: House) -> None:
    event = put_event(house, host_id="cleo")
    say(house, "bo", event, Said.MAYBE)
    let_begin(house, event)
    here(house, "dev", event)
    shown = house_came(house, event)
    here(house, "ada", event)

    note(house, "cleo", event, ("ada", "bo", "dev"), {"bo"}, shown=shown)

    assert came(house, event) == {"ada": ("room", "ada"), "bo": ("room", "cleo")}


def test_list_is_corrected_days_later_and_who_was_taken_off_may_not_press_any_more(house: House) -> None:
    event = put_event(house, host_id="cleo")
    say(house, "bo", event, Said.MAYBE)
    let_begin(house, event)
    here(house, "ada", event)
    note(house, "cleo", event, ("ada", "bo"), set())
    here(house, "ada", event)
    pressed_again = came(house, event)
    house.clock.advance(timedelta(days=3))

    note(house, "cleo", event, ("ada", "bo"), {"bo"})

    assert pressed_again == {"ada": ("room", "ada")}
    assert came(house, event) == {"bo": ("room", "cleo")}
    assert [(each.deed, each.by, each.detail) for each in event_trail(house.desk, house.person("cleo"), event.id)] == [
        ("noted attendance", "Cleo", "2 people"),
        ("noted attendance", "Cleo", "1 person"),
        ("planned", "Sam", ""),
    ]
    with pytest.raises(NotOpenYet):
        here(house, "ada", event)


def test_same_list_delivered_again_changes_nothing(house: House) -> None:
    event = put_event(house)
    let_begin(house, event)
    note(house, "sam", event, ("ada",), {"ada"}, key="list-1")
    note(house, "sam", event, ("ada",), set())

    note(house, "sam", event, ("ada",), {"ada"}, key="list-1")

    assert came(house, event) == {}


def test_only_host_and_staff_see_or_write_the_list_and_not_before_it_begins(house: House) -> None:
    event = put_event(house, host_id="cleo")

    with pytest.raises(NotFound):
        guest_list(house.desk, house.person("ada"), event.id)
    with pytest.raises(NotFound):
        note(house, "dev", event, ("dev",), {"dev"})
    with pytest.raises(NotOpenYet):
        note(house, "cleo", event, ("dev",), {"dev"})


EVERY_WAY = {
    "ada": "yes",
    "bo": "no",
    "dev": "waits",
    "eli": "has a talk",
    "max": "was noted by staff",
    "mia": "pressed",
    "wes": "maybe",
}


@pytest.mark.parametrize(("host", "sees_silent"), [("cleo", False), ("sue", True)])
def test_host_who_is_not_staff_is_shown_nobody_who_has_said_nothing(
    house: House, host: str, *, sees_silent: bool
) -> None:
    event = with_every_answer(house, host)

    come, listed = (
        guest_list(house.desk, house.person(host), event.id, only_coming=only_coming) for only_coming in (True, False)
    )

    silent = {"cleo", "sam", "sue"} if sees_silent else set()
    assert {each.guest.person_id for each in come.guests} == set(EVERY_WAY)
    assert {each.guest.person_id for each in listed.guests} == set(EVERY_WAY) | silent
    assert (listed.total, listed.has_silent) == (len(EVERY_WAY) + len(silent), sees_silent)


@pytest.mark.parametrize(("host", "counts"), [("cleo", False), ("sue", True)])
def test_tick_of_a_host_for_somebody_whom_their_list_has_not_is_ignored(
    house: House, host: str, *, counts: bool
) -> None:
    event = with_every_answer(house, host)
    before = set(came(house, event))

    note(house, host, event, ("sam", "eli", "dev"), {"sam", "eli"}, shown=set())

    assert set(came(house, event)) - before == {"eli", *(["sam"] if counts else [])}


def test_who_was_taken_off_a_list_stands_on_it_to_be_ticked_again_and_not_as_who_came(house: House) -> None:
    event = put_event(house, host_id="cleo")
    let_begin(house, event)
    here(house, "ada", event)
    note(house, "cleo", event, ("ada",), set())
    lists = [
        guest_list(house.desk, house.person("cleo"), event.id, only_coming=only_coming) for only_coming in (True, False)
    ]

    note(house, "cleo", event, ("ada",), {"ada"})

    assert [[each.name for each in found.guests] for found in lists] == [[], ["Ada"]]
    assert came(house, event) == {"ada": ("room", "cleo")}


def with_every_answer(house: House, host: str) -> Event:
    """An event that is held, with one seat, to which everybody of `EVERY_WAY` has said something in their way."""
    for who, role in (("sue", Role.STAFF), ("mia", Role.MENTOR), ("wes", Role.OPS)):
        put_person(house.stores.program, who, role)
    event = put_event(house, host_id=host, room_seats=1, talk_slots=2, talk_minutes=5)
    for who, said in (("ada", Said.YES), ("bo", Said.NO), ("dev", Said.YES), ("wes", Said.MAYBE)):
        say(house, who, event, said)
    sign_up(house.desk, house.person("eli"), event.id, "Plots", request_key="talk")
    let_begin(house, event)
    note(house, "sam", event, ("max",), {"max"})
    here(house, "mia", event)
    return event


def test_list_has_who_comes_first_then_everybody_invited_in_pages(house: House) -> None:
    for number in range(PAGE):
        put_person(house.stores.program, f"scholar-{number:02}")
    event = put_event(house, audience=Audience(roles=(Role.SCHOLAR,)), room_seats=1)
    for who in ("scholar-39", "scholar-38"):
        say(house, who, event)

    first, last = (guest_list(house.desk, house.person("sam"), event.id, page=page) for page in (0, 9))

    assert [each.name for each in first.guests[:4]] == ["Scholar-39", "Scholar-38", "Ada", "Bo"]
    assert (len(first.guests), first.pages, last.page, len(last.guests)) == (PAGE, 2, 1, 2)


def test_list_of_as_many_as_a_page_holds_has_one_page(house: House) -> None:
    event = put_event(house, audience=Audience(people=tuple(f"scholar-{number:02}" for number in range(PAGE))))
    for number in range(PAGE):
        put_person(house.stores.program, f"scholar-{number:02}")

    found = guest_list(house.desk, house.person("sam"), event.id)

    assert (len(found.guests), found.pages) == (PAGE, 1)


def test_list_has_who_is_invited_and_has_no_account_too(house: House) -> None:
    put_person(house.stores.program, "mia", Role.MENTOR, account=an_account("mia", is_deleted=True))
    event = put_event(house, audience=Audience(people=("ada", "mia")))

    found = guest_list(house.desk, house.person("sam"), event.id)

    assert [each.name for each in found.guests] == ["Ada", "Mia"]


def test_list_costs_as_many_queries_for_many_people_as_for_few(house: House) -> None:
    event, counts = put_event(house), []
    for number in range(2):
        for each in range(number * 30):
            who = put_person(house.stores.program, f"scholar-{each}")
            say(house, who, event)
        with queries_of(house.stores.program) as asked:
            guest_list(house.desk, house.person("sam"), event.id)
        counts.append(len(asked))

    assert counts[0] == counts[1]
