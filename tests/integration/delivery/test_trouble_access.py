"""Slack lets nobody in, is away or asks for patience: sending waits without hammering, and loses nothing."""

from datetime import timedelta

import pytest

from domain.delivery import (
    AccessLost,
    DeliveryError,
    OutcomeUnknown,
    RateLimited,
    Unreachable,
)
from services.delivery.breaker import OUTAGE_AFTER
from services.delivery.watch import NO_ACCESS, OUTAGE
from tests.builders.deliveries import a_delivery
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office, count_posts

SECOND = timedelta(seconds=1)
LOST = OutcomeUnknown("reset")


def test_bar_is_obeyed_by_every_replica_and_by_one_that_starts_anew(ledgers: Stores) -> None:
    office = Office.open(ledgers)
    replicas = [office, office.another("second"), office.another("third")]
    keys = office.put(*(a_delivery(f"scholar-{number}") for number in range(30)))
    office.messenger.fail(RateLimited(30), channel="USCHOLAR-7")
    for replica in replicas:
        replica.dispatcher.dispatch()
    at_the_bar = len(office.messenger.accepted)
    tried = count_posts(office)

    for second in range(29):
        for replica in replicas:
            replica.dispatcher.dispatch()
        if second == 10:
            replicas[0] = office.another("first, restarted")
        office.clock.advance(SECOND)
    during = len(tried)
    for _ in range(100):
        replicas[0].run()
        replicas[0].dispatcher.reconcile()

    assert at_the_bar < 30
    assert during == 0
    assert len(set(office.messenger.keys())) == len(office.messenger.keys()) == 30
    assert {office.program.row(key).state for key in keys} == {"sent"}
    assert {office.program.row(key).attempt for key in keys} == {0}


@pytest.mark.parametrize("error", [AccessLost("token_revoked"), AccessLost("invalid_auth")])
def test_lost_access_stops_sending_and_keeps_the_rows(office: Office, error: AccessLost) -> None:
    office.messenger.fail(error, times=1000)
    keys = office.put(*(a_delivery(f"scholar-{number}") for number in range(20)))
    tried = count_posts(office)

    office.run(seconds=59)

    assert len(tried) == 1
    assert [office.states()[key] for key in keys] == ["pending"] * 20
    assert {office.program.row(key).attempt for key in keys} == {0}
    assert office.alerts == [NO_ACCESS]


def test_access_that_comes_back_is_noticed_within_a_minute(office: Office) -> None:
    office.messenger.scopes.remove("chat:write")
    office.put(a_delivery())
    office.run(seconds=30)
    troubles = office.dispatcher.watch.health()
    office.messenger.scopes.add("chat:write")

    office.run(seconds=31)

    assert NO_ACCESS in troubles
    assert office.texts() == ["news once"]
    assert NO_ACCESS not in office.dispatcher.watch.health()


@pytest.mark.parametrize("error", [LOST, Unreachable("gaierror")])
def test_outage_is_tried_and_not_hammered(office: Office, error: DeliveryError) -> None:
    office.messenger.fail(error, times=1000)
    office.put(*(a_delivery(f"scholar-{number}") for number in range(100)))
    tried = count_posts(office)

    office.run(seconds=60)

    assert len(tried) == 5  # after 0, 2, 6, 14 and 30 seconds
    assert office.alerts == [OUTAGE]


def test_message_that_is_found_to_have_arrived_ends_the_outage(office: Office) -> None:
    office.messenger.fail(LOST, times=OUTAGE_AFTER, is_done=True)
    office.put(*(a_delivery(f"scholar-{number}") for number in range(OUTAGE_AFTER)))
    office.run(seconds=20)
    during = OUTAGE in office.dispatcher.watch.health()

    office.dispatcher.reconcile()

    assert (during, OUTAGE in office.dispatcher.watch.health()) == (True, False)
    assert set(office.states().values()) == {"sent"}


def test_outage_over_sends_everything_once(office: Office) -> None:
    office.messenger.fail(Unreachable("gaierror"), times=1000)
    keys = office.put(*(a_delivery(f"scholar-{number}") for number in range(20)))
    office.run(seconds=30)
    office.messenger.mend()

    office.run(seconds=61)

    assert sorted(office.messenger.keys()) == sorted(office.program.row(key).marker for key in keys)
    assert office.messenger.reads == 0
    assert OUTAGE not in office.dispatcher.watch.health()


def test_reading_back_in_haste_stops_until_slack_allows_it(office: Office) -> None:
    office.messenger.fail(LOST, times=3, is_done=True)
    office.put(*(a_delivery(person) for person in ("ada", "bo", "cleo")))
    office.run(seconds=20)
    office.messenger.fail(RateLimited(120), on="find")

    looked_at = [office.dispatcher.reconcile() for _ in range(3)]
    reads = office.messenger.reads
    office.run(seconds=150)

    assert (looked_at, reads) == ([1, 0, 0], 1)
    assert len(office.messenger.accepted) == 3
    assert set(office.states().values()) == {"sent"}
