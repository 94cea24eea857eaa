"""A calendar file whose upload is refused, lost or forgotten arrives, and twice only where nobody can know."""

from datetime import timedelta

import pytest

from domain.delivery import (
    DeliveryError,
    OutcomeUnknown,
    RateLimited,
    Tier,
    Unreachable,
    UploadUnknown,
    delivery_key,
)
from domain.ports import Posted
from services.delivery.settling import ATTEMPTS_MAX
from services.delivery.watch import HELD
from tests.builders.deliveries import a_delivery
from tests.looking.dispatching import Office

MINUTE = timedelta(minutes=1)
LOST = OutcomeUnknown("reset")


def test_upload_refused_for_haste_is_begun_again(office: Office) -> None:
    news = a_delivery()
    office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))
    office.messenger.fail(RateLimited(10), on="begin_file")

    office.run(seconds=30)

    assert office.texts() == ["news once", "Session"]
    assert set(office.states().values()) == {"sent"}


def test_file_whose_reply_is_lost_is_found_by_its_id(office: Office) -> None:
    news = a_delivery()
    keys = office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))
    office.messenger.fail(LOST, is_done=True, on="finish_file")

    office.run(seconds=60)

    assert office.texts() == ["news once", "Session"]
    assert (office.states()[keys[1]], office.support.row(keys[1]).file_id) == (
        "sent",
        office.messenger.accepted[1].file_id,
    )


def a_message_and_its_file(office: Office, tier: Tier = Tier.SESSION) -> str:
    """Both are due; the key of the file."""
    news = a_delivery(tier=tier)
    return office.put_support(news, a_delivery(kind="file", tier=tier, after=delivery_key(news)))[1]


def test_file_that_arrived_is_sent_and_neither_held_nor_shown_twice_though_nothing_can_be_read(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    key = a_message_and_its_file(office)
    office.messenger.fail(LOST, is_done=True, on="finish_file")

    office.run(seconds=120)

    assert (office.texts(), len(office.messenger.uploads)) == (["news once", "Session"], 1)
    assert (office.states()[key], office.alerts) == ("sent", [])
    assert office.support.queue.reading.place_of(key) == Posted(channel="DUADA", ts="")


@pytest.mark.parametrize("tier", [Tier.SESSION, Tier.NOTICE])
def test_file_refused_for_haste_whose_upload_lapsed_is_uploaded_anew_though_nothing_can_be_read(
    office: Office, tier: Tier
) -> None:
    office.messenger.scopes.remove("im:history")
    key = a_message_and_its_file(office, tier)
    office.messenger.fail(RateLimited(600), on="finish_file")
    office.run(seconds=5)

    office.messenger.uploads.clear()
    office.run(seconds=700)

    assert (office.texts(), office.states()[key]) == (["news once", "Session"], "sent")
    assert HELD not in office.alerts


def test_file_refused_for_haste_that_arrived_is_shown_twice_rather_than_perhaps_never_when_nothing_can_be_read(
    office: Office,
) -> None:
    office.messenger.scopes.remove("im:history")
    key = a_message_and_its_file(office)
    office.messenger.fail(RateLimited(5), is_done=True, on="finish_file")

    office.run(seconds=120)

    assert (office.texts(), office.states()[key]) == (["news once", "Session", "Session"], "sent")
    assert office.alerts == []


def test_file_refused_for_haste_that_arrived_is_shown_once_where_it_can_be_read(office: Office) -> None:
    key = a_message_and_its_file(office)
    office.messenger.fail(RateLimited(5), is_done=True, on="finish_file")

    office.run(seconds=120)

    assert (office.texts(), office.states()[key]) == (["news once", "Session"], "sent")


def test_file_that_arrived_is_sent_though_the_next_try_came_to_nothing(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    key = a_message_and_its_file(office)
    office.messenger.fail(LOST, is_done=True, on="finish_file")
    office.messenger.fail(Unreachable("gaierror"), on="finish_file")

    office.run(seconds=120)

    assert (office.texts(), office.states()[key]) == (["news once", "Session"], "sent")


@pytest.mark.parametrize("error", [LOST, Unreachable("gaierror")])
def test_upload_that_has_lapsed_and_did_not_arrive_is_begun_again(office: Office, error: DeliveryError) -> None:
    key = a_message_and_its_file(office)
    office.messenger.fail(error, on="finish_file")
    office.run(seconds=2)

    office.messenger.uploads.clear()
    office.run(seconds=120)

    assert (office.texts(), office.states()[key]) == (["news once", "Session"], "sent")
    assert office.alerts == []


def test_file_that_slack_forgets_each_time_is_held(office: Office) -> None:
    key = a_message_and_its_file(office)
    office.messenger.fail(UploadUnknown("file_not_found"), on="finish_file", times=1000)

    for _ in range(60):
        office.clock.advance(MINUTE)
        office.run()

    assert (office.states()[key], office.support.row(key).last_error) == ("dead", "file_not_found")
    assert (len(office.messenger.uploads), office.alerts) == (ATTEMPTS_MAX, [HELD])


def test_upload_without_an_answer_is_begun_again_and_nobody_sees_two(office: Office) -> None:
    news = a_delivery()
    office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))
    office.messenger.fail(LOST, on="begin_file", is_done=True)

    office.run(seconds=30)

    assert office.texts() == ["news once", "Session"]


def test_file_without_its_scope_is_dropped_and_the_message_stays(office: Office) -> None:
    office.messenger.scopes.remove("files:write")
    news = a_delivery()
    keys = office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))

    office.run(seconds=5)

    assert [office.states()[key] for key in keys] == ["sent", "suppressed"]
    assert office.alerts == []
