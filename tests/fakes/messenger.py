"""Slack in memory: what the Messenger port promises, with trouble on demand; tests/contracts holds it to the real one.

messenger = FakeMessenger(clock)
messenger.fail(RateLimited(30))                               # the next call is refused
messenger.fail(OutcomeUnknown("reset"), is_done=True)         # carried out, and the answer is lost
messenger.fail(Unreachable("gaierror"), times=1000)           # an outage; `mend()` ends it
messenger.scopes.remove("im:history")                         # nothing can be read back
messenger.gone.add("UADA")                                    # an account that is no more
messenger.channels["C1"] = FakeChannel(name="general", members={"UADA"})
messenger.closed["C1"] = "is_archived"                        # a channel that takes nothing, by Slack's code
messenger.deleted.add(posted)                                 # somebody deleted that message
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from domain.delivery import (
    CannotRead,
    ChannelClosed,
    MessageGone,
    MessageRefused,
    RecipientGone,
    UploadUnknown,
)
from domain.ports import Block, Clock, Message, Posted, View, WorkspaceMember
from tests.fakes.channels import Channels

RESPONSE_POSTS_MAX = 5
BLOCKS_MAX = 50
UPDATE_TEXT_MAX = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One message or file that Slack took: `key` for a message, `file_id` for a file; `at` is real time.

    Text and blocks are those of now: `update` replaces them.
    """

    channel: str
    ts: str
    at: datetime
    key: str = ""
    text: str = ""
    blocks: tuple[Block, ...] = ()
    file_id: str = ""


@dataclass(slots=True)
class _View:
    view: View
    hash: str


@dataclass(slots=True)
class _Upload:
    content: bytes
    shared_in: list[str] = field(default_factory=list)


