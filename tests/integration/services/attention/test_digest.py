"""What a digest tells: what waited and still holds, once, and never nothing. On both engines."""

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from sqlalchemy import select

from domain.attention import DigestTime, Preferences, QuietHours, Rhythm, Subject
from domain.delivery import Deferred, Delivery, DeliveryState, Suppressed, Tier
from domain.errors import NotFound
from domain.people import Person
from services.attention.digest import GONE, NOTHING, Digest, Sections, digest, digest_again
from services.attention.preferences import save_preferences
from services.attention.sections import DigestLine, DigestSection, Section, Waiting
from services.attention.waiting import digest_row
from services.desk import Desk
from storage.delivery.rows import delivery_of
from storage.program.attention_queries import ledger
from tests.builders.deliveries import a_delivery
from tests.builders.leaving import deactivated
from tests.builders.people import PROGRAM, travel
from tests.fixtures.desks import House
from tests.looking.attention import book_of, digests, items, let_wait, mark_sent

TUESDAY, WEDNESDAY = "2027-01-12T08:30Z", "2027-01-13T08:30Z"
NIGHT = QuietHours(begin=22 * 60, end=8 * 60)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def go_to(house: House, text: str) -> None:
    house.clock.advance(at(text) - house.clock.now())


def a_line(object_id: str, *, tier: Tier = Tier.NOTICE, when: str | None = None) -> DigestLine:
    return DigestLine(object_id=object_id, title=object_id.title(), tier=tier, at=at(when) if when else None)


@dataclass
class Parts:
    """A product with announcements, deadlines and events of its own, of which some are not true any more."""

    lines: dict[str, DigestLine] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)
    due: tuple[DigestLine, ...] = ()
    week: tuple[DigestLine, ...] = ()

    def sections(self) -> Sections:
        ahead: dict[Subject, tuple[DigestLine, ...]] = {Subject.DEADLINE: self.due, Subject.EVENT: self.week}

        def section_of(subject: Subject) -> Section:
            def section(_desk: Desk, _person: Person, ids: Waiting) -> DigestSection:
                news = [self.lines.get(each, a_line(each)) for each in ids if each not in self.over]
                return DigestSection(news=tuple(news), ahead=ahead.get(subject, ()))

            return section

        return {subject: section_of(subject) for subject in Subject}


def row_of(house: House, person: str, day: str) -> Delivery:
    """The row of somebody's digest of a day, which is planned when it is not yet."""
    (key,) = book_of(house).put(
        digest_row(person, PROGRAM, DigestTime(day=date.fromisoformat(day), at=at(f"{day}T08:30Z")))
    )
    with house.stores.program.read() as connection:
        return delivery_of(connection.execute(select(ledger).where(ledger.c.key == key)).one())


def made(house: House, day: str = "2027-01-12", parts: Parts | None = None) -> Digest | Suppressed | Deferred:
    """Ada's digest of a day."""
    return digest(house.desk, row_of(house, "ada", day), (parts or Parts()).sections())


def told(found: Digest | Suppressed | Deferred) -> list[str]:
    assert isinstance(found, Digest)
    return [line.object_id for _, line in found.news]


def test_digest_tells_what_waited_by_tier_and_then_time(house: House) -> None:
    for object_id in ("late", "early", "urgent", "timeless"):
        let_wait(house, "ada", object_id=object_id)
    let_wait(house, "ada", object_id="essay", subject=Subject.DEADLINE)
    lines = [
        a_line("late", when="2027-01-11T11:00Z"),
        a_line("early", when="2027-01-11T10:00Z"),
        a_line("urgent", tier=Tier.IMPORTANT, when="2027-01-11T12:00Z"),
        a_line("essay", when="2027-01-11T10:30Z"),
    ]
    go_to(house, TUESDAY)

    found = made(house, parts=Parts(lines={line.object_id: line for line in lines}))

    assert told(found) == ["urgent", "essay", "early", "late", "timeless"]


def test_digest_without_news_is_not_sent(house: House) -> None:
    go_to(house, TUESDAY)

    assert made(house, parts=Parts(due=(a_line("essay"),), week=(a_line("talk"),))) == NOTHING


