"""What scholars, helpers and peers see of a line; and what Slack keeps of it, which is next to nothing."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.hours.seasons import Shut
from domain.office_hours import HelpTopic
from domain.places import Place
from domain.ports import Message, View
from handlers import texts
from handlers.ids import Action, base_id
from handlers.views.home import home_view
from handlers.views.line_messages import line_message
from handlers.views.lines import close_form, hold_form, line_modal
from handlers.views.office_hours import join_form, lines_modal, place_modal, wait_label
from handlers.views.peers import accepted_message, favor_message, favor_modal, suggest_form
from services.office_hours.deliveries import OfficeMessage
from services.office_hours.facts import Planned
from services.office_hours.favors import Favor
from services.office_hours.suggesting import Peer, PeerChoice
from services.sessions.waits import Waits
from tests.builders.line_views import (
    CLOSES,
    LONDON,
    OPENS,
    a_line_of,
    a_place,
    a_problem,
    some_hours,
    somebody_waiting,
    somebody_with,
)

NAME, LINE, PLACE = "Nameth", "Lineth", "Placeth"
TELLING = (
    "office hours",
    "debug",
    "technical",
    "helper",
    "coach",
    "peer",
    "place 2",
    "minutes",
    *(t.label for t in HelpTopic),
)
ROOM = Place(kind="room", detail=PLACE)
HOSTILE = "<!channel> <@U1> A&B"


def presses(view: View) -> list[str]:
    """Which buttons there are."""
    found = []
    for block in view["blocks"]:
        elements = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
        found += [base_id(each["action_id"]) for each in elements if each.get("type") == "button"]
    return found


def words(view: View | Message) -> str:
    return json.dumps(view["blocks"] if isinstance(view, dict) else [view.text, view.blocks])


@pytest.mark.parametrize(
    ("wait", "label"),
    [(0, "none, you can go at once"), (1, "about 5 minutes"), (10, "about 10 minutes"), (11, "about 15 minutes")],
)
def test_wait_is_rounded_up_to_five_minutes(wait: int, label: str) -> None:
    assert wait_label(wait) == label


@pytest.mark.parametrize(
    ("hours", "roles", "buttons"),
    [
        (some_hours(), 1, [Action.OPEN_JOIN]),
        (some_hours(is_open=False), 1, []),
        (some_hours(can_take=False, wait=None), 1, []),
        (some_hours(), 2, [Action.OPEN_JOIN, Action.OPEN_HELP]),
        (some_hours(own_ref="mine"), 2, [Action.WATCH_LINE]),
    ],
    ids=["open", "planned", "nobody for them", "both roles", "own"],
)
def test_listed_hours_have_the_buttons_that_can_be_pressed(hours: Any, roles: int, buttons: list[Action]) -> None:
    view = lines_modal([hours], is_scholar=True, is_helper=roles > 1)

    beginnings = {Action.LIST_LINES, Action.OPEN_OFFER, Action.OPEN_BOOKING, Action.OPEN_HOLD, Action.OPEN_PLAN}
    assert [each for each in presses(view) if each not in beginnings] == buttons


def test_who_is_in_line_is_led_to_their_place_and_cannot_join_another() -> None:
    view = lines_modal([some_hours()], is_scholar=True, is_helper=False, is_in_line=True)

    assert presses(view)[0] == Action.SEE_PLACE
    assert Action.OPEN_JOIN not in presses(view)
    assert Action.OPEN_OFFER in presses(view)


def test_who_can_be_taken_by_nobody_reads_it_before_they_wait() -> None:
    view = lines_modal([some_hours(can_take=False, wait=None)], is_scholar=True, is_helper=False)

    assert texts.office_hours.NOBODY_FOR_YOU in words(view)


def test_form_to_join_offers_what_is_covered() -> None:
    view = join_form(some_hours(topics=(HelpTopic.DATA,)))

    options = view["blocks"][1]["element"]["options"]
    assert [each["value"] for each in options] == [HelpTopic.DATA.value]


def test_place_says_where_one_stands_how_long_it_takes_and_what_can_be_done() -> None:
    view = place_modal(a_place())

    assert view["blocks"][0]["text"]["text"] == "*Place 2*. Expected wait: about 15 minutes."
    assert presses(view) == [Action.SEE_PLACE, Action.STEP_BACK, Action.LEAVE_LINE]
    assert presses(place_modal(a_place(can_step_back=False))) == [Action.SEE_PLACE, Action.LEAVE_LINE]


def test_place_that_may_not_come_up_before_the_end_says_so() -> None:
    assert "It may not be your turn" in words(place_modal(a_place(is_past_end=True)))
    assert "Nobody who can take you is here" in words(place_modal(a_place(wait=None, is_past_end=True)))


def test_turn_says_with_whom_and_where_and_asks_nothing_of_a_peers_place() -> None:
    turn = place_modal(a_place(place=None, with_name="Cleo", where=Place(kind="room", detail="4.12")))
    peer = place_modal(a_place(place=None, with_name="Bo", is_with_peer=True))

    assert turn["blocks"][0]["text"]["text"] == "*It is your turn.*\nWith: Cleo\n*Where:* Room 4.12"
    assert peer["blocks"][0]["text"]["text"] == f"{texts.office_hours.PEER_TURN}\nWith: Bo"
    assert presses(turn) == [Action.LEAVE_LINE, Action.SEE_PLACE]


def test_scholar_who_is_asked_about_a_peer_can_say_yes_or_no_and_sees_no_name() -> None:
    view = place_modal(a_place(is_asked=True))

    assert presses(view)[:2] == [Action.AGREE_TO_PEER, Action.REFUSE_PEER]


def test_line_shows_who_waits_in_order_with_their_words() -> None:
    line = a_line_of(
        somebody_waiting(), somebody_waiting("other", name="Bo", problem=a_problem("Why?"), was_called=True)
    )

    shown = words(line_modal(line))

    assert shown.index("*1. Ada*") < shown.index("It hangs.") < shown.index("*2. Bo*") < shown.index("Why?")
    assert texts.office_hours.WAS_CALLED.strip() in shown


@pytest.mark.parametrize(
    ("line", "buttons"),
    [
        (a_line_of(), [Action.TAKE_NEXT, Action.WATCH_LINE, Action.LIST_LINES, Action.OPEN_CLOSE]),
        (
            a_line_of(helpers=("Dev",)),
            [Action.TAKE_NEXT, Action.WATCH_LINE, Action.LIST_LINES, Action.STEP_OUT, Action.OPEN_CLOSE],
        ),
        (
            a_line_of(mine=somebody_with(problem=a_problem())),
            [
                Action.FINISH_WITH,
                Action.NOT_THERE,
                Action.OPEN_SUGGEST,
                Action.WATCH_LINE,
                Action.LIST_LINES,
                Action.OPEN_CLOSE,
            ],
        ),
        (
            a_line_of(mine=somebody_with(problem=a_problem(), is_being_asked=True)),
            [Action.FINISH_WITH, Action.NOT_THERE, Action.WATCH_LINE, Action.LIST_LINES, Action.OPEN_CLOSE],
        ),
        (
            a_line_of(mine=somebody_with(problem=a_problem()), is_open=False, is_over=True),
            [Action.FINISH_WITH, Action.NOT_THERE, Action.WATCH_LINE, Action.LIST_LINES],
        ),
        (a_line_of(is_open=False), [Action.WATCH_LINE, Action.LIST_LINES, Action.OPEN_CLOSE]),
    ],
    ids=["free", "with a colleague", "with somebody", "being asked", "over", "planned"],
)
def test_line_has_the_buttons_that_can_be_pressed(line: Any, buttons: list[Action]) -> None:
    assert presses(line_modal(line)) == buttons


def test_line_reminds_of_the_time_and_shows_who_is_with_whom_without_their_words() -> None:
    mine = somebody_with(problem=a_problem(), is_over_time=True)
    line = a_line_of(
        mine=mine, others=(somebody_with(name="Bo"), somebody_with(name="Cy", helper_name="Di", is_with_peer=True))
    )

    shown = words(line_modal(line))

    assert "The 10 minutes are over" in shown
    assert "Bo is with Dev, for 12 minutes" in shown
    assert "Cy is with Di, a peer, for 12 minutes" in shown


def test_line_that_cannot_be_opened_says_so_instead_of_showing_words() -> None:
    broken = a_problem("secret", is_unreadable=True)

    shown = words(line_modal(a_line_of(somebody_waiting(problem=broken), mine=somebody_with(problem=broken))))

    assert shown.count(texts.office_hours.UNREADABLE) == 2
    assert "secret" not in shown


def test_closing_says_how_many_the_helper_could_take_and_that_everybody_is_told() -> None:
    one, many, none = (words(close_form(number, state="line")) for number in (1, 7, 0))

    assert "One person" in one
    assert "7 people" in many
    assert "waiting" not in none
    assert all("Everybody who waits is told" in each for each in (one, many, none))


def test_peer_is_suggested_to_who_is_with_a_helper_in_other_words_than_to_who_waits() -> None:
    waits, turn = (words(place_modal(a_place(place=place, is_asked=True))) for place in (2, None))

    sooner = [texts.office_hours.SOONER, texts.office_hours.REFUSE]
    instead = [texts.office_hours.INSTEAD, texts.office_hours.REFUSE_NOW]
    assert [[each in shown for each in (*sooner, *instead)] for shown in (waits, turn)] == [
        [True, True, False, False],
        [False, False, True, True],
    ]


def test_a_day_is_said_once_and_a_line_that_is_open_needs_none() -> None:
    planned = [
        words(lines_modal([some_hours(is_open=False)], is_scholar=True, is_helper=False)),
        words(line_modal(a_line_of(is_open=False))),
    ]
    is_open = [
        words(lines_modal([some_hours()], is_scholar=True, is_helper=False)),
        words(line_modal(a_line_of(somebody_waiting()))),
    ]

    assert [shown.count("date_long") for shown in planned] == [1, 1]
    assert [shown.count("date_long") for shown in is_open] == [0, 0]


def test_what_has_not_begun_is_called_off_and_nothing_is_said_of_a_line() -> None:
    planned, is_open = (line_modal(a_line_of(is_open=began)) for began in (False, True))
    form = close_form(None, state="line")

    assert [words(view).count(texts.office_hours.NOBODY_WAITS) for view in (planned, is_open)] == [0, 1]
    assert [words(view).count(texts.office_hours.CALL_OFF) for view in (planned, is_open)] == [1, 0]
    assert [form["title"]["text"], form["private_metadata"]] == [texts.office_hours.CALL_OFF, "line.planned"]
    assert texts.office_hours.CLOSE_ASK not in words(form)


def test_form_to_plan_asks_for_a_beginning_and_the_other_does_not() -> None:
    fields = [
        [block["block_id"] for block in hold_form(zone=LONDON, place=None, is_planned=planned)["blocks"]]
        for planned in (True, False)
    ]

    now = ["end:Europe/London", "minutes", "topics", "place"]
    assert fields == [["start.day", "start:Europe/London", *now], now]


def test_peer_reads_the_topic_alone_until_they_have_accepted() -> None:
    before = favor_modal(Favor(ref="ref", topic=HelpTopic.DATA, is_accepted=False))
    after = favor_modal(Favor(ref="ref", topic=HelpTopic.DATA, is_accepted=True, scholar_name=NAME, line=LINE))

    assert presses(before) == [Action.ACCEPT_FAVOR, Action.DECLINE_FAVOR]
    assert "with: data" in words(before)
    assert all(secret in words(after) for secret in (NAME, LINE))


@pytest.mark.parametrize(
    "kept",
    [
        *(line_message(kind, "ref") for kind in OfficeMessage if kind is not OfficeMessage.FAVOR),
        favor_message("ref"),
        accepted_message("ref"),
        home_view(zone=LONDON, waits=[Waits.IN_LINE], has_line=True),
    ],
    ids=[*(kind for kind in OfficeMessage if kind is not OfficeMessage.FAVOR), "favor", "accepted", "home"],
)
def test_what_slack_keeps_says_neither_what_the_line_is_for_nor_who_is_in_it(kept: Any) -> None:
    shown = words(kept).lower().replace("peer.", "")  # the ids of the buttons are the same for everybody

    assert [word for word in TELLING if word.lower() in shown] == []


@pytest.mark.parametrize(
    "view",
    [
        lines_modal([some_hours(names=(NAME,))], is_scholar=True, is_helper=True),
        place_modal(a_place(with_name=NAME, problem=a_problem(LINE))),
        place_modal(
            a_place(place=None, with_name=NAME, where=Place(kind="room", detail=PLACE), problem=a_problem(LINE))
        ),
        line_modal(a_line_of(somebody_waiting(name=NAME, problem=a_problem(LINE)), helpers=(NAME,))),
        suggest_form(PeerChoice(topic=HelpTopic.DATA, peers=(Peer(ref="peer", name=NAME),)), state="line.entry"),
        favor_modal(Favor(ref="ref", topic=HelpTopic.DATA, is_accepted=True, scholar_name=NAME, line=LINE)),
    ],
    ids=["list", "place", "turn", "line", "peers", "favor"],
)
def test_modal_carries_no_word_of_anybody_beside_what_it_shows(view: View) -> None:
    carried = [str(value) for key, value in walk(view) if key in {"value", "private_metadata", "action_id", "block_id"}]

    assert [secret for secret in (NAME, LINE, PLACE) if secret in " ".join(carried)] == []
    assert NAME in json.dumps(view) or LINE in json.dumps(view)


def test_names_and_places_are_never_read_as_markup() -> None:
    place = Place(kind="room", detail=HOSTILE)
    views = [
        lines_modal([some_hours(names=(HOSTILE,))], is_scholar=True, is_helper=True),
        place_modal(a_place(place=None, with_name=HOSTILE, where=place, problem=a_problem(HOSTILE))),
        line_modal(
            a_line_of(
                somebody_waiting(name=HOSTILE),
                mine=somebody_with(name=HOSTILE, problem=a_problem(HOSTILE)),
                others=(somebody_with(name=HOSTILE, helper_name=HOSTILE),),
                helpers=(HOSTILE,),
            )
        ),
        favor_modal(Favor(ref="ref", topic=HelpTopic.DATA, is_accepted=True, scholar_name=HOSTILE, line=HOSTILE)),
    ]

    marked = [text["text"] for view in views for _, text in walk(view) if is_markup(text)]

    assert [text for text in marked if "<!c" in text or "<@" in text] == []
    assert any("&lt;!channel&gt;" in text for text in marked)


def is_markup(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") == "mrkdwn"


def walk(value: Any, key: str = "") -> list[tuple[str, Any]]:
    """Every value inside, with its key."""
    inside: list[tuple[str, Any]] = [(key, value)]
    pairs = (
        value.items() if isinstance(value, dict) else [(key, each) for each in value] if isinstance(value, list) else []
    )
    for name, each in pairs:
        inside += walk(each, name)
    return inside


@pytest.mark.parametrize("shut", [Shut.CLOSED, Shut.LEFT_OUT, Shut.AWAY])
def test_who_planned_what_does_not_open_reads_why_in_the_list_and_in_the_line(shut: Shut) -> None:
    hours = some_hours(is_open=False, names=(), wait=None, own_ref="mine", shut=shut)

    views = [lines_modal([hours], is_scholar=False, is_helper=True), line_modal(a_line_of(is_open=False, shut=shut))]

    assert [texts.office_hours.SHUT[shut] in words(view) for view in views] == [True, True]
    assert [Action.WATCH_LINE in presses(views[0]), Action.OPEN_CLOSE in presses(views[1])] == [True, True]


@pytest.mark.parametrize(
    ("minutes", "since"), [(0, "just now"), (1, "for a minute"), (2, "for 2 minutes"), (60, "for 60 minutes")]
)
def test_how_long_somebody_is_with_somebody_reads_like_speech(minutes: int, since: str) -> None:
    mine = replace(somebody_with(name="Bo", problem=a_problem()), minutes=minutes)
    others = tuple(replace(somebody_with(name="Cy", helper_name=name), minutes=minutes) for name in ("Dev", ""))

    shown = words(line_modal(a_line_of(mine=mine, others=others)))

    assert f"*You are with Bo*, {since}. " in shown
    assert f'Cy is with Dev, {since}"' in shown
    assert f'Cy is being helped, {since}"' in shown


def test_line_tells_its_helper_what_else_they_have_planned_and_leads_to_all() -> None:
    planned = tuple(Planned(starts=OPENS + day, ends=CLOSES + day) for day in map(timedelta, range(1, 8)))

    shown = {number: line_modal(a_line_of(planned=planned[:number])) for number in (0, 1, 7)}

    assert texts.office_hours.YOUR_PLANNED.partition("{")[0] not in words(shown[0])
    assert "You have planned: *" in words(shown[1])
    assert words(shown[7]).count(" until ") == 1 + 5
    assert "and 2 more" in words(shown[7])
    assert [Action.LIST_LINES in presses(view) for view in shown.values()] == [True, True, True]


def test_who_is_with_somebody_after_the_end_reads_that_they_may_finish() -> None:
    mine = somebody_with(problem=a_problem())
    lines = [a_line_of(mine=mine, is_open=not is_over, is_over=is_over) for is_over in (True, False)]
    turns = [replace(a_place(place=None, with_name="Cleo", where=ROOM), is_line_over=each) for each in (True, False)]

    helpers, scholars = [words(line_modal(each)) for each in lines], [words(place_modal(each)) for each in turns]

    assert ["you may finish in peace. Press Done then; at " in each for each in helpers] == [True, False]
    assert [texts.office_hours.TURN_STAYS in each for each in scholars] == [True, False]


@pytest.mark.parametrize(("is_scholar", "more"), [(True, f" {texts.office_hours.LIST_BOOK}"), (False, "")])
def test_list_without_office_hours_names_booking_to_who_can_book(more: str, *, is_scholar: bool) -> None:
    view = lines_modal([], is_scholar=is_scholar, is_helper=not is_scholar)

    assert view["blocks"][0]["text"]["text"] == f"{texts.office_hours.LIST_NONE}{more}"
