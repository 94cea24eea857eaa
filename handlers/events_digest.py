"""What a digest says of events, in words: new ones, and the reader's week with their answers."""

from collections.abc import Sequence

from domain.event_answers import Guest
from domain.people import Person
from handlers import texts
from handlers.views.event_words import mine_words
from services.attention.sections import DigestLine, DigestSection, parted
from services.desk import Desk
from services.events.digest import told_of
from services.events.look import EventLine


def digest_section(desk: Desk, person: Person, ids: Sequence[str]) -> DigestSection:
    """The part of events. One query."""
    return parted([_line(each, is_new=each.event.id in ids) for each in told_of(desk, person, ids)], ids)


def _line(line: EventLine, *, is_new: bool) -> DigestLine:
    """What it is about, for whoever has not answered it; else what they have said, which may be what is new."""
    event, plan = line.event, line.event.plan
    is_asked = is_new and line.guest == Guest(person_id=line.guest.person_id)
    title, text = plan.title, plan.text if is_asked else mine_words(event, line.guest)
    if not event.is_open:
        title, text = texts.events.NEWS_OFF.format(what=plan.title), event.reason
    return DigestLine(object_id=event.id, title=title, text=text, at=plan.starts, ref=event.id)
