from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from domain.focus import COACHING_AREAS, COMMUNITY_AREAS, FocusArea
from domain.kinds import RESEARCH, kind_of
from domain.ports import Block, View
from handlers import texts
from handlers.ids import ANYONE, Action, Field, Modal
from handlers.views.blocks import context
from handlers.views.booking import booking_form, move_form
from handlers.views.waiting import WAY
from tests.builders.sessions import (
    COACHING_KIND,
    COMMUNITY_KIND,
    NEW_YORK,
    TUESDAY,
    a_booked,
    a_card,
    an_offer,
    some_details,
)
from tests.unit.handlers.views.largest import VIEWS
from tests.unit.handlers.views.largest.filling import CELLS_A_DAY, COACHES
from tests.unit.handlers.views.largest.offers import full_offer

MONDAY, WEDNESDAY = TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1)
TOKYO = "Asia/Tokyo"


def block_of(view: View, field: str) -> Block:
    """The input of a field."""
    return next(block for block in view["blocks"] if str(block.get("block_id", "")).partition(":")[0] == field)


def options_of(view: View, field: str) -> dict[str, str]:
    """What the menu of a field offers: texts by value, grouped or not."""
    element = block_of(view, field)["element"]
    groups: list[Any] = element.get("option_groups") or [element]
    return {option["value"]: option["text"]["text"] for group in groups for option in group["options"]}


def contexts_of(view: View) -> list[str]:
    return [element["text"] for block in view["blocks"] if block["type"] == "context" for element in block["elements"]]


def test_booking_form_asks_for_everything_in_order() -> None:
    view = booking_form(an_offer())

    assert view["callback_id"] == Modal.BOOK
    assert [block["block_id"] for block in view["blocks"]] == [
        "kind",
        "staff:coaching",
        "day:coaching.anyone",
        "start:coaching.anyone.2027-01-12",
        "repeat:coaching",
        "wait",
        "focus:coaching",
        "words",
    ]
    assert [block["block_id"] for block in view["blocks"] if block.get("optional")] == ["focus:coaching", "words"]
    assert [block["element"]["action_id"] for block in view["blocks"] if block.get("dispatch_action")] == [
        Action.CHOOSE_KIND,
        Action.CHOOSE_STAFF,
        Action.CHOOSE_DAY,
    ]


def test_booking_form_offers_as_many_in_a_series_as_may_be_ahead_and_begins_with_one() -> None:
    kind = replace(COACHING_KIND, series_max=4, open_per_scholar=3)

    element = block_of(booking_form(an_offer(kind=kind)), Field.REPEAT)["element"]

    assert [(option["value"], option["text"]["text"]) for option in element["options"]] == [
        ("1.1", "Just this once"),
        ("1.2", "Every week, 2 times in all"),
        ("1.3", "Every week, 3 times in all"),
        ("2.2", "Every two weeks, 2 times in all"),
        ("2.3", "Every two weeks, 3 times in all"),
    ]
    assert element["initial_option"]["value"] == "1.1"


def test_booking_form_of_a_kind_without_series_does_not_ask() -> None:
    view = booking_form(an_offer(kind=replace(COACHING_KIND, series_max=1)))

    assert [block["block_id"] for block in view["blocks"] if block["block_id"].startswith("repeat")] == []


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_labels_leave_it_to_slack_to_say_what_is_optional(view: View) -> None:
    labels = [block["label"]["text"].lower() for block in view["blocks"] if block["type"] == "input"]

    assert [label for label in labels if "optional" in label or "if you like" in label] == []


def test_booking_form_offers_anyone_first_then_people_by_name() -> None:
    view = booking_form(an_offer(staff=[a_card("cleo"), a_card("dev")], staff_id="dev"))

    assert options_of(view, Field.STAFF) == {ANYONE: texts.booking.ANYONE, "cleo": "Cleo", "dev": "Dev"}
    assert block_of(view, Field.STAFF)["element"]["initial_option"]["value"] == "dev"


def test_booking_form_shows_times_in_the_scholars_zone_beside_the_other_one() -> None:
    view = booking_form(an_offer(zone_name=NEW_YORK))

    assert options_of(view, Field.START) == {str(int(TUESDAY.timestamp())): "05:00 EST (early) · 10:00 GMT for them"}
    assert block_of(view, Field.START)["hint"]["text"] == texts.booking.START_HINT.format(zone=NEW_YORK)


