"""What a digest says of events, in words: new ones, and the reader's week with their answers."""

from collections.abc import Sequence

from domain.people import Person
from handlers import texts
from handlers.views.event_words import mine_words
from services.attention.sections import DigestLine, DigestSection
from services.desk import Desk
from services.events.digest import section
from services.events.look import EventLine


def digest_section(desk: Desk, person: Person, ids: Sequence[str]) -> DigestSection:
    """The part of events. One query."""
    found = section(desk, person, ids)
    return DigestSection(news=tuple(map(_fresh, found.fresh)), ahead=tuple(map(_ahead, found.week)))


def _fresh(line: EventLine) -> DigestLine:
    plan = line.event.plan
    if not line.event.is_open:
        title = texts.events.NEWS_OFF.format(what=plan.title)
        return DigestLine(
            object_id=line.event.id, title=title, text=line.event.reason, at=plan.starts, ref=line.event.id
        )
    return DigestLine(object_id=line.event.id, title=plan.title, text=plan.text, at=plan.starts, ref=line.event.id)


def _ahead(line: EventLine) -> DigestLine:
    plan, mine = line.event.plan, mine_words(line.event, line.guest)
    return DigestLine(object_id=line.event.id, title=plan.title, text=mine, at=plan.starts, ref=line.event.id)
