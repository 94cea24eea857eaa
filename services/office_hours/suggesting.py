"""A helper suggests that a peer helps; the scholar agrees first. Neither scholar learns of the other by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from domain.office_hours import (
    ANSWER_MINUTES,
    AskedAlready,
    Entry,
    HelpTopic,
    LineMoved,
    NoSuchPeer,
    NotInLine,
    Transfer,
    TransferStatus,
    known_topics,
    own_ref,
)
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.office_hours.deliveries import OfficeMessage, about_transfer, ledger
from services.office_hours.joining import lock_own_entry
from services.office_hours.line import Line, entry_known_as, is_repeated, lock_own_line, may_take, own_helper, read_line
from services.office_hours.offers import may_be_peer
from services.office_hours.words import open_problem
from storage.confidential import office_hours_queries as queries
from storage.delivery import enqueue

_ANSWER = timedelta(minutes=ANSWER_MINUTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Somebody who offered help, for the helper's modal alone; `ref` is by what this helper knows them."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerChoice:
    """Who could be asked about somebody's problem."""

    topic: HelpTopic
    peers: tuple[Peer, ...]


def peers_for(desk: SupportDesk, staff: Person, ref: str, entry_ref: str) -> PeerChoice:
    """Who offered help on that topic, is free, and may be met by this helper.

    Raises `NotHelping`, or `LineMoved` for who is not theirs to see.
    """
    with desk.store.read() as connection:
        own = own_helper(connection, staff, ref)
        line = read_line(desk, connection, own.office_id)
        entry = _within_sight(desk, staff, line, entry_ref)
        topic = open_problem(desk, connection, entry).topic
        peers = _peers(desk, connection, staff, entry, topic)
    return PeerChoice(topic=topic, peers=tuple(Peer(ref=own_ref(each.id, staff.id), name=each.name) for each in peers))


def suggest_peer(
    desk: SupportDesk, staff: Person, ref: str, entry_ref: str, peer_ref: str, *, request_key: str
) -> None:
    """Ask the scholar whether a peer may be asked. The scholar keeps their place. The same request again is once.

    Raises `NotHelping`, `LineMoved`, `AskedAlready` or `NoSuchPeer` at field "peer".
    """
    now = desk.clock.now()
    with desk.store.write() as connection:
        _, line = lock_own_line(desk, connection, staff, ref)
        if is_repeated(desk, connection, staff, request_key):
            return
        entry = _within_sight(desk, staff, line, entry_ref)
        if any(each.is_open for each in queries.transfers_of(connection, [entry.id])):
            raise AskedAlready(field="peer")
        topic = open_problem(desk, connection, entry).topic
        peers = {own_ref(each.id, staff.id): each for each in _peers(desk, connection, staff, entry, topic)}
        if peer_ref not in peers or line.office.is_over(epoch_seconds(now)):
            raise NoSuchPeer(field="peer")
        transfer = _suggestion(desk, entry, staff, peers[peer_ref])
        values = {name: getattr(transfer, name) for name in Transfer.__dataclass_fields__}
        queries.add_transfer(connection, values | {"asked_at": epoch_seconds(now)})
        row = about_transfer(OfficeMessage.CHOICE, transfer, entry.scholar_id, now=now)
        enqueue(connection, ledger, [row], ids=desk.ids, now=now)


def answer_suggestion(desk: SupportDesk, scholar: Person, ref: str, *, agrees: bool) -> None:
    """The scholar lets the peer be asked, or would rather wait. The same answer twice is once.

    Raises `NotInLine`, or `LineMoved` when nobody asks any more.
    """
    now = desk.clock.now()
    with desk.store.write() as connection:
        entry, _ = lock_own_entry(desk, connection, scholar, ref)
        if not entry.is_open:
            raise NotInLine
        asked = next((each for each in queries.transfers_of(connection, [entry.id]) if each.is_open), None)
        if asked is None or asked.expires_at <= epoch_seconds(now):
            raise LineMoved("That is settled meanwhile. Type /officehours to see how you stand.")
        if not agrees:
            queries.change_transfer(connection, asked, TransferStatus.DECLINED)
        elif asked.status == TransferStatus.ASKING_SCHOLAR:
            until = epoch_seconds(now + _ANSWER)
            queries.change_transfer(connection, asked, TransferStatus.ASKING_PEER, expires_at=until)
            row = about_transfer(OfficeMessage.FAVOR, asked, asked.peer_id, now=now)
            enqueue(connection, ledger, [row], ids=desk.ids, now=now)


def _within_sight(desk: SupportDesk, staff: Person, line: Line, entry_ref: str) -> Entry:
    """An entry that waits and that this helper may take, or the one they are with. Raises `LineMoved`."""
    reach = may_take(desk, staff, line)
    seen = [each for each in line.waiting if each.scholar_id in reach]
    current = line.taken_by(staff.id)
    return entry_known_as([*seen, *([current] if current else [])], staff, entry_ref)


def _peers(
    desk: SupportDesk, connection: Connection, staff: Person, entry: Entry, topic: HelpTopic
) -> Sequence[Person]:
    """Those who offered help on the topic, are free, judge nobody, and have not been asked about this before.

    Neither the helper nor the scholar themselves, and nobody whom the helper may not meet, free or not: else they would
    read from the list when that one seeks help.
    """
    offers = {
        person_id
        for person_id, topics in queries.offers_in(connection, entry.program_id)
        if topic in known_topics(topics.split(","))
    }
    asked = {each.peer_id for each in queries.transfers_of(connection, [entry.id])}
    free = offers - asked - {staff.id} - queries.busy_people(connection, offers)
    reach = desk.people.scholars_for(staff, free) if free else frozenset()
    return [person for person in fellows(desk, entry) if person.id in reach] if reach else []


def fellows(desk: SupportDesk, entry: Entry) -> Sequence[Person]:
    """Other scholars of the program who judge nobody and from whom nothing keeps this one apart. One query."""
    found = desk.people.supporters_for(entry.scholar_id, Role.SCHOLAR)
    return [person for person in found if may_be_peer(person) and person.id != entry.scholar_id]


def _suggestion(desk: SupportDesk, entry: Entry, staff: Person, peer: Person) -> Transfer:
    return Transfer(
        id=desk.ids.new(),
        program_id=entry.program_id,
        office_id=entry.office_id,
        entry_id=entry.id,
        helper_id=staff.id,
        peer_id=peer.id,
        peer_ref=desk.ids.new(),
        status=TransferStatus.ASKING_SCHOLAR,
        expires_at=epoch_seconds(desk.clock.now() + _ANSWER),
    )
