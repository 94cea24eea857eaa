"""One person of the workspace, for tests and the demo: what they do and what they see."""

from collections.abc import Callable
from typing import Any

Payload = dict[str, Any]
Control = Callable[..., Payload]
"""Does a deed of the control API: its name, then its arguments by name."""

WAIT_SECONDS = 20.0


class Declined(Exception):
    """The workspace would not let that person do that; Slack's client would not have offered it."""


class Actor:
    """One person: what they do and what they see."""

    def __init__(self, control: Control, user_id: str) -> None:
        self._control = control
        self.id = user_id

    def slash(self, line: str, *, channel: str | None = None) -> Payload:
        """Type a command, in the first channel they are in unless told."""
        where = channel or next(iter(self.eyes()["messages"]))
        return self._act("slash", channel_id=where, line=line)

    def say(self, text: str, *, channel: str, thread_ts: str | None = None) -> Payload:
        """Write a message."""
        return self._act("say", channel_id=channel, text=text, thread_ts=thread_ts)

    def open(self, line: str, title: str) -> None:
        """Type a command and wait for its modal, which has this title."""
        self.slash(line)
        self.wait(title=title)

    def press(self, action_id: str, value: Any = None, *, block_id: str | None = None) -> Payload:
        """Press or choose in the topmost modal, or without one in the Home tab."""
        seen = self.eyes()
        view = seen["modals"][-1] if seen["modals"] else next(iter(seen["homes"].values()))
        return self._act("act_in_view", view_id=view["id"], action_id=action_id, value=value, block_id=block_id)

    def press_home(self, action_id: str, value: Any = None) -> Payload:
        """Press in the Home tab."""
        view = next(iter(self.eyes()["homes"].values()))
        return self._act("act_in_view", view_id=view["id"], action_id=action_id, value=value)

    def press_message(self, message: Payload, action_id: str, value: Any = None) -> Payload:
        """Press a button of a message as `messages()` returned it."""
        return self._act(
            "act_in_message", channel_id=message["channel"], ts=message["ts"], action_id=action_id, value=value
        )

    def fill(self, field: str, value: Any) -> Payload:
        """Fill an input of the topmost modal by its block id, or by what comes before a colon in it."""
        block = self._field(field)
        return self.press(block["element"]["action_id"], value, block_id=block["block_id"])

    def choose(self, field: str, value: Any) -> None:
        """Fill an input whose change rebuilds the form, and wait until it has."""
        before = self.modal()["hash"]
        self.fill(field, value)
        self.wait(hash=before)

    def options(self, field: str) -> dict[str, str]:
        """What a menu of the topmost modal offers: texts by value."""
        offered = self._field(field)["element"]["options"]
        return {str(option["value"]): str(option["text"]["text"]) for option in offered}

    def submit(self) -> Payload:
        """Submit the topmost modal."""
        return self._act("submit")

    def close(self, *, everything: bool = False) -> Payload:
        """Close the topmost modal, or all."""
        return self._act("close", everything=everything)

    def shortcut(self, callback_id: str) -> Payload:
        """Use a global shortcut."""
        return self._act("shortcut", callback_id=callback_id)

    def message_shortcut(self, message: Payload, callback_id: str) -> Payload:
        """Use a shortcut on a message as `messages()` returned it."""
        return self._act("message_shortcut", channel_id=message["channel"], ts=message["ts"], callback_id=callback_id)

    def open_home(self, *, tab: str = "home") -> None:
        """Open the first app's tab."""
        app_id = self._control("state")["apps"][0]["id"]
        self._control("open_home", user_id=self.id, app_id=app_id, tab=tab)

    def eyes(self) -> Payload:
        """Everything they see."""
        return self._control("eyes", user_id=self.id)

    def modal(self) -> Payload:
        """The topmost modal."""
        return dict(self.eyes()["modals"][-1])

    def modals(self) -> list[Payload]:
        """All open modals, the topmost last."""
        return list(self.eyes()["modals"])

    def home(self) -> Payload:
        """The Home tab."""
        return dict(next(iter(self.eyes()["homes"].values())))

    def messages(self) -> list[Payload]:
        """All messages they see, by time, each with its channel and the accounts that it `notified`."""
        seen = self.eyes()["messages"]
        every = [message | {"channel": channel} for channel, messages in seen.items() for message in messages]
        return sorted(every, key=lambda message: float(message["ts"]))

    def notifications(self) -> list[Payload]:
        """Those of the messages that notified them."""
        return [message for message in self.messages() if self.id in message["notified"]]

    def wait(self, *, seconds: float = WAIT_SECONDS, **wanted: Any) -> None:
        """Wait for `messages=n`, `text="..."`, `home="..."`, `modal="..."`, `title="..."` or another `hash`.

        While a modal is on its way, the one it opens from may have its words, on a button; so a modal is best waited
        for by its title. Raises `TimeoutError`.
        """
        if not self._control("wait", user_id=self.id, seconds=seconds, **wanted)["is_there"]:
            raise TimeoutError(f"{self.id} did not see {wanted}")

    def _field(self, field: str) -> Payload:
        inputs = (block for block in self.modal()["blocks"] if block["type"] == "input")
        return next(dict(block) for block in inputs if field in (block["block_id"], block["block_id"].split(":")[0]))

    def _act(self, deed: str, **arguments: Any) -> Payload:
        return dict(self._control("act", deed=deed, user_id=self.id, **arguments)["outcome"])
