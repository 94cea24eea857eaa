from datetime import timedelta

from domain.places import Place
from domain.ports import Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, context, section
from handlers.views.proposals import (
    declined_message,
    declined_modal,
    declined_notice,
    propose_form,
    proposed_modal,
    times_message,
    times_modal,
    withdrawn_message,
)
from tests.builders.sessions import COACHING_KIND, COMMUNITY_KIND, LONDON, NEW_YORK, TUESDAY, an_offer, some_times

FIRST, SECOND = int(TUESDAY.timestamp()), int((TUESDAY + timedelta(hours=1)).timestamp())
TIMES = actions(
    button("Tue 12 Jan, 10:00 GMT", f"{Action.ACCEPT_TIME}:0", value=f"p1.{FIRST}"),
    button("Tue 12 Jan, 11:00 GMT", f"{Action.ACCEPT_TIME}:1", value=f"p1.{SECOND}"),
    block_id="times",
)


def test_times_message_holds_the_times_as_buttons() -> None:
    assert times_message(some_times()) == Message(
        text=texts.messages.TIMES_PROPOSED,
        blocks=(
            section(texts.messages.TIMES_PROPOSED),
            TIMES,
            actions(
                button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_PROPOSAL, value="p1"),
                button(texts.messages.NONE_OF_THESE, Action.DECLINE_TIMES, value="p1"),
                block_id="more",
            ),
        ),
    )


def test_withdrawn_message_names_nobody_and_offers_to_book() -> None:
    book = button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING)

    assert withdrawn_message() == Message(
        text=texts.messages.TIMES_WITHDRAWN,
        blocks=(section(texts.messages.TIMES_WITHDRAWN), actions(book, block_id="book")),
    )


def test_times_that_meet_ones_own_calendar_are_told_in_the_form_and_once_they_are_sent() -> None:
    form = propose_form("U1", kinds=[COACHING_KIND], offer=an_offer(), meets=[TUESDAY])
    sent = proposed_modal("mine", zone=LONDON, meets=[TUESDAY])

    told = [texts.proposals.MEETS_OWN, texts.proposals.SENT_MEETS_OWN]
    assert [
        context(words.format(times="Tue 12 Jan, 10:00 GMT")) in view["blocks"]
        for words, view in zip(told, (form, sent), strict=True)
    ] == [True, True]


def test_proposed_modal_lets_the_times_be_taken_back() -> None:
    take_back = button(texts.proposals.WITHDRAW, Action.WITHDRAW_TIMES, value="mine")

    assert proposed_modal("mine", zone=LONDON)["blocks"] == [
        section(texts.proposals.PROPOSED),
        actions(take_back, block_id="withdraw"),
    ]


def test_times_modal_tells_who_and_what() -> None:
    who = section(f"*{texts.kinds.LABELS['coaching']}*, 45 minutes\n*With:* Cleo\n*Where:* Attic")
    none = actions(button(texts.messages.NONE_OF_THESE, Action.DECLINE_TIMES, value="p1"), block_id="more")

    assert times_modal(some_times(), Place(kind="room", detail="Attic"))["blocks"] == [who, TIMES, none]


def test_times_modal_says_that_the_place_is_not_set() -> None:
    assert texts.sessions.PLACE_UNKNOWN in times_modal(some_times(), None)["blocks"][0]["text"]["text"]


def test_whoever_wants_none_of_the_times_can_book_of_their_own() -> None:
    said = (
        section(texts.proposals.DECLINED),
        actions(button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING), block_id="book"),
    )

    assert declined_notice() == Message(text=texts.proposals.DECLINED, blocks=said)
    assert declined_modal()["blocks"] == list(said)


def test_times_modal_across_zones_tells_their_times_too() -> None:
    theirs = context(f"{texts.sessions.FOR_THEM}\nTue 12 Jan, 05:00 EST\nTue 12 Jan, 06:00 EST")

    assert times_modal(some_times(staff_zone=NEW_YORK), None)["blocks"][-1] == theirs


