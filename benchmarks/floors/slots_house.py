"""The measured case as rows: its coaches with their hours, one scholar who asks, and everything that is taken."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert

from benchmarks.databases import Engine, Urls, opened, settings_for, support_desk
from benchmarks.floors.slots_case import NOW, SlotsCase
from benchmarks.house import Size, as_staff, coaches, scholars, settle
from benchmarks.names import TEAM
from bot.clock import SystemClock
from bot.stores import migrate_stores
from domain.booking import BookingStatus
from domain.people import Person
from domain.rules import ProgramRules
from services.desk import SupportDesk
from services.hours.own import save_hours
from services.rules.stored import written
from storage.confidential.bookings import Booking
from storage.engine import Store, table_of
from storage.program import rules_queries

booking = table_of(Booking)
PROGRAM = "program-0"


class CaseClock(SystemClock):
    """Program time stands at the beginning of the case."""

    def now(self) -> datetime:
        """See `domain.ports.Clock`."""
        return NOW


def whole_desk(desk: SupportDesk, case: SlotsCase) -> tuple[SupportDesk, Person]:
    """The desk as the case has it, and the scholar who asks."""
    scholar = next(scholars(_size(case)))
    return replace(desk, clock=CaseClock()), desk.people.who(scholar.account, TEAM)


def furnish(engine: Engine, case: SlotsCase) -> Urls:
    """A migrated pair with the case in it."""
    urls = engine.empty()
    migrate_stores(settings_for(urls))
    staff = list(zip(coaches(_size(case)), case.staff, strict=True))
    with opened(urls) as stores:
        settle(stores.program, _size(case))
        _set_rules(stores.program, case)
        desk = support_desk(stores)
        for resident, time in staff:
            save_hours(desk, as_staff(resident), time.hours)
        taken = [(resident.id, begin, end) for resident, time in staff for begin, end in time.busy]
        rows = [_row(f"booking-{number}", *each) for number, each in enumerate(taken)]
        with desk.store.write() as connection:
            connection.execute(insert(booking), rows)
    return urls


def _set_rules(store: Store, case: SlotsCase) -> None:
    """The kind that is measured is the program's only one that can be booked."""
    rules = ProgramRules(kinds=(case.kind,))
    values = {"program_id": PROGRAM, "version": 1, "rules": written(rules), "by_id": "staff", "at": 0}
    with store.write() as connection:
        rules_queries.add_version(connection, values)


def _size(case: SlotsCase) -> Size:
    return Size(programs=1, coaches=len(case.staff), scholars=1)


def _row(id_: str, staff_id: str, begin: int, end: int) -> dict[str, object]:
    return {
        "id": id_,
        "program_id": PROGRAM,
        "scholar_ref": f"scholar's {id_}",
        "staff_ref": f"staff's {id_}",
        "scholar_id": f"scholar of {id_}",
        "staff_id": staff_id,
        "kind": "measured",
        "status": BookingStatus.BOOKED.value,
        "starts_at": begin,
        "ends_at": end,
        "busy_from": begin,
        "busy_to": end,
        "version": 1,
        "sequence": 0,
        "topic": b"",
        "created_at": begin,
        "changed_at": begin,
        "roster_version": 0,
    }
