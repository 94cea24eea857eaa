from dataclasses import dataclass

from sandbox.page.turns import Turns

ADA = "UADA"


@dataclass
class Browser:
    is_connected: bool = True


def shown(turns: Turns, *tabs: Browser, root: str = "V1") -> list[bool]:
    return [turns.shows(ADA, tab, root) for tab in tabs]


def test_a_modal_stands_in_the_tab_that_opened_it_whatever_is_done_in_others_since() -> None:
    turns, first, second = Turns(), Browser(), Browser()
    turns.take(ADA, first)
    before = shown(turns, first, second)

    turns.take(ADA, second)

    assert (before, shown(turns, first, second)) == ([True, False], [True, False])


def test_the_next_modal_stands_where_it_was_opened() -> None:
    turns, first, second = Turns(), Browser(), Browser()
    turns.take(ADA, first)
    shown(turns, first, second)
    turns.take(ADA, second)

    assert shown(turns, first, second, root="V2") == [False, True]


def test_a_modal_that_nobody_opened_in_a_tab_stands_in_all() -> None:
    assert shown(Turns(), Browser(), Browser()) == [True, True]


def test_other_people_do_not_matter() -> None:
    turns, own, other = Turns(), Browser(), Browser()
    turns.take("UBO", other)

    assert shown(turns, own) == [True]


def test_a_modal_of_a_tab_that_is_gone_stands_in_the_others() -> None:
    turns, first, second = Turns(), Browser(), Browser()
    turns.take(ADA, first)
    shown(turns, first, second)

    first.is_connected = False
    lost = shown(turns, second)
    first.is_connected = True
    turns.leave(ADA, first)

    assert (lost, shown(turns, second)) == ([True], [True])
