"""The pages of what happened, as their buttons are pressed: one way for announcements, deadlines and events."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from domain.errors import NotFound
from domain.people import Role
from domain.ports import View
from handlers import texts
from handlers.ids import Action
from handlers.reply import PushView, UpdateView
from handlers.request import Kind, Request
from handlers.trail import routes
from services.announcements.compose import Write, write
from services.audit import LISTED, Entry, note
from tests.builders import announcements
from tests.builders.deadlines import a_deadline
from tests.builders.events import put_event
from tests.builders.payloads import a_press, a_view, an_envelope
from tests.builders.people import put_person, put_program
from tests.fixtures.desks import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One kind of thing: its buttons, and how Sam makes one, about which one entry is written."""

    see: Action
    turn: Action
    make: Callable[[House], str]


def an_announcement(house: House) -> str:
    content = announcements.a_content()
    return write(house.desk, house.person("sam"), Write(request_key="written", content=content)).id


CASES = {
    "announcement": Case(see=Action.SEE_TRAIL, turn=Action.TURN_TRAIL, make=an_announcement),
    "deadline": Case(
        see=Action.SEE_DEADLINE_TRAIL, turn=Action.TURN_DEADLINE_TRAIL, make=lambda house: a_deadline(house).id
    ),
    "event": Case(
        see=Action.SEE_EVENT_TRAIL,
        turn=Action.TURN_EVENT_TRAIL,
        make=lambda house: put_event(house, host_id="cleo").id,
    ),
}
each_kind = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def press(house: House, action: Action, value: str, *, who: str = "sam") -> PushView | UpdateView:
    """What a button in a modal of somebody's answers."""
    [run] = [each.handler for each in routes(house.desk) if each.id == action]
    body = a_press(action, value=value, person=who, view=a_view())
    request = Request(envelope=an_envelope(Kind.ACTION, action, person=who, body=body), person=house.person(who))
    [screen] = run(request).screens
    assert isinstance(screen, (PushView, UpdateView))
    return screen


def view_of(screen: PushView | UpdateView) -> View:
    return screen.view() if callable(screen.view) else screen.view


def lines(screen: PushView | UpdateView) -> list[str]:
    sections = [block["text"]["text"] for block in view_of(screen)["blocks"] if block["type"] == "section"]
    return "\n".join(sections).split("\n")


def turns(screen: PushView | UpdateView) -> list[tuple[str, str, str]]:
    """What its buttons say, do and carry."""
    found: list[dict[str, Any]] = [
        each for block in view_of(screen)["blocks"] if block["type"] == "actions" for each in block["elements"]
    ]
    return [(each["text"]["text"], each["action_id"].partition(":")[0], each["value"]) for each in found]


def nudged(house: House, object_id: str, number: int) -> None:
    """So many further entries about a thing, in one second."""
    entries = [Entry(object_id=object_id, by_id="sam", deed=f"nudged {each}") for each in range(1, number + 1)]
    with house.desk.program.write() as connection:
        note(connection, house.desk, house.person("sam").program_id, *entries)


@each_kind
def test_pages_lead_in_place_from_the_newest_entry_to_the_first_and_back(house: House, case: Case) -> None:
    id_ = case.make(house)
    nudged(house, id_, LISTED)

    newest = press(house, case.see, id_)
    ((_, turn, value),) = turns(newest)
    first = press(house, Action(turn), value)
    ((_, back, before),) = turns(first)
    again = press(house, Action(back), before)

    assert isinstance(newest, PushView)
    assert isinstance(first, UpdateView)
    assert turns(newest) == [(texts.forms.EARLIER, case.turn, f"{id_}.1")]
    assert turns(first) == [(texts.forms.LATER, case.turn, f"{id_}.0")]
    assert f"nudged {LISTED} by *Sam*" in lines(newest)[0]
    assert len(lines(newest)) == LISTED
    assert [("by *Sam*" in each, "nudged" in each) for each in lines(first)] == [(True, False)]
    assert view_of(again) == view_of(newest)


@each_kind
def test_page_past_the_end_is_the_last_one(house: House, case: Case) -> None:
    id_ = case.make(house)
    nudged(house, id_, LISTED)

    assert view_of(press(house, case.turn, f"{id_}.9999")) == view_of(press(house, case.turn, f"{id_}.1"))


@each_kind
@pytest.mark.parametrize("page", ["-1", "10000", "x", "1.5", "\N{SUPERSCRIPT TWO}", " 1", "1\n"])
def test_page_that_is_none_is_not_found(sqlite_house: House, case: Case, page: str) -> None:
    id_ = case.make(sqlite_house)

    with pytest.raises(NotFound):
        press(sqlite_house, case.turn, f"{id_}.{page}")


@each_kind
@pytest.mark.parametrize("id_", ["", "nothing", "<!here>", "x" * 65, "1' or '1'='1"])
def test_thing_that_is_none_is_not_found(sqlite_house: House, case: Case, id_: str) -> None:
    for action, value in ((case.see, id_), (case.turn, f"{id_}.0"), (case.turn, id_)):
        with pytest.raises(NotFound):
            press(sqlite_house, action, value)


@each_kind
def test_trail_of_another_program_is_not_found(house: House, case: Case) -> None:
    id_ = case.make(house)
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.STAFF, program_id="program-2")

    for action, value in ((case.see, id_), (case.turn, f"{id_}.0")):
        with pytest.raises(NotFound):
            press(house, action, value, who="yan")


@each_kind
def test_button_of_one_kind_opens_nothing_of_another(house: House, case: Case) -> None:
    others = [each.make(house) for each in CASES.values() if each is not case]

    for each in others:
        for action, value in ((case.see, each), (case.turn, f"{each}.0")):
            with pytest.raises(NotFound):
                press(house, action, value)


def test_pages_of_an_event_are_for_who_runs_it_alone(house: House) -> None:
    case = CASES["event"]
    id_ = case.make(house)
    nudged(house, id_, LISTED)

    assert lines(press(house, case.turn, f"{id_}.1", who="cleo")) == lines(press(house, case.turn, f"{id_}.1"))
    for action, value in ((case.see, id_), (case.turn, f"{id_}.1")):
        with pytest.raises(NotFound):
            press(house, action, value, who="ada")
