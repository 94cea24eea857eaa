"""Several programs share an installation, and nobody is in two of them at once."""

import pytest

from domain.errors import NotAllowed
from services.people import People
from services.roster import RosterProblems
from storage.program import people_queries
from tests.builders.people import TEAM, account_of, an_account
from tests.builders.rosters import SMALL_ROSTER, Importer, Row, a_row
from tests.fakes.clock import FakeClock
from tests.fixtures.engines import Stores

OTHER = "Winter Research Program"


def elsewhere(*rows: Row) -> list[Row]:
    return [dict(row) | {"program": OTHER} for row in rows]


def program_of(stores: Stores, id_: str) -> str:
    return People(stores.program, FakeClock(), team_id=TEAM).who(account_of(id_), TEAM).program_id


@pytest.mark.parametrize(
    "again",
    [
        a_row("cleo", role="coach"),
        a_row("cleo", role="mentor"),
        a_row("cleo", role="staff", starts="2027-12-31", ends="2028-12-31"),
        a_row("cleo", role="staff", starts="2028-01-01", ends="2028-12-31"),
        a_row("cleo", role="staff", starts="2026-01-01", ends="2026-12-31"),
    ],
    ids=["same role", "judge", "a day in common", "the day after", "the day before"],
)
def test_an_address_that_is_in_another_program_then_is_refused(stores: Stores, again: Row) -> None:
    importer = Importer(stores.program)
    importer()

    with pytest.raises(RosterProblems) as refused:
        importer(elsewhere(a_row("zoe", role="mentor"), again))

    (problem,) = refused.value.problems
    assert str(problem) == (
        "roster.csv, row 3, column email: expected somebody who is in one program at a time; "
        'they are in "Summer Research Program" until 2027-12-31'
    )


def test_an_account_that_is_in_another_program_then_is_refused_whatever_its_address_is_now(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer.listed = (an_account("cleo"),)
    importer()
    importer.listed = (an_account("cleo", email="cleo@new.example.org"),)

    with pytest.raises(RosterProblems, match="row 2, column email: expected somebody who is in one program at a time"):
        importer(elsewhere(a_row("cleo", email="cleo@new.example.org")))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2028-01-02", "2028-12-31"), ("2026-01-01", "2026-12-30")],
    ids=["later", "earlier"],
)
def test_somebody_may_be_in_one_program_after_the_other(stores: Stores, starts: str, ends: str) -> None:
    importer = Importer(stores.program)
    importer.listed = (an_account("cleo"),)
    importer()
    here = program_of(stores, "cleo")

    importer(elsewhere(a_row("cleo", role="mentor", starts=starts, ends=ends)))

    assert program_of(stores, "cleo") == here


def test_whoever_was_taken_off_one_program_may_be_in_another(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer.listed = (an_account("cleo"),)
    importer()
    before = program_of(stores, "cleo")
    importer(row for row in SMALL_ROSTER if row["name"] != "Cleo")

    importer(elsewhere(a_row("cleo", role="mentor")))

    assert program_of(stores, "cleo") != before


@pytest.mark.parametrize(
    ("starts", "ends", "owners"),
    [("2027-01-01", "2027-12-31", 1), ("2028-01-01", "2028-12-31", 1), ("2028-01-02", "2028-12-31", 2)],
    ids=["at once", "the day after", "later"],
)
def test_an_account_whose_owner_is_in_another_program_then_is_matched_to_nobody_else(
    stores: Stores, starts: str, ends: str, owners: int
) -> None:
    importer = Importer(stores.program)
    importer(elsewhere(a_row("zoe", starts=starts, ends=ends)))
    importer.listed = (an_account("cleo"),)
    importer()
    before = program_of(stores, "cleo")

    importer.listed = (an_account("cleo", email="zoe@example.org"),)
    importer()

    assert program_of(stores, "cleo") == before
    with stores.program.read() as connection:
        assert len(people_queries.by_account(connection, account_of("cleo"), team_id=TEAM)) == owners


def test_whoever_is_in_two_programs_all_the_same_is_nobody(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer.listed = (an_account("cleo"),)
    importer()
    importer(elsewhere(a_row("zoe")))
    with stores.program.write() as connection:
        zoe = people_queries.person.c.name == "Zoe"
        connection.execute(people_queries.person.update().where(zoe).values(slack_user_id=account_of("cleo")))

    with pytest.raises(NotAllowed):
        program_of(stores, "cleo")