def test_digest_of_what_is_not_true_any_more_is_not_sent_and_forgets_it(house: House) -> None:
    let_wait(house, "ada", object_id="retracted")
    go_to(house, TUESDAY)

    assert made(house, parts=Parts(over={"retracted"})) == NOTHING
    assert items(house) == []


def test_digest_made_again_tells_the_same_and_another_one_none_of_it(house: House) -> None:
    let_wait(house, "ada", object_id="one")
    go_to(house, TUESDAY)
    first = told(made(house))
    let_wait(house, "ada", object_id="two")
    again = told(made(house))
    go_to(house, WEDNESDAY)
    let_wait(house, "ada", object_id="three")

    assert (first, again) == (["one"], ["one", "two"])
    assert told(made(house, "2027-01-13")) == ["three"]


@pytest.mark.parametrize("state", [DeliveryState.SUPERSEDED, DeliveryState.SUPPRESSED, DeliveryState.CANCELED])
def test_digest_that_was_not_sent_gives_back_what_it_had(house: House, state: DeliveryState) -> None:
    let_wait(house, "ada", object_id="one")
    go_to(house, TUESDAY)
    made(house)
    book_of(house).set_state(row_of(house, "ada", "2027-01-12").key, state)
    go_to(house, WEDNESDAY)

    assert told(made(house, "2027-01-13")) == ["one"]


def test_digest_that_is_held_keeps_what_it_has_for_the_day_on_which_it_is_freed(house: House) -> None:
    let_wait(house, "ada", object_id="one")
    go_to(house, TUESDAY)
    made(house)
    book_of(house).set_state(row_of(house, "ada", "2027-01-12").key, DeliveryState.DEAD)
    go_to(house, WEDNESDAY)

    assert made(house, "2027-01-13") == NOTHING
    assert told(made(house, "2027-01-12")) == ["one"]


def test_digest_leaves_out_what_came_as_a_message_meanwhile(house: House) -> None:
    for object_id in ("told", "open"):
        let_wait(house, "ada", object_id=object_id)
    go_to(house, "2027-01-11T15:00Z")
    mark_sent(house, book_of(house).put(a_delivery("ada", kind="announcement.told", object_id="told")))
    mark_sent(house, book_of(house).put(a_delivery("bo", kind="announcement.told", object_id="open")))
    go_to(house, TUESDAY)

    assert told(made(house)) == ["open"]
    assert items(house) == [("ada", "open", "", True)]


def test_digest_goes_by_when_each_thing_was_put_there(house: House) -> None:
    let_wait(house, "ada", object_id="told")
    go_to(house, "2027-01-11T13:00Z")
    mark_sent(house, book_of(house).put(a_delivery("ada", kind="announcement.told", object_id="told")))
    go_to(house, "2027-01-11T14:00Z")
    let_wait(house, "ada", object_id="open")
    go_to(house, TUESDAY)

    assert told(made(house)) == ["open"]


def test_digest_tells_what_was_put_there_in_the_second_of_an_earlier_message(house: House) -> None:
    let_wait(house, "ada", object_id="before", subject=Subject.DEADLINE)
    go_to(house, "2027-01-11T13:00Z")
    mark_sent(house, book_of(house).put(a_delivery("ada", kind="deadline.rung", object_id="thing", rung="48h")))
    let_wait(house, "ada", subject=Subject.DEADLINE, rung="24h")
    go_to(house, TUESDAY)

    assert told(made(house)) == ["before", "thing"]


def test_digest_tells_of_a_later_rung_that_had_no_message_of_its_own(house: House) -> None:
    let_wait(house, "ada", subject=Subject.DEADLINE, rung="7d")
    go_to(house, "2027-01-11T13:00Z")
    mark_sent(house, book_of(house).put(a_delivery("ada", kind="deadline.rung", object_id="thing", rung="48h")))
    go_to(house, "2027-01-11T14:00Z")
    let_wait(house, "ada", subject=Subject.DEADLINE, rung="24h")
    go_to(house, TUESDAY)

    assert told(made(house)) == ["thing"]


