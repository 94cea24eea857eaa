"""Messages and files do not hold each other up: neither by Slack's limits nor by its silence. On each engine."""

from datetime import timedelta

import pytest

from domain.delivery import AccessLost, OutcomeUnknown, RateLimited, Tier, delivery_key
from services.delivery.watch import FILES_LATE, FILES_SLOWED, LATE, NO_ACCESS, OUTAGE, SAYS
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
LOST = OutcomeUnknown("timeout")


def waiting_files(office: Office, *people: str, tier: Tier = Tier.SESSION) -> list[str]:
    """Keys of files that are due now, whose messages have gone."""
    keys: list[str] = []
    for person in people:
        message = a_delivery(person, tier=tier)
        keys += office.put_support(message, a_delivery(person, kind="file", tier=tier, after=delivery_key(message)))[1:]
    office.run()
    office.messenger.accepted.clear()
    return keys


@pytest.mark.parametrize("step", ["begin_file", "finish_file"])
def test_limit_of_a_file_holds_files_until_then_and_no_message_behind_them(office: Office, step: str) -> None:
    files = waiting_files(office, "ada", "bo", "cleo")
    office.messenger.fail(RateLimited(30), on=step)
    office.dispatcher.dispatch()
    claims = [office.support.row(key).claim for key in files]

    office.put(a_delivery("dev", tier=Tier.NOTICE, due=NOON + SECOND))
    office.put_support(a_delivery("eli", tier=Tier.NOTICE, due=NOON + 2 * SECOND))
    office.run(seconds=29)
    during = office.texts()
    untouched = [office.support.row(key).claim for key in files]
    office.run(seconds=120)

    assert during == ["news once", "news once"]
    assert untouched == claims
    assert office.texts()[2:] == ["Session"] * 3
    assert {office.support.row(key).attempt for key in files} == {0}


def test_limit_of_a_message_holds_messages_until_then_and_no_file_behind_them(office: Office) -> None:
    files = waiting_files(office, "ada", "bo", "cleo")
    keys = office.put(*(a_delivery(person, tier=Tier.CRITICAL) for person in ("dev", "eli")))
    office.messenger.fail(RateLimited(30))

    office.run(seconds=29)
    during = office.texts()
    office.run(seconds=120)

    assert during == ["Session"] * 3
    assert sorted(office.texts()[3:]) == ["news once"] * 2
    assert {office.states()[key] for key in keys + files} == {"sent"}


def test_limit_of_a_file_is_obeyed_by_every_replica_and_by_one_that_starts_anew(office: Office) -> None:
    waiting_files(office, "ada", "bo")
    office.messenger.fail(RateLimited(30), on="begin_file")
    office.dispatcher.dispatch()

    another = office.another("another")
    another.run(seconds=29)
    uploads = len(office.messenger.uploads)
    another.run(seconds=5)

    assert (uploads, len(office.messenger.uploads)) == (0, 2)


def test_upload_address_that_hangs_holds_files_and_no_message_behind_them(office: Office) -> None:
    files = waiting_files(office, *(f"scholar-{number}" for number in range(10)))
    office.messenger.fail(LOST, on="begin_file", times=1000)
    office.put(*(a_delivery(f"reader-{number}", tier=Tier.NOTICE) for number in range(5)))

    office.run(seconds=4)
    meanwhile = office.texts()
    office.run(seconds=56)

    assert meanwhile == ["news once"] * 5
    assert sum(office.support.row(key).attempt for key in files) == 5  # after 0, 2, 6, 14 and 30 seconds
    assert office.alerts == []  # what staff are told about an outage would not be true


def test_messages_without_an_answer_hold_no_file(office: Office) -> None:
    files = waiting_files(office, "ada", "bo")
    office.messenger.fail(LOST, times=1000)
    office.put(*(a_delivery(person, tier=Tier.CRITICAL) for person in ("dev", "eli")))

    office.run(seconds=3)

    assert office.texts() == ["Session"] * 2
    assert {office.states()[key] for key in files} == {"sent"}


def test_file_that_goes_does_not_end_an_outage_of_messages(office: Office) -> None:
    message = a_delivery("ada")
    office.put_support(message, a_delivery("ada", kind="file", after=delivery_key(message), send_at=NOON + MINUTE))
    office.run()
    office.messenger.fail(LOST, times=1000)
    office.put(*(a_delivery(f"reader-{number}") for number in range(10)))

    office.run(seconds=65)

    assert office.texts() == ["news once", "Session"]
    assert OUTAGE in office.dispatcher.watch.health()
    assert office.alerts == [OUTAGE]


def test_lost_access_of_a_file_stops_everything(office: Office) -> None:
    waiting_files(office, "ada")
    office.messenger.fail(AccessLost("token_revoked"), on="begin_file")
    office.put(a_delivery("dev", tier=Tier.NOTICE))

    office.run(seconds=30)
    during = office.texts()
    office.run(seconds=40)

    assert (during, office.alerts) == ([], [NO_ACCESS])
    assert sorted(office.texts()) == ["Session", "news once"]


def test_files_that_are_late_for_a_limit_are_said_to_be(office: Office) -> None:
    waiting_files(office, "ada")
    office.messenger.fail(RateLimited(300), on="begin_file")

    office.run(seconds=200)

    assert office.alerts == [FILES_SLOWED]
    assert office.dispatcher.watch.health() == {FILES_SLOWED: SAYS[FILES_SLOWED]}


def test_messages_that_are_late_for_another_reason_are_not_said_to_be_slowed_when_only_files_are(
    office: Office,
) -> None:
    waiting_files(office, "ada")
    office.messenger.fail(RateLimited(600), on="begin_file")
    office.dispatcher.dispatch()
    office.messenger.fail(LOST, times=1000)
    office.put(a_delivery("dev"))

    office.run(seconds=200)

    assert office.dispatcher.watch.health().keys() == {FILES_SLOWED, LATE, OUTAGE}


def test_files_that_are_late_for_no_limit_are_said_to_be_late(office: Office) -> None:
    waiting_files(office, "ada")
    office.messenger.fail(LOST, on="begin_file", times=1000)

    office.run(seconds=200)

    assert office.alerts == [FILES_LATE]


def test_files_have_a_pace_of_their_own(ledgers: Stores) -> None:
    office = Office.open(ledgers, posts_per_minute=60)
    waiting_files(office, *(f"scholar-{number}" for number in range(20)))
    office.put(*(a_delivery(f"reader-{number}", tier=Tier.CRITICAL) for number in range(5)))

    office.dispatcher.dispatch()

    assert office.texts() == ["news once"] + ["Session"] * 20
