"""How many program messages somebody was sent on their own day, and whether one more is one too many."""

from datetime import datetime

from sqlalchemy import Connection

from domain.attention import local_day
from domain.people import Person
from domain.times import zone
from services.desk import Desk
from storage.program import attention_queries


def is_used_up(connection: Connection, desk: Desk, person: Person, *, now: datetime, but_not: str) -> bool:
    """Whether somebody has had as many messages of their own today as their program lets them have. One query.

    Announcements, deadlines and events count, those too that no budget holds back; digests, welcomes and alerts do not,
    and sessions are in another ledger. `but_not` is the key of the row that is about to go.

    Dispatchers that send to one person at the same moment each look before either has sent. The fence lets one of them
    pass, and who comes within a second of it looks again. Only one that stalls for longer between looking and sending
    goes past the budget, by one; to hold a lock while Slack is asked would cost everybody more.
    """
    most = desk.rules.of(person).attention.messages_a_day
    if most == 0:
        return False
    begin, _ = local_day(now, zone(person.zone))
    return attention_queries.number_told(connection, person.id, since=begin, but_not=but_not) >= most
