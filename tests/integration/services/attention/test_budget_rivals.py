"""Two processes that write to one person at the same instant, when one place of the day is left. On both engines."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from threading import Barrier, Event

from domain.attention import Subject
from domain.delivery import Deferred, Delivery, Outgoing, OutgoingMessage, Suppressed
from domain.ports import Message
from services.attention.gate import attentive
from tests.acting.rivals import PATIENCE_SECONDS, at_once
from tests.builders.deliveries import a_delivery
from tests.fakes.messenger import FakeMessenger
from tests.fixtures.desks import House, replica
from tests.looking.attention import items, mark_sent
from tests.looking.dispatching import Office

KIND = "announcement.news"
HELLO = OutgoingMessage(Message(text="hello"))


def an_office(house: House, messenger: FakeMessenger, owner: str, looked: Callable[[], object]) -> Office:
    """A process with connections of its own, which does something when it has looked at the budget."""
    office = Office.open(house.stores, clock=house.clock, messenger=messenger, owner=owner, lock_wait_seconds=30)
    gate = attentive(replica(house, lock_wait_seconds=30).desk, lambda _row: HELLO, Subject.ANNOUNCEMENT)

    def compose(delivery: Delivery) -> Outgoing | Suppressed | Deferred:
        made = gate(delivery)
        looked()
        return made

    office.composers[KIND] = compose
    return office


def put_two_with_one_place_left(house: House, office: Office) -> None:
    """Three messages that were sent today, and two that are due."""
    mark_sent(house, office.put(*(a_delivery("ada", kind=KIND, object_id=f"earlier-{n}") for n in range(3))))
    house.clock.advance(timedelta(seconds=5))
    office.put(*(a_delivery("ada", kind=KIND, object_id=name, due=house.clock.now()) for name in ("a", "b")))


def test_rivals_for_the_last_place_of_the_day_send_one_message_and_the_other_waits_for_the_digest(
    house: House,
) -> None:
    both_have_looked, looks = Barrier(2, timeout=PATIENCE_SECONDS), count(1)
    messenger = FakeMessenger(house.clock)

    def looked() -> None:
        if next(looks) <= both_have_looked.parties:
            both_have_looked.wait()

    offices = [an_office(house, messenger, owner, looked) for owner in ("one", "two")]
    put_two_with_one_place_left(house, offices[0])

    at_once([office.dispatcher.dispatch for office in offices])
    offices[0].run(seconds=5)

    assert len(messenger.accepted) == 1
    [(person, waits, *_)] = items(house)
    assert (person, waits in {"a", "b"}) == ("ada", True)


def test_rival_that_stalls_between_looking_and_sending_looks_again(house: House) -> None:
    both_have_looked, looks, quick_is_done = Barrier(2, timeout=PATIENCE_SECONDS), count(1), Event()
    messenger = FakeMessenger(house.clock)

    def looked() -> None:
        if next(looks) <= both_have_looked.parties:
            both_have_looked.wait()

    def stalled() -> None:
        looked()
        quick_is_done.wait(PATIENCE_SECONDS)

    quick, slow = an_office(house, messenger, "quick", looked), an_office(house, messenger, "slow", stalled)
    put_two_with_one_place_left(house, quick)

    def go() -> None:
        quick.dispatcher.dispatch()
        house.clock.advance(timedelta(seconds=5))
        quick_is_done.set()

    at_once([go, slow.dispatcher.dispatch])
    slow.run(seconds=5)

    assert len(messenger.accepted) == 1
    [(person, waits, *_)] = items(house)
    assert (person, waits in {"a", "b"}) == ("ada", True)
