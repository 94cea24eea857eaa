"""A roster on its way into the store: what it changes, what it leaves, and how much it asks."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, insert, select, text

from domain.people import Role
from services.people import People
from services.roster import RosterProblems
from storage.engine import CLI_LOCK_WAIT_SECONDS, Store, table_of
from storage.migrations import StoreName
from storage.program import tables
from storage.program.people import Membership, Recusal, RosterPerson
from storage.program.people_queries import member
from tests.builders.people import TEAM, account_of, address_of, an_account, put_account
from tests.builders.rosters import SMALL_ROSTER, Importer, Row, a_row, a_scholar_of
from tests.fakes.clock import FakeClock
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of
from tests.looking.tables import everything

MANY, TEN_THOUSAND = 2_500, 10_000
FEW, LINEAR = 50, 1_500
BATCH = 1000
"""Rows that SQLAlchemy puts into one statement."""
WRITES = 5
"""People, memberships, whose account is whose, who was welcomed, and the welcomes."""
MENTOR = a_row("max", role="mentor", stream="Stream max")
_person, _membership, _recusal = table_of(RosterPerson), table_of(Membership), table_of(Recusal)


@pytest.mark.parametrize("many", [MANY, pytest.param(TEN_THOUSAND, marks=pytest.mark.soak)])
def test_import_of_many_rows_asks_as_often_as_one_of_fifty_but_for_batches(stores: Stores, many: int) -> None:
    store = patient(stores)
    put_accounts(store, many)
    importer = Importer(store)
    asked = {}

    for number in (FEW, many):
        with queries_of(store) as queries:
            report = importer(crowd(number))
        asked[number] = len(queries)
    with queries_of(store) as queries:
        again = importer(crowd(many))

    assert asked[FEW] < 25
    assert asked[many] <= asked[FEW] + WRITES * many // BATCH
    assert len(queries) < asked[many]
    assert (report.people, report.added, report.welcomed) == (many, many - FEW, many - FEW)
    assert again.changed_nothing


def test_import_is_as_quick_where_the_database_takes_its_tables_for_empty(postgresql_stores: Stores) -> None:
    """As when its statistics are of a moment when they were, or of rows that nobody had committed yet."""
    store = patient(postgresql_stores)
    fill_and_empty(store, LINEAR)
    put_accounts(store, LINEAR)
    touched: list[int] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT") and "FROM" in statement:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
            touched.append(rows_touched(cursor.fetchone()[0][0]["Plan"]))

    event.listen(store.engine, "before_cursor_execute", explain)
    Importer(store)(crowd(LINEAR))

    assert max(touched) < 20 * LINEAR


def fill_and_empty(store: Store, number: int) -> None:
    """Leave tables of many pages without a row, and let the database look at them."""
    put_accounts(store, number)
    Importer(store)(crowd(number))
    with store.write() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(delete(table))
    with store.write() as connection:
        connection.execute(text("ANALYZE"))


def rows_touched(plan: dict[str, Any]) -> int:
    """How many rows the steps of a plan have looked at, each as often as it did."""
    here = sum(number for name, number in plan.items() if name == "Actual Rows" or name.startswith("Rows Removed"))
    return int(here * plan["Actual Loops"]) + sum(rows_touched(each) for each in plan.get("Plans", ()))


def test_import_of_the_same_file_twice_changes_no_row(stores: Stores) -> None:
    put_accounts(stores.program, 0, "ada", "cleo", "max")
    importer = Importer(stores.program)
    first = importer(recusals=[("cleo", "ada")])
    before = everything(stores.program)
    importer.clock.advance(timedelta(days=1))

    second = importer(recusals=[("cleo", "ada")])

    assert (first.added, first.welcomed, first.recusals_changed) == (6, 3, 1)
    assert second.changed_nothing
    assert everything(stores.program) == before


def test_dry_run_reports_the_same_and_writes_nothing(stores: Stores) -> None:
    put_accounts(stores.program, 0, "ada")
    importer = Importer(stores.program)
    before = everything(stores.program)

    tried = importer(dry_run=True)
    after_trying = everything(stores.program)
    done = importer()

    assert after_trying == before
    assert (tried.is_dry_run, tried.added, tried.welcomed) == (True, done.added, done.welcomed)


def test_dry_run_over_a_roster_that_is_there_matches_nobody_and_keeps_no_account(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer()
    importer.listed = tuple(an_account(id_) for id_ in ("ada", "bo", "cleo"))
    before = everything(stores.program)

    tried = importer([row for row in SMALL_ROSTER if row["name"] != "Bo"], dry_run=True)

    assert everything(stores.program) == before
    assert (tried.welcomed, tried.deactivated) == (2, 1)


def test_import_matches_the_accounts_that_were_listed_for_it(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer.listed = (an_account("ada"),)

    report = importer()

    assert report.welcomed == 1
    assert roles_of(stores.program, "ada") == {Role.SCHOLAR}


def test_import_that_is_refused_keeps_no_account(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer.listed = (an_account("ada"),)
    before = everything(stores.program)

    with pytest.raises(RosterProblems):
        importer([a_row("ada", role="wizard")])

    assert everything(stores.program) == before


def test_somebody_who_is_not_in_the_file_any_more_is_deactivated_and_not_erased(stores: Stores) -> None:
    put_accounts(stores.program, 0, "bo")
    importer = Importer(stores.program)
    importer()
    here = roles_of(stores.program, "bo")

    report = importer(row for row in SMALL_ROSTER if row["name"] != "Bo")

    assert here == {Role.SCHOLAR}
    assert (report.deactivated, report.memberships_removed) == (1, 1)
    assert roles_of(stores.program, "bo") == set()
    assert "bo@example.org" in addresses(stores.program)


def test_somebody_who_returns_is_the_same_person(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer()
    before = people(stores.program)
    importer(row for row in SMALL_ROSTER if row["name"] != "Bo")

    report = importer()

    assert (report.added, report.memberships_added) == (1, 1)
    assert people(stores.program) == before


def test_two_people_may_swap_their_addresses(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer([MENTOR, a_row("ada"), a_row("bo")])
    put_accounts(stores.program, 0, "ada", "bo")

    report = importer([MENTOR, a_row("ada", email=address_of("bo")), a_row("bo", email=address_of("ada"))])

    assert report.renamed == 2
    assert addresses(stores.program) == ["ada@example.org", "bo@example.org", "max@example.org"]


def test_somebody_with_a_new_address_is_known_by_their_account(stores: Stores) -> None:
    importer = Importer(stores.program)
    put_accounts(stores.program, 0, "ada")
    importer([a_row("ada")])
    before = people(stores.program)
    with stores.program.write() as connection:
        connection.execute(member.update().values(email="ada@new.example.org"))

    report = importer([a_row("ada", email="ada@new.example.org")])

    assert (report.added, report.renamed, report.welcomed) == (0, 1, 0)
    assert people(stores.program) == before


def test_somebody_whose_address_is_new_in_the_roster_before_slack_has_it_is_matched_once_slack_does(
    stores: Stores,
) -> None:
    importer = Importer(stores.program)
    importer.listed = (an_account("ada"), an_account("bo"))
    importer([a_row("ada"), a_row("bo")])
    rows = [a_row("ada", email="ada@new.example.org"), a_row("bo")]

    ahead = importer(rows)
    importer.listed = (an_account("ada", email="ada@new.example.org"), an_account("bo"))
    matched = importer(rows)

    assert (ahead.deactivated, ahead.without_account) == (1, ("ada@new.example.org",))
    assert (matched.changed_nothing, matched.welcomed, matched.without_account) == (True, 1, ())
    assert roles_of(stores.program, "ada") == {Role.SCHOLAR}


def test_somebody_whose_address_is_that_of_another_ones_account_is_listed_as_without(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer.listed = (an_account("bo"),)
    importer([a_row("ada"), a_row("bo")])
    importer.listed = (an_account("bo", email="ada@example.org"),)

    assert importer([a_row("ada"), a_row("bo")]).without_account == ("ada@example.org",)


def test_somebody_who_switches_streams_keeps_both_memberships_with_their_dates(stores: Stores) -> None:
    rows = [
        MENTOR,
        a_row("mia", role="mentor", stream="Stream mia"),
        a_scholar_of("max", starts="2027-01-01", ends="2027-03-31"),
        a_scholar_of("mia", starts="2027-04-01", ends="2027-12-31"),
    ]

    Importer(stores.program)(rows)

    with stores.program.read() as connection:
        stored = connection.execute(
            select(_membership.c.stream, _membership.c.starts_on, _membership.c.ends_on)
            .where(_membership.c.role == Role.SCHOLAR)
            .order_by(_membership.c.starts_on)
        )
        assert [tuple(row) for row in stored] == [
            ("Stream max", "2027-01-01", "2027-03-31"),
            ("Stream mia", "2027-04-01", "2027-12-31"),
        ]


def test_recusals_stay_without_their_file_and_follow_it_with_one(stores: Stores) -> None:
    importer = Importer(stores.program)
    numbers = []
    for pairs in ([("cleo", "ada"), ("eli", "bo")], None, [("eli", "bo")], []):
        importer(recusals=pairs)
        with stores.program.read() as connection:
            numbers.append(len(connection.execute(select(_recusal)).all()))

    assert numbers == [2, 2, 1, 0]


def test_a_conflict_with_a_pair_that_was_recused_before_is_none(stores: Stores) -> None:
    importer = Importer(stores.program)
    rows = (*SMALL_ROSTER, a_row("max", role="coach"))
    importer(rows, recusals=[("max", "ada"), ("max", "bo")])
    before = everything(stores.program)

    again = importer(rows)
    with pytest.raises(RosterProblems):
        importer(rows, recusals=[("max", "ada")])

    assert again.changed_nothing
    assert everything(stores.program) == before


def test_a_program_spelled_otherwise_is_refused_and_makes_no_second_one(stores: Stores) -> None:
    importer = Importer(stores.program)
    importer()
    before = everything(stores.program)

    with pytest.raises(RosterProblems, match="which is how this program was spelled before"):
        importer([dict(row) | {"program": "SUMMER research program"} for row in SMALL_ROSTER])

    assert everything(stores.program) == before


def patient(stores: Stores) -> Store:
    """The program store as `scholarbot roster import` opens it."""
    return stores.open(StoreName.PROGRAM, lock_wait_seconds=CLI_LOCK_WAIT_SECONDS, is_patient=True)


def crowd(number: int) -> list[Row]:
    """So many rows: a mentor for every hundred, scholars of theirs behind."""
    return [
        a_row(f"p{each}", role="mentor", stream=f"Stream p{each}")
        if each % 100 == 0
        else a_scholar_of(f"p{each - each % 100}", f"p{each}")
        for each in range(number)
    ]


def put_accounts(store: Store, number: int, *ids: str) -> None:
    """Accounts of the crowd, and of these people."""
    for id_ in ids:
        put_account(store, an_account(id_))
    accounts = [an_account(f"p{each}") for each in range(number)]
    if accounts:
        values = [{name: getattr(each, name) for name in each.__slots__} | {"seen_at": 0} for each in accounts]
        with store.write() as connection:
            connection.execute(insert(member), values)


def addresses(store: Store) -> list[str]:
    with store.read() as connection:
        return sorted(connection.execute(select(_person.c.email)).scalars())


def people(store: Store) -> list[tuple[str, str]]:
    """Everybody who ever was on the roster: id and name."""
    with store.read() as connection:
        return sorted((id_, name) for id_, name in connection.execute(select(_person.c.id, _person.c.name)))


def roles_of(store: Store, person: str) -> set[Role]:
    """The roles of the owner of an account; none for nobody."""
    with store.read() as connection:
        wanted = select(_person.c.id).where(_person.c.slack_user_id == account_of(person))
        id_ = connection.execute(wanted).scalar_one()
    found = People(store, FakeClock(), team_id=TEAM).person(id_)
    return set(found.roles) if found else set()
