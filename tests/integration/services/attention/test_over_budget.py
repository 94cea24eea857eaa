"""What was over the budget of somebody who has a digest a week: it waits for one night, and not for their day."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from domain.attention import DigestTime, Preferences, QuietHours, Rhythm, Subject
from domain.delivery import Deferred, Delivery, DeliveryState, Suppressed
from domain.people import Person
from services.attention.digest import NOTHING, Digest, digest
from services.attention.gate import IN_THE_DIGEST
from services.attention.plan import plan_digests
from services.attention.preferences import following_digest, save_preferences
from services.attention.sections import DigestLine, DigestSection, Waiting
from services.attention.waiting import digest_row
from services.desk import Desk
from storage.delivery.rows import delivery_of
from storage.program.attention_queries import ledger
from tests.builders.people import PROGRAM, travel
from tests.fixtures.desks import House
from tests.integration.services.attention.test_gate import HELLO, a_row, go_to, passed, use_up
from tests.looking.attention import book_of, digests, items, let_wait

QUIET = QuietHours(begin=22 * 60, end=8 * 60)
TUESDAY, WEDNESDAY, MONDAY = "2027-01-12", "2027-01-13", "2027-01-18"
"""It is Monday, the 11th, after the digest of that day."""


def has_weekly(house: House, *, weekday: int = 0) -> None:
    wanted = Preferences(quiet=QUIET, rhythm=Rhythm.WEEKLY, digest_time=510, weekday=weekday)
    save_preferences(house.desk, house.person("ada"), wanted, request_key=f"weekly-{weekday}-{house.clock.now()}")


def has_daily(house: House) -> None:
    wanted = Preferences(quiet=QUIET, rhythm=Rhythm.DAILY, digest_time=540, weekday=0)
    save_preferences(house.desk, house.person("ada"), wanted, request_key="daily")


def is_over_budget(house: House, object_id: str = "urgent") -> None:
    use_up(house)
    assert passed(house, a_row(house, object_id=object_id)) == IN_THE_DIGEST


def row_of(house: House, day: str) -> Delivery:
    at = datetime.fromisoformat(f"{day}T08:30Z")
    (key,) = book_of(house).put(digest_row("ada", PROGRAM, DigestTime(day=date.fromisoformat(day), at=at)))
    with house.stores.program.read() as connection:
        return delivery_of(connection.execute(select(ledger).where(ledger.c.key == key)).one())


def made(house: House, day: str, *, over: str = "") -> Digest | Suppressed | Deferred:
    """Ada's digest of a day; what is `over` does not hold any more. Something is due and on each week."""

    def section(_desk: Desk, _person: Person, waiting: Waiting) -> DigestSection:
        return DigestSection(news=tuple(DigestLine(object_id=each, title=each) for each in waiting if each != over))

    def ahead(_desk: Desk, _person: Person, _waiting: Waiting) -> DigestSection:
        return DigestSection(ahead=(DigestLine(object_id="talk", title="talk"),))

    return digest(house.desk, row_of(house, day), {Subject.ANNOUNCEMENT: section, Subject.EVENT: ahead})


def told(found: Digest | Suppressed | Deferred) -> tuple[list[str], bool]:
    """What it tells, and whether the week ahead is in it."""
    assert isinstance(found, Digest)
    return sorted(line.object_id for _, line in found.news), bool(found.week)


def test_gate_over_the_budget_of_a_weekly_reader_puts_it_into_the_next_days_digest(house: House) -> None:
    has_weekly(house)

    is_over_budget(house)

    assert digests(house) == [("ada", TUESDAY, f"{TUESDAY}T08:30Z")]


def test_following_digest_of_a_weekly_reader_is_the_one_that_tells_what_was_over_the_budget(house: House) -> None:
    has_weekly(house)
    is_over_budget(house)

    tomorrow = following_digest(house.desk, house.person("ada"))
    go_to(house, f"{TUESDAY}T08:30Z")

    assert tomorrow == datetime.fromisoformat(f"{TUESDAY}T08:30Z")
    assert following_digest(house.desk, house.person("ada")) == datetime.fromisoformat(f"{MONDAY}T08:30Z")


