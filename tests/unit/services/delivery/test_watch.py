"""What staff and operators are told of how sending goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from domain.delivery import OutcomeUnknown, RateLimited, delivery_key
from domain.errors import StoreAway, StoreBusy
from services.delivery.watch import CLOCK_STEPPED, LATE, OUTAGE, SAYS, SLOWED, STORE_AWAY
from storage.engine import Store, table_of
from storage.program.pacing import Heartbeat
from tests.builders.deliveries import a_delivery
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(sqlite_stores: Stores) -> Office:
    office = Office.open(sqlite_stores)
    office.run(seconds=10)
    return office


def beats(office: Office, number: int) -> None:
    """Let so many beats pass, with the dispatcher coming round but without sending."""
    for _ in range(number):
        office.dispatcher.watch.cycled()
        office.clock.advance(10 * SECOND)
        office.dispatcher.beat()


def test_health_of_a_bot_that_sends_is_good(office: Office) -> None:
    assert office.dispatcher.watch.health() == {}


def test_message_that_waits_for_two_minutes_is_late_and_staff_are_told_once(office: Office) -> None:
    office.put(a_delivery(due=office.clock.now()))
    beats(office, 11)
    early = list(office.alerts)

    beats(office, 5)

    assert (early, office.alerts) == ([], [LATE])
    assert office.dispatcher.watch.health() == {LATE: SAYS[LATE]}


def test_message_that_went_at_last_is_late_no_more(office: Office) -> None:
    office.put(a_delivery(due=office.clock.now()))
    beats(office, 15)

    office.run(seconds=10)

    assert office.dispatcher.watch.health() == {}


def test_shift_of_program_time_does_not_make_messages_late(office: Office) -> None:
    office.put(a_delivery(due=office.clock.now() + timedelta(hours=1)))
    office.clock.shift(timedelta(days=1))

    beats(office, 11)

    assert office.alerts == []
    assert office.dispatcher.watch.health() == {}
    assert office.dispatcher.watch.lateness()["oldest"] > 3600


def test_message_still_there_two_minutes_after_a_shift_is_late(office: Office) -> None:
    office.put(a_delivery(due=office.clock.now() + timedelta(hours=1)))
    office.clock.shift(timedelta(days=1))

    beats(office, 13)

    assert office.alerts == [LATE]


def test_backlog_of_a_night_is_not_late_while_it_is_being_sent(sqlite_stores: Stores) -> None:
    office = Office.open(sqlite_stores)
    office.put(*(a_delivery(f"scholar-{number}", due=office.clock.now() - timedelta(hours=8)) for number in range(30)))

    office.run(seconds=130)

    assert office.alerts == []
    assert len(office.messenger.accepted) == 30


def test_broadcast_that_goes_as_fast_as_slack_lets_it_is_not_late(sqlite_stores: Stores) -> None:
    office = Office.open(sqlite_stores, posts_per_minute=60)
    office.put(*(a_delivery(f"person-{number}", due=office.clock.now()) for number in range(300)))

    office.run(seconds=200)

    waiting = list(office.states().values()).count("pending")
    assert (waiting > 0, office.alerts) == (True, [])


def test_message_that_is_late_because_slack_asked_to_wait_says_so(office: Office) -> None:
    office.messenger.fail(RateLimited(600))
    office.put(*(a_delivery(person, due=office.clock.now()) for person in ("ada", "bo")))

    office.run(seconds=140)

    assert office.alerts == [SLOWED]
    assert office.dispatcher.watch.health() == {SLOWED: SAYS[SLOWED]}


def test_clock_that_was_set_pauses_sending_until_it_is_steady_and_staff_are_told(office: Office) -> None:
    office.clock.step(timedelta(hours=1))
    office.put(a_delivery(due=office.clock.now()))

    office.dispatcher.dispatch()
    paused, troubles = office.texts(), office.dispatcher.watch.health()
    office.run(seconds=3)

    assert (paused, office.texts()) == ([], ["news once"])
    assert CLOCK_STEPPED in troubles
    assert CLOCK_STEPPED not in office.dispatcher.watch.health()
    assert office.alerts == [CLOCK_STEPPED]


def test_clock_set_back_neither_plans_nor_sends_again(office: Office) -> None:
    office.put(a_delivery(due=office.clock.now()))
    office.run()
    office.clock.step(timedelta(hours=-2))
    office.put(a_delivery(due=office.clock.now() + timedelta(hours=2, seconds=-1)))

    office.run(seconds=5)

    assert office.texts() == ["news once"]


def test_program_time_that_is_shifted_does_not_pause_sending(office: Office) -> None:
    office.put(a_delivery(due=office.clock.now() + timedelta(days=2)))
    office.clock.shift(timedelta(days=2))

    office.dispatcher.dispatch()

    assert office.texts() == ["news once"]
    assert office.alerts == []


def test_bot_without_a_sign_of_life_for_a_minute_is_silent(office: Office) -> None:
    office.clock.advance(MINUTE + SECOND)

    assert list(office.dispatcher.watch.health()) == ["silent"]


def test_bot_without_a_sign_of_life_is_silent_though_the_clock_was_set_back(office: Office) -> None:
    office.clock.step(timedelta(hours=-1))
    office.clock.advance(10 * MINUTE)
    silent = list(office.dispatcher.watch.health())

    office.run(seconds=10)

    assert (silent, office.dispatcher.watch.health()) == (["silent"], {})


def test_outage_is_over_when_a_message_is_found_to_have_arrived(office: Office) -> None:
    office.messenger.fail(OutcomeUnknown("reset"), times=3, is_done=True)
    office.put(*(a_delivery(person, due=office.clock.now()) for person in ("ada", "bo", "cleo")))
    office.run(seconds=10)
    during = list(office.dispatcher.watch.health())

    office.run(seconds=60)

    assert (during, office.dispatcher.watch.health()) == ([OUTAGE], {})
    assert len(office.texts()) == 3


def test_file_that_is_found_to_have_arrived_ends_no_outage_of_messages(office: Office) -> None:
    news = a_delivery(due=office.clock.now())
    office.put(news, a_delivery(kind="file", due=office.clock.now(), after=delivery_key(news)))
    office.messenger.fail(OutcomeUnknown("reset"), on="finish_file", is_done=True)
    office.run(seconds=5)
    office.dispatcher.watch.trouble(OUTAGE)

    office.run(seconds=60)

    assert office.dispatcher.watch.health() == {OUTAGE: SAYS[OUTAGE]}


@contextmanager
def away(store: Store) -> Iterator[None]:
    """Its database does not answer."""

    def break_down(*_: object) -> None:
        raise StoreAway

    doors = ((store.engine, "begin"), (store.database.asking, "before_cursor_execute"))
    for engine, what in doors:
        event.listen(engine, what, break_down)
    yield
    for engine, what in doors:
        event.remove(engine, what, break_down)


def test_store_that_is_away_is_told_once_and_until_it_answers_again(office: Office) -> None:
    with away(office.support.store):
        health = []
        for _ in range(3):
            office.run()
            health.append(list(office.dispatcher.watch.health()))
    office.run()

    assert (health, office.alerts) == ([[STORE_AWAY]] * 3, [STORE_AWAY])
    assert office.dispatcher.watch.health() == {}


def test_ledger_that_cannot_be_asked_has_nothing_late_and_the_sign_of_life_goes_on(office: Office) -> None:
    with away(office.support.store):
        beats(office, 15)

        assert (office.alerts, office.dispatcher.watch.health()) == ([], {})


def test_dispatcher_that_hangs_gives_no_sign_of_life_though_the_beat_goes_on(office: Office) -> None:
    for _ in range(13):
        office.clock.advance(10 * SECOND)
        office.dispatcher.beat()

    assert "silent" in office.dispatcher.watch.health()


def test_sign_of_life_of_one_replica_is_seen_by_the_other(office: Office) -> None:
    another = office.another("second")
    office.clock.advance(50 * SECOND)

    another.run(seconds=10)

    assert office.dispatcher.watch.health() == {}


def test_sign_of_life_tells_the_trouble_and_no_person(office: Office) -> None:
    office.put(a_delivery("ada", due=office.clock.now()))
    beats(office, 15)

    with office.program.store.read() as connection:
        row = connection.execute(select(table_of(Heartbeat))).one()

    assert tuple(row) == ("T1", int(office.clock.wall().timestamp() * 1000), LATE)


def test_staff_are_told_at_the_next_beat_when_the_store_was_busy(sqlite_stores: Stores) -> None:
    told: list[str] = []
    busy = [True, True]

    def alert(code: str) -> None:
        if busy:
            busy.pop()
            raise StoreBusy
        told.append(code)

    office = Office.open(sqlite_stores, alert=alert)
    office.run(seconds=10)
    office.put(a_delivery(due=office.clock.now()))

    beats(office, 15)

    assert told == [LATE]


def test_counts_are_of_both_ledgers(office: Office) -> None:
    later = office.clock.now() + timedelta(days=1)
    office.put(a_delivery(due=later))
    office.put_support(a_delivery(due=later), a_delivery("bo", due=later))

    assert office.dispatcher.watch.counts() == {"pending": 3.0}
