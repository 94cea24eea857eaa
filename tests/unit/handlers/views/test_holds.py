"""Kept times as messages, rows and modals: messages name nobody, modals say all and take the answer."""

import json
from typing import Any

import pytest

from domain.booking import BookingStatus
from domain.kinds import DEFAULT_KINDS
from domain.places import Place
from domain.ports import Block, Message
from handlers import texts
from handlers.ids import Action
from handlers.views.holds import (
    asked_message,
    asked_modal,
    decline_form,
    elsewhere_message,
    hold_modal,
    kept_rows,
    offered_message,
    over_message,
    request_modal,
    waiting_message,
)
from handlers.views.sessions import details_modal
from tests.builders.holds import a_kept_time, some_hold_news
from tests.builders.sessions import COMMUNITY_KIND, a_booked, some_details

NEWS = some_hold_news()
WHEN, UNTIL = "Tue 12 Jan, 10:00 GMT", "Mon 11 Jan, 14:00 GMT"
DETAILS = some_details(
    a_booked(status=BookingStatus.HELD), kind=COMMUNITY_KIND, other_name="Nameth", place=Place(kind="room", detail="4")
)
ANSWER = [Action.TAKE_TIME, Action.REFUSE_TIME, Action.OPEN_KEPT]


def buttons(blocks: Any) -> dict[str, str]:
    """Action and value of every button."""
    found = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    found += [block["accessory"] for block in blocks if "accessory" in block]
    return {element["action_id"]: element.get("value", "") for element in found}


@pytest.mark.parametrize(
    ("message", "text", "actions"),
    [
        (
            offered_message(NEWS),
            (
                f"A time has come free and is kept for you: {WHEN}. "
                f"It is kept until {UNTIL}; nothing is booked until you take it."
            ),
            ANSWER,
        ),
        (
            elsewhere_message(texts.messages.SESSION_CANCELED, NEWS, book="old.2"),
            (
                f"Your session was canceled: {WHEN}. The same time is free with somebody else. "
                f"It is kept for you until {UNTIL}; nothing is booked until you take it."
            ),
            [*ANSWER, Action.OPEN_BOOKING],
        ),
        (
            asked_message(NEWS),
            f"You have asked for this time: {WHEN}. It is not set yet. You will hear by {UNTIL} at the latest.",
            [Action.OPEN_KEPT, Action.WITHDRAW_REQUEST],
        ),
        (
            waiting_message(NEWS),
            f"Somebody asks for a session with you: {WHEN}. Please answer by {UNTIL}.",
            [Action.OPEN_REQUEST],
        ),
        (
            over_message(texts.holds.LAPSED, NEWS, rebook=True),
            f"The time you asked for was not confirmed in time, sorry: {WHEN}.",
            [Action.OPEN_BOOKING],
        ),
        (
            over_message(texts.holds.TAKEN_BACK, NEWS, rebook=False),
            f"A time you were asked for is not wanted any more: {WHEN}.",
            [],
        ),
    ],
    ids=["offered", "elsewhere", "asked", "waiting", "lapsed", "taken back"],
)
def test_message_says_when_and_until_when_and_names_nobody(message: Message, text: str, actions: list[str]) -> None:
    assert (message.text, list(buttons(message.blocks))) == (text, actions)


def test_elsewhere_leads_to_another_booking_like_the_canceled_one() -> None:
    message = elsewhere_message(texts.messages.SESSION_CANCELED, NEWS, book="old.2")

    assert buttons(message.blocks) == dict.fromkeys(ANSWER, "s1.1") | {Action.OPEN_BOOKING: "old.2"}


def test_hold_modal_says_with_whom_and_takes_the_answer() -> None:
    view = hold_modal(DETAILS)

    shown = json.dumps(view)
    assert ("*With:* Nameth" in shown, "Room 4" in shown) == (True, True)
    assert buttons(view["blocks"]) == {Action.TAKE_TIME: "s1-scholar.1", Action.REFUSE_TIME: "s1-scholar.1"}


def test_asked_modal_can_be_taken_back_and_request_modal_answered() -> None:
    assert list(buttons(asked_modal(DETAILS)["blocks"])) == [Action.WITHDRAW_REQUEST]
    assert list(buttons(request_modal(DETAILS)["blocks"])) == [Action.APPROVE_REQUEST, Action.OPEN_DECLINE]
    assert decline_form(DETAILS, state="s1.1")["private_metadata"] == "s1.1"


@pytest.mark.parametrize("status", sorted(texts.holds.STANDS))
def test_details_of_what_is_no_session_say_what_it_is_and_offer_no_change(status: BookingStatus) -> None:
    view = details_modal(some_details(a_booked(status=status)))

    assert view["blocks"][0]["text"]["text"] == texts.holds.STANDS[status]
    assert buttons(view["blocks"]) == {}


def test_every_status_but_a_session_has_its_sentence() -> None:
    assert set(BookingStatus) - set(texts.holds.STANDS) == {BookingStatus.BOOKED, BookingStatus.CANCELED}


def test_declined_says_who_gave_the_reason() -> None:
    booked = a_booked(status=BookingStatus.DECLINED)

    shown = json.dumps(details_modal(some_details(booked, other_name="Cleo", reason="Away.")))

    assert "Why Cleo declined it: Away." in shown


def test_rows_stand_under_the_heading_of_what_they_wait_for() -> None:
    rows = kept_rows(
        [
            a_kept_time("held"),
            a_kept_time("asked", is_request=True),
            a_kept_time("mine", is_request=True, is_for_scholar=False),
        ]
    )

    headings = [texts.holds.KEPT_FOR_YOU, texts.holds.YOU_ASKED, texts.holds.TO_APPROVE]
    assert [text for text in map(text_of, rows) if text.strip("*") in headings] == [f"*{each}*" for each in headings]
    assert [block["accessory"]["value"] for block in rows if "accessory" in block] == ["held.1", "asked.1", "mine.1"]
    assert [block["accessory"]["action_id"] for block in rows if "accessory" in block] == [
        Action.OPEN_KEPT,
        Action.OPEN_KEPT,
        Action.OPEN_REQUEST,
    ]


def text_of(block: Block) -> str:
    return str(block.get("text", {}).get("text", ""))


def test_nothing_kept_takes_no_room() -> None:
    assert kept_rows([]) == []


@pytest.mark.parametrize("kind", DEFAULT_KINDS)
def test_rows_name_kind_and_person_for_the_modal_alone(kind: Any) -> None:
    (_, _, row) = kept_rows([a_kept_time(kind=kind, other_name="Cleo & co")])

    assert f"*{texts.kinds.LABELS[kind.key]}* with Cleo &amp; co" in row["text"]["text"]


def test_row_says_to_each_side_what_the_deadline_is_for() -> None:
    rows = [
        kept_rows([a_kept_time(is_request=is_request, is_for_scholar=is_for_scholar)])[-1]
        for is_request, is_for_scholar in ((True, True), (True, False), (False, True))
    ]

    words = (texts.holds.ANSWER_UNTIL, texts.holds.WAITING_UNTIL, texts.holds.KEPT_UNTIL)
    assert [each.partition("{")[0] in row["text"]["text"] for each, row in zip(words, rows, strict=True)] == [True] * 3
