import pytest

from domain.ports import View
from handlers import texts
from handlers.ids import Action
from handlers.views.announcements import announcements_modal
from handlers.views.blocks import actions, button
from handlers.views.pages import turn_buttons, turning
from handlers.views.told import told_modal
from services.announcements.look import Overview
from services.announcements.own import OwnAnnouncements

EARLIER = button(texts.forms.EARLIER, f"{Action.TURN_GUESTS}:back", value="e-1.0")
LATER = button(texts.forms.LATER, f"{Action.TURN_GUESTS}:next", value="e-1.2")
OVERVIEW = Overview(to_approve=(), waiting=(), drafts=(), planned=(), sent=(), templates=(), page=1, has_more=True)


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


@pytest.mark.parametrize(
    ("view", "action"),
    [
        (announcements_modal(OVERVIEW, zone="UTC"), "announce.turn"),
        (told_modal(OwnAnnouncements(told=(), waiting=0, page=1, has_more=True), zone="UTC"), "told.turn"),
    ],
    ids=["of staff", "of readers"],
)
def test_page_after_the_newest_announcements_is_called_earlier(view: View, action: str) -> None:
    [row] = [block["elements"] for block in view["blocks"] if block.get("block_id") == action]

    assert [(each["text"]["text"], each["value"]) for each in row] == [("Later", "0"), ("Earlier", "2")]
