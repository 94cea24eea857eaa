"""What a digest says of events, in words: new ones, the reader's week with their answers, news of their own part."""

from domain.event_answers import Guest
from domain.people import Person
from handlers import texts
from handlers.views.event_messages import own_words
from handlers.views.event_words import mine_words
from services.attention.sections import DigestLine, DigestSection, Waiting, parted
from services.desk import Desk
from services.events.digest import OwnPart, own_parts, told_of, unrefused
from services.events.look import EventLine


def digest_section(desk: Desk, person: Person, waiting: Waiting) -> DigestSection:
    """The part of events. One query, and two for each event in which the reader has a part that has changed."""
    parts = own_parts(desk, person, waiting)
    told = told_of(desk, person, waiting, parts)
    news = unrefused(told, waiting, parts)
    lines = [_line(each, parts.get(each.event.id), is_new=each.event.id in news) for each in told]
    seen = {line.object_id for line in lines}
    others = [_unseen(part) for part in parts.values() if part.event.id not in seen]
    return parted([*lines, *others], news)


def _line(line: EventLine, part: OwnPart | None, *, is_new: bool) -> DigestLine:
    """What it is about, for whoever has not answered it; else what they have said, which may be what is new.

    What has become of their talk, or of their hosting it, is the news itself.
    """
    event, plan = line.event, line.event.plan
    has_answered = line.guest != Guest(person_id=line.guest.person_id)
    mine = mine_words(event, line.guest, is_invited=line.is_invited)
    title, text = plan.title, mine if has_answered or not is_new else plan.text
    if part is not None:
        text = " ".join([own_words(part.rungs), *([text] if has_answered else [])])
    if not event.is_open:
        title, text = texts.events.NEWS_OFF.format(what=plan.title), event.reason
    return DigestLine(object_id=event.id, title=title, text=text, at=plan.starts, ref=event.id)


def _unseen(part: OwnPart) -> DigestLine:
    """One to which the reader was invited only as its host: there is nothing of it for them to open."""
    plan = part.event.plan
    return DigestLine(
        object_id=part.event.id, title=plan.title, text=own_words(part.rungs), at=plan.starts, can_open=False
    )
