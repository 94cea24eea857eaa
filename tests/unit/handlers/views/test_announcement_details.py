"""What staff read of one announcement: how far it has been read, who has not, and what they may press."""

from dataclasses import replace

import pytest

from domain.announcements import Rung, State
from domain.attention import DIGEST
from handlers import texts
from handlers.ids import Action
from handlers.views.announcements import announcement_modal
from handlers.views.when import when_token
from services.announcements.details import Details, Missing, MissingReader, Names
from services.announcements.look import Line
from tests.builders.announcements import a_content, a_look, an_announcement
from tests.fakes.clock import NOON

LONDON = "Europe/London"
WORDS = texts.announcements


@pytest.mark.parametrize(
    ("done", "said"), [(0, WORDS.NOBODY_HERE), (1, WORDS.DONE_MEANWHILE_ONE)], ids=["all have left", "one has done it"]
)
def test_details_of_what_nobody_is_left_to_acknowledge_count_nobody(done: int, said: str) -> None:
    look = a_look()
    look = replace(look, line=replace(look.line, readers=0), done_meanwhile=done)

    shown = str(announcement_modal(look, zone=LONDON))

    assert (said in shown, WORDS.REACHED_NEVER in shown, "0 of 0" in shown) == (True, False, False)
    assert (WORDS.NOBODY_HERE in shown) == (done == 0)


@pytest.mark.parametrize("needs_ack", [True, False])
def test_details_of_another_ones_private_list_say_why_nobody_is_named(*, needs_ack: bool) -> None:
    look = replace(a_look(needs_ack=needs_ack), is_private=True)

    assert WORDS.MISSING_PRIVATE in str(announcement_modal(look, zone=LONDON))


@pytest.mark.parametrize(
    ("had", "said"),
    [
        (0, "Nobody has had it yet."),
        (1, "1 has had it, in a message or a digest."),
        (2, "2 have had it, in a message or a digest."),
    ],
)
def test_one_without_a_button_says_for_how_many_it_is_and_how_many_have_had_it(had: int, said: str) -> None:
    shown = Details(
        line=Line(announcement=an_announcement(a_content(needs_ack=False)), readers=2, acknowledged=0),
        author="Sam",
        approver="",
        had=had,
        reached={},
        is_private=False,
        may_answer=False,
    )

    blocks = announcement_modal(shown, zone=LONDON)["blocks"]

    assert f"*For 2 people*\n{said}" in [block["text"]["text"] for block in blocks if block["type"] == "section"]


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        (Rung.FIRST, "the first"),
        (Rung.AGAIN, "the second"),
        (DIGEST, "a digest"),
        ("nudge.1800000000", "a nudge"),
    ],
)
def test_list_of_who_is_missing_says_which_message_was_the_last_and_when(rung: str, said: str) -> None:
    shown = Details(
        line=Line(announcement=an_announcement(), readers=3, acknowledged=1),
        author="Sam",
        approver="",
        had=2,
        missing=Missing(
            (MissingReader(name="Ada", told_at=NOON, rung=rung), MissingReader(name="Bo", told_at=None)), number=2
        ),
        reached={},
        is_private=False,
        may_answer=False,
    )

    blocks = announcement_modal(shown, zone=LONDON)["blocks"]

    assert f"Ada, last message {when_token(NOON, LONDON)} ({said})\nBo, no message yet" in [
        block["text"]["text"] for block in blocks if block["type"] == "section"
    ]


def test_who_has_left_is_marked_among_those_who_are_missing_and_nobody_is_to_be_nudged_for_them() -> None:
    shown = Details(
        line=Line(announcement=an_announcement(), readers=1, acknowledged=1),
        author="Sam",
        approver="",
        had=2,
        missing=Missing((MissingReader(name="Bo", told_at=None, is_here=False),), number=1),
        reached={},
        is_private=False,
        may_answer=False,
    )

    blocks = announcement_modal(shown, zone=LONDON)["blocks"]

    assert "Bo (has left), no message yet" in [b["text"]["text"] for b in blocks if b["type"] == "section"]
    assert Action.NUDGE_READERS not in str(blocks)


@pytest.mark.parametrize(("number", "said"), [(1, "1 need not do it any more"), (3, "3 need not do it any more")])
def test_how_many_need_not_acknowledge_it_any_more_is_said(number: int, said: str) -> None:
    shown = Details(
        line=Line(announcement=an_announcement(), readers=2, acknowledged=1),
        author="Sam",
        approver="",
        had=2,
        reached={},
        is_private=True,
        may_answer=False,
        done_meanwhile=number,
    )

    assert f"{said}, so nobody waits" in str(announcement_modal(shown, zone=LONDON)["blocks"])


@pytest.mark.parametrize(
    ("done", "reached", "said"),
    [
        (0, {50: None, 90: None, 100: None}, "*0 of 2 have acknowledged it.*\nFewer than half so far."),
        (1, {50: 1.5, 90: None, 100: None}, "*1 of 2 has acknowledged it.*\nhalf after 1 h 30 min"),
        (2, {50: 1, 90: 2, 100: 2}, "*2 of 2 have acknowledged it.*\nhalf after 1 h · 90% after 2 h · all after 2 h"),
    ],
)
def test_how_far_it_has_been_read_is_told_in_words(done: int, reached: dict[int, float | None], said: str) -> None:
    shown = a_look()
    shown = replace(shown, line=replace(shown.line, acknowledged=done), reached=reached)

    assert said in [
        block["text"]["text"] for block in announcement_modal(shown, zone=LONDON)["blocks"] if "text" in block
    ]


def test_one_that_was_taken_back_still_says_how_far_it_has_been_read() -> None:
    sent, retracted = (
        str(announcement_modal(a_look(state=state), zone=LONDON)) for state in (State.SENT, State.RETRACTED)
    )

    said = WORDS.OF.format(done=0, all=2)
    assert (said in sent, said in retracted) == (True, True)


def test_template_is_used_and_anything_else_duplicated() -> None:
    template, sent = (
        str(announcement_modal(a_look(state=state), zone=LONDON)) for state in (State.TEMPLATE, State.SENT)
    )

    assert (WORDS.USE_TEMPLATE in template, WORDS.DUPLICATE in template) == (True, False)
    assert (WORDS.USE_TEMPLATE in sent, WORDS.DUPLICATE in sent) == (False, True)


@pytest.mark.parametrize("needs_ack", [True, False])
@pytest.mark.parametrize(("names", "said"), [(("Bo <3",), "Bo &lt;3"), (("Ada", "Bo <3"), "Ada, Bo &lt;3")])
def test_whoever_had_not_had_it_in_time_stands_by_name(names: tuple[str, ...], said: str, *, needs_ack: bool) -> None:
    look = replace(a_look(needs_ack=needs_ack), unserved=Names(names, number=len(names)))

    shown = str(announcement_modal(look, zone=LONDON))

    assert (WORDS.UNSERVED in shown, said in shown) == (True, True)


def test_of_more_than_are_looked_up_by_name_there_is_a_number() -> None:
    readers = (MissingReader(name="Ada", told_at=None), MissingReader(name="Bo", told_at=None))
    look = replace(
        a_look(needs_ack=True),
        missing=Missing(readers, number=1_200),
        unreached=Names(("Eve",), number=301),
        unserved=Names(("Fay",), number=41),
    )

    shown = str(announcement_modal(look, zone=LONDON))

    said = [texts.forms.AND_MORE.format(number=number) in shown for number in (1_198, 300, 40)]
    assert said == [True] * 3
