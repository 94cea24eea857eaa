"""What a scholar has been offered and can still accept, beyond the one message that told of it."""

from domain.errors import NotFound
from domain.people import Person
from domain.places import Place
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.proposals.answer import ProposedTimes, times_ahead
from services.sessions.own import place_at
from storage.confidential import proposal_queries
from storage.confidential.hours_queries import setting_of


def times_offered_to(desk: SupportDesk, scholar: Person) -> tuple[ProposedTimes, ...]:
    """What the scholar has been offered and can accept, the newest first; for them alone, and for a modal only.

    One query, and one more for each kind among them: whoever may not meet the scholar any more is left out.
    """
    now = epoch_seconds(desk.clock.now())
    with desk.store.read() as connection:
        found = proposal_queries.open_for(connection, scholar.id, after=now)
    ahead = [(each, starts) for each in found if (starts := times_ahead(each, now))]
    kinds = {each.kind: desk.kind(each.kind, scholar) for each, _ in ahead}
    supporters = {(key, person.id): person for key, kind in kinds.items() for person in desk.takers(scholar, kind)}
    return tuple(
        ProposedTimes(
            id=each.id,
            starts=starts,
            zone=scholar.zone,
            staff_name=staff.name,
            staff_zone=staff.zone,
            kind=kinds[each.kind],
        )
        for each, starts in ahead
        if (staff := supporters.get((each.kind, each.staff_id))) is not None
    )


def place_offered(desk: SupportDesk, scholar: Person, proposal_id: str) -> Place | None:
    """Where the scholar would meet whoever offers these times, None where that is not set. Raises `NotFound`."""
    with desk.store.read() as connection:
        proposed = proposal_queries.proposal_of(connection, proposal_id, scholar.id)
        if proposed is None:
            raise NotFound
        return place_at(setting_of(connection, proposed.staff_id, proposed.kind).places, scholar.site)
