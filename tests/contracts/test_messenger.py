"""One contract for both messengers: what a use case may rely on holds for the fake and for Slack's client alike."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.delivery import (
    CannotRead,
    DeliveryError,
    MessageRefused,
    MissingScope,
    OutcomeUnknown,
    RateLimited,
    RecipientGone,
    UploadUnknown,
)
from domain.ports import Message, Posted, View
from tests.contracts.workplaces import ADA, RETRY_AFTER_SECONDS, Workplace

MINUTE = timedelta(minutes=1)
HELLO = Message(text="Hello")
ICS = b"BEGIN:VCALENDAR"


def a_view(title: str = "A modal") -> View:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Words"}}],
    }


def a_home() -> View:
    return {"type": "home", "blocks": a_view()["blocks"]}


def posted(workplace: Workplace, key: str = "key-1") -> Posted:
    return workplace.messenger.post(channel=ADA, message=HELLO, key=key)


def test_post_to_an_account_opens_the_dm_and_carries_the_key(workplace: Workplace) -> None:
    first = posted(workplace, "key-1")
    second = workplace.messenger.post(channel=first.channel, message=Message(text="Again"), key="key-2")

    assert workplace.accepted() == [("key-1", "Hello"), ("key-2", "Again")]
    assert first.channel.startswith("D")
    assert second.channel == first.channel
    assert second.ts != first.ts


def test_post_of_more_than_slack_shows_is_refused(workplace: Workplace) -> None:
    too_many = Message(text="Hello", blocks=({"type": "divider"},) * 51)

    with pytest.raises(MessageRefused, match="invalid_blocks"):
        workplace.messenger.post(channel=ADA, message=too_many, key="key-1")

    assert workplace.accepted() == []


def test_post_to_somebody_deactivated_finds_them_gone(workplace: Workplace) -> None:
    workplace.deactivate(ADA)

    with pytest.raises(RecipientGone, match="user_disabled"):
        posted(workplace)


def test_post_in_haste_tells_how_long_to_wait(workplace: Workplace) -> None:
    workplace.fail("ratelimited")

    with pytest.raises(RateLimited) as refused:
        posted(workplace)

    assert refused.value.retry_after_seconds == RETRY_AFTER_SECONDS
    assert workplace.accepted() == []


def test_post_whose_reply_is_lost_is_sent_once_and_unknown(workplace: Workplace) -> None:
    workplace.fail("lost reply")

    with pytest.raises(OutcomeUnknown):
        posted(workplace)

    assert workplace.accepted() == [("key-1", "Hello")]


@pytest.mark.parametrize("what", ["broken connection", "server error"])
def test_post_that_meets_trouble_before_it_is_taken_is_unknown_and_not_repeated(
    workplace: Workplace, what: str
) -> None:
    workplace.fail(what)

    with pytest.raises(OutcomeUnknown):
        posted(workplace)

    assert workplace.accepted() == []


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("chat:write", posted),
        ("files:write", lambda place: place.messenger.begin_file(filename="a.ics", content=ICS)),
        ("users:read", lambda place: place.messenger.members()),
    ],
    ids=["post", "file", "members"],
)
def test_call_without_its_scope_names_the_scope(
    workplace: Workplace, scope: str, call: Callable[[Workplace], object]
) -> None:
    workplace.drop_scope(scope)

    with pytest.raises(MissingScope) as refused:
        call(workplace)

    assert str(refused.value) == scope


def test_find_after_a_lost_reply_tells_where_the_message_is(workplace: Workplace) -> None:
    since = workplace.now() - MINUTE
    posted(workplace, "another")
    workplace.fail("lost reply")
    with pytest.raises(OutcomeUnknown):
        posted(workplace, "lost")

    found = workplace.messenger.find(channel=ADA, key="lost", since=since)

    assert found is not None
    assert workplace.messenger.find(channel=found.channel, key="lost", since=since) == found
    assert workplace.messenger.find(channel=ADA, key="another", since=since) != found


def test_find_of_a_message_that_never_arrived_finds_nothing(workplace: Workplace) -> None:
    posted(workplace, "another")

    assert workplace.messenger.find(channel=ADA, key="lost", since=workplace.now() - MINUTE) is None


def test_find_looks_no_further_back_than_told(workplace: Workplace) -> None:
    posted(workplace)

    assert workplace.messenger.find(channel=ADA, key="key-1", since=workplace.now() + MINUTE) is None


@pytest.mark.parametrize("scope", ["im:history", "im:write"])
def test_find_without_a_scope_for_reading_cannot_read(workplace: Workplace, scope: str) -> None:
    workplace.drop_scope(scope)

    with pytest.raises(CannotRead, match=scope):
        workplace.messenger.find(channel=ADA, key="key-1", since=workplace.now() - MINUTE)


def test_find_in_haste_tells_how_long_to_wait(workplace: Workplace) -> None:
    workplace.fail("ratelimited", on="find")

    with pytest.raises(RateLimited) as refused:
        workplace.messenger.find(channel=ADA, key="key-1", since=workplace.now() - MINUTE)

    assert refused.value.retry_after_seconds == RETRY_AFTER_SECONDS


def test_file_is_seen_by_nobody_until_it_is_finished(workplace: Workplace) -> None:
    place = posted(workplace).channel
    since = workplace.now() - MINUTE

    file_id = workplace.messenger.begin_file(filename="session.ics", content=ICS)
    before = workplace.messenger.find_file(channel=place, file_id=file_id, since=since)
    workplace.messenger.finish_file(file_id=file_id, channel=place, title="Session")

    assert before is False
    assert workplace.messenger.find_file(channel=place, file_id=file_id, since=since) is True
    assert workplace.messenger.find_file(channel=place, file_id=file_id, since=workplace.now() + MINUTE) is False


def test_file_whose_reply_is_lost_is_found_and_not_shared_twice(workplace: Workplace) -> None:
    place = posted(workplace).channel
    file_id = workplace.messenger.begin_file(filename="session.ics", content=ICS)
    workplace.fail("lost reply", on="finish_file")
    with pytest.raises(OutcomeUnknown):
        workplace.messenger.finish_file(file_id=file_id, channel=place, title="Session")

    is_there = workplace.messenger.find_file(channel=place, file_id=file_id, since=workplace.now() - MINUTE)

    assert is_there is True
    with pytest.raises(UploadUnknown, match="file_not_found"):
        workplace.messenger.finish_file(file_id=file_id, channel=place, title="Session")


def test_file_to_an_account_instead_of_a_channel_is_refused(workplace: Workplace) -> None:
    file_id = workplace.messenger.begin_file(filename="session.ics", content=ICS)

    with pytest.raises(MessageRefused, match="invalid_arguments"):
        workplace.messenger.finish_file(file_id=file_id, channel=ADA, title="Session")


def test_find_file_without_im_history_cannot_read(workplace: Workplace) -> None:
    workplace.drop_scope("im:history")
    place = posted(workplace).channel

    with pytest.raises(CannotRead, match="im:history"):
        workplace.messenger.find_file(channel=place, file_id="F1", since=workplace.now() - MINUTE)


def test_view_is_opened_once_for_each_trigger(workplace: Workplace) -> None:
    trigger, _ = workplace.gesture()
    workplace.messenger.open_view(trigger_id=trigger, view=a_view())

    with pytest.raises(MessageRefused, match="trigger_id"):
        workplace.messenger.open_view(trigger_id=trigger, view=a_view())


def test_view_is_pushed_only_over_an_open_one(workplace: Workplace) -> None:
    first, _ = workplace.gesture()
    with pytest.raises(MessageRefused, match="not_found"):
        workplace.messenger.push_view(trigger_id=first, view=a_view())
    second, _ = workplace.gesture()
    below = workplace.messenger.open_view(trigger_id=second, view=a_view())
    third, _ = workplace.gesture()

    above = workplace.messenger.push_view(trigger_id=third, view=a_view("Above"))

    assert above != below


def test_view_is_updated_only_if_it_is_the_one_the_person_saw(workplace: Workplace) -> None:
    trigger, _ = workplace.gesture()
    view_id = workplace.messenger.open_view(trigger_id=trigger, view=a_view())
    seen = workplace.view_hash(view_id)
    workplace.messenger.update_view(view_id=view_id, view=a_view("Newer"), view_hash=seen)

    with pytest.raises(MessageRefused, match="hash_conflict"):
        workplace.messenger.update_view(view_id=view_id, view=a_view("Too late"), view_hash=seen)


def test_view_that_nobody_opened_cannot_be_updated(workplace: Workplace) -> None:
    with pytest.raises(MessageRefused, match="not_found"):
        workplace.messenger.update_view(view_id="V0", view=a_view())


def test_home_of_a_stranger_is_refused(workplace: Workplace) -> None:
    workplace.messenger.publish_home(slack_user_id=ADA, view=a_home())

    with pytest.raises(MessageRefused, match="invalid_arguments"):
        workplace.messenger.publish_home(slack_user_id="UNOBODY", view=a_home())


def test_response_url_takes_five_answers(workplace: Workplace) -> None:
    _, url = workplace.gesture()
    for _ in range(5):
        workplace.messenger.respond(response_url=url, message=HELLO, replace=False)

    with pytest.raises(MessageRefused, match="response_url answered 404"):
        workplace.messenger.respond(response_url=url, message=HELLO, replace=False)


@pytest.mark.parametrize(
    ("what", "error"),
    [("ratelimited", RateLimited), ("server error", OutcomeUnknown), ("broken connection", OutcomeUnknown)],
)
def test_response_url_in_trouble_raises_what_the_port_says(
    workplace: Workplace, what: str, error: type[DeliveryError]
) -> None:
    _, url = workplace.gesture()
    workplace.fail(what, on="respond")

    with pytest.raises(error):
        workplace.messenger.respond(response_url=url, message=HELLO, replace=False)


def test_members_of_several_pages_are_all_there_once(workplace: Workplace) -> None:
    workplace.fill(1050)

    accounts = [member.slack_user_id for member in workplace.messenger.members()]

    assert len(accounts) == len(set(accounts))
    assert {ADA, *(f"UUSER-{number}" for number in range(1050))} <= set(accounts)


def test_member_tells_what_the_roster_needs(workplace: Workplace) -> None:
    workplace.fill(1)

    member = next(each for each in workplace.messenger.members() if each.slack_user_id == "UUSER-0")

    assert (member.email, member.zone, member.is_guest, member.is_bot, member.is_deleted) == (
        "user-0@example.org",
        "Europe/London",
        False,
        False,
        False,
    )
