from typing import Any

import pytest

from handlers.views.menus import Choice, multi_select, radio, select


def choices(count: int, *, groups: int = 1) -> list[Choice]:
    """So many options, in so many groups of neighbors."""
    return [
        Choice(text=f"Text {number}", value=f"value-{number}", group=f"Group {number * groups // count}")
        for number in range(count)
    ]


def an_option(number: int) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": f"Text {number}", "emoji": True}, "value": f"value-{number}"}


def test_select_with_few_choices_is_one_list() -> None:
    menu = select("action", choices(2), placeholder="Choose", initial="value-1")

    assert menu == {
        "type": "static_select",
        "action_id": "action",
        "placeholder": {"type": "plain_text", "text": "Choose", "emoji": True},
        "options": [an_option(0), an_option(1)],
        "initial_option": an_option(1),
    }


def test_multi_select_keeps_several_and_says_how_many() -> None:
    menu = multi_select("action", choices(3), placeholder="Choose", initial=["value-2", "value-0"], at_most=2)

    assert menu["initial_options"] == [an_option(0), an_option(2)]
    assert menu["max_selected_items"] == 2


def test_select_with_an_initial_value_that_is_gone_has_none() -> None:
    assert "initial_option" not in select("action", choices(2), placeholder="Choose", initial="value-9")


@pytest.mark.parametrize(
    ("count", "groups", "sizes"),
    [(101, 1, [100, 1]), (101, 2, [51, 50]), (200, 4, [50] * 4), (250, 125, [100, 100, 50])],
)
def test_select_with_many_choices_stands_in_groups_and_loses_none(count: int, groups: int, sizes: list[int]) -> None:
    menu = select("action", choices(count, groups=groups), placeholder="Choose", initial=f"value-{count - 1}")

    found = menu["option_groups"]
    assert [len(group["options"]) for group in found] == sizes
    assert [option for group in found for option in group["options"]] == [an_option(number) for number in range(count)]
    assert menu["initial_option"] == an_option(count - 1)
    assert "options" not in menu


def test_groups_are_named_by_what_their_choices_share() -> None:
    menu = select("action", choices(102, groups=2), placeholder="Choose")

    assert [group["label"]["text"] for group in menu["option_groups"]] == ["Group 0", "Group 1"]


def test_too_many_groups_become_runs_named_by_their_ends() -> None:
    menu = select("action", choices(150, groups=150), placeholder="Choose")

    assert [group["label"]["text"] for group in menu["option_groups"]] == ["Text 0 to Text 99", "Text 100 to Text 149"]


def test_radio_shows_what_is_chosen() -> None:
    assert radio("action", choices(2), initial="value-0") == {
        "type": "radio_buttons",
        "action_id": "action",
        "options": [an_option(0), an_option(1)],
        "initial_option": an_option(0),
    }
