"""Shares of the load by name."""

import pytest

from domain.errors import Faulty
from domain.people import Person, Role
from handlers import texts
from handlers.parse.faults import Faults
from handlers.parse.state import State
from handlers.parse.weights import typed_weights, weights_field, weights_texts
from tests.builders.people import a_person
from tests.builders.sessions import a_form, typed

WORDS = texts.program


def coach(id_: str, name: str, site: str = "London") -> Person:
    return a_person(id_, name=name, site=site, roles={Role.COACH})


CLEO, DEV = coach("cleo", "Cleo"), coach("dev", "Dev Ray")
NAMESAKES = (coach("c1", "Cleo"), coach("c2", "cleo", "Oxford"), coach("c3", "Cleo", "Oxford"))


def read(support: tuple[Person, ...], *fields: str) -> dict[str, int]:
    """The shares that these fields say. Raises `Faulty`."""
    faults = Faults()
    state = State(a_form({weights_field(number): typed(text) for number, text in enumerate(fields)}))
    found = typed_weights(state, support, faults)
    faults.end()
    return found


@pytest.mark.parametrize("text", ["Cleo: 50", " cleo :50 %", "CLEO:50%\n\nDev Ray: 100", "Dev  ray: 100\nCleo: 050"])
def test_share_is_read_however_it_is_typed_and_a_full_one_is_none(text: str) -> None:
    assert read((CLEO, DEV), text) == {"cleo": 50}


def test_everybody_is_listed_and_read_back() -> None:
    shown = weights_texts((CLEO, DEV), {"cleo": 50, "gone": 10})

    assert shown == ["Cleo: 50\nDev Ray: 100"]
    assert read((CLEO, DEV), *shown) == {"cleo": 50}


def test_people_of_one_name_are_listed_apart_and_read_back() -> None:
    weights = {"c1": 10, "c2": 20, "c3": 30}

    shown = weights_texts(NAMESAKES, weights)

    assert shown == ["Cleo (London): 10\ncleo (Oxford 1): 20\nCleo (Oxford 2): 30"]
    assert read(NAMESAKES, *shown) == weights


def test_very_many_people_take_several_fields_and_are_read_back() -> None:
    many = tuple(coach(f"c{number}", f"Somebody {number} {'x' * 80}") for number in range(200))
    weights = {person.id: 1 + number for number, person in enumerate(many) if number != 99}

    shown = weights_texts(many, weights)

    assert len(shown) > 1
    assert max(map(len, shown)) <= 2000
    assert read(many, *shown) == weights


def test_with_nobody_in_support_there_is_an_empty_field() -> None:
    assert weights_texts((), {}) == [""]
    assert read((), "") == {}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Zoe: 50", WORDS.SHARE_UNKNOWN),
        ("Cleo: 50", WORDS.SHARE_AMBIGUOUS),
        ("Cleo (London): 50\nCleo (London): 60", WORDS.SHARE_TWICE),
        ("Cleo (London) 50", WORDS.SHARE_LINE),
        ("Cleo (London): 0", WORDS.SHARE_NUMBER.format(most=1000)),
        ("Cleo (London): half", WORDS.SHARE_NUMBER.format(most=1000)),
        ("Cleo (London): 1001", WORDS.SHARE_NUMBER.format(most=1000)),
        ("Cleo (London): ", WORDS.SHARE_NUMBER.format(most=1000)),
    ],
)
def test_line_that_cannot_be_used_is_named_by_its_number_and_nobody_by_name(line: str, fault: str) -> None:
    with pytest.raises(Faulty) as refused:
        read(NAMESAKES, line, "Zoe: 1\nnonsense")

    number = len(line.splitlines())
    assert [(one.field, one.message) for one in refused.value.faults] == [
        ("weights.0", f"Line {number}: {fault}"),
        ("weights.1", f"Line 1: {WORDS.SHARE_UNKNOWN} Line 2: {WORDS.SHARE_LINE}"),
    ]
    assert "Zoe" not in refused.value.faults[1].message
