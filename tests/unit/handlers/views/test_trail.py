"""What happened to something: every kind of deed in one form of words, the same wherever it is read."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.blocks import actions, button, context, modal, section
from handlers.views.trail import trail_lines, trail_modal
from handlers.views.when import when_token
from services.audit import LISTED, Done, Trail

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
ZONE = "Europe/London"
AT, LATER = when_token(NOON, ZONE), when_token(NOON + timedelta(hours=2), ZONE)


NAME_MAX = 100
LONGEST_DETAIL = "10000 people, 2027-01-12T10:00Z to 2027-01-12T11:00Z"


def page_of(found: Trail) -> View:
    return trail_modal(found, "a1", turn=Action.TURN_TRAIL, zone=ZONE)


def done(deed: str, *, by: str = "Sam", about: str = "", detail: str = "") -> Done:
    return Done(at=NOON, by=by, deed=deed, about=about, detail=detail)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (done("written"), f"{AT}: written by *Sam*"),
        (done("asked everybody", by=""), f"{AT}: asked everybody"),
        (done("sent", detail="to 2 people"), f"{AT}: sent (to 2 people) by *Sam*"),
        (done("met", about="Ada"), f"{AT}: met (Ada) by *Sam*"),
        (done("asked for more time", by="Ada", about="Ada"), f"{AT}: asked for more time by *Ada*"),
        (
            done("extended", about="Ada", detail="until 2027-01-12T14:00Z"),
            f"{AT}: extended (Ada, until {LATER}) by *Sam*",
        ),
        (
            done("moved", detail="2027-01-12T12:00Z to 2027-01-12T14:00Z"),
            f"{AT}: moved ({AT} to {LATER}) by *Sam*",
        ),
        (
            done("met", by="*Sam* <!here>", about="<@U1> & Bo", detail="<!channel>"),
            f"{AT}: met (&lt;@U1&gt; &amp; Bo, &lt;!channel&gt;) by *\u2217Sam\u2217 &lt;!here&gt;*",
        ),
    ],
)
def test_line_says_what_was_done_about_whom_by_whom_and_every_time_in_the_readers_zone(entry: Done, says: str) -> None:
    assert trail_lines([entry], ZONE) == [says]


def test_trail_of_a_few_deeds_has_a_line_for_each() -> None:
    entries = (done("changed"), done("planned"))

    assert page_of(Trail(done=entries, number=2)) == modal(
        Modal.NOTICE,
        title=texts.trail.TITLE,
        blocks=[section(f"{AT}: changed by *Sam*\n{AT}: planned by *Sam*")],
        close=texts.forms.BACK,
    )


def test_trail_without_any_deed_says_so() -> None:
    assert page_of(Trail())["blocks"] == [section(texts.trail.NONE)]


def earlier(page: int) -> Block:
    return button("Earlier", f"{Action.TURN_TRAIL}:next", value=f"a1.{page}")


def later(page: int) -> Block:
    return button("Later", f"{Action.TURN_TRAIL}:back", value=f"a1.{page}")


@pytest.mark.parametrize(
    ("page", "turns"),
    [(0, [earlier(1)]), (1, [later(0), earlier(2)]), (2, [later(1)])],
    ids=["newest", "second", "last"],
)
def test_long_trail_says_which_page_it_is_and_leads_to_what_was_earlier_and_later(
    page: int, turns: list[Block]
) -> None:
    found = Trail(done=(done("nudged"),), number=101, page=page, pages=3)

    assert page_of(found)["blocks"] == [
        section(f"{AT}: nudged by *Sam*"),
        context(f"Page {page + 1} of 3"),
        actions(*turns, block_id="trail.turn"),
    ]


@pytest.mark.parametrize("sign", ["&", "\N{EGG}", "x"])
def test_page_leaves_out_none_of_its_entries_however_long_their_names_are(sign: str) -> None:
    entry = done("asked for more time", by=sign * NAME_MAX, about=f"{sign * (NAME_MAX - 1)}.", detail=LONGEST_DETAIL)

    view = page_of(Trail(done=(entry,) * LISTED, number=LISTED))

    assert sum(str(block["text"]["text"]).count("asked for more time") for block in view["blocks"]) == LISTED
