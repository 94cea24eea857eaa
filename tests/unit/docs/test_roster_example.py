from pathlib import Path

import pytest

from domain.people import Role
from services.roster import RosterProblems, RosterReport, import_roster
from services.roster.rows import COLUMNS
from storage.engine import Store
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fixtures.engines import Stores
from tests.looking.documents import ROOT, text

HOW_TO = ROOT / "docs" / "how-to"
ROSTER, RECUSALS = HOW_TO / "example-roster.csv", HOW_TO / "example-recusals.csv"


def bring_in(store: Store, recusals: Path | None) -> RosterReport:
    """Import the example as the page says."""
    return import_roster(
        store,
        ROSTER.read_bytes(),
        file=ROSTER.name,
        recusals=recusals.read_bytes() if recusals else None,
        recusals_file=recusals.name if recusals else "",
        accounts=None,
        clock=FakeClock(),
        ids=FakeIds(),
        dry_run=False,
    )


def test_example_roster_with_its_recusals_imports(sqlite_stores: Stores) -> None:
    report = bring_in(sqlite_stores.program, RECUSALS)

    assert (report.program, report.people, report.memberships_added) == ("Summer Research", 6, 7)


def test_example_roster_without_its_recusals_is_refused_as_the_page_says(sqlite_stores: Stores) -> None:
    with pytest.raises(RosterProblems, match="a recusal of this pair"):
        bring_in(sqlite_stores.program, None)


def test_page_about_the_roster_names_every_column_and_role() -> None:
    page = text(HOW_TO / "bring-in-the-roster.md")

    assert [name for name in (*COLUMNS, *Role) if f"`{name}`" not in page] == []
