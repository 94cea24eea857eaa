"""One incoming request, whatever its kind, as handlers see it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.people import Person
from handlers.parse.said import as_typed


class Kind(StrEnum):
    """The kinds of request Slack sends; the router has one listener for each."""

    COMMAND = "command"
    ACTION = "action"
    SUBMISSION = "submission"
    SHORTCUT = "shortcut"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A request before anybody was recognized: ids Slack vouches for, and the raw body.

    `received` is the monotonic time of arrival in seconds: a trigger dies three seconds after the press.
    """

    kind: Kind
    id: str
    slack_user_id: str
    team_id: str
    body: Mapping[str, Any]
    received: float

    @property
    def view(self) -> Mapping[str, Any] | None:
        """The modal or Home tab it came from."""
        return self.body.get("view")

    @property
    def trigger_id(self) -> str | None:
        """The single-use ticket to open a modal."""
        return self.body.get("trigger_id")

    @property
    def response_url(self) -> str | None:
        """Where a private answer goes, when the request came from a command or a message."""
        return self.body.get("response_url")

    @property
    def message_text(self) -> str:
        """What the message says that it came from, as its author typed it.

        Of what an app has laid out in blocks it is their words: its text is only what a notification shows.
        """
        laid_out = [*filter(None, map(_words_of, self._message.get("blocks") or ()))]
        return "\n".join(laid_out) or as_typed(str(self._message.get("text", "")))

    @property
    def message_channel(self) -> str | None:
        """The channel or DM of that message, by id."""
        channel = self.body.get("channel") or {}
        return channel.get("id")

    @property
    def message_ts(self) -> str | None:
        """Which message of that channel it is."""
        return self._message.get("ts") or self.body.get("message_ts")

    @property
    def _message(self) -> Mapping[str, Any]:
        return self.body.get("message") or {}

    @property
    def is_from_modal(self) -> bool:
        """Whether the person was inside a modal (and not in a message or the Home tab)."""
        return self.view is not None and self.view.get("type") == "modal"

    def is_from(self, modal: str) -> bool:
        """Whether the person was inside this modal, by its id."""
        return self.is_from_modal and (self.view or {}).get("callback_id") == modal

    @property
    def is_from_dm(self) -> bool:
        """Whether the button was in the person's DM, which nobody else sees."""
        return (self.message_channel or "").startswith("D")

    @property
    def message_link(self) -> str:
        """The address of that message, as "Copy link" makes it; "" where Slack does not say where it is."""
        domain = (self.body.get("team") or {}).get("domain")
        if not (self.message_channel and self.message_ts and domain):
            return ""
        return f"https://{domain}.slack.com/archives/{self.message_channel}/p{self.message_ts.replace('.', '')}"

    @property
    def is_from_third_modal(self) -> bool:
        """Whether nothing can be laid over that modal: Slack stacks three at most."""
        view = self.view or {}
        return view.get("previous_view_id") not in (None, view.get("root_view_id"))

    def once_key(self) -> str:
        """The key under which this request takes effect once, however often it is delivered.

        A corrected form has a new `view.hash`, so it is a new request; a redelivered one is the same.
        """
        if self.kind is Kind.EVENT:
            parts = [str(self.body.get("event_id"))]
        elif self.kind is Kind.SUBMISSION and self.view is not None:
            parts = [str(self.view.get("id")), str(self.view.get("hash")), self.id]
        else:
            parts = [str(self.trigger_id), self.id, str(self.action.get("value"))]
        return hashlib.sha256("\x00".join([self.kind, self.slack_user_id, *parts]).encode()).hexdigest()

    @property
    def action(self) -> Mapping[str, Any]:
        """The pressed button or changed menu; empty for other kinds."""
        actions = self.body.get("actions") or [{}]
        return dict(actions[0])

    @property
    def pressed(self) -> str:
        """What the pressed button carries."""
        return str(self.action.get("value", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An envelope from a recognized person."""

    envelope: Envelope
    person: Person


def first_word(request: Request) -> str:
    """The word behind a command. What follows it is not read: people write how and when, which the form asks anyway."""
    words = str(request.envelope.body.get("text", "")).lower().split()
    return words[0].rstrip(",.;:!?") if words else ""


def _words_of(block: Mapping[str, Any]) -> str:
    """The words of a block of an app's; of what a person types Slack makes another sort, which the text repeats."""
    if block.get("type") not in ("header", "section", "context"):
        return ""
    parts = [block.get("text"), *(block.get("fields") or ()), *(block.get("elements") or ())]
    return "\n".join(filter(None, (_plain_words(each) for each in parts if isinstance(each, Mapping))))


def _plain_words(part: Mapping[str, Any]) -> str:
    words = part.get("text")
    if not isinstance(words, str):
        return ""
    return as_typed(words) if part.get("type") == "mrkdwn" else words
