"""A peer is asked, helps or does not, and is done; from accepting on the two know of each other."""

from dataclasses import dataclass

from sqlalchemy import Connection

from domain.office_hours import (
    BusyNow,
    Entry,
    EntryStatus,
    HelpTopic,
    TooLateToHelp,
    Transfer,
    TransferStatus,
    known_topics,
)
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.office_hours.line import Line, end, read_line
from services.office_hours.serving import call
from services.office_hours.suggesting import fellows
from services.office_hours.words import open_problem
from storage.confidential import office_hours_queries as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Favor:
    """What a peer is asked. `scholar_name` and `line` are "" until the scholar has agreed and the peer accepted."""

    ref: str
    topic: HelpTopic
    is_accepted: bool
    scholar_name: str = ""
    line: str = ""


def accept_favor(desk: SupportDesk, peer: Person, peer_ref: str) -> tuple[str, str]:
    """The peer helps: both are brought together, and who helped so far is free. Twice is once.

    Returns the ids of the scholar and of the helper. Raises `TooLateToHelp`, or `BusyNow`.
    """
    with desk.store.write() as connection:
        desk.store.lock(connection, peer.id)
        transfer = _own(connection, peer, peer_ref)
        desk.store.lock(connection, transfer.office_id)
        transfer = _own(connection, peer, peer_ref)
        line = read_line(desk, connection, transfer.office_id)
        entry = next((each for each in line.entries if each.id == transfer.entry_id), None)
        if entry is not None and entry.taken_by == peer.id:
            return entry.scholar_id, transfer.helper_id
        if entry is None or not _is_still_wanted(desk, connection, transfer, entry, line, peer):
            raise TooLateToHelp
        if queries.busy_people(connection, [peer.id]):
            raise BusyNow
        queries.change_transfer(connection, transfer, TransferStatus.ACCEPTED)
        call(desk, connection, entry, line.office, by=peer.id, status=EntryStatus.WITH_PEER)
        return entry.scholar_id, transfer.helper_id


def decline_favor(desk: SupportDesk, peer: Person, peer_ref: str) -> None:
    """The peer cannot just now; nobody is told who was asked. Twice is once. Raises `TooLateToHelp` once accepted."""
    with desk.store.write() as connection:
        transfer = _own(connection, peer, peer_ref)
        desk.store.lock(connection, transfer.office_id)
        transfer = _own(connection, peer, peer_ref)
        if transfer.status == TransferStatus.ACCEPTED:
            raise TooLateToHelp
        if transfer.is_open:
            queries.change_transfer(connection, transfer, TransferStatus.DECLINED)


def finish_favor(desk: SupportDesk, peer: Person, peer_ref: str) -> str:
    """The peer is done; return the scholar's id. Twice is once. Raises `TooLateToHelp`."""
    with desk.store.write() as connection:
        transfer = _own(connection, peer, peer_ref)
        desk.store.lock(connection, transfer.office_id)
        entry = queries.entry_by_id(connection, transfer.entry_id)
        if entry is not None and entry.taken_by == peer.id:
            end(connection, entry, EntryStatus.DONE, now=desk.clock.now())
        return entry.scholar_id if entry is not None else ""


def favor(desk: SupportDesk, peer: Person, peer_ref: str) -> Favor:
    """What the peer is asked, or whom they help. Raises `TooLateToHelp`, also once that is over."""
    with desk.store.read() as connection:
        transfer = _own(connection, peer, peer_ref)
        entry = queries.entry_by_id(connection, transfer.entry_id)
        is_asked = transfer.status == TransferStatus.ASKING_PEER
        is_theirs = entry is not None and entry.taken_by == peer.id
        if entry is None or not (is_asked or is_theirs):
            raise TooLateToHelp
        problem = open_problem(desk, connection, entry)
    if not is_theirs:
        return Favor(ref=peer_ref, topic=problem.topic, is_accepted=False)
    scholar = desk.people.person(entry.scholar_id)
    name = scholar.name if scholar else ""
    return Favor(ref=peer_ref, topic=problem.topic, is_accepted=True, scholar_name=name, line=problem.line)


def favor_now(desk: SupportDesk, peer: Person) -> str | None:
    """The peer's own reference to whom they help just now, if anybody."""
    with desk.store.read() as connection:
        entry = queries.entry_taken_by(connection, peer.id)
        found = queries.transfers_of(connection, [entry.id]) if entry is not None and entry.is_with_peer else []
    return next((each.peer_ref for each in found if each.peer_id == peer.id), None)


def _is_still_wanted(
    desk: SupportDesk, connection: Connection, transfer: Transfer, entry: Entry, line: Line, peer: Person
) -> bool:
    now = epoch_seconds(desk.clock.now())
    offered = known_topics(queries.topics_offered(connection, peer.id).split(","))
    is_asked = transfer.status == TransferStatus.ASKING_PEER and transfer.expires_at > now
    is_there = entry.is_waiting or entry.status == EntryStatus.HELPED
    is_here = entry.scholar_id in line.scholars and not line.office.is_over(now)
    if not (is_asked and is_there and is_here) or open_problem(desk, connection, entry).topic not in offered:
        return False
    return any(person.id == peer.id for person in fellows(desk, entry))


def _own(connection: Connection, peer: Person, peer_ref: str) -> Transfer:
    found = queries.transfer_by_ref(connection, peer_ref, peer.id)
    if found is None:
        raise TooLateToHelp
    return found
