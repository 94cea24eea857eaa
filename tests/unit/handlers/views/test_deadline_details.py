"""One deadline as staff see it: what ending it says first, and who is behind in few words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.audience import Audience
from domain.deadlines import DEFAULT_LADDER, DeadlineState, DeadlineText, Due, DueKind
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action
from handlers.views.deadlines import details_modal, left_behind_modal
from services.deadlines.facts import Deadline
from services.deadlines.look import Behind, Counted, Details, Met

_W = texts.deadlines
DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
PLAN = Deadline(
    id="plan",
    program_id="program-1",
    author_id="sam",
    state=DeadlineState.OPEN,
    version=2,
    text=DeadlineText(title="Research plan"),
    due=Due(kind=DueKind.INSTANT, day=date(2027, 1, 25), minute=17 * 60, zone_name="Europe/London"),
    due_at=DUE,
    ladder=DEFAULT_LADDER,
    audience=Audience(everyone=True),
    takes_newcomers=True,
    needs_proof=False,
    is_told=True,
    created_at=datetime(2027, 1, 11, tzinfo=UTC),
    people=2,
)


def behind(name: str, *, due_at: datetime = DUE, rung: str = "", told_at: datetime | None = None) -> Behind:
    return Behind(
        person_id=name.lower(),
        name=name,
        is_here=True,
        due_at=due_at,
        is_extended=due_at != DUE,
        rung=rung,
        told_at=told_at,
    )


def details(*still: Behind, met: int = 0) -> Details:
    done = tuple(Met(person_id=f"m{number}", name=f"M{number}", at=DUE, proof="", by="") for number in range(met))
    return Details(
        deadline=PLAN,
        people=len(still) + met,
        number_met=met,
        behind=still,
        met=done,
        nudged_at=None,
        trail=(),
    )


def the_end(view: View) -> Block:
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    (found,) = [each for row in rows for each in row["elements"] if each["action_id"] == Action.CLOSE_DEADLINE]
    return dict(found)


@pytest.mark.parametrize(
    ("still", "says"),
    [
        ((), _W.END_ALL_MET),
        ((behind("Ada"),), _W.END_STILL_ONE),
        ((behind("Ada"), behind("Bo")), _W.END_STILL.format(number=2)),
    ],
)
def test_ending_it_says_first_for_how_many_it_is_still_open(still: tuple[Behind, ...], says: str) -> None:
    end = the_end(details_modal(details(*still, met=1), zone="Europe/London"))

    assert end["text"]["text"] == _W.END
    assert end["confirm"]["title"]["text"] == _W.END_SURE
    assert end["confirm"]["text"]["text"] == says


def test_ending_what_is_for_a_private_list_says_the_same_by_numbers_alone() -> None:
    end = the_end(left_behind_modal(Counted(deadline=replace(PLAN, people=5), met=3), zone="Europe/London"))

    assert end["confirm"]["text"]["text"] == _W.END_STILL.format(number=2)
