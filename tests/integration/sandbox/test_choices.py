"""Choices: what the app hears of each kind of element, and what the element does not offer."""

from contextlib import nullcontext
from typing import Any

import pytest

from sandbox.client import Declined
from sandbox.seed import SeedChannel, SeedUser
from tests.acting.scripted_app import ScriptedApp
from tests.acting.teams import Team
from tests.builders.blocks import Payload, a_menu, a_modal, actions, an_input, an_option
from tests.builders.slack import a_seed, an_app

OPTIONS = [an_option("one"), an_option("two")]
MORE: dict[str, Payload] = {
    "checkboxes": {"options": OPTIONS},
    "radio_buttons": {"options": OPTIONS},
    "static_select": {"options": OPTIONS},
    "multi_static_select": {"options": OPTIONS, "max_selected_items": 1},
    "overflow": {"options": OPTIONS},
    "number_input": {"is_decimal_allowed": False},
}


def _element(kind: str) -> Payload:
    """An element with what it needs."""
    return {"type": kind, "action_id": "it"} | MORE.get(kind, {})


def _id(team: Team, given: Any) -> Any:
    """The id for "@name" or "#name"; anything else as it is."""
    if not isinstance(given, str) or given[:1] not in {"@", "#"}:
        return given
    return (team.user if given[0] == "@" else team.channel)(given[1:])


@pytest.mark.parametrize(
    ("element", "given", "told"),
    [
        (a_menu("it"), "two", {"selected_option": an_option("two")}),
        ({"type": "overflow", "options": [an_option("one")]}, "one", {"selected_option": an_option("one")}),
        ({"type": "radio_buttons", "options": [an_option("one")]}, "one", {"selected_option": an_option("one")}),
        ({"type": "checkboxes", "options": [an_option("one")]}, ["one"], {"selected_options": [an_option("one")]}),
        ({"type": "datepicker"}, "2026-03-01", {"selected_date": "2026-03-01"}),
        ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
        ({"type": "datetimepicker"}, 1_800_000_000, {"selected_date_time": 1_800_000_000}),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) and "type" in value else None,
)
def test_action_carries_the_value_under_the_key_of_its_kind(
    http_team: Team, app: ScriptedApp, element: Payload, given: Any, told: Payload
) -> None:
    http_team.post(blocks=[actions(element | {"action_id": "it"})])

    http_team.ada.press_message(http_team.ada.messages()[0], "it", given)

    (action,) = app.only_payload()["actions"]
    del action["action_ts"]
    assert action == {"type": element["type"], "action_id": "it", "block_id": "actions"} | told


@pytest.mark.parametrize(
    ("kind", "given", "key"),
    [
        ("users_select", "@ada", "selected_user"),
        ("multi_users_select", ["@ada", "@helper"], "selected_users"),
        ("channels_select", "#general", "selected_channel"),
        ("multi_channels_select", ["#general"], "selected_channels"),
        ("conversations_select", "#secret", "selected_conversation"),
        ("multi_conversations_select", ["#general", "#secret"], "selected_conversations"),
    ],
)
def test_action_carries_the_ids_of_people_and_places(
    http_team: Team, app: ScriptedApp, kind: str, given: str | list[str], key: str
) -> None:
    http_team.post(blocks=[actions({"type": kind, "action_id": "it"})])
    ids = [_id(http_team, each) for each in given] if isinstance(given, list) else _id(http_team, given)

    http_team.ada.press_message(http_team.ada.messages()[0], "it", ids)

    (action,) = app.only_payload()["actions"]
    assert action[key] == ids


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("datepicker", "2026-02-30"),
        ("datepicker", "1/3/2026"),
        ("datepicker", 20_260_301),
        ("timepicker", "24:00"),
        ("timepicker", "9:30"),
        ("datetimepicker", "2026-03-01"),
        ("datetimepicker", 12),
        ("users_select", "U0NOBODY000"),
        ("users_select", "@gail"),
        ("users_select", "@zoe"),
        ("users_select", ["@ada"]),
        ("multi_users_select", "@ada"),
        ("multi_users_select", ["@ada", "@ada"]),
        ("multi_users_select", ["@ada", "@gail"]),
        ("channels_select", "C0NOWHERE00"),
        ("channels_select", "#team"),
        ("channels_select", "#old"),
        ("multi_channels_select", ["#team"]),
        ("conversations_select", "#hidden"),
        ("conversations_select", "#old"),
        ("checkboxes", "one"),
        ("checkboxes", ["one", "three"]),
        ("checkboxes", ["one", "one"]),
        ("radio_buttons", "three"),
        ("radio_buttons", ["one"]),
        ("static_select", {"value": "one"}),
        ("multi_static_select", ["one", "two"]),
        ("overflow", None),
    ],
)
def test_choice_that_the_element_does_not_offer_is_declined(
    http_team: Team, app: ScriptedApp, kind: str, given: Any
) -> None:
    seed = a_seed(an_app(transport="http", request_url=app.url))
    seed.users.append(SeedUser(name="zoe", real_name="Zoe", is_stranger=True))
    seed.channels.append(SeedChannel(name="hidden", members=["bo", "helper"], is_private=True))
    team = http_team.reset(seed)
    team.post(blocks=[actions(_element(kind))])
    message = team.ada.messages()[0]
    ids = [_id(team, each) for each in given] if isinstance(given, list) else _id(team, given)

    with pytest.raises(Declined):
        team.ada.press_message(message, "it", ids)

    assert app.requests == []


@pytest.mark.parametrize(
    ("chosen_among", "place", "is_offered"),
    [
        ({"include": ["public"]}, "#general", True),
        ({"include": ["public"]}, "#team", False),
        ({"include": ["private", "mpim"]}, "#team", True),
        ({"include": ["im"]}, "dm", True),
        ({"exclude_bot_users": True}, "dm", False),
    ],
)
def test_conversation_that_a_filter_leaves_out_is_declined(
    http_team: Team,
    app: ScriptedApp,
    chosen_among: Payload,
    place: str,
    is_offered: bool,  # noqa: FBT001 a case of the table
) -> None:
    dm = http_team.web.conversations_open(users=http_team.ada.id)["channel"]["id"]
    http_team.post(blocks=[actions({"type": "conversations_select", "action_id": "it", "filter": chosen_among})])
    message, where = http_team.ada.messages()[0], dm if place == "dm" else _id(http_team, place)

    with nullcontext() if is_offered else pytest.raises(Declined):
        http_team.ada.press_message(message, "it", where)

    assert len(app.requests) == is_offered


@pytest.mark.parametrize("kind", ["plain_text_input", "number_input", "email_text_input", "url_text_input"])
def test_field_takes_what_can_be_typed_alone(http_team: Team, kind: str) -> None:
    http_team.open(a_modal(an_input("field", _element(kind))))

    with pytest.raises(Declined, match="is not a"):
        http_team.ada.fill("field", 7)
