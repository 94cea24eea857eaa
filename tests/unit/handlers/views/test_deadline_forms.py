"""What the forms of deadlines say before and after something is saved."""

from datetime import UTC, datetime

import pytest

from handlers import texts
from handlers.views.deadline_form import told_words
from services.deadlines.moving import Notice
from services.deadlines.regrouping import Foreseen

_W = texts.deadlines
MOVED = Notice(first=datetime(2027, 1, 25, 17, tzinfo=UTC), lead_days=None, rule_days=7)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Foreseen(joining=(), leaving=(), key="", notice=MOVED, told=2, stays=2), _W.TOLD_NOW.format(number=2)),
        (Foreseen(joining=(), leaving=(), key="", notice=MOVED, told=0, stays=2), _W.TOLD_NOBODY),
        (
            Foreseen(joining=("Max",), leaving=("Ada",), key="", notice=MOVED, told=0, stays=0, newly_told=1),
            _W.NEWLY_TOLD_ONE,
        ),
        (
            Foreseen(joining=("Max", "Mia"), leaving=(), key="", stays=2, newly_later=2),
            _W.NEWLY_LATER.format(number=2),
        ),
        (Foreseen(joining=(), leaving=("Ada",), key="", stays=1), ""),
    ],
    ids=["moved", "moved for nobody", "all are others", "others are reminded", "somebody goes"],
)
def test_told_words_say_who_hears_of_it_and_when(seen: Foreseen, said: str) -> None:
    assert told_words(seen) == said
