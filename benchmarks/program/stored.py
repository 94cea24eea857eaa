"""Programs in one pair of stores: in some every rule is in force, in the others none."""

from collections.abc import Container

from sqlalchemy import insert

from benchmarks.databases import Engine, Urls, opened, settings_for, support_desk
from benchmarks.house import Size, as_staff, coaches, settle
from benchmarks.program.hours import full_hours, plain_hours
from benchmarks.program.rules import all_rules, no_rules
from benchmarks.program.sessions import session_rows
from benchmarks.program.waiting import EACH_TENTH, waiting_rows
from bot.stores import migrate_stores
from domain.rules import ProgramRules
from services.desk import SupportDesk
from services.hours.own import save_hours
from services.rules.stored import written
from storage.confidential.bookings import Booking
from storage.confidential.waiting import Waiting
from storage.engine import Store, table_of
from storage.program import rules_queries

WITH, WITHOUT = 0, 1
"""Numbers of the programs."""
booking, waiting = table_of(Booking), table_of(Waiting)


def both_programs(staff: int, scholars: int) -> Size:
    """Of so many people each."""
    return Size(programs=2, coaches=staff, scholars=scholars)


def furnish(engine: Engine, size: Size, *, ruled: Container[int] = (WITH,)) -> Urls:
    """A migrated pair with the programs in it; in those that are ruled all rules hold, and one scholar in ten waits."""
    urls = engine.empty()
    migrate_stores(settings_for(urls))
    with opened(urls) as stores:
        settle(stores.program, size)
        desk = support_desk(stores)
        for program in range(size.programs):
            _furnish(stores.program, desk, size, program, is_ruled=program in ruled)
        for store in (stores.program, desk.store):
            _analyze(store)
    return urls


def _furnish(program_store: Store, desk: SupportDesk, size: Size, program: int, *, is_ruled: bool) -> None:
    own = [each for each in coaches(size) if each.program == program]
    _set_rules(program_store, program, all_rules(own) if is_ruled else no_rules())
    for each in own:
        save_hours(desk, as_staff(each), full_hours(each, size.coaches) if is_ruled else plain_hours(each))
    with desk.store.write() as connection:
        connection.execute(insert(booking), list(session_rows(size, program)))
        if is_ruled:
            line = waiting_rows(program, range(0, size.scholars, EACH_TENTH))
            connection.execute(insert(waiting), list(line))


def _set_rules(store: Store, program: int, rules: ProgramRules) -> None:
    values = {"program_id": f"program-{program}", "version": 1, "rules": written(rules), "by_id": "staff", "at": 0}
    with store.write() as connection:
        rules_queries.add_version(connection, values)


def _analyze(store: Store) -> None:
    """As the server's own housekeeping does after a while; nobody does on SQLite."""
    if not store.is_sqlite:
        with store.write() as connection:
            connection.exec_driver_sql("ANALYZE")