class FakeMessenger(Channels):
    """The Messenger port. Time is the clock's real time; a DM's channel id is made from the account's."""

    def __init__(self, clock: Clock, *, accounts: list[WorkspaceMember] | None = None) -> None:
        super().__init__()
        self.accepted: list[Accepted] = []
        self.reads = 0
        self.gone: set[str] = set()
        self.deleted: set[Posted] = set()
        self.updates: list[Posted] = []
        self.uploads: dict[str, _Upload] = {}
        self.views: dict[str, _View] = {}
        self.homes: dict[str, View] = {}
        self.responses: dict[str, list[Message]] = {}
        self.on_post: Callable[[], None] = lambda: None
        self._clock = clock
        self._accounts = accounts or []
        self._triggers: set[str] = set()
        self._numbers = count(1)

    def trigger(self) -> str:
        """A trigger id, good for one view."""
        trigger_id = f"trigger-{next(self._numbers)}"
        self._triggers.add(trigger_id)
        return trigger_id

    def keys(self) -> list[str]:
        """The keys of all messages that Slack took, in order."""
        return [each.key for each in self.accepted if each.key]

    def post(self, *, channel: str, message: Message, key: str) -> Posted:
        """See `domain.ports.Messenger`."""
        self.on_post()
        self._needs("chat:write")
        trouble = self._strike("post", channel)
        place = self._place(channel)
        if len(message.blocks) > BLOCKS_MAX:
            raise MessageRefused("invalid_blocks")
        posted = Posted(channel=place, ts=self._ts())
        said = Accepted(channel=place, ts=posted.ts, at=self._clock.wall(), key=key)
        self.accepted.append(replace(said, text=message.text, blocks=message.blocks))
        self._lose(trouble)
        return posted

    def update(self, *, channel: str, ts: str, message: Message) -> None:
        """See `domain.ports.Messenger`."""
        self._needs("chat:write")
        trouble = self._strike("update", channel)
        if not channel.startswith(("C", "D", "G")):
            raise RecipientGone("channel_not_found")
        changed = Posted(channel=channel, ts=ts)
        number = self._number_of(changed)
        if self.closed.get(channel) == "is_archived":
            raise ChannelClosed("is_inactive")
        if len(message.text) > UPDATE_TEXT_MAX:
            raise MessageRefused("msg_too_long")
        if len(message.blocks) > BLOCKS_MAX:
            raise MessageRefused("invalid_blocks")
        self.accepted[number] = replace(self.accepted[number], text=message.text, blocks=message.blocks)
        self.updates.append(changed)
        self._lose(trouble)

    def find(self, *, channel: str, key: str, since: datetime) -> Posted | None:
        """See `domain.ports.Messenger`."""
        self._read("find", channel)
        place = self._place(channel)
        for each in self.accepted:
            found = Posted(channel=place, ts=each.ts)
            if (each.channel, each.key) == (place, key) and each.at >= since and found not in self.deleted:
                return found
        return None

    def begin_file(self, *, filename: str, content: bytes) -> str:  # noqa: ARG002 the port's names
        """See `domain.ports.Messenger`."""
        self._needs("files:write")
        trouble = self._strike("begin_file")
        file_id = f"F{next(self._numbers)}"
        self.uploads[file_id] = _Upload(content)
        self._lose(trouble)
        return file_id

    def finish_file(self, *, file_id: str, channel: str, title: str) -> None:
        """See `domain.ports.Messenger`."""
        self._needs("files:write")
        trouble = self._strike("finish_file", channel)
        if not channel.startswith(("C", "D", "G")):
            raise MessageRefused("invalid_arguments")
        upload = self.uploads.get(file_id)
        if upload is None or upload.shared_in:
            raise UploadUnknown("file_not_found")
        upload.shared_in.append(self._place(channel))
        self.accepted.append(
            Accepted(channel=channel, ts=self._ts(), at=self._clock.wall(), file_id=file_id, text=title)
        )
        self._lose(trouble)

    def find_file(self, *, channel: str, file_id: str, since: datetime) -> bool:
        """See `domain.ports.Messenger`."""
        self._read("find_file", channel)
        return any(each.file_id == file_id and each.channel == channel and each.at >= since for each in self.accepted)

    def open_view(self, *, trigger_id: str, view: View) -> str:
        """See `domain.ports.Messenger`."""
        self._exchange(trigger_id)
        return self._show(view)

    def push_view(self, *, trigger_id: str, view: View) -> str:
        """See `domain.ports.Messenger`."""
        self._exchange(trigger_id)
        if not self.views:
            raise MessageRefused("not_found")
        return self._show(view)

    def update_view(self, *, view_id: str, view: View, view_hash: str | None = None) -> None:
        """See `domain.ports.Messenger`."""
        shown = self.views.get(view_id)
        if shown is None:
            raise MessageRefused("not_found")
        if view_hash not in (None, shown.hash):
            raise MessageRefused("hash_conflict")
        self.views[view_id] = _View(view, f"hash-{next(self._numbers)}")

    def publish_home(self, *, slack_user_id: str, view: View) -> None:
        """See `domain.ports.Messenger`."""
        if slack_user_id not in {account.slack_user_id for account in self._accounts}:
            raise MessageRefused("invalid_arguments")
        self.homes[slack_user_id] = view

    def respond(self, *, response_url: str, message: Message, replace: bool) -> None:
        """See `domain.ports.Messenger`."""
        trouble = self._strike("respond")
        said = self.responses.setdefault(response_url, [])
        if len(said) >= RESPONSE_POSTS_MAX:
            raise MessageRefused("response_url answered 404")
        if replace:
            said.clear()
        said.append(message)
        self._lose(trouble)

    def members(self) -> list[WorkspaceMember]:
        """See `domain.ports.Messenger`."""
        self._needs("users:read")
        return list(self._accounts)

    def _number_of(self, posted: Posted) -> int:
        for number, each in enumerate(self.accepted):
            if (each.channel, each.ts) == (posted.channel, posted.ts) and each.key and posted not in self.deleted:
                return number
        raise MessageGone("message_not_found")

    def _read(self, method: str, channel: str) -> None:
        self.reads += 1
        opens = [] if channel.startswith("D") else ["im:write"]
        for scope in [*opens, "im:history"]:
            if scope not in self.scopes:
                raise CannotRead(scope)
        self._strike(method, channel)

    def _place(self, channel: str) -> str:
        account = channel.removeprefix("D")
        if account in self.gone:
            raise RecipientGone("user_disabled")
        code = self.closed.get(channel)
        if code is not None:
            raise RecipientGone(code) if code == "channel_not_found" else ChannelClosed(code)
        return channel if channel.startswith(("C", "D")) else f"D{channel}"

    def _exchange(self, trigger_id: str) -> None:
        if trigger_id not in self._triggers:
            raise MessageRefused("invalid_trigger_id")
        self._triggers.remove(trigger_id)

    def _show(self, view: View) -> str:
        view_id = f"V{next(self._numbers)}"
        self.views[view_id] = _View(view, f"hash-{next(self._numbers)}")
        return view_id

    def _ts(self) -> str:
        return f"{self._clock.wall().timestamp():.0f}.{next(self._numbers):06d}"
