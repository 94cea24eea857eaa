import pytest

from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button
from handlers.views.pages import turn_buttons, turning

EARLIER = button(texts.forms.EARLIER, f"{Action.TURN_GUESTS}:back", value="e-1.0")
LATER = button(texts.forms.LATER, f"{Action.TURN_GUESTS}:next", value="e-1.2")


def test_page_between_two_leads_to_both_of_the_list_it_is_of() -> None:
    assert turn_buttons(Action.TURN_GUESTS, 1, 3, value="e-1") == [EARLIER, LATER]


@pytest.mark.parametrize(("page", "pages", "expected"), [(0, 1, []), (0, 2, ["1"]), (1, 2, ["0"])])
def test_first_and_last_page_lead_to_where_there_is_one(page: int, pages: int, expected: list[str]) -> None:
    assert [each["value"] for each in turn_buttons(Action.TURN_DUE, page, pages)] == expected


def test_list_that_one_page_holds_has_nothing_to_turn() -> None:
    assert turning(Action.TURN_DUE, 0, has_more=False, block_id="due.turn") == []


def test_list_of_which_there_is_more_has_a_row_that_leads_on() -> None:
    row = actions(*turn_buttons(Action.TURN_DUE, 0, 2), block_id="due.turn")

    assert turning(Action.TURN_DUE, 0, has_more=True, block_id="due.turn") == [row]
