"""Everybody's own quiet hours and digest: what holds for them, and changing it. Nobody else may see or set it."""

from datetime import datetime

from domain.attention import Preferences, next_digest
from domain.people import Person
from domain.times import epoch_seconds, instant_of, zone
from services.attention.plan import move_ahead
from services.attention.standing import preferences_of, standing_of
from services.attention.waiting import plan_next
from services.desk import Desk
from storage.once import recall, remember
from storage.program import attention_queries
from storage.program.once import once

__all__ = ["following_digest", "preferences_of", "save_preferences"]


def save_preferences(desk: Desk, person: Person, wanted: Preferences, *, request_key: str) -> None:
    """Let this hold for the person from now on; the same request again is once.

    Digests that have not gone yet move to the new time. Whoever wants what the program's rules say follows them, also
    when they change.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"digest of {person.id}")
        if recall(connection, once, request_key) is not None:
            return
        if wanted == desk.rules.of(person).attention.preferences:
            attention_queries.forget_choice(connection, person.id)
        else:
            attention_queries.set_choice(connection, _values(person, wanted, at=epoch_seconds(now)))
        rows = attention_queries.digests_ahead(connection, person.id)
        move_ahead(connection, desk, rows, {person.id: person}, now=now)
        if attention_queries.has_waiting(connection, person.id):
            places = {person.id: person.zone}
            plan_next(connection, desk, places, standing_of(connection, desk, [person.id]), now=now)
        remember(connection, once, request_key, program_id=person.program_id, outcome={}, at=now)


def following_digest(desk: Desk, person: Person) -> datetime:
    """When the person's next digest comes, if there is something to tell. At most two queries.

    One that is on its way may come before the time they chose: what was over the budget waits one night, also for
    whoever has a digest once a week.
    """
    now = desk.clock.now()
    chosen = next_digest(now, zone(person.zone), preferences_of(desk, person)).at
    with desk.program.ask() as connection:
        ahead = [instant_of(row.send_at) for row in attention_queries.digests_ahead(connection, person.id)]
    return min([chosen, *(at for at in ahead if at > now)])


def _values(person: Person, wanted: Preferences, *, at: int) -> dict[str, object]:
    return {
        "person_id": person.id,
        "program_id": person.program_id,
        "quiet_begin": wanted.quiet.begin if wanted.quiet else None,
        "quiet_end": wanted.quiet.end if wanted.quiet else None,
        "rhythm": wanted.rhythm.value,
        "digest_time": wanted.digest_time,
        "weekday": wanted.weekday,
        "set_at": at,
    }
