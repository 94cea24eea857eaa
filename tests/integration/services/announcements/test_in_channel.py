"""What is in the way in a channel, looked up while staff have a preview before them. On each engine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.announcements import Plan
from domain.delivery import RateLimited
from domain.ports import ChannelInfo
from services.announcements.compose import Write, write
from services.announcements.facts import Announcement
from services.announcements.in_channel import preview_in_channel
from services.announcements.send import send
from services.channels import ChannelFacts
from services.desk import Desk as ServicesDesk
from tests.builders.announcements import TEXT, Desk, a_content, request_key
from tests.builders.people import account_of
from tests.fakes.channels import FakeChannel
from tests.fakes.messenger import FakeMessenger

CHANNEL = "C1"


class SlowSlack(FakeMessenger):
    """Somebody does something before it answers."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def channel(self, channel: str) -> ChannelInfo:
        """See `domain.ports.Messenger`."""
        self.meanwhile()
        return super().channel(channel)


@pytest.fixture
def slack(desk: Desk) -> SlowSlack:
    """A channel with the bot and one of the two readers in it."""
    slack = SlowSlack(desk.house.clock)
    slack.channels[CHANNEL] = FakeChannel(name="general", members={account_of("ada")})
    return slack


def with_slack(desk: Desk, slack: SlowSlack | None) -> ServicesDesk:
    return replace(desk.house.desk, messenger=slack)


def test_preview_has_what_is_known_of_its_channel(desk: Desk, slack: SlowSlack) -> None:
    found = desk.draft(a_content(channel=CHANNEL))

    seen, facts = preview_in_channel(with_slack(desk, slack), desk.sam, found) or pytest.fail("nothing was found")

    assert (seen.announcement, len(seen.readers), seen.after_channel) == (found, 2, True)
    assert facts == ChannelFacts(name="general", is_there=True, is_archived=False, has_bot=True, outside=1, others=0)


def test_readers_do_not_wait_for_a_channel_that_is_closed(desk: Desk, slack: SlowSlack) -> None:
    found = desk.draft(a_content(channel=CHANNEL))
    slack.closed[CHANNEL] = "not_in_channel"

    seen, facts = preview_in_channel(with_slack(desk, slack), desk.sam, found) or pytest.fail("nothing was found")

    assert (seen.after_channel, facts.is_open) == (False, False)


@pytest.mark.parametrize("what", ["sent off", "changed"])
def test_what_became_something_else_while_slack_was_asked_is_not_shown_again(
    desk: Desk, slack: SlowSlack, what: str
) -> None:
    found = desk.draft(a_content(channel=CHANNEL))
    other = a_content(channel=CHANNEL, text=replace(TEXT, body="The room has changed."))

    def change() -> Announcement:
        command = Write(request_key=request_key(), content=other, id=found.id, version=found.version)
        return write(desk.house.desk, desk.sam, command)

    deeds: dict[str, Callable[[], object]] = {
        "sent off": lambda: send(desk.house.desk, desk.sam, found.id, version=found.version),
        "changed": change,
    }
    slack.meanwhile = deeds[what]

    assert preview_in_channel(with_slack(desk, slack), desk.sam, found) is None


def test_nothing_is_said_where_slack_does_not_let_us_look_or_there_is_nothing_to_look_at(
    desk: Desk, slack: SlowSlack
) -> None:
    without, ahead = desk.draft(), desk.draft(a_content(channel=CHANNEL))
    out = desk.sent(a_content(channel=CHANNEL, plan=Plan(expires_at=desk.house.clock.now() + timedelta(hours=9))))
    slack.fail(RateLimited(30), on="channel")

    refused = preview_in_channel(with_slack(desk, slack), desk.sam, ahead)
    others = [preview_in_channel(with_slack(desk, slack), desk.sam, each) for each in (without, out)]

    assert (refused, others) == (None, [None, None])
    assert preview_in_channel(with_slack(desk, None), desk.sam, ahead) is None
