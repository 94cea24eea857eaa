"""What staff may press at an announcement as it stands, and the words of its line and its standing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.announcements import Plan, State, Timing
from domain.delivery import Tier
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action
from handlers.views.announcements import announcement_modal, announcements_modal, reach_modal
from handlers.views.when import when_token
from services.announcements.look import Line, Overview
from services.apart import Unread
from tests.builders.announcements import a_look, an_announcement
from tests.fakes.clock import NOON

LONDON = "Europe/London"
WORDS = texts.announcements
EMPTY = Overview(to_approve=(), waiting=(), drafts=(), planned=(), sent=(), templates=())
COPY, KEEP, TRAIL = Action.DUPLICATE_ANNOUNCEMENT, Action.KEEP_TEMPLATE, Action.SEE_TRAIL
EDIT, DISCARD = Action.EDIT_ANNOUNCEMENT, Action.DISCARD_ANNOUNCEMENT
CORRECT, RETRACT = Action.CORRECT_ANNOUNCEMENT, Action.RETRACT_ANNOUNCEMENT


def pressed(view: View) -> list[str]:
    """What its last row of buttons does, in order."""
    (row,) = [block for block in view["blocks"] if block.get("block_id") == "announce.deeds"]
    return [button["action_id"].partition(":")[0] for button in row["elements"]]


@pytest.mark.parametrize(
    ("changes", "deeds"),
    [
        ({"state": State.DRAFT}, [EDIT, COPY, KEEP, DISCARD, TRAIL]),
        ({"state": State.DRAFT, "corrects": "a0"}, [COPY, KEEP, DISCARD, TRAIL]),
        ({"state": State.TEMPLATE}, [EDIT, COPY, DISCARD, TRAIL]),
        ({"state": State.WAITING}, [EDIT, RETRACT, COPY, KEEP, TRAIL]),
        ({"state": State.WAITING, "corrects": "a0"}, [RETRACT, COPY, KEEP, TRAIL]),
        ({"state": State.PLANNED}, [EDIT, RETRACT, COPY, KEEP, TRAIL]),
        ({"state": State.SENT}, [Action.NUDGE_READERS, CORRECT, RETRACT, COPY, KEEP, TRAIL]),
        ({"state": State.SENT, "needs_ack": False}, [CORRECT, RETRACT, COPY, KEEP, TRAIL]),
        ({"state": State.RETRACTED}, [COPY, KEEP, TRAIL]),
        ({"state": State.EXPIRED}, [COPY, KEEP, TRAIL]),
        ({"state": State.APPLIED}, [COPY, KEEP, TRAIL]),
    ],
)
def test_what_can_be_done_goes_by_where_it_stands(changes: Mapping[str, Any], deeds: list[str]) -> None:
    view = announcement_modal(a_look(**changes), zone=LONDON)

    assert pressed(view) == deeds


def test_whoever_may_say_yes_is_offered_that_first_and_its_author_the_way_without_one() -> None:
    waiting = a_look(state=State.WAITING)
    other = [EDIT, RETRACT, COPY, KEEP, TRAIL]

    others = pressed(announcement_modal(replace(waiting, may_answer=True), zone=LONDON))
    own = pressed(announcement_modal(replace(waiting, may_go_as_important=True), zone=LONDON))

    assert others == [Action.APPROVE_ANNOUNCEMENT, Action.REFUSE_ANNOUNCEMENT, *other]
    assert own == [Action.SEND_AS_IMPORTANT, *other]


LATER, LAST = NOON.replace(hour=15), NOON.replace(hour=18)


@pytest.mark.parametrize(
    ("changes", "since", "said"),
    [
        pytest.param({}, NOON, "1 of 3 has acknowledged it.", id="sent"),
        pytest.param({"needs_ack": False}, NOON, "", id="asks for no press"),
        pytest.param({"plan": Plan(timing=Timing.AT, at=LAST)}, NOON, "1 of 3 has acknowledged it.", id="was planned"),
        pytest.param({"state": State.RETRACTED, "ended_at": LATER}, NOON, "", id="taken back"),
        pytest.param({"state": State.EXPIRED, "sent_at": None, "ended_at": LATER}, LATER, "", id="over"),
        pytest.param({"state": State.DRAFT, "sent_at": None, "changed_at": LAST}, LAST, "", id="a draft"),
    ],
)
def test_line_in_the_list_says_since_when_and_how_far_it_was_read(
    changes: Mapping[str, Any], since: Any, said: str
) -> None:
    one = an_announcement(**changes)
    view = announcements_modal(replace(EMPTY, sent=(Line(announcement=one, readers=3, acknowledged=1),)), zone=LONDON)

    ended = [WORDS.STATES[one.state]] if one.state in (State.RETRACTED, State.EXPIRED) else []
    line = " · ".join(filter(None, (WORDS.TIERS[Tier.IMPORTANT], *ended, when_token(since, LONDON), said)))
    assert view["blocks"][2]["text"]["text"] == f"*Plans are due*\n{line}"


def test_line_of_what_nobody_is_left_to_read_counts_nobody() -> None:
    line = Line(announcement=an_announcement(), readers=0, acknowledged=0)

    view = announcements_modal(replace(EMPTY, sent=(line,)), zone=LONDON)

    said = f"*Plans are due*\n{WORDS.TIERS[Tier.IMPORTANT]} · {when_token(NOON, LONDON)}"
    assert view["blocks"][2]["text"]["text"] == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (EMPTY, [WORDS.NONE_YET, WORDS.WORDS]),
        (replace(EMPTY, page=1), [WORDS.NONE_FURTHER, WORDS.WORDS]),
        (replace(EMPTY, has_more=True), [WORDS.NONE_YET, f"{WORDS.WORDS} {WORDS.MORE}"]),
        (
            replace(EMPTY, unread=(Unread(id="a9", title="Broken"),)),
            [texts.trouble.CANNOT_READ.format(title="Broken", id="a9"), WORDS.WORDS],
        ),
    ],
    ids=["none yet", "none further", "more of a group", "one that cannot be read"],
)
def test_list_without_lines_says_why_and_whether_there_are_others(found: Overview, said: list[str]) -> None:
    assert words_of(announcements_modal(found, zone=LONDON)) == said


def words_of(view: View) -> list[str]:
    """What its paragraphs say, in order."""
    return [block["text"]["text"] if "text" in block else block["elements"][0]["text"] for block in spoken(view)]


def spoken(view: View) -> list[Block]:
    return [block for block in view["blocks"] if block["type"] in ("section", "context")]


@pytest.mark.parametrize(
    ("changes", "approver", "since", "said"),
    [
        pytest.param({}, "", NOON, [], id="sent"),
        pytest.param({"approved_by": "sue"}, "Sue", NOON, ["yes from Sue"], id="with a yes"),
        pytest.param({"state": State.RETRACTED, "ended_at": LATER}, "", LATER, [], id="taken back"),
        pytest.param(
            {"state": State.WAITING, "sent_at": None, "approver_id": "sue"},
            "Sue",
            NOON,
            ["Sue is asked for a yes"],
            id="one is asked",
        ),
        pytest.param(
            {"state": State.WAITING, "sent_at": None, "approver_id": "sue", "all_asked_at": LATER},
            "Sue",
            NOON,
            [WORDS.ASKED_OF_ALL],
            id="all are asked by now",
        ),
        pytest.param({"state": State.WAITING, "sent_at": None}, "", NOON, [WORDS.ASKED_OF_ALL], id="all are asked"),
    ],
)
def test_first_line_of_one_says_since_when_it_stands_so_and_who_is_asked(
    changes: Mapping[str, Any], approver: str, since: Any, said: list[str]
) -> None:
    look = replace(a_look(**changes), approver=approver)
    one = look.line.announcement

    view = announcement_modal(look, zone=LONDON)

    first = [WORDS.STATES[one.state], WORDS.TIERS[one.tier], when_token(since, LONDON), WORDS.BY.format(name="Sam")]
    assert words_of(view)[0] == " · ".join([*first, *said])


def test_time_until_so_many_have_read_is_a_minute_at_least_and_told_by_tier() -> None:
    found = {Tier.NOTICE: {50: 2.0, 90: None, 100: None}, Tier.IMPORTANT: {50: 0.001, 90: 1.0, 100: None}}

    said = words_of(reach_modal(found))[1:]

    assert said == [
        f"*{WORDS.TIERS[Tier.IMPORTANT]}*\nhalf after 1 min · 90% after 1 h",
        f"*{WORDS.TIERS[Tier.NOTICE]}*\nhalf after 2 h",
    ]
