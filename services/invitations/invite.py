"""Invite scholars who never booked to a first session: once, a few a day, at an hour at which people work."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from domain.delivery import NewDelivery, Tier, news
from domain.people import Person, Role
from domain.rules import FairShares
from domain.times import epoch_seconds, zone
from services.desk import Desk
from storage.confidential import invitation_queries
from storage.confidential.delivery import ConfidentialDelivery
from storage.delivery import enqueue
from storage.engine import table_of

INVITATION = "support.invitation"
"""Kind of the delivery."""
LIFE = timedelta(days=3)
DAY = timedelta(days=1)
_MORNING, _EVENING = time(10), time(17)
_SATURDAY = 5

_ledger = table_of(ConfidentialDelivery)


def invite_newcomers(desk: Desk) -> int:
    """Invite whoever is due in any program, and return how many that are. Safe to repeat, and for several replicas."""
    if desk.support_desk is None:
        return 0
    today = desk.clock.now().date()
    invited = 0
    for program_id, scholars in _by_program(desk.people.holders_from(Role.SCHOLAR)).items():
        fair = desk.rules.now(program_id).fair
        if fair.invite_after_days:
            since = (today - timedelta(days=fair.invite_after_days)).isoformat()
            due = [person for person, first_day in scholars if first_day <= since]
            invited += _invite(desk, program_id, due, fair)
    return invited


def hour_to_ask(now: datetime, zone_name: str) -> datetime:
    """Now, when people are at work in this zone, else the next weekday's morning there; an aware UTC instant."""
    tz = zone(zone_name)
    local = now.astimezone(tz)
    if local.weekday() < _SATURDAY and _MORNING <= local.time() < _EVENING:
        return now
    day = local.date() + (DAY if local.time() >= _MORNING else timedelta())
    while day.weekday() >= _SATURDAY:
        day += DAY
    return datetime.combine(day, _MORNING, tz).astimezone(now.tzinfo)


def _by_program(found: Iterable[tuple[Person, str]]) -> dict[str, list[tuple[Person, str]]]:
    programs: defaultdict[str, list[tuple[Person, str]]] = defaultdict(list)
    for person, first_day in found:
        programs[person.program_id].append((person, first_day))
    return programs


def _invite(desk: Desk, program_id: str, due: Sequence[Person], fair: FairShares) -> int:
    now, store = desk.clock.now(), desk.support.store
    by_id = {person.id: person for person in due}
    with store.write() as connection:
        store.lock(connection, f"invitations {program_id}")
        room = fair.invitations_a_day - invitation_queries.invited_since(
            connection, program_id, epoch_seconds(now - DAY)
        )
        # Not by name or roster: the order of a list must not be what anybody sees of it.
        waiting = sorted(invitation_queries.never_came(connection, program_id, list(by_id)), key=_shuffled)
        chosen = waiting[: max(room, 0)]
        if chosen:
            invitation_queries.add(connection, chosen, program_id=program_id, at=epoch_seconds(now))
            rows = [_delivery(by_id[each], now) for each in chosen]
            enqueue(connection, _ledger, rows, ids=desk.ids, now=now)
    return len(chosen)


def _shuffled(scholar_id: str) -> bytes:
    return hashlib.sha256(scholar_id.encode()).digest()


def _delivery(scholar: Person, now: datetime) -> NewDelivery:
    send_at = hour_to_ask(now, scholar.zone)
    return news(
        INVITATION,
        program_id=scholar.program_id,
        object_id=scholar.id,
        person_id=scholar.id,
        rung="once",
        tier=Tier.NOTICE,
        at=send_at,
        expires_at=send_at + LIFE,
    )
