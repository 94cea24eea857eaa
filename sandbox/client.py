"""A typed client of the control API: what tests and the demo speak."""

from typing import Any

import httpx

from sandbox.actor import Actor, Declined, Payload
from sandbox.seed import Seed

__all__ = ["Actor", "Declined", "Payload", "SandboxClient"]

KEPT = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=60)
"""The connections of a client. An idle one is let go long before the workspace closes it."""


class SandboxClient:
    """One workspace. Deeds return when the app has answered, so no test needs to sleep."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=60, limits=KEPT, trust_env=False)

    @property
    def api_url(self) -> str:
        """What goes into an app's `base_url`."""
        return f"{self.url}/api/"

    def state(self) -> Payload:
        """Team, users, channels and apps."""
        return self._post("state")

    def channel_id(self, name: str) -> str:
        """The id of a channel by name."""
        return next(str(channel["id"]) for channel in self.state()["channels"] if channel["name"] == name)

    def bot_id(self) -> str:
        """The account of the first app's bot."""
        return str(self.state()["apps"][0]["bot_user"])

    def user_id(self, name: str) -> str:
        """The id of an account by user name."""
        return next(str(user["id"]) for user in self.state()["users"] if user["name"] == name)

    def as_user(self, name: str) -> Actor:
        """Somebody to act as."""
        return Actor(self._post, self.user_id(name))

    def deed(self, name: str, /, **arguments: Any) -> Payload:
        """Any deed of the control API by its name. Raises `Declined`."""
        return self._post(name, **arguments)

    def calls(self, method: str | None = None, *, accepted: bool | None = None, after: int = 0) -> list[Payload]:
        """Calls of the Web API so far, but for the first so many of all."""
        return list(self._post("calls", method=method, accepted=accepted, after=after)["calls"])

    def times(self, method: str, *, accepted: bool = True) -> list[float]:
        """When each call of a method came, epoch seconds, in order: little to send where there were thousands."""
        return [float(each) for each in self._post("times", method=method, accepted=accepted)["times"]]

    def count_calls(self) -> int:
        """How many calls there were so far."""
        return int(self._post("count_calls")["count"])

    def deliveries(self, kind: str | None = None) -> list[Payload]:
        """What was sent to apps so far, each try by itself: its kind, payload, retry number and problem."""
        return list(self._post("deliveries", kind=kind)["deliveries"])

    def fault(self, method: str, kind: str, **settings: Any) -> None:
        """Arm a fault; see `sandbox.faults.Fault`."""
        self._post("fault", method=method, kind=kind, **settings)

    def clear_faults(self) -> None:
        """Disarm all faults."""
        self._post("faults/clear")

    def limit(self, *, scale: float = 1.0, **settings: Any) -> None:
        """Enforce Slack's rate limits, all rates multiplied by `scale`; see `sandbox.limits.Limits`."""
        self._post("limits", scale=scale, **settings)

    def lift_limits(self) -> None:
        """Enforce none any more."""
        self._post("limits/lift")

    def refresh_sockets(self) -> None:
        """Ask every socket to reconnect, as Slack does every few hours; `advance` ten seconds to see them closed."""
        self._post("sockets", what="refresh")

    def disable_sockets(self) -> None:
        """Close every socket as if Socket Mode had been switched off."""
        self._post("sockets", what="disable")

    def cut_sockets(self) -> None:
        """Break every socket off without a word."""
        self._post("sockets", what="cut")

    def redeliver(self) -> Payload:
        """Send the last payload once more."""
        return self._post("redeliver")

    def deliver(self, kind: str, payload: Payload) -> Payload:
        """Send a payload made by hand: kind is slash, interactive or event."""
        return self._post("deliver", kind=kind, payload=payload)

    def verify_url(self) -> bool:
        """Whether the app's request URL answers Slack's challenge, as when one saves it in the app's settings."""
        return bool(self._post("verify_url")["is_verified"])

    def join(self, **user: Any) -> str:
        """Add an account; returns its id."""
        return str(self._post("join", **user)["user_id"])

    def change_user(self, user_id: str, **changes: Any) -> None:
        """Change an account."""
        self._post("change_user", user_id=user_id, changes=changes)

    def invite(self, channel_id: str, user_id: str) -> None:
        """Bring somebody, or a bot, into a channel."""
        self._post("invite", channel_id=channel_id, user_id=user_id)

    def remove(self, channel_id: str, user_id: str) -> None:
        """Take somebody, or a bot, out of a channel."""
        self._post("remove", channel_id=channel_id, user_id=user_id)

    def archive(self, channel_id: str) -> None:
        """Archive a channel."""
        self._post("archive", channel_id=channel_id)

    def unarchive(self, channel_id: str) -> None:
        """Open an archived channel again."""
        self._post("unarchive", channel_id=channel_id)

    def now(self) -> float:
        """The workspace's time, epoch seconds."""
        return float(self._post("clock")["now"])

    def advance(self, seconds: float) -> None:
        """Move the workspace's clock forward; whoever waits by it goes on."""
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
