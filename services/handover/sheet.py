"""What the scholar reads of a handover: who comes, from when, and the sessions that could go on with the successor."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus
from domain.errors import NotFound
from domain.handover import Consent, Step
from domain.people import Person, Role
from domain.slots import Refusal, why_not
from services.desk import SupportDesk
from services.handover.facts import Change, HandoverSheet, SessionAhead
from services.handover.standing import HandoverOff, kinds_of, now_of, standing, takers_of
from services.handover.words import open_words
from services.offers.availability import availability
from services.sessions.own import WHO_LEFT
from storage.confidential import handover_queries
from storage.confidential.handover_queries import Handed

SESSIONS_LISTED = 10
"""The soonest; what is answered makes room for the later ones."""
WAIVED = frozenset({Refusal.PAST_HORIZON, Refusal.FIRST_FOR_OTHERS, Refusal.SHARE_USED, Refusal.OFF_GRID})
"""The scholar has the time already, and it need not be one from which the successor's hours are counted."""


def handover_sheet(desk: SupportDesk, scholar: Person, ref: str) -> HandoverSheet:
    """For the scholar alone. Raises `NotFound`, or `HandoverOff` for one that means nothing any more."""
    with desk.store.read() as connection:
        handed, successor = found_of(desk, connection, scholar, ref)
        return sheet_in(desk, connection, scholar, handed, successor)


def changes_for(desk: SupportDesk, scholar: Person) -> tuple[Change, ...]:
    """Those a scholar can look at and answer, a role once or twice. One query, and one more for each role if any."""
    with desk.store.ask() as connection:
        handovers = handover_queries.open_of_scholar(connection, scholar.id)
    found = standing(handovers, now_of(desk))
    takers = {role: {each.id for each in takers_of(desk, scholar, Role(role))} for role in {one.role for one in found}}
    return tuple(Change(ref=one.scholar_ref, role=Role(one.role)) for one in found if one.to_id in takers[one.role])


def found_of(desk: SupportDesk, connection: Connection, scholar: Person, ref: str) -> tuple[Handed, Person]:
    """A handover of this scholar's that counts, and its successor. Raises as `handover_sheet` does."""
    handed = handover_queries.for_scholar(connection, ref, scholar.id)
    if handed is None or not scholar.has(Role.SCHOLAR):
        raise NotFound
    counting = standing(handover_queries.open_of_scholar(connection, scholar.id), now_of(desk))
    takers = {each.id: each for each in takers_of(desk, scholar, Role(handed.role))}
    if handed.id not in {each.id for each in counting} or handed.to_id not in takers:
        raise HandoverOff
    return handed, takers[handed.to_id]


def sessions_ahead(desk: SupportDesk, connection: Connection, scholar: Person, handed: Handed) -> list[Booked]:
    """The scholar's sessions with who hands over, from the day on and not begun yet, soonest first.

    What is kept for them or was asked for is among them, as long as it waits for a word.
    """
    keys = [kind.key for kind in kinds_of(desk, scholar, Role(handed.role))]
    now = now_of(desk)
    since = max(handed.from_at, now + 1)
    return handover_queries.times_of_two(connection, scholar.id, handed.from_id, keys, since=since, now=now)


def sheet_in(
    desk: SupportDesk, connection: Connection, scholar: Person, handed: Handed, successor: Person
) -> HandoverSheet:
    """The same in the caller's transaction."""
    words = open_words(desk, connection, handed)
    ahead = sessions_ahead(desk, connection, scholar, handed)
    kept = _kept(connection, handed)
    shown = sorted(ahead, key=lambda each: (each.id in kept, each.starts_at))[:SESSIONS_LISTED]
    free = _free(desk, connection, scholar, successor, shown)
    giver = desk.people.person(handed.from_id)
    return HandoverSheet(
        ref=handed.scholar_ref,
        role=Role(handed.role),
        from_name=giver.name if giver else WHO_LEFT,
        to_name=successor.name,
        first=date.fromisoformat(handed.from_day),
        zone=scholar.zone,
        words=words or "",
        is_unreadable=words is None,
        consent=Consent(handed.consent),
        sessions=tuple(
            SessionAhead(
                ref=each.scholar_ref,
                version=each.version,
                starts=each.starts,
                kind=desk.kind(each.kind, scholar),
                is_free=each.id in free,
                is_kept=each.id in kept,
                status=BookingStatus(each.status),
            )
            for each in shown
        ),
        more_sessions=len(ahead) - len(shown),
    )


def _kept(connection: Connection, handed: Handed) -> set[str]:
    said = {id_: what for what, id_ in handover_queries.answers(connection, handed.id) if id_}
    return {id_ for id_, what in said.items() if what == Step.KEPT}


def _free(
    desk: SupportDesk, connection: Connection, scholar: Person, successor: Person, sessions: Sequence[Booked]
) -> set[str]:
    """Those at whose time the successor is free: hours, closed days, what is full or set aside. Two queries a kind."""
    free: set[str] = set()
    for key in {each.kind for each in sessions}:
        kind = desk.kind(key, scholar)
        of_kind = [each for each in sessions if each.kind == key]
        starts = [each.starts_at for each in of_kind]
        first, last = kind.busy(min(starts))[0], kind.busy(max(starts))[1]
        found = availability(desk, connection, kind, staff=[successor], scholar=scholar, first=first, last=last)
        (times,) = found.staff
        now = desk.clock.now()
        # What is taken of the scholar is the session itself.
        free |= {each.id for each in of_kind if why_not(each.starts_at, times, kind, now=now, waived=WAIVED) is None}
    return free
