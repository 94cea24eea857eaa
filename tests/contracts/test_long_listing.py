"""The members of a large workspace and of a large channel, read in pages, while Slack asks for patience."""

import pytest
from slack_sdk import WebClient

from bot.messenger import LISTING_WAIT_SECONDS, PAGE_SIZE, SlackMessenger
from domain.delivery import OutcomeUnknown, RateLimited, Unreachable
from sandbox.client import SandboxClient
from sandbox.seed import SeedChannel, SeedUser
from tests.contracts.workplaces import OverHttp
from tests.fixtures.products import BOT_TOKEN, a_workspace

SECOND_PAGE = 1
ACCOUNTS = PAGE_SIZE + 10


class Waiting:
    """Somebody who waits by the workspace's time; `is_ended` is a process that is told to end meanwhile.

    Keeps how long it waited, and not the times when it was only asked whether to go on.
    """

    def __init__(self, workspace: SandboxClient, *, is_ended: bool = False) -> None:
        self._workspace = workspace
        self.seconds: list[float] = []
        self.is_ended = is_ended

    def __call__(self, seconds: float) -> bool:
        if seconds:
            self.seconds.append(seconds)
            self._workspace.advance(seconds)
        return self.is_ended


@pytest.fixture
def large(workspace: SandboxClient) -> SandboxClient:
    """A workspace with more accounts than a page holds."""
    OverHttp.make(workspace).fill(ACCOUNTS)
    return workspace


def a_messenger(workspace: SandboxClient, waiting: Waiting) -> SlackMessenger:
    return SlackMessenger(WebClient(token=BOT_TOKEN, base_url=workspace.api_url), wait=waiting)


def pages_asked_for(workspace: SandboxClient) -> list[tuple[int, bool]]:
    """Whether each call was of a later page, and whether it was carried out."""
    return [
        (SECOND_PAGE if call["args"].get("cursor") else 0, bool(call["accepted"]))
        for call in workspace.calls("users.list")
    ]


def test_limit_in_the_middle_of_a_listing_is_sat_out_and_the_listing_goes_on_from_there(large: SandboxClient) -> None:
    waiting = Waiting(large)
    large.fault("users.list", "ratelimited", after=1, times=2, seconds=30)

    members = a_messenger(large, waiting).members()

    assert {f"UUSER-{number}" for number in range(ACCOUNTS)} <= {member.slack_user_id for member in members}
    assert len(members) == len({member.slack_user_id for member in members})
    assert waiting.seconds == [30, 30]
    assert pages_asked_for(large) == [(0, True), (SECOND_PAGE, False), (SECOND_PAGE, False), (SECOND_PAGE, True)]


def test_listing_waits_no_longer_in_all_than_its_patience(large: SandboxClient) -> None:
    waiting = Waiting(large)
    large.fault("users.list", "ratelimited", times=4, seconds=LISTING_WAIT_SECONDS / 2)

    with pytest.raises(RateLimited):
        a_messenger(large, waiting).members()

    assert waiting.seconds == [LISTING_WAIT_SECONDS / 2] * 2


def test_listing_ends_with_the_process(large: SandboxClient) -> None:
    waiting = Waiting(large, is_ended=True)
    large.fault("users.list", "ratelimited", seconds=30)

    with pytest.raises(RateLimited):
        a_messenger(large, waiting).members()

    assert (waiting.seconds, pages_asked_for(large)) == ([30], [(0, False)])


def test_listing_asks_for_no_further_page_when_the_process_is_to_end(large: SandboxClient) -> None:
    with pytest.raises(Unreachable):
        a_messenger(large, Waiting(large, is_ended=True)).members()

    assert pages_asked_for(large) == [(0, True)]


def test_other_trouble_ends_a_listing_at_once(large: SandboxClient) -> None:
    waiting = Waiting(large)
    large.fault("users.list", "server_error")

    with pytest.raises(OutcomeUnknown):
        a_messenger(large, waiting).members()

    assert waiting.seconds == []


def test_channel_of_several_pages_is_read_whole_though_slack_puts_a_page_off(large: SandboxClient) -> None:
    waiting = Waiting(large)
    seed = a_workspace()
    names = [f"crowd-{number}" for number in range(ACCOUNTS)]
    seed.users += [SeedUser(id=f"U0{name.upper()}", name=name, real_name=name) for name in names]
    seed.channels.append(SeedChannel(id="C0NEWS", name="news", members=names))
    large.reset(seed)
    large.fault("conversations.members", "ratelimited", after=1, seconds=30)

    members = a_messenger(large, waiting).channel_members("C0NEWS")

    assert members == {f"U0{name.upper()}" for name in names}
    assert waiting.seconds == [30]
    assert [bool(call["accepted"]) for call in large.calls("conversations.members")] == [True, False, True]
