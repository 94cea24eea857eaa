"""Whatever is free is offered to who waits for it, whatever made it free: new hours, a new coach, a way back.

What is canceled goes to the first in line at once (`services.waiting.promote`); this finds all the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from domain.delivery import Delivery, Suppressed, news
from domain.people import Role
from domain.times import epoch_seconds
from domain.waiting import Waiter
from services.desk import Desk, SupportDesk
from services.holds.lapse import Told, let_go
from services.session_news.deliveries import NEWS_LIFE, ledger
from services.waiting.line import Line, line_of
from services.waiting.promote import keep_for, kind_waited_for, local_day
from storage.confidential import waiting_queries
from storage.confidential.cell_queries import CellTaken
from storage.delivery import enqueue

WAITED_IN_VAIN = "waiting.over"
"""Kind of the delivery."""


def keep_times(desk: Desk, told: Told = lambda *_people: None) -> int:
    """Let go of what nobody has answered, then offer what is free to who waits; return how much was kept or let go.

    `told` is called with each scholar for whom something is different, once it is.
    """
    if desk.support_desk is None:
        return 0
    return let_go(desk.support_desk, told) + offer_to_waiting(desk, told)


def offer_to_waiting(desk: Desk, told: Told = lambda *_people: None) -> int:
    """Offer each who waits the first free time that fits, in the order of the line; return how many were offered one.

    Who waits for what cannot come any more is told and taken out. One query when nobody waits; else as many for a long
    line as for a short one, but for those of each offer.
    """
    support = desk.support
    with support.store.read() as connection:
        waiting = waiting_queries.everybody(connection)
    return sum(_offer(desk, support, waiters, told) for waiters in _by_kind(waiting))


def in_vain_news(desk: SupportDesk, delivery: Delivery) -> Suppressed | None:
    """Whether somebody need be told that they wait no more; None for yes."""
    scholar = desk.people.person(delivery.person_id)
    return None if scholar is not None and scholar.has(Role.SCHOLAR) else Suppressed("gone")


def _by_kind(waiting: Iterable[Waiter]) -> Iterator[list[Waiter]]:
    def which(waiter: Waiter) -> tuple[str, str]:
        return waiter.program_id, waiter.kind

    for _, waiters in groupby(sorted(waiting, key=lambda each: (*which(each), each.place)), key=which):
        yield list(waiters)


def _offer(desk: Desk, support: SupportDesk, waiters: Sequence[Waiter], told: Told) -> int:
    rules = desk.rules.now(waiters[0].program_id)
    kind = kind_waited_for(rules, waiters[0].kind)
    if kind is None:
        return 0
    line = line_of(desk, rules, kind, waiters)
    in_vain = [each for each in waiters if each.booking_id is None and _is_in_vain(support, line, each)]
    for waiter in in_vain:
        _tell(support, waiter)
    now = epoch_seconds(support.clock.now())
    left = [each for each in waiters if each.booking_id is None and each.rests_until <= now and each not in in_vain]
    offered = [waiter for waiter in left if _offer_first(support, line, waiter)]
    for waiter in offered:
        told(waiter.scholar_id)
    return len(offered)


def _is_in_vain(desk: SupportDesk, line: Line, waiter: Waiter) -> bool:
    scholar = line.scholars.get(waiter.scholar_id)
    return scholar is None or not line.wanted(waiter) or waiter.is_over(local_day(desk.clock.now(), scholar))


def _offer_first(desk: SupportDesk, line: Line, waiter: Waiter) -> bool:
    found = line.first_for(waiter, now=desk.clock.now())
    if found is None:
        return False
    start, staff = found
    scholar = line.scholars[waiter.scholar_id]
    try:
        with desk.store.write() as connection:
            desk.store.lock(connection, scholar.id)
            kept = keep_for(desk, connection, waiter, scholar, staff, line.kind, start)
    except CellTaken:
        return False
    if kept is not None:
        line.take(kept)
    return kept is not None


def _tell(desk: SupportDesk, waiter: Waiter) -> None:
    now = desk.clock.now()
    row = news(
        WAITED_IN_VAIN,
        program_id=waiter.program_id,
        object_id=waiter.id,
        person_id=waiter.scholar_id,
        rung="over",
        at=now,
        expires_at=now + NEWS_LIFE,
    )
    with desk.store.write() as connection:
        desk.store.lock(connection, waiter.scholar_id)
        if waiting_queries.drop(connection, waiter):
            enqueue(connection, ledger, [row], ids=desk.ids, now=now)
