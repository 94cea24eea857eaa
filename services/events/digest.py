"""Which events a digest has: those that are new to its reader, the others of their week, and news of their own part."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.event_answers import Said
from domain.events import Event
from domain.people import Person
from services.desk import Desk
from services.events.deliveries import HOSTS, HOSTS_NO_MORE, HOSTS_WEEKLY
from services.events.look import WEEK, EventLine, events_ahead
from services.events.news import hosts_still, talk_rung
from services.events.stored import event_of
from services.events.talks import LINE, OFF, TALK, talks_in
from storage.program import event_queries

_OF_TALKS = (TALK, LINE, OFF)
_OF_HOSTS = (HOSTS, HOSTS_WEEKLY, HOSTS_NO_MORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """What has become of somebody's own part in an event, which was more than their day's budget; by the rungs."""

    event: Event
    rungs: tuple[str, ...]


def told_of(desk: Desk, person: Person, ids: Collection[str], parts: Collection[str] = ()) -> tuple[EventLine, ...]:
    """Those of the ids that are still ahead for the reader, and what is on within a week, the soonest first. One query.

    What has begun, or is not for the reader any more, is left out. What was called off stays for who had said that they
    come, if it waits: that may be the news. What they have said no to is no news, unless it is of their own part.
    """
    now = desk.clock.now()
    ahead = [line for line in events_ahead(desk, person) if now < line.event.plan.starts]
    news = unrefused(ahead, ids, parts)
    return tuple(
        line for line in ahead if line.event.id in news or (line.event.is_open and line.event.plan.starts < now + WEEK)
    )


def unrefused(lines: Iterable[EventLine], ids: Collection[str], parts: Collection[str]) -> frozenset[str]:
    """Those of the ids that are news: not what the reader has said no to, unless it is in `parts`, their own part."""
    refused = frozenset(line.event.id for line in lines if line.guest.said is Said.NO)
    return frozenset(ids) - (refused - frozenset(parts))


def own_parts(desk: Desk, person: Person, waiting: Mapping[str, Sequence[str]]) -> dict[str, OwnPart]:
    """What is still true of the news of talks and hosting, by event: also of one that is not for the reader any more.

    No query where no such news waits, else two at most for each event with some.
    """
    wanted = {id_: names for id_, rungs in waiting.items() if (names := _names(rungs))}
    if not wanted:
        return {}
    with desk.program.read() as connection:
        found = [_part(desk, connection, person, id_, names) for id_, names in wanted.items()]
    return {part.event.id: part for part in found if part is not None and part.rungs}


def _names(rungs: Iterable[str]) -> frozenset[str]:
    """Those of the rungs that are of somebody's own part, without what makes each of them one of its kind."""
    return frozenset(rung.partition(" ")[0] for rung in rungs) & frozenset((*_OF_TALKS, *_OF_HOSTS))


def _part(desk: Desk, connection: Connection, person: Person, event_id: str, names: frozenset[str]) -> OwnPart | None:
    row = event_queries.event_by_id(connection, event_id)
    if row is None or row.program_id != person.program_id:
        return None
    event = event_of(row)
    if not event.takes_answers(desk.clock.now()):
        return None
    hosting = [name for name in _OF_HOSTS if name in names and hosts_still(event, person.id, name)]
    talks = talks_in(connection, event.id) if names & frozenset(_OF_TALKS) else ()
    talking = [name for name in _OF_TALKS if name in names and name == talk_rung(event, talks, person.id)]
    return OwnPart(event=event, rungs=(*hosting[-1:], *talking))
