"""Builders of roster files; every argument has a default, so a test names only what matters."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from domain.ports import WorkspaceMember
from services.accounts import AccountList
from services.roster import RosterReport, import_roster
from services.roster.recusals import COLUMNS as RECUSAL_COLUMNS
from services.roster.rows import COLUMNS
from storage.engine import Store
from tests.builders.people import TEAM, address_of
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds

Row = Mapping[str, str]
NAME = "Summer Research Program"


def a_row(id: str = "ada", **changes: str) -> Row:  # noqa: A002
    """A row about the person with this id, a scholar unless told; `starts` and `ends` stand for from and to."""
    row = {
        "name": id.title(),
        "email": address_of(id),
        "program": NAME,
        "cohort": "2027",
        "role": "scholar",
        "stream": "",
        "mentor": "",
        "phase": "Research",
        "site": "London",
        "zone": "Europe/London",
        "from": changes.pop("starts", "2027-01-01"),
        "to": changes.pop("ends", "2027-12-31"),
    }
    return row | changes


def a_scholar_of(mentor: str, /, id: str = "ada", **changes: str) -> Row:  # noqa: A002
    """A row of a scholar in the mentor's stream."""
    return a_row(id, **({"stream": f"Stream {mentor}", "mentor": address_of(mentor)} | changes))


def a_file(*rows: Row, columns: Sequence[str] = COLUMNS) -> bytes:
    """A CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def a_recusal_file(*pairs: tuple[str, str]) -> bytes:
    """A CSV file of pairs of person ids: somebody in support, and a scholar."""
    rows = [dict(zip(RECUSAL_COLUMNS, map(address_of, pair), strict=True)) for pair in pairs]
    return a_file(*rows, columns=RECUSAL_COLUMNS)


SMALL_ROSTER: tuple[Row, ...] = (
    a_row("max", role="mentor", stream="Stream max"),
    a_scholar_of("max", "ada"),
    a_scholar_of("max", "bo"),
    a_row("cleo", role="coach"),
    a_row("eli", role="community_manager"),
    a_row("sam", role="staff"),
)


class Importer:
    """Imports files into one store, as `scholarbot roster import` does."""

    def __init__(
        self,
        store: Store,
        clock: FakeClock | None = None,
        *,
        team_id: str | None = TEAM,
        ids: FakeIds | None = None,
    ) -> None:
        self.store = store
        self.clock = clock or FakeClock()
        self.ids = ids or FakeIds()
        self._team_id = team_id
        self.listed: tuple[WorkspaceMember, ...] = ()

    def __call__(
        self,
        rows: Iterable[Row] | bytes = SMALL_ROSTER,
        *,
        recusals: Iterable[tuple[str, str]] | bytes | None = None,
        dry_run: bool = False,
        may_leave: int | None = None,
    ) -> RosterReport:
        """Import rows or a file; pairs of ids, or a file, as recusals."""
        if recusals is not None and not isinstance(recusals, bytes):
            recusals = a_recusal_file(*recusals)
        return import_roster(
            self.store,
            rows if isinstance(rows, bytes) else a_file(*rows),
            file="roster.csv",
            recusals=recusals,
            recusals_file="recusals.csv",
            accounts=self._accounts(),
            clock=self.clock,
            ids=self.ids,
            dry_run=dry_run,
            may_leave=may_leave,
        )

    def _accounts(self) -> AccountList | None:
        """Slack's answer; unless told otherwise an empty one, so that those that are stored stay as they are."""
        if self._team_id is None:
            return None
        return AccountList(team_id=self._team_id, began=self.clock.wall(), accounts=self.listed)
