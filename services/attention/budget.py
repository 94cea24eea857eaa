"""How many program messages somebody was sent on their own day, and whether one more is one too many."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from domain.attention import local_day
from domain.people import Person
from domain.times import epoch_seconds, zone
from services.attention.waiting import Waiter
from services.desk import Desk
from storage.program import attention_queries


def is_used_up(connection: Connection, desk: Desk, person: Person, *, now: datetime, but_not: str) -> bool:
    """Whether somebody has had as many messages of their own today as their program lets them have. One query.

    Announcements, deadlines and events count, those too that no budget holds back; digests, welcomes and alerts do not,
    and sessions are in another ledger. `but_not` is the key of the row that is about to go.

    Dispatchers that send to one person at the same moment each look before either has sent. The fence lets one of them
    pass; the other's row goes back, however long it took to get there, and who has it next looks again.
    """
    most = desk.rules.of(person).attention.messages_a_day
    if most == 0:
        return False
    begin, _ = local_day(now, zone(person.zone))
    return attention_queries.number_told(connection, person.id, since=begin, but_not=but_not) >= most


def with_none_left(
    connection: Connection, desk: Desk, program_id: str, readers: Iterable[Waiter], *, at: datetime
) -> set[str]:
    """The ids of those of a program who have had all their messages of the day that an instant lies in, as of now.

    One query for up to ten thousand people, or none where there is no limit.
    """
    most = desk.rules.now(program_id).attention.messages_a_day
    zones = {each.person_id: each.zone for each in readers}
    if most == 0 or not zones:
        return set()
    begins = {name: local_day(at, zone(name))[0] for name in set(zones.values())}
    told = attention_queries.times_told(connection, sorted(zones), since=min(begins.values()))
    of_day = Counter(person_id for person_id, told_at in told if told_at >= epoch_seconds(begins[zones[person_id]]))
    return {person_id for person_id, number in of_day.items() if number >= most}
