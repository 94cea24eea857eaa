"""The two places that the Messenger contract is checked in: Slack in memory, and the local workspace over HTTP."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from slack_sdk import WebClient

from bot.messenger import SlackMessenger
from domain.delivery import DeliveryError, OutcomeUnknown, RateLimited
from domain.ports import Message, Messenger, Posted
from sandbox.client import SandboxClient
from sandbox.seed import SeedChannel, SeedUser
from tests.builders.people import TEAM, account_of, an_account
from tests.fakes.channels import FakeChannel
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.troubles import ALL_SCOPES
from tests.fixtures.products import BOT_TOKEN, a_workspace

ADA = account_of("ada")
RETRY_AFTER_SECONDS = 7.0
_TIMEOUT_SECONDS = 30
_METHODS = {
    "post": "chat.postMessage",
    "update": "chat.update",
    "find": "conversations.history",
    "channel": "conversations.info",
    "channel_members": "conversations.members",
    "begin_file": "files.getUploadURLExternal",
    "finish_file": "files.completeUploadExternal",
    "respond": "response_url",
}
_KINDS: dict[str, dict[str, Any]] = {
    "ratelimited": {"kind": "ratelimited", "seconds": RETRY_AFTER_SECONDS},
    "lost reply": {"kind": "lost_reply"},
    "broken connection": {"kind": "refuse"},
    "server error": {"kind": "server_error"},
}


class Workplace(Protocol):
    """A place with a messenger in it, people to write to, and trouble on demand."""

    @property
    def messenger(self) -> Messenger:
        """The one under test."""
        ...

    def now(self) -> datetime:
        """The place's time."""
        ...

    def accepted(self) -> list[tuple[str, str]]:
        """Key and text of each message that was taken."""
        ...

    def shown(self, posted: Posted) -> Message:
        """What ada reads there now."""
        ...

    def delete(self, posted: Posted) -> None:
        """Let somebody delete a message."""
        ...

    def fail(self, what: str, *, on: str = "post") -> None:
        """Let the next call of a method of the port fail in one of the ways of `_KINDS`."""
        ...

    def drop_scope(self, scope: str) -> None:
        """Take a scope from the app."""
        ...

    def deactivate(self, account: str) -> None:
        """Let somebody leave."""
        ...

    def open_channel(self, *, is_private: bool = False) -> str:
        """A channel `news` with ada and the bot in it: its id. It may be a new workspace: comes first in a test."""
        ...

    def archive(self, channel: str) -> None:
        """Archive it."""
        ...

    def leave(self, channel: str) -> None:
        """Let the bot leave it."""
        ...

    def crowd(self, channel: str, people: int) -> None:
        """Let so many accounts come into a channel, `U0CROWD0` and on."""
        ...

    def fill(self, people: int) -> None:
        """Have so many more accounts, `user-0` and on."""
        ...

    def gesture(self) -> tuple[str, str]:
        """Somebody types a command: its trigger id and response_url."""
        ...

    def view_hash(self, view_id: str) -> str:
        """The hash of a modal as it is open now."""
        ...


@dataclass(slots=True)
class InMemory:
    """Slack in memory."""

    clock: FakeClock
    messenger: FakeMessenger

    @classmethod
    def make(cls) -> "InMemory":
        """With ada in it."""
        clock = FakeClock()
        return cls(clock, FakeMessenger(clock, accounts=[an_account("ada", zone="Europe/London")]))

    def now(self) -> datetime:
        return self.clock.wall()

    def accepted(self) -> list[tuple[str, str]]:
        return [(each.key, each.text) for each in self.messenger.accepted if each.key]

    def shown(self, posted: Posted) -> Message:
        said = next(each for each in self.messenger.accepted if (each.channel, each.ts) == (posted.channel, posted.ts))
        return Message(text=said.text, blocks=said.blocks)

    def delete(self, posted: Posted) -> None:
        self.messenger.deleted.add(posted)

    def fail(self, what: str, *, on: str = "post") -> None:
        error: DeliveryError = OutcomeUnknown("reset")
        if what == "ratelimited":
            error = RateLimited(RETRY_AFTER_SECONDS)
        self.messenger.fail(error, on=on, is_done=what == "lost reply")

    def drop_scope(self, scope: str) -> None:
        self.messenger.scopes.remove(scope)

    def deactivate(self, account: str) -> None:
        self.messenger.gone.add(account)

    def open_channel(self, *, is_private: bool = False) -> str:
        self.messenger.channels["CNEWS"] = FakeChannel(name="news", members={ADA}, is_private=is_private)
        return "CNEWS"

    def archive(self, channel: str) -> None:
        self.messenger.closed[channel] = "is_archived"

    def leave(self, channel: str) -> None:
        is_private = self.messenger.channels[channel].is_private
        self.messenger.closed[channel] = "channel_not_found" if is_private else "not_in_channel"

    def crowd(self, channel: str, people: int) -> None:
        self.messenger.channels[channel].members |= {f"U0CROWD{number}" for number in range(people)}

    def fill(self, people: int) -> None:
        accounts = [an_account("ada", zone="Europe/London")]
        accounts += [an_account(f"user-{number}", zone="Europe/London") for number in range(people)]
        self.messenger = FakeMessenger(self.clock, accounts=accounts)

    def gesture(self) -> tuple[str, str]:
        return self.messenger.trigger(), "https://slack.example/response"

    def view_hash(self, view_id: str) -> str:
        return self.messenger.views[view_id].hash


