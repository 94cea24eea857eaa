"""A file that would empty the program: refused whole, unless the operator names how many may leave."""

import pytest

from services.roster import TooManyLeave
from storage.engine import Store
from tests.builders.rosters import Importer, Row, a_row
from tests.fixtures.engines import Stores
from tests.looking.tables import everything

NAMES = ("ada", "bo", "cleo", "dee", "eli", "fay", "gus", "hal", "ivy", "jo", "kai", "lea", "mo", "nia", "oz", "pia")
ALL: tuple[Row, ...] = tuple(a_row(name) for name in NAMES)
SIX = ALL[:6]


@pytest.fixture
def store(stores: Stores) -> Store:
    return stores.program


@pytest.mark.parametrize("dry_run", [False, True])
def test_file_that_most_people_are_missing_from_is_refused_and_changes_nothing(store: Store, *, dry_run: bool) -> None:
    importer = Importer(store)
    importer(SIX)
    before = everything(store)

    with pytest.raises(TooManyLeave) as refused:
        importer([a_row("zoe")], dry_run=dry_run)

    assert refused.value.message == (
        "Nothing was imported. 6 of the 6 people on the roster would be deactivated and their sessions canceled: Ada, "
        "Bo, Cleo and 3 more. Check that this is the right file, and the whole of it. If they do leave, import it with "
        "--deactivate 6."
    )
    assert everything(store) == before


@pytest.mark.parametrize(
    ("rows", "leave", "may_leave", "let_in"),
    [
        pytest.param(SIX, 3, None, True, id="three of a few"),
        pytest.param(SIX, 4, None, False, id="four of a few"),
        pytest.param(ALL, 4, None, True, id="a quarter"),
        pytest.param(ALL, 5, None, False, id="more than a quarter"),
        pytest.param(ALL, 5, 5, True, id="as many as were named"),
        pytest.param(ALL, 5, 4, False, id="more than were named"),
        pytest.param(ALL, 1, 0, False, id="one where nobody may"),
    ],
)
def test_how_many_may_leave(
    store: Store, rows: tuple[Row, ...], leave: int, may_leave: int | None, *, let_in: bool
) -> None:
    importer = Importer(store)
    importer(rows)

    if let_in:
        assert importer(rows[leave:], may_leave=may_leave).deactivated == leave
    else:
        with pytest.raises(TooManyLeave, match=f"--deactivate {leave}"):
            importer(rows[leave:], may_leave=may_leave)


def test_file_of_a_year_that_is_over_is_refused_as_one_that_they_are_missing_from(store: Store) -> None:
    importer = Importer(store)
    importer(SIX)

    with pytest.raises(TooManyLeave, match="6 of the 6 people"):
        importer([dict(row) | {"from": "2026-01-01", "to": "2026-12-31"} for row in SIX])


def test_people_whose_days_are_over_may_leave_and_hide_nobody_who_is_there(store: Store) -> None:
    importer = Importer(store)
    past = [a_row(f"old{each}", starts="2026-01-01", ends="2026-12-31") for each in range(20)]
    importer([*past, *SIX])

    with pytest.raises(TooManyLeave, match="4 of the 6 people"):
        importer([*past, *SIX[4:]])
    report = importer(SIX)

    assert report.deactivated == 20
