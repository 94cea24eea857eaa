"""The forms for a phase and for hours set aside, as handlers take them, over a real store."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.days import DateSpan
from domain.errors import Faulty, NotFound
from domain.hours.edits import phase_key
from domain.kinds import COACHING, DEFAULT_KINDS
from domain.places import Place
from domain.rules import Phase
from handlers import texts
from handlers.groups import open_form as open_new_group
from handlers.hours import edit_aside, edit_phase, open_hours, submit_aside, submit_phase
from handlers.ids import Action, Field, Modal
from handlers.lines import open_plan
from handlers.reply import OpenView, PushView, Reply
from handlers.request import Envelope, Kind, Request
from services.booking.book import book_session
from services.hours.aside import AsideTaken
from services.hours.own import Profile, own_hours, save_profile
from tests.builders.bookings import a_wish
from tests.builders.people import TEAM, account_of
from tests.builders.rules import set_rules
from tests.builders.scheduling import hours_in
from tests.builders.sessions import a_form, chosen, typed
from tests.fixtures.desks import LONDON, House

MENTOR = replace(DEFAULT_KINDS[0], key="mentor", set_aside=True)
RESEARCH = DateSpan(first=date(2027, 2, 1), last=date(2027, 3, 31))


@pytest.fixture
def at_desk(sqlite_house: House) -> House:
    """The small program with a phase and a kind that hours are set aside for."""
    research = Phase(name="Research", days=RESEARCH)
    set_rules(
        sqlite_house.stores.program,
        lambda rules: replace(rules, kinds=(*rules.kinds, MENTOR), phases=(research,)),
    )
    return sqlite_house


def a_request(house: House, kind: Kind, id_: str, *, value: str = "", view: dict[str, Any] | None = None) -> Request:
    body = {"trigger_id": "trigger", "actions": [{"action_id": id_, "value": value}]} | ({"view": view} if view else {})
    envelope = Envelope(kind=kind, id=id_, slack_user_id=account_of("cleo"), team_id=TEAM, body=body, received=0)
    return Request(envelope=envelope, person=house.person("cleo"))


def pressed(house: House, action: Action, value: str) -> Request:
    return a_request(house, Kind.ACTION, action, value=value, view={"type": "modal", "id": "V0"})


def submitted(house: House, modal: Modal, state: str, *, version: str = "1.a", **fields: Any) -> Request:
    return a_request(house, Kind.SUBMISSION, modal, view=a_form(fields, state=state) | {"hash": version})


def test_the_week_has_a_button_for_each_phase_and_each_kind_to_set_hours_aside_for(at_desk: House) -> None:
    (screen,) = open_hours(at_desk.desk, a_request(at_desk, Kind.COMMAND, "/hours")).screens

    assert isinstance(screen, OpenView)
    shown = str(screen.view)
    assert (texts.hours.PHASE.format(name="Research") in shown, texts.hours.ASIDE.format(kind="mentor") in shown) == (
        True,
        True,
    )


def test_a_phase_gets_a_week_of_its_own_and_gives_it_back(at_desk: House) -> None:
    key = phase_key("Research")
    before = own_hours(at_desk.support, at_desk.person("cleo"))

    (screen,) = edit_phase(at_desk.desk, pressed(at_desk, Action.EDIT_PHASE, key)).screens
    submit_phase(at_desk.desk, submitted(at_desk, Modal.PHASE, key, phase_week=chosen("own"), friday=typed("9-10")))
    own = own_hours(at_desk.support, at_desk.person("cleo"))
    again = submitted(at_desk, Modal.PHASE, key, version="2.b", phase_week=chosen("same"), friday=typed("whenever"))
    reply = submit_phase(at_desk.desk, again)

    assert texts.hours.SAVED in str(reply.view)
    assert isinstance(screen, PushView)
    friday = (replace(one, phase="Research") for one in hours_in(LONDON, {4: "9-10"}).windows)
    assert own == replace(before, windows=(*before.windows, *friday))
    assert own_hours(at_desk.support, at_desk.person("cleo")) == before


def test_hours_are_set_aside_unless_sessions_are_booked_there(at_desk: House) -> None:
    cleo = at_desk.person("cleo")
    (screen,) = edit_aside(at_desk.desk, pressed(at_desk, Action.EDIT_ASIDE, "mentor")).screens
    book_session(at_desk.support, at_desk.person("ada"), a_wish("2027-01-12T10:00Z"))

    with pytest.raises(AsideTaken, match="Tue 12 Jan 2027, 10:00"):
        submit_aside(at_desk.desk, submitted(at_desk, Modal.ASIDE, "mentor", tuesday=typed("9-11")))
    reply = submit_aside(at_desk.desk, submitted(at_desk, Modal.ASIDE, "mentor", wednesday=typed("9-11")))

    assert isinstance(screen, PushView)
    assert own_hours(at_desk.support, cleo).week(purpose="mentor")[2] == ((540, 660),)
    assert texts.hours.ASIDE_SAVED in str(reply.view)


def test_hours_set_aside_that_are_too_short_with_their_buffers_are_told_at_their_day(at_desk: House) -> None:
    with pytest.raises(Faulty) as refused:
        submit_aside(at_desk.desk, submitted(at_desk, Modal.ASIDE, "mentor", tuesday=typed("9-9:55")))

    assert [fault.field for fault in refused.value.faults] == ["tuesday"]


@pytest.mark.parametrize(("action", "value"), [("phase", "0" * 12), ("aside", "coaching"), ("aside", "nothing")])
def test_a_phase_or_kind_that_is_not_there_is_not_found(at_desk: House, action: str, value: str) -> None:
    edit = edit_phase if action == "phase" else edit_aside

    with pytest.raises(NotFound):
        edit(at_desk.desk, pressed(at_desk, Action.EDIT_PHASE, value))


def test_a_second_delivery_of_a_form_changes_nothing(at_desk: House) -> None:
    first = submitted(at_desk, Modal.ASIDE, "mentor", wednesday=typed("9-11"))
    submit_aside(at_desk.desk, first)
    later = submitted(at_desk, Modal.ASIDE, "mentor", version="2.b")
    submit_aside(at_desk.desk, later)

    submit_aside(at_desk.desk, first)

    assert own_hours(at_desk.support, at_desk.person("cleo")).purposes == ()


def test_forms_for_several_and_for_office_hours_begin_with_where_the_person_meets_people(sqlite_house: House) -> None:
    cleo, place = sqlite_house.person("cleo"), Place(kind="room", detail="4.12")
    opened = (open_new_group, open_plan)

    without = [place_in(form(sqlite_house.desk, pressed(sqlite_house, Action.OPEN_GROUP, ""))) for form in opened]
    save_profile(sqlite_house.support, cleo, Profile(about="", focus_areas=(), places={COACHING: {"": place}}))
    with_one = [place_in(form(sqlite_house.desk, pressed(sqlite_house, Action.OPEN_GROUP, ""))) for form in opened]

    assert (without, with_one) == ([None, None], ["room: 4.12", "room: 4.12"])


def place_in(reply: Reply) -> str | None:
    """What the field of the place begins with in the form that was opened."""
    (screen,) = reply.screens
    assert isinstance(screen, PushView)
    assert isinstance(screen.view, dict)
    (field,) = (block for block in screen.view["blocks"] if block.get("block_id") == Field.PLACE)
    element: dict[str, str] = field["element"]
    return element.get("initial_value")
