"""Group sessions as lists and details show them: the one thing to do, and nothing of the others."""

from dataclasses import replace
from typing import Any

import pytest

from domain.groups import GroupWords, Standing
from domain.ports import Block
from handlers import texts
from handlers.ids import Action, Field
from handlers.views.group_edit import group_edit_form
from handlers.views.groups import group_modal, groups_modal
from tests.builders.sessions import a_group_line, some_group_details
from tests.unit.handlers.views.largest.filling import texts_of


def buttons_of(value: Any) -> list[tuple[str, str]]:
    """Action and value of every button in a view."""
    if isinstance(value, dict):
        own = [(value["action_id"], value.get("value", ""))] if value.get("type") == "button" else []
        return own + [each for inside in value.values() for each in buttons_of(inside)]
    return [each for inside in value for each in buttons_of(inside)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("standing", "has_free_seats", "deed", "says"),
    [
        (Standing.OUTSIDE, True, (Action.TAKE_SEAT, "g1"), texts.groups.FREE),
        (Standing.OUTSIDE, False, (Action.WAIT_FOR_SEAT, "g1"), texts.groups.FULL),
        (Standing.WAITING, False, (Action.LEAVE_SEAT_LINE, "g1"), "You wait for a seat."),
        (Standing.WAITING, True, (Action.TAKE_SEAT, "g1"), "You wait for a seat."),
        (Standing.SEATED, False, (Action.OPEN_DETAILS, "g1.0"), "You have a seat."),
        (Standing.HOST, True, (Action.OPEN_DETAILS, "g1.0"), "You hold this one."),
    ],
)
def test_row_has_the_one_thing_to_do(
    standing: Standing, *, has_free_seats: bool, deed: tuple[str, str], says: str
) -> None:
    view = groups_modal([a_group_line(standing=standing, has_free_seats=has_free_seats)], may_host=False)

    assert buttons_of(view) == [deed]
    assert says in view["blocks"][0]["text"]["text"]


def test_row_of_somebody_else_holds_no_number_but_time_and_place() -> None:
    (row, _) = groups_modal([a_group_line()], may_host=False)["blocks"]

    assert row["text"]["text"].splitlines() == [
        "*Writing together*",
        "Bring a page.",
        "<!date^1799748000^{date_long_pretty}, {time}|Tue 12 Jan, 10:00 GMT>, 45 minutes",
        "*Held by:* Cleo",
        "*Where:* Room 4.12",
        "There are free seats.",
    ]


def test_list_for_support_ends_with_the_way_to_set_one_up() -> None:
    view = groups_modal([], may_host=True, said="Said.")

    assert buttons_of(view) == [(Action.OPEN_GROUP, "")]
    assert [text for text in texts_of(view) if text in ("Said.", texts.groups.NONE)] == ["Said.", texts.groups.NONE]


def test_details_of_a_host_tell_who_has_a_seat_and_how_many_wait() -> None:
    view = group_modal(
        some_group_details(standing=Standing.HOST, seated_names=["Ada", "Bo"], waiting=1, seats=2, has_free_seats=False)
    )

    assert [action for action, _ in buttons_of(view)] == [
        Action.OPEN_GROUP_EDIT,
        Action.OPEN_GROUP_MOVE,
        Action.OPEN_GROUP_SEATS,
        Action.OPEN_GROUP_CANCEL,
    ]
    assert "Seats: 2 of 2 taken. Waiting for a seat: 1.\n*Who has a seat:* Ada, Bo" in str(texts_of(view)).replace(
        "\\n", "\n"
    )


@pytest.mark.parametrize(
    ("standing", "deed"),
    [
        (Standing.SEATED, Action.GIVE_BACK_SEAT),
        (Standing.WAITING, Action.LEAVE_SEAT_LINE),
        (Standing.OUTSIDE, Action.WAIT_FOR_SEAT),
    ],
)
def test_details_of_a_scholar_have_one_button_and_tell_of_nobody(standing: Standing, deed: Action) -> None:
    view = group_modal(some_group_details(standing=standing))

    assert buttons_of(view) == [(deed, "g1")]
    assert texts.groups.SEATED not in str(view)


def test_details_that_cannot_be_changed_say_why_instead() -> None:
    view = group_modal(some_group_details(standing=Standing.SEATED, why_fixed="Too late."))

    assert (buttons_of(view), view["blocks"][-1]["elements"][0]["text"]) == ([], "Too late.")


def test_edit_form_holds_what_was_said_and_who_holds_it_too() -> None:
    view = group_edit_form(some_group_details(standing=Standing.HOST, partner_account="UELI"), state="g1.1")

    held = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    length = held.pop(Field.LENGTH)
    assert length["initial_option"]["value"] == "45"
    assert {name: element.get("initial_value") or element.get("initial_user") for name, element in held.items()} == {
        Field.TITLE: "Writing together",
        Field.ABOUT: "Bring a page.",
        Field.PLACE: "room: 4.12",
        Field.COHOST: "UELI",
    }
    assert view["private_metadata"] == "g1.1"


WITHOUT_PLACE = GroupWords(title="Writing together")


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (Standing.HOST, texts.groups.PLACE_MISSING),
        (Standing.SEATED, texts.groups.PLACE_UNKNOWN),
        (Standing.WAITING, texts.groups.PLACE_UNKNOWN),
        (Standing.OUTSIDE, texts.groups.PLACE_UNKNOWN),
    ],
)
def test_place_that_is_not_set_is_told_to_hosts_with_what_to_do(standing: Standing, says: str) -> None:
    details = group_modal(some_group_details(standing=standing, words=WITHOUT_PLACE))
    listed = groups_modal([a_group_line(standing=standing, words=WITHOUT_PLACE)], may_host=False)

    for view in (details, listed):
        assert f"*Where:* {says}" in view["blocks"][0]["text"]["text"]


@pytest.mark.parametrize("ended", [{"is_open": False}, {"why_fixed": "It has begun."}])
def test_host_of_what_is_over_or_off_is_asked_for_no_place(ended: dict[str, Any]) -> None:
    view = group_modal(some_group_details(standing=Standing.HOST, words=WITHOUT_PLACE, **ended))

    assert f"*Where:* {texts.groups.PLACE_NONE}" in view["blocks"][0]["text"]["text"]


def test_length_that_no_menu_has_stands_in_the_edit_form_all_the_same() -> None:
    details = replace(some_group_details(standing=Standing.HOST), minutes=50)

    (length,) = (block["element"] for block in group_edit_form(details, state="g1.1")["blocks"] if is_length(block))

    assert length["initial_option"]["value"] == "50"
    assert [option["value"] for option in length["options"]][:5] == ["15", "30", "45", "50", "60"]


def is_length(block: Block) -> bool:
    return block.get("block_id") == Field.LENGTH
