"""Two programs in one pair of stores: in the first every rule is in force, in the second none."""

from sqlalchemy import insert

from benchmarks.databases import Engine, Urls, opened, settings_for, support_desk
from benchmarks.house import Size, as_staff, coaches, settle
from benchmarks.program.hours import full_hours, plain_hours
from benchmarks.program.rules import all_rules, no_rules
from benchmarks.program.sessions import session_rows
from bot.stores import migrate_stores
from domain.rules import ProgramRules
from services.desk import SupportDesk
from services.hours.own import save_hours
from services.rules.stored import written
from storage.confidential.bookings import Booking
from storage.engine import Store, table_of
from storage.program import rules_queries

WITH, WITHOUT = 0, 1
"""Numbers of the programs."""
booking = table_of(Booking)


def both_programs(staff: int, scholars: int) -> Size:
    """Of so many people each."""
    return Size(programs=2, coaches=staff, scholars=scholars)


def furnish(engine: Engine, size: Size) -> Urls:
    """A migrated pair with the two programs in it."""
    urls = engine.empty()
    migrate_stores(settings_for(urls))
    with opened(urls) as stores:
        settle(stores.program, size)
        desk = support_desk(stores)
        own = [each for each in coaches(size) if each.program == WITH]
        _set_rules(stores.program, WITH, all_rules(own))
        _set_rules(stores.program, WITHOUT, no_rules())
        _save_hours(desk, size)
        with desk.store.write() as connection:
            for program in (WITH, WITHOUT):
                connection.execute(insert(booking), list(session_rows(size, program)))
        for store in (stores.program, desk.store):
            _analyze(store)
    return urls


def _set_rules(store: Store, program: int, rules: ProgramRules) -> None:
    values = {"program_id": f"program-{program}", "version": 1, "rules": written(rules), "by_id": "staff", "at": 0}
    with store.write() as connection:
        rules_queries.add_version(connection, values)


def _save_hours(desk: SupportDesk, size: Size) -> None:
    for each in coaches(size):
        hours = full_hours(each, size.coaches) if each.program == WITH else plain_hours(each)
        save_hours(desk, as_staff(each), hours)


def _analyze(store: Store) -> None:
    """As the server's own housekeeping does after a while; nobody does on SQLite."""
    if not store.is_sqlite:
        with store.write() as connection:
            connection.exec_driver_sql("ANALYZE")