def test_booking_form_puts_what_is_early_or_late_for_the_scholar_last() -> None:
    hours = [TUESDAY.replace(hour=hour) for hour in (3, 6, 7, 21, 22)]

    view = booking_form(an_offer(starts=hours))

    assert list(options_of(view, Field.START).values()) == [
        "07:00 GMT",
        "21:00 GMT",
        "03:00 GMT (night)",
        "06:00 GMT (early)",
        "22:00 GMT (late)",
    ]


def test_booking_form_with_one_zone_shows_one_time() -> None:
    assert list(options_of(booking_form(an_offer()), Field.START).values()) == ["10:00 GMT"]


def test_booking_form_with_a_day_that_is_gone_shows_the_first() -> None:
    view = booking_form(an_offer(), day="2027-01-10")

    assert block_of(view, Field.DAY)["element"]["initial_option"]["value"] == "2027-01-12"


def test_booking_form_offers_the_topics_of_the_kind() -> None:
    view = booking_form(an_offer(kind=COMMUNITY_KIND))

    assert options_of(view, Field.FOCUS) == {area.value: area.label for area in COMMUNITY_AREAS}


def test_booking_form_begins_with_what_was_chosen_before() -> None:
    offer = an_offer(kind=COMMUNITY_KIND)
    another_kinds = next(area for area in COACHING_AREAS if area not in COMMUNITY_AREAS)

    view = booking_form(offer, areas=[COMMUNITY_AREAS[1], another_kinds], words="Whether to apply.")

    chosen = block_of(view, Field.FOCUS)["element"]["initial_options"]
    assert [option["value"] for option in chosen] == [COMMUNITY_AREAS[1].value]
    assert block_of(view, Field.WORDS)["element"]["initial_value"] == "Whether to apply."


def test_booking_form_with_nothing_free_says_why_and_has_no_menu_of_times() -> None:
    view = booking_form(an_offer(starts=(), why_empty="All taken."))

    assert {"type": "section", "text": {"type": "mrkdwn", "text": "All taken.", "verbatim": True}} in view["blocks"]
    assert not {"day", "start"} & {str(block.get("block_id")).partition(":")[0] for block in view["blocks"]}


def test_forms_say_what_is_first_for_others_below_the_times_and_only_then() -> None:
    held_back, open_to_all = an_offer(sharing=["The last days are first for others."]), an_offer()

    for form in (booking_form, partial(move_form, some_details(), state="s1.1")):
        more = [block for block in form(held_back)["blocks"] if block not in form(open_to_all)["blocks"]]
        assert more == [context("The last days are first for others.")]
        ids = [str(block.get("block_id")).partition(":")[0] for block in form(held_back)["blocks"]]
        assert form(held_back)["blocks"][ids.index(Field.START) + 1] == more[0]


def test_forms_with_nothing_free_have_a_button_to_look_again() -> None:
    shown = [an_offer(), an_offer(starts=())]
    forms = [[booking_form(offer), move_form(some_details(), offer, state="s1.1")] for offer in shown]

    assert [[form["submit"]["text"] for form in both] for both in forms] == [
        [texts.booking.BOOK, texts.sessions.MOVE],
        [texts.booking.LOOK_AGAIN, texts.booking.LOOK_AGAIN],
    ]


def test_booking_form_tells_about_everybody_until_somebody_is_chosen() -> None:
    cards = [a_card("cleo", about="Tea.", focus_areas=[FocusArea.CAREER]), a_card("dev", about="Plans."), a_card("flo")]

    told_of_all = contexts_of(booking_form(an_offer(staff=cards)))
    told_of_one = contexts_of(booking_form(an_offer(staff=cards, staff_id="dev")))

    assert told_of_all == ["*Cleo* · Tea. · Career", "*Dev* · Plans."]
    assert told_of_one == ["*Dev* · Plans."]


def test_booking_form_with_many_people_tells_about_the_chosen_one_only() -> None:
    assert contexts_of(booking_form(full_offer())) == [texts.booking.ABOUT_MANY]
    assert len(contexts_of(booking_form(full_offer(staff_id="coach-199")))) == 1


