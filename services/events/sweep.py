"""Frees the seats and talks of people who have left, so that the line moves on."""

from domain.times import epoch_seconds
from services.desk import Desk
from services.events.answer import release
from services.events.locking import event_now, lock_event
from services.events.talks import drop_in
from services.homes import Refresh
from storage.program import event_guest_queries


def sweep_events(desk: Desk, refresh_homes: Refresh) -> int:
    """Release whoever is not on the roster any more; return how many seats and talks that were. Safe to repeat.

    Three queries while nobody has left, however many events and people there are.
    """
    after = epoch_seconds(desk.clock.now())
    with desk.program.read() as connection:
        held = event_guest_queries.holders_ahead(connection, after=after)
        speaking = event_guest_queries.speakers_ahead(connection, after=after)
    ids = {person_id for _, person_id in (*held, *speaking)}
    here = {person.id for person in desk.people.people(ids)} if ids else set()
    gone = sorted({pair for pair in (*held, *speaking) if pair[1] not in here})
    for event_id, person_id in gone:
        refresh_homes(*_release(desk, event_id, person_id))
    return len(gone)


def _release(desk: Desk, event_id: str, person_id: str) -> tuple[str, ...]:
    with desk.program.write() as connection:
        lock_event(desk, connection, event_id)
        event = event_now(connection, event_id)
        if not event.takes_answers(desk.clock.now()):
            return ()
        drop_in(desk, connection, event, person_id)
        return release(desk, connection, event, person_id)