@dataclass(slots=True)
class OverHttp:
    """The real messenger, and the local workspace behind it."""

    workspace: SandboxClient
    messenger: SlackMessenger

    @classmethod
    def make(cls, workspace: SandboxClient) -> "OverHttp":
        """With ada in it."""
        workspace.reset(a_workspace())
        # With slack_sdk's own retries on: switching them off is the messenger's duty.
        client = WebClient(token=BOT_TOKEN, base_url=workspace.api_url, timeout=_TIMEOUT_SECONDS)
        return cls(workspace, SlackMessenger(client))

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.workspace.now(), UTC)

    def accepted(self) -> list[tuple[str, str]]:
        calls = [call["args"] for call in self.workspace.calls("chat.postMessage", accepted=True)]
        return [(call["metadata"]["event_payload"]["key"], call["text"]) for call in calls]

    def shown(self, posted: Posted) -> Message:
        seen = self.workspace.as_user("ada").eyes()["messages"][posted.channel]
        message = next(each for each in seen if each["ts"] == posted.ts)
        return Message(text=message["text"], blocks=tuple(message["blocks"]))

    def delete(self, posted: Posted) -> None:
        client = WebClient(token=BOT_TOKEN, base_url=self.workspace.api_url)
        client.chat_delete(channel=posted.channel, ts=posted.ts)

    def fail(self, what: str, *, on: str = "post") -> None:
        self.workspace.fault(_METHODS[on], **_KINDS[what])

    def drop_scope(self, scope: str) -> None:
        kept = [each for each in (*ALL_SCOPES, "commands", "users:read.email") if each != scope]
        self.workspace.reset(a_workspace(scopes=kept))

    def deactivate(self, account: str) -> None:
        self.workspace.change_user(account, deleted=True)

    def open_channel(self, *, is_private: bool = False) -> str:
        seed = a_workspace()
        seed.channels.append(SeedChannel(id="C0NEWS", name="news", members=["ada"], is_private=is_private))
        self.workspace.reset(seed)
        self.workspace.invite("C0NEWS", self.workspace.bot_id())
        return "C0NEWS"

    def archive(self, channel: str) -> None:
        self.workspace.archive(channel)

    def leave(self, channel: str) -> None:
        self.workspace.remove(channel, self.workspace.bot_id())

    def crowd(self, channel: str, people: int) -> None:
        for number in range(people):
            self.workspace.join(id=f"U0CROWD{number}", name=f"crowd-{number}", real_name=f"Crowd {number}")
            self.workspace.invite(channel, f"U0CROWD{number}")

    def fill(self, people: int) -> None:
        seed = a_workspace()
        seed.users += [_seeded(f"user-{number}") for number in range(people)]
        self.workspace.reset(seed)

    def gesture(self) -> tuple[str, str]:
        self.workspace.as_user("ada").slash("/support help")
        payload = self.workspace.deliveries("slash")[-1]["payload"]
        return str(payload["trigger_id"]), str(payload["response_url"])

    def view_hash(self, view_id: str) -> str:
        modals = self.workspace.as_user("ada").modals()
        return next(str(modal["hash"]) for modal in modals if modal["id"] == view_id)


def _seeded(id_: str) -> SeedUser:
    account = an_account(id_)
    return SeedUser(
        id=account.slack_user_id,
        name=id_,
        real_name=account.name,
        email=account.email,
        tz="Europe/London",
        team_id=TEAM,
    )