def test_booking_form_with_many_people_and_times_loses_none_of_them() -> None:
    view = booking_form(full_offer(staff_id="coach-199"), day="2027-01-11")

    assert len(options_of(view, Field.STAFF)) == COACHES + 1
    assert block_of(view, Field.STAFF)["element"]["initial_option"]["value"] == "coach-199"
    assert len(options_of(view, Field.START)) == CELLS_A_DAY - 21 * 12
    assert len(options_of(booking_form(full_offer(), day="2027-01-12"), Field.START)) == 21 * 12


def test_a_full_day_is_grouped_by_its_parts() -> None:
    element = block_of(booking_form(full_offer(), day="2027-01-12"), Field.START)["element"]

    assert [group["label"]["text"] for group in element["option_groups"]] == [
        *texts.booking.PARTS_OF_DAY[1:],
        texts.booking.EARLY_OR_LATE,
    ]


def test_many_days_are_grouped_by_month() -> None:
    element = block_of(booking_form(full_offer(days=110)), Field.DAY)["element"]

    assert [group["label"]["text"] for group in element["option_groups"]] == [
        "January 2027",
        "February 2027",
        "March 2027",
        "April 2027",
        "May 2027",
    ]


@pytest.mark.parametrize("day", [None, "2027-01-12"])
def test_move_form_says_when_and_with_whom_it_is_now_and_carries_the_session(day: str | None) -> None:
    view = move_form(some_details(), an_offer(staff_id="cleo"), state="s1.1", day=day)

    assert view["private_metadata"] == "s1.1"
    assert view["blocks"][0]["text"]["text"] == (
        "Now: <!date^1799748000^{date_long_pretty}, {time}|Tue 12 Jan, 10:00 GMT>\n"
        f"*{texts.kinds.LABELS['coaching']}* with Cleo"
    )
    assert [block["block_id"] for block in view["blocks"][1:]] == [
        "day:coaching.cleo",
        "start:coaching.cleo.2027-01-12",
        "reason",
    ]


@pytest.mark.parametrize(
    ("free", "shown"),
    [
        ([MONDAY, TUESDAY + timedelta(hours=1), WEDNESDAY], "2027-01-12"),
        ([MONDAY, WEDNESDAY], "2027-01-11"),
    ],
    ids=["its own day is free", "it is not"],
)
def test_move_form_begins_with_the_day_of_the_session(free: list[datetime], shown: str) -> None:
    offer = an_offer(starts=free)

    begun = move_form(some_details(), offer, state="s1.1")
    chosen = move_form(some_details(), offer, state="s1.1", day="2027-01-13")

    days = [block_of(view, Field.DAY)["element"]["initial_option"]["value"] for view in (begun, chosen)]
    assert days == [shown, "2027-01-13"]


def test_move_form_counts_the_day_of_the_session_on_the_readers_clock() -> None:
    late = TUESDAY.replace(hour=23, minute=30)
    details = replace(some_details(a_booked(starts=late)), zone=TOKYO)
    offer = an_offer(starts=[TUESDAY, late], zone_name=TOKYO)

    view = move_form(details, offer, state="s1.1")

    assert block_of(view, Field.DAY)["element"]["initial_option"]["value"] == "2027-01-13"


def test_booking_form_of_a_kind_that_takes_a_yes_asks_for_it_and_says_so() -> None:
    at_once, asking = COACHING_KIND, replace(COACHING_KIND, needs_approval=True)

    shown = [booking_form(an_offer(kind=kind)) for kind in (at_once, asking)]
    nothing = booking_form(an_offer(kind=asking, starts=()))

    assert [view["submit"]["text"] for view in (*shown, nothing)] == [
        texts.booking.BOOK,
        texts.booking.ASK,
        texts.booking.LOOK_AGAIN,
    ]
    assert [texts.booking.TAKES_A_YES in contexts_of(view) for view in (*shown, nothing)] == [False, True, False]


def test_booking_form_leads_only_scholars_to_waiting() -> None:
    research = an_offer(kind=kind_of(RESEARCH))

    shown = [booking_form(offer) for offer in (an_offer(), research, replace(research, days={}))]

    assert [any(block.get("block_id") == WAY for block in view["blocks"]) for view in shown] == [True, False, False]
