"""What becomes of a message to many people that is written now: who gets it, when, and who reads it in a digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.attention import digest_leaves_time, local_day, may_be_told
from domain.times import zone
from services.attention.budget import with_none_left
from services.attention.standing import standing_of
from services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody who is to be written to, in their zone; `ends` is when the message is worth nothing any more."""

    person_id: str
    zone: str
    ends: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How many get a message now, how many when their quiet hours end, and how many find it in their digest alone."""

    now: int
    later: int
    in_digest: int


def outlook(connection: Connection, desk: Desk, program_id: str, people: Sequence[Addressee]) -> Outlook:
    """What `services.attention.gate` would do with a message of these people that is neither critical nor a last rung.

    A day's messages are counted as of now: whoever sleeps into the next day has all of that one's left. Two queries.
    """
    now = desk.clock.now()
    standing = standing_of(connection, desk, sorted(each.person_id for each in people))
    known = [(each, standing[each.person_id][1]) for each in people if each.person_id in standing]
    at = {each: may_be_told(now, zone(each.zone), set_.quiet, must_before=each.ends) for each, set_ in known}
    today = [each for each in at if at[each] < local_day(now, zone(each.zone))[1]]
    used_up = with_none_left(connection, desk, program_id, today, at=now)
    in_digest = {
        each
        for each, set_ in known
        if each.person_id in used_up and digest_leaves_time(at[each], zone(each.zone), set_, each.ends)
    }
    told = [at[each] for each in at if each not in in_digest]
    later = sum(instant > now for instant in told)
    return Outlook(now=len(told) - later, later=later, in_digest=len(in_digest))