def test_gate_over_the_budget_of_a_weekly_reader_asks_whether_the_next_day_is_too_late(house: House) -> None:
    has_weekly(house)
    use_up(house)

    in_time = passed(house, a_row(house, object_id="a", expires_at=f"{TUESDAY}T09:30Z"))
    too_late = passed(house, a_row(house, object_id="b", expires_at=f"{TUESDAY}T09:29Z"))

    assert (in_time, too_late) == (IN_THE_DIGEST, HELLO)


def test_digest_between_two_weekly_ones_tells_all_that_waits_and_not_the_week(house: House) -> None:
    has_weekly(house)
    let_wait(house, "ada", object_id="notice")
    is_over_budget(house)
    go_to(house, f"{TUESDAY}T08:30Z")

    first, again = told(made(house, TUESDAY)), told(made(house, TUESDAY))
    go_to(house, f"{MONDAY}T08:30Z")

    assert first == again == (["notice", "urgent"], False)
    assert told(made(house, MONDAY)) == ([], True)


def test_digest_between_two_weekly_ones_whose_cause_is_gone_is_not_sent_and_gives_back_the_rest(house: House) -> None:
    has_weekly(house)
    let_wait(house, "ada", object_id="notice")
    is_over_budget(house)
    go_to(house, f"{TUESDAY}T08:30Z")

    outcome: object = made(house, TUESDAY, over="urgent")
    book_of(house).set_state(row_of(house, TUESDAY).key, DeliveryState.SUPPRESSED)
    go_to(house, f"{MONDAY}T08:30Z")

    assert outcome == NOTHING
    assert told(made(house, MONDAY)) == (["notice"], True)


def test_digest_between_two_weekly_ones_without_a_cause_waits_for_their_day(house: House) -> None:
    has_weekly(house)
    let_wait(house, "ada", object_id="notice")
    go_to(house, f"{TUESDAY}T08:30Z")

    assert made(house, TUESDAY) == Deferred(until=datetime.fromisoformat(f"{MONDAY}T08:30Z"))


def test_digest_that_was_overtaken_leaves_what_was_over_the_budget_to_the_newest(house: House) -> None:
    has_weekly(house)
    is_over_budget(house)
    go_to(house, f"{TUESDAY}T08:30Z")
    made(house, TUESDAY)
    book_of(house).set_state(row_of(house, TUESDAY).key, DeliveryState.SUPERSEDED)
    go_to(house, f"{WEDNESDAY}T08:30Z")

    assert told(made(house, WEDNESDAY)) == (["urgent"], False)


@pytest.mark.parametrize("weekday", [0, 4])
def test_who_turns_to_weekly_still_hears_of_it_on_the_next_day(house: House, weekday: int) -> None:
    has_daily(house)
    is_over_budget(house)

    has_weekly(house, weekday=weekday)

    assert digests(house) == [("ada", TUESDAY, f"{TUESDAY}T08:30Z")]


def test_who_travels_still_hears_of_it_on_the_next_day(house: House) -> None:
    has_weekly(house)
    is_over_budget(house)
    travel(house.stores.program, "ada", "America/New_York")

    plan_digests(house.desk)

    assert ("ada", TUESDAY, f"{TUESDAY}T13:30Z") in digests(house)


def test_what_lost_its_digest_is_planned_for_the_next_day(house: House) -> None:
    has_weekly(house)
    is_over_budget(house)
    book_of(house).set_state(row_of(house, TUESDAY).key, DeliveryState.CANCELED)

    plan_digests(house.desk)

    assert ("ada", WEDNESDAY, f"{WEDNESDAY}T08:30Z") in digests(house)


def test_gate_over_the_budget_says_so_of_nothing_else(house: House) -> None:
    has_weekly(house)
    is_over_budget(house)
    go_to(house, f"{TUESDAY}T08:30Z")
    made(house, TUESDAY)
    book_of(house).set_state(row_of(house, TUESDAY).key, DeliveryState.SENT)

    let_wait(house, "ada", object_id="notice")

    assert digests(house) == [("ada", MONDAY, f"{MONDAY}T08:30Z")]
    assert [each for each in items(house) if each[1] == "notice"] == [("ada", "notice", "", False)]
