"""What one digest tells one person: found when it is sent, from what is still true then. It is never empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.attention import DigestTime, Preferences, Rhythm, Subject, digest_from, may_be_told
from domain.delivery import Deferred, Delivery, Suppressed, delivery_key
from domain.errors import NotFound
from domain.people import Person
from domain.times import zone
from services.attention.sections import DigestLine, DigestSection, Section, Waiting
from services.attention.standing import preferences_of
from services.attention.waiting import digest_row, rhythms
from services.desk import Desk
from storage.program import attention_queries
from storage.program.attention_queries import Item

GONE = Suppressed("gone")
NOTHING = Suppressed("nothing to tell")
Sections = Mapping[Subject, Section]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """`news` is what waited: the most urgent first, of those deadlines, then by time. A message shows the first ones.

    `due` are the other deadlines that are open, `week` the events that come, both soonest first.
    `day` is the local day (ISO) that it is of.
    """

    day: str
    zone: str
    news: tuple[tuple[Subject, DigestLine], ...]
    due: tuple[DigestLine, ...]
    week: tuple[DigestLine, ...]


def digest(desk: Desk, delivery: Delivery, sections: Sections) -> Digest | Suppressed | Deferred:
    """The digest as it is now, or why it does not go.

    Whoever has changed their times or their zone since it was planned gets it when it is their time. What it has taken
    up is told by it alone: it may be made again after a lost answer, and another digest has none of it.
    """
    person = desk.people.person(delivery.person_id)
    if person is None:
        return GONE
    preferences, now = preferences_of(desk, person), desk.clock.now()
    time = _time_of(desk, delivery, person, preferences)
    if (until := _goes_at(time, person, preferences, now)) > now:
        return Deferred(until=until)
    items = _take(desk, person, delivery.key, sections)
    found = _found(desk, person, sections, items)
    told = _told_since(desk, person, items)
    news = tuple((subject, line) for subject, line in _news(found) if (subject, line.object_id) not in told)
    _drop(desk, person, delivery.key, items, news)
    if _is_between(preferences, time) and not _has_over_budget(items, news):
        return NOTHING  # and the rest of it waits for its week again
    made = _digest(person, delivery.rung, news, found, is_of_week=_is_of_week(desk, person, preferences, time))
    return made if made.news or made.due or made.week else NOTHING


def digest_again(desk: Desk, person: Person, day: str, sections: Sections) -> Digest:
    """A digest that somebody has had, with all of it that still holds. Changes nothing. Raises `NotFound`."""
    try:
        time = DigestTime(day=date.fromisoformat(day), at=desk.clock.now())
    except ValueError:
        raise NotFound from None
    key = delivery_key(digest_row(person.id, person.program_id, time))
    with desk.program.ask() as connection:
        items = attention_queries.items_told_by(connection, person.id, key)
    found = _found(desk, person, sections, items)
    if not (news := _news(found)):
        raise NotFound
    return _digest(person, day, news, found, is_of_week=False)


def _time_of(desk: Desk, delivery: Delivery, person: Person, preferences: Preferences) -> DigestTime:
    """When it goes: of somebody's weekly ones on their day, unless it has what was over their budget."""
    with desk.program.ask() as connection:
        wanted = rhythms(connection, {person.id: preferences}, key=delivery.key)
    return digest_from(date.fromisoformat(delivery.rung), zone(person.zone), wanted[person.id])


def _is_between(preferences: Preferences, time: DigestTime) -> bool:
    """Whether it comes between two weekly ones, for what was over the budget alone."""
    return preferences.rhythm is Rhythm.WEEKLY and time.day.weekday() != preferences.weekday


def _has_over_budget(items: Sequence[Item], news: Sequence[tuple[Subject, DigestLine]]) -> bool:
    kept = {(subject.value, line.object_id) for subject, line in news}
    return any(each.is_over_budget and (each.subject, each.object_id) in kept for each in items)


def _goes_at(time: DigestTime, person: Person, preferences: Preferences, now: datetime) -> datetime:
    return time.at if time.at > now else may_be_told(now, zone(person.zone), preferences.quiet)


def _take(desk: Desk, person: Person, key: str, sections: Sections) -> list[Item]:
    with desk.program.write() as connection:
        desk.program.lock(connection, f"digest of {person.id}")
        return attention_queries.take_items(connection, person.id, key, sections)


def _found(desk: Desk, person: Person, sections: Sections, items: Sequence[Item]) -> dict[Subject, DigestSection]:
    return {subject: section(desk, person, _waiting(items, subject)) for subject, section in sections.items()}


def _waiting(items: Sequence[Item], subject: Subject) -> Waiting:
    found: dict[str, list[str]] = {}
    for each in items:
        if each.subject == subject:
            found.setdefault(each.object_id, []).append(each.rung)
    return found


def _told_since(desk: Desk, person: Person, items: Sequence[Item]) -> set[tuple[Subject, str]]:
    """What has come as a message of its own since the last time it was put here."""
    if not items:
        return set()
    last = {(Subject(each.subject), each.object_id): each.added_at for each in items}  # the latest of each comes last
    with desk.program.ask() as connection:
        told = attention_queries.told_since(connection, person.id, min(last.values()))
    return {each for each, added_at in last.items() if told.get(each[1], 0) > added_at}


def _news(found: Mapping[Subject, DigestSection]) -> tuple[tuple[Subject, DigestLine], ...]:
    lines = [(subject, line) for subject, section in found.items() for line in section.news]
    return tuple(sorted(lines, key=lambda each: _rank(*each)))


def _rank(subject: Subject, line: DigestLine) -> tuple[int, bool, bool, datetime | int]:
    """What has no time of its own comes after what has one; both keep the order in which they came."""
    return line.tier.priority, subject is not Subject.DEADLINE, line.at is None, line.at or 0


def _drop(
    desk: Desk, person: Person, key: str, items: Sequence[Item], news: Sequence[tuple[Subject, DigestLine]]
) -> None:
    kept = {(subject.value, line.object_id) for subject, line in news}
    gone = sorted({(each.subject, each.object_id) for each in items} - kept)
    if gone:
        with desk.program.write() as connection:
            attention_queries.drop_items(connection, person.id, key, gone)


def _is_of_week(desk: Desk, person: Person, preferences: Preferences, time: DigestTime) -> bool:
    """Whether the week ahead is told in it: every weekly one, and the daily one of the program's day for that."""
    if preferences.rhythm is Rhythm.WEEKLY:
        return not _is_between(preferences, time)
    return time.day.weekday() == desk.rules.of(person).attention.weekday


def _digest(
    person: Person,
    day: str,
    news: tuple[tuple[Subject, DigestLine], ...],
    found: Mapping[Subject, DigestSection],
    *,
    is_of_week: bool,
) -> Digest:
    """Without news, what is due is told once a week: nobody needs to hear of the same deadline every morning."""
    none = DigestSection()
    due, week = found.get(Subject.DEADLINE, none).ahead, found.get(Subject.EVENT, none).ahead
    return Digest(
        day=day,
        zone=person.zone,
        news=news,
        due=due if news or is_of_week else (),
        week=week if is_of_week else (),
    )