def test_propose_form_before_the_choice_asks_whom() -> None:
    view = propose_form(None, kinds=[COACHING_KIND], offer=None)

    assert [block.get("block_id") for block in view["blocks"]] == ["scholar", None]
    assert view["blocks"][0]["hint"]["text"] == texts.proposals.PROPOSE_WHOM  # Slack's menu lists mentors too
    assert view["blocks"][1] == context(texts.proposals.PROPOSE_FIRST)


def test_propose_form_after_the_choice_offers_up_to_five_times_of_a_day() -> None:
    view = propose_form("UADA", kinds=[COACHING_KIND], offer=an_offer(staff_id="cleo"))

    assert [block["block_id"] for block in view["blocks"]] == [
        "scholar",
        "day:UADA.coaching",
        "starts:UADA.coaching.2027-01-12",
        "own.day",
        "own:Europe/London",
        "own.add",
    ]
    assert view["blocks"][0]["element"]["initial_user"] == "UADA"
    assert view["blocks"][2]["element"]["max_selected_items"] == 5


def test_propose_form_keeps_the_times_that_were_chosen_of_other_days() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    chosen = [str(FIRST), "gone"]

    view = propose_form(
        "UADA",
        kinds=[COACHING_KIND],
        offer=an_offer(staff_id="cleo", starts=[TUESDAY, wednesday]),
        day="2027-01-13",
        chosen=chosen,
    )

    element = view["blocks"][2]["element"]
    assert [option["text"]["text"] for option in element["options"]] == ["Tue 12 Jan, 10:00 GMT", "10:00 GMT"]
    assert [option["value"] for option in element["initial_options"]] == [str(FIRST)]


def test_propose_form_with_nothing_free_says_why() -> None:
    view = propose_form("UADA", kinds=[COACHING_KIND], offer=an_offer(starts=(), why_empty="All taken."))

    assert view["blocks"][1] == section("All taken.")
    assert [block["block_id"] for block in view["blocks"][2:]] == ["own.day", "own:Europe/London", "own.add"]


def test_propose_form_lists_times_of_ones_own_as_chosen_and_asks_for_another() -> None:
    own = f"own.{FIRST + 3600}"

    before, after = (
        propose_form("UADA", kinds=[COACHING_KIND], offer=an_offer(staff_id="cleo"), chosen=chosen)["blocks"]
        for chosen in ((str(FIRST),), (str(FIRST), own))
    )

    assert [option["value"] for option in after[2]["element"]["initial_options"]] == [own, str(FIRST)]
    assert after[2]["element"]["options"][0]["text"]["text"] == "Tue 12 Jan, 11:00 GMT"
    # Other ids, so that Slack shows what is chosen now and empties the pickers.
    assert [block.get("block_id") for block in before[:2]] == [block.get("block_id") for block in after[:2]]
    assert before[2]["block_id"] != after[2]["block_id"]
    assert all(before[at]["element"]["action_id"] != after[at]["element"]["action_id"] for at in (3, 4))


def test_propose_form_with_nothing_free_lists_the_times_of_ones_own() -> None:
    own = f"own.{FIRST}"

    view = propose_form("UADA", kinds=[COACHING_KIND], offer=an_offer(starts=(), why_empty="Taken."), chosen=[own])

    assert [option["value"] for option in view["blocks"][2]["element"]["initial_options"]] == [own]


def test_declined_message_names_nobody_and_leads_to_the_form() -> None:
    assert declined_message("ref-1") == Message(
        text=texts.messages.TIMES_DECLINED,
        blocks=(
            section(texts.messages.TIMES_DECLINED),
            actions(button(texts.messages.OFFER_AGAIN, Action.OFFER_AGAIN, value="ref-1"), block_id="again"),
        ),
    )


def test_propose_form_of_somebody_who_takes_several_kinds_asks_which() -> None:
    kinds = [COACHING_KIND, COMMUNITY_KIND]

    before = propose_form(None, kinds=kinds, offer=None)["blocks"][1]
    after = propose_form("UADA", kinds=kinds, offer=an_offer(kind=COMMUNITY_KIND))["blocks"][1]

    assert (before["block_id"], before["dispatch_action"]) == ("kind", True)
    assert [option["value"] for option in before["element"]["options"]] == ["coaching", "community"]
    assert before["element"]["initial_option"]["value"] == "coaching"
    assert after["element"]["initial_option"]["value"] == "community"
