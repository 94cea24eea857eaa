"""The scholar answers a handover: what may be read of before, and which sessions go on with the successor."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from domain.booking import AlreadyChanged, Booked, BookingStatus
from domain.errors import DomainError
from domain.handover import CONSENT_STEPS, Consent, Step
from domain.holds import approval_until
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered
from domain.times import local_label, zone
from services.booking.change import cancel_booked
from services.booking.reserve import Keep, lock_capacity, reserve
from services.desk import SupportDesk
from services.handover.commands import AnswerHandover, SessionChoice
from services.handover.deliveries import cancel_reminder, enqueue_given_away
from services.handover.facts import Answered
from services.handover.sheet import WAIVED, found_of, sessions_ahead, sheet_in
from services.handover.standing import now_of
from services.holds.settle import settle
from services.hours.aside import hold_all_hours
from services.sessions.own import SYSTEM
from services.sessions.topic import Topic, open_topic
from storage.confidential import handover_queries, waiting_queries
from storage.confidential.cell_queries import CellTaken
from storage.confidential.handover_queries import Handed
from storage.confidential.once import once
from storage.once import recall, remember

GOES_ON = "It goes on with whoever takes over."
"""Why the session with who hands over is off: the two of it read it in its details."""


class CannotGoOn(DomainError):
    """They are not free then any more. Please leave it as it is; you can still move or cancel it, or book another."""


def answer_handover(desk: SupportDesk, scholar: Person, command: AnswerHandover) -> Answered:
    """Save the answer and move what is to move, all of it or nothing. A repeated delivery changes nothing.

    Raises `NotFound`, `HandoverOff`, and at the field of a session `AlreadyChanged`, or `CannotGoOn` when the successor
    is not free at that time any more.
    """
    with desk.store.write() as connection:
        # The lock comes before everything that is read, as of all who book for this scholar.
        desk.store.lock(connection, scholar.id)
        handed, successor = found_of(desk, connection, scholar, command.ref)
        moved: Sequence[Booked] = ()
        if recall(connection, once, command.request_key) is None:
            moved = _answer(desk, connection, scholar, handed, successor, command)
        handed, successor = found_of(desk, connection, scholar, command.ref)
        sheet = sheet_in(desk, connection, scholar, handed, successor)
    return Answered(sheet=sheet, moved=len(moved), person_ids=(scholar.id, handed.from_id, handed.to_id))


def _answer(
    desk: SupportDesk,
    connection: Connection,
    scholar: Person,
    handed: Handed,
    successor: Person,
    command: AnswerHandover,
) -> list[Booked]:
    steps: list[tuple[Step, str | None]] = []
    if command.consent != handed.consent:
        steps.append((CONSENT_STEPS[command.consent], None))
    chosen = _locked(desk, connection, scholar, handed, command.sessions)
    moving = [(booked, choice) for booked, choice in chosen if choice.is_moved]
    if moving:
        _hold_both(desk, connection, scholar, handed, [booked.kind for booked, _ in moving])
    with_words = command.consent is Consent.GIVEN
    moved = [
        _move(desk, connection, scholar, successor, booked, choice, with_words=with_words) for booked, choice in moving
    ]
    steps += [(Step.MOVED if choice.is_moved else Step.KEPT, booked.id) for booked, choice in chosen]
    if steps:
        cancel_reminder(connection, handed)
        handover_queries.change(connection, handed, {"consent": command.consent.value})
        handover_queries.add_steps(connection, handed, steps, by_id=scholar.id, at=now_of(desk))
    outcome = {"handover_id": handed.id}
    now = desk.clock.now()
    remember(connection, once, command.request_key, program_id=scholar.program_id, outcome=outcome, at=now)
    return moved


def _locked(
    desk: SupportDesk, connection: Connection, scholar: Person, handed: Handed, choices: Sequence[SessionChoice]
) -> list[tuple[Booked, SessionChoice]]:
    """The chosen sessions as they stand once nobody else can change them, soonest first.

    All locks are taken before anything is booked, in the order of the sessions, so that no two wait for each other.
    """
    wanted = {choice.ref: choice for choice in choices}
    for booked in sessions_ahead(desk, connection, scholar, handed):
        if booked.scholar_ref in wanted:
            desk.store.lock(connection, booked.id)
    found = [each for each in sessions_ahead(desk, connection, scholar, handed) if each.scholar_ref in wanted]
    stands = {each.scholar_ref: each.version for each in found}
    for choice in choices:
        if stands.get(choice.ref) != choice.version:
            raise AlreadyChanged(field=choice.field)
    return [(each, wanted[each.scholar_ref]) for each in found]


def _hold_both(
    desk: SupportDesk, connection: Connection, scholar: Person, handed: Handed, kinds: Iterable[str]
) -> None:
    """All locks that canceling with the one and booking with the other ask for, in the order that everybody keeps.

    Otherwise a time that comes free for who waits would hold the hours of one while those of the other are wanted.
    """
    for key in sorted(set(kinds)):
        lock_capacity(desk, connection, scholar.program_id, desk.kind(key, scholar))
    hold_all_hours(desk, connection, [handed.from_id, handed.to_id])


def _move(
    desk: SupportDesk,
    connection: Connection,
    scholar: Person,
    successor: Person,
    booked: Booked,
    choice: SessionChoice,
    *,
    with_words: bool,
) -> Booked:
    """A session with somebody else is another one: with its own references, sealed anew (decision 0026).

    What the scholar wrote was for the one before: it comes along only with their yes. What is merely kept stays kept
    until the same instant, and what was asked for is asked of the successor.
    """
    topic = open_topic(desk, connection, booked) if with_words else Topic()
    kind = desk.kind(booked.kind, scholar)
    waiter = waiting_queries.waiter_offered(connection, booked.id)
    given_away = _give_away(desk, connection, scholar, booked)
    try:
        moved = reserve(
            connection,
            desk,
            scholar=scholar,
            staff=[successor],
            kind=kind,
            start=booked.starts_at,
            topic=topic,
            now=desk.clock.now(),
            waived=WAIVED,
            keep=_keep(desk, scholar, booked, kind),
            is_replacing=True,
        )
    except (NotOffered, CellTaken):
        when = local_label(booked.starts, zone(scholar.zone))
        raise CannotGoOn(f"{when}: {CannotGoOn().message}", field=choice.field) from None
    if given_away is not None:
        enqueue_given_away(desk, connection, given_away, moved)
    if waiter is not None and moved.is_kept:
        # It is still the one offer for that place in line: nothing else is kept beside it, and its end is that of both.
        waiting_queries.hand_on(connection, waiter, moved)
    return moved


def _give_away(desk: SupportDesk, connection: Connection, scholar: Person, booked: Booked) -> Booked | None:
    """The session as it is canceled, or None if it was merely kept, of which no calendar knows."""
    if booked.is_kept:
        settle(desk, connection, booked, BookingStatus.WITHDRAWN, by_id=scholar.id)
        return None
    return cancel_booked(desk, connection, booked, by_id=scholar.id, reason=GOES_ON, is_told=False)


def _keep(desk: SupportDesk, scholar: Person, booked: Booked, kind: SessionKind) -> Keep | None:
    """How the successor has the time: as it was with the one before. What needs no yes any more is a session."""
    match booked.status:
        case BookingStatus.HELD if booked.held_until is not None:
            return Keep(status=BookingStatus.HELD, until=booked.held_until, by_id=SYSTEM)
        case BookingStatus.REQUESTED if kind.needs_approval:
            until = approval_until(booked.starts_at, kind, now=desk.clock.now())
            return Keep(status=BookingStatus.REQUESTED, until=until, by_id=scholar.id)
        case _:
            return None
