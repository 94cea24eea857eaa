"""Talks of an event: however many and however long, all are seen whole, and whoever runs it reaches each of them."""

from dataclasses import replace

from domain.ports import View
from domain.talks import TALK_TITLE_MAX, Talk
from handlers.ids import Action
from handlers.views.event import TALKS_ON_PAGE, event_modal, talks_modal
from services.events.look import EventDetails, NamedTalk
from tests.unit.handlers.views.largest.events import full_details

SLOTS = 50


def with_talks(number: int) -> EventDetails:
    talks = tuple(
        NamedTalk(
            talk=Talk(person_id=f"p{each}", title="t" * TALK_TITLE_MAX, place_no=each),
            name=f"Speaker {each}.",
            has_slot=each < SLOTS,
        )
        for each in range(number)
    )
    return replace(full_details(), talks=talks)


def speakers(view: View) -> list[str]:
    """Whose talks are shown, each with the end of its line."""
    said = "\n".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")
    return [line.rpartition(" · ")[2] for line in said.split("\n") if "ttt" in line]


def pressed(view: View, action: Action) -> list[str]:
    elements = [each for block in view["blocks"] if block["type"] == "actions" for each in block["elements"]]
    return [each["value"] for each in elements if each["action_id"] == action]


def test_event_shows_every_talk_to_the_end_of_its_line() -> None:
    shown = event_modal(with_talks(SLOTS + 10))

    assert speakers(shown) == [f"Speaker {each}." for each in range(SLOTS + 10)]


def test_pages_of_the_order_hold_every_talk_with_its_buttons() -> None:
    details = with_talks(2 * TALKS_ON_PAGE + 5)
    event_id = details.line.event.id

    pages = [talks_modal(details, page=page) for page in range(3)]

    assert [len(speakers(page)) for page in pages] == [TALKS_ON_PAGE, TALKS_ON_PAGE, 5]
    removed = [value for page in pages for value in pressed(page, Action.REMOVE_TALK)]
    raised = [value for page in pages for value in pressed(page, Action.RAISE_TALK)]
    assert removed == [f"{event_id}.p{each}" for each in range(45)]
    assert raised == removed[1:]
    assert [page["private_metadata"] for page in pages] == [f"{event_id}.{page}" for page in range(3)]


def test_page_that_is_not_there_any_more_is_the_last_one() -> None:
    details = with_talks(TALKS_ON_PAGE)

    assert talks_modal(details, page=1) == talks_modal(details)