def test_digest_shows_what_is_due_beside_news_and_the_week_on_its_day_only(house: House) -> None:
    parts = Parts(due=(a_line("essay"),), week=(a_line("talk"),))
    let_wait(house, "ada", object_id="one")
    go_to(house, TUESDAY)
    tuesday = made(house, parts=parts)
    go_to(house, "2027-01-18T08:30Z")
    monday = made(house, "2027-01-18", parts)

    assert isinstance(tuesday, Digest)
    assert isinstance(monday, Digest)
    assert [(len(each.news), len(each.due), len(each.week)) for each in (tuesday, monday)] == [(1, 1, 0), (0, 1, 1)]


@pytest.mark.parametrize("parts", [Parts(due=(a_line("essay"),)), Parts(week=(a_line("talk"),))])
def test_digest_of_the_week_goes_for_one_thing_that_is_due_or_on(house: House, parts: Parts) -> None:
    go_to(house, "2027-01-18T08:30Z")

    found = made(house, "2027-01-18", parts)

    assert isinstance(found, Digest)
    assert (found.news, found.due, found.week) == ((), parts.due, parts.week)


def test_digest_of_a_weekly_reader_always_tells_the_week(house: House) -> None:
    weekly = Preferences(quiet=NIGHT, rhythm=Rhythm.WEEKLY, digest_time=510, weekday=2)
    save_preferences(house.desk, house.person("ada"), weekly, request_key="save")
    go_to(house, WEDNESDAY)

    found = made(house, "2027-01-13", Parts(week=(a_line("talk"),)))

    assert isinstance(found, Digest)
    assert [line.object_id for line in found.week] == ["talk"]


def test_digest_waits_when_its_reader_has_chosen_another_day(house: House) -> None:
    let_wait(house, "ada")
    weekly = Preferences(quiet=NIGHT, rhythm=Rhythm.WEEKLY, digest_time=510, weekday=2)
    save_preferences(house.desk, house.person("ada"), weekly, request_key="save")
    go_to(house, TUESDAY)

    assert made(house) == Deferred(until=at(WEDNESDAY))
    assert items(house) == [("ada", "thing", "", False)]


def test_digest_waits_for_the_morning_of_whoever_has_gone_west(house: House) -> None:
    let_wait(house, "ada")
    travel(house.stores.program, "ada", "America/Los_Angeles")
    go_to(house, TUESDAY)

    assert made(house) == Deferred(until=at("2027-01-12T16:30Z"))


def test_digest_after_an_outage_waits_for_the_end_of_quiet_hours(house: House) -> None:
    let_wait(house, "ada")
    go_to(house, "2027-01-14T03:00Z")
    by_night = made(house)
    go_to(house, "2027-01-14T08:00Z")

    assert by_night == Deferred(until=at("2027-01-14T08:00Z"))
    assert told(made(house)) == ["thing"]


def test_digest_of_who_has_left_is_not_sent(house: House) -> None:
    deactivated(house.stores.program, "ada")
    go_to(house, TUESDAY)

    assert made(house) == GONE


def test_digest_of_a_subject_that_nobody_can_tell_yet_lets_it_wait(house: House) -> None:
    let_wait(house, "ada", subject=Subject.EVENT)
    go_to(house, TUESDAY)
    sections = {Subject.ANNOUNCEMENT: Parts().sections()[Subject.ANNOUNCEMENT]}

    assert digest(house.desk, row_of(house, "ada", "2027-01-12"), sections) == NOTHING
    assert items(house) == [("ada", "thing", "", False)]


def test_digest_again_shows_its_reader_what_still_holds_and_nobody_else_anything(house: House) -> None:
    for object_id in ("one", "over"):
        let_wait(house, "ada", object_id=object_id)
    go_to(house, TUESDAY)
    made(house)
    sections = Parts(over={"over"}).sections()

    found = digest_again(house.desk, house.person("ada"), "2027-01-12", sections)

    assert told(found) == ["one"]
    for person, day in (("bo", "2027-01-12"), ("ada", "2027-01-13"), ("ada", "no day")):
        with pytest.raises(NotFound):
            digest_again(house.desk, house.person(person), day, sections)
    assert digests(house) == [("ada", "2027-01-12", TUESDAY)]
