"""What nobody presses: lines close at their end, unanswered questions lapse, and nobody hangs on who has gone."""

from collections.abc import Callable

from sqlalchemy import Connection

from domain.office_hours import Entry, EntryStatus, TransferStatus
from domain.times import MINUTE_SECONDS, epoch_seconds
from services.desk import Desk, SupportDesk
from services.office_hours.deliveries import about_time, ledger
from services.office_hours.line import Line, end, may_take, put_back, read_line, tell_next
from services.office_hours.news import wait_for
from services.office_hours.offers import may_be_peer
from services.office_hours.running import end_line, stop_helping
from storage.confidential import office_hours_queries as queries
from storage.delivery import enqueue

Told = Callable[[str], object]
"""Called with each person whose Home tab may have changed."""


def tend_office_hours(desk: Desk, told: Told = lambda _person: None) -> int:
    """Bring every line that has begun up to date; return how many people that concerned. Safe to repeat at any time.

    Each line is one transaction behind its lock; whatever was cut off before is done by the next call.
    """
    if desk.support_desk is None:
        return 0
    support = desk.support_desk
    with support.store.read() as connection:
        begun = queries.unsettled(connection, begun_by=epoch_seconds(support.clock.now()))
    concerned = {person for office in begun for person in _tend(support, office.id)}
    for person in sorted(concerned):
        told(person)
    return len(concerned)


def _tend(desk: SupportDesk, office_id: str) -> set[str]:
    with desk.store.write() as connection:
        desk.store.lock(connection, office_id)
        concerned = _begin(desk, connection, read_line(desk, connection, office_id))
        concerned |= _release(desk, connection, read_line(desk, connection, office_id))
        _let_lapse(desk, connection, office_id)
        line = read_line(desk, connection, office_id)
        now = epoch_seconds(desk.clock.now())
        if line.office.closed_at is None and (line.office.is_over(now) or not line.helpers):
            concerned |= set(end_line(desk, connection, line)) | {each.person.id for each in line.helpers}
            line = read_line(desk, connection, office_id)
        if line.office.is_over(now):
            return concerned | _settle(desk, connection, office_id)
        _remind(desk, connection, line)
        if concerned:
            tell_next(desk, connection, office_id, now=desk.clock.now())
        return concerned


def _begin(desk: SupportDesk, connection: Connection, line: Line) -> set[str]:
    """What was planned opens for those who are there; who is away that day has no part in it, and it none without any.

    From then on a day off that is saved while the line is open does not close it.
    """
    if line.office.is_begun:
        return set()
    away = {each.person.id for each, _ in line.away}
    if away:
        stop_helping(desk, connection, line.office.id, away)
    queries.begin_office(connection, line.office.id)
    return away


def _release(desk: SupportDesk, connection: Connection, line: Line) -> set[str]:
    """Who has left the program leaves the line; whom a helper or peer who has gone was with stands in it again."""
    now, concerned = desk.clock.now(), set[str]()
    for entry in line.entries:
        if entry.scholar_id not in line.scholars:
            end(connection, entry, EntryStatus.LEFT, now=now)
        elif entry.is_taken and not _may_go_on(desk, line, entry):
            put_back(connection, entry)
        else:
            continue
        concerned |= {entry.scholar_id, *([entry.taken_by] if entry.taken_by else [])}
    return concerned


def _may_go_on(desk: SupportDesk, line: Line, entry: Entry) -> bool:
    if entry.is_with_peer:
        peer = desk.people.person(entry.taken_by or "")
        return peer is not None and may_be_peer(peer)
    helper = next((each.person for each in line.helpers if each.person.id == entry.taken_by), None)
    return helper is not None and entry.scholar_id in may_take(desk, helper, line)


def _let_lapse(desk: SupportDesk, connection: Connection, office_id: str) -> None:
    now = epoch_seconds(desk.clock.now())
    for transfer in queries.open_transfers_in(connection, office_id):
        if transfer.expires_at <= now:
            queries.change_transfer(connection, transfer, TransferStatus.WITHDRAWN)


def _settle(desk: SupportDesk, connection: Connection, office_id: str) -> set[str]:
    """A closed line is settled once nobody is with anybody; who still is after a while has forgotten to say so."""
    line = read_line(desk, connection, office_id)
    if line.entries and desk.clock.now() < line.office.lingers_until:
        return set()
    for entry in line.entries:
        end(connection, entry, EntryStatus.DONE, now=desk.clock.now())
    queries.settle_office(connection, office_id)
    return {each.scholar_id for each in line.entries}


def _remind(desk: SupportDesk, connection: Connection, line: Line) -> None:
    """Tell each helper once that the time of whom they are with is over, if anybody waits whom they may take."""
    now = desk.clock.now()
    for helper in line.helpers:
        entry = line.taken_by(helper.person.id)
        if entry is None or entry.taken_at is None:
            continue
        is_over_time = epoch_seconds(now) >= entry.taken_at + line.office.minutes * MINUTE_SECONDS
        if is_over_time and wait_for(desk, helper.person, line):
            row = about_time(entry, helper.person.id, line.office, now=now)
            enqueue(connection, ledger, [row], ids=desk.ids, now=now)
