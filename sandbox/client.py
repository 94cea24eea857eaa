"""A typed client of the control API: what tests and the demo speak."""

from typing import Any

import httpx

from sandbox.seed import Seed

Payload = dict[str, Any]
WAIT_SECONDS = 10.0


class Declined(Exception):
    """The workspace would not let that person do that; Slack's page would not have offered it."""


class SandboxClient:
    """One workspace. Deeds return when the app has answered, so no test needs to sleep."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=60, trust_env=False)

    @property
    def api_url(self) -> str:
        """What goes into an app's `base_url`."""
        return f"{self.url}/api/"

    def state(self) -> Payload:
        """Team, users, channels and apps."""
        return self._post("state")

    def user_id(self, name: str) -> str:
        """The id of an account by user name."""
        return next(str(user["id"]) for user in self.state()["users"] if user["name"] == name)

    def as_user(self, name: str) -> "Actor":
        """Somebody to act as."""
        return Actor(self, self.user_id(name))

    def calls(self, method: str | None = None, *, accepted: bool | None = None) -> list[Payload]:
        """Calls of the Web API so far."""
        return list(self._post("calls", method=method, accepted=accepted)["calls"])

    def fault(self, method: str, kind: str, **settings: Any) -> None:
        """Arm a fault; see `sandbox.faults.Fault`."""
        self._post("fault", method=method, kind=kind, **settings)

    def clear_faults(self) -> None:
        """Disarm all faults."""
        self._post("faults/clear")

    def refresh_sockets(self) -> None:
        """Ask every socket to reconnect, as Slack does every few hours."""
        self._post("sockets", what="refresh")

    def cut_sockets(self) -> None:
        """Close every socket without a word."""
        self._post("sockets", what="cut")

    def redeliver(self) -> Payload:
        """Send the last payload once more."""
        return self._post("redeliver")

    def deliver(self, kind: str, payload: Payload) -> Payload:
        """Send a payload made by hand: kind is slash, interactive or event."""
        return self._post("deliver", kind=kind, payload=payload)

    def join(self, **user: Any) -> str:
        """Add an account; returns its id."""
        return str(self._post("join", **user)["user_id"])

    def change_user(self, user_id: str, **changes: Any) -> None:
        """Change an account."""
        self._post("change_user", user_id=user_id, changes=changes)

    def advance(self, seconds: float) -> None:
        """Move the workspace's clock forward."""
        self._post("clock", seconds=seconds)

    def quick_retries(self, *delays: float) -> None:
        """Shorten the pauses between deliveries of an event."""
        self._post("clock", retry_delays=list(delays))

    def file_text(self, file_id: str) -> str:
        """The text of a shared file."""
        return str(self._post("file", file_id=file_id)["text"])

    def reset(self, seed: Seed) -> None:
        """Start afresh."""
        self._post("reset", **seed.model_dump())

    def close(self) -> None:
        """Close the HTTP client."""
        self._http.close()

    def _post(self, path: str, /, **body: Any) -> Payload:
        response = self._http.post(f"/_control/{path}", json=body)
        answer: Payload = response.json() if response.content else {}
        if response.status_code == httpx.codes.CONFLICT:
            raise Declined(answer["refused"])
        response.raise_for_status()
        return answer


class Actor:
    """One person: what they do and what they see."""

    def __init__(self, sandbox: SandboxClient, user_id: str) -> None:
        self._sandbox = sandbox
        self.id = user_id

    def slash(self, line: str, *, channel: str | None = None) -> Payload:
        """Type a command, in the first channel they are in unless told."""
        where = channel or next(iter(self.eyes()["messages"]))
        return self._act("slash", channel_id=where, line=line)

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
        blocks = self.modal()["blocks"]
        block = next(
            each for each in blocks if each["type"] == "input" and field in (each["block_id"], each["block_id"].split(":")[0])
        )
        return self.press(block["element"]["action_id"], value, block_id=block["block_id"])

    def submit(self) -> Payload:
        """Submit the topmost modal."""
        return self._act("submit")

    def close(self, *, everything: bool = False) -> Payload:
        """Close the topmost modal, or all."""
        return self._act("close", everything=everything)

    def shortcut(self, callback_id: str) -> Payload:
        """Use a global shortcut."""
        return self._act("shortcut", callback_id=callback_id)

    def open_home(self, *, tab: str = "home") -> None:
        """Open the first app's tab."""
        app_id = self._sandbox.state()["apps"][0]["id"]
        self._sandbox._post("open_home", user_id=self.id, app_id=app_id, tab=tab)  # noqa: SLF001 one module, two faces

    def eyes(self) -> Payload:
        """Everything they see."""
        return self._sandbox._post("eyes", user_id=self.id)  # noqa: SLF001

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
        """All messages they see, by time, each with its channel."""
        seen = self.eyes()["messages"]
        every = [message | {"channel": channel} for channel, messages in seen.items() for message in messages]
        return sorted(every, key=lambda message: float(message["ts"]))

    def wait(self, *, seconds: float = WAIT_SECONDS, **wanted: Any) -> None:
        """Wait for `messages=n`, `text="..."`, `home="..."`, `modal="..."` or a modal whose hash is not `hash`.

        Raises `TimeoutError`.
        """
        if not self._sandbox._post("wait", user_id=self.id, seconds=seconds, **wanted)["is_there"]:  # noqa: SLF001
            raise TimeoutError(f"{self.id} did not see {wanted}")

    def _act(self, deed: str, **arguments: Any) -> Payload:
        return dict(self._sandbox._post("act", deed=deed, user_id=self.id, **arguments)["outcome"])  # noqa: SLF001
