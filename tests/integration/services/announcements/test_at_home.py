"""The program's part of the Home tab: what is still open first, and a way to everything even with nothing ahead."""

from collections.abc import Iterable
from datetime import timedelta

from domain.ports import Block
from handlers import texts
from handlers.ids import Action
from handlers.program_home import program_part
from tests.builders.announcements import Desk, press
from tests.builders.deadlines import a_deadline


def headings(blocks: Iterable[Block]) -> list[str]:
    """What its parts are called, in order."""
    return [each["text"]["text"] for each in blocks if each["type"] == "header"]


def test_what_waits_for_a_press_stands_above_what_is_due_and_what_has_been_read_below(desk: Desk) -> None:
    a_deadline(desk.house)
    read = desk.sent()
    press(desk, "ada", read)
    desk.house.clock.advance(timedelta(minutes=1))
    before = headings(program_part(desk.house.desk, desk.house.person("ada")))

    desk.sent()

    after = headings(program_part(desk.house.desk, desk.house.person("ada")))
    words = texts.announcements
    assert before == [texts.due.HOME, words.HOME]
    assert after == [words.HOME_WAITING, texts.due.HOME, words.HOME]


def test_deadlines_and_events_can_be_opened_with_none_ahead_and_staff_have_ways_of_their_own(desk: Desk) -> None:
    ada, sam = (str(program_part(desk.house.desk, desk.house.person(who))) for who in ("ada", "sam"))

    assert (Action.OPEN_DUE in ada, Action.OPEN_EVENTS in ada) == (True, True)
    assert (Action.OPEN_DUE in sam, Action.OPEN_EVENTS in sam) == (False, False)
