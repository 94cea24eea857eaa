"""Events: to whom they go, and the envelope they go in."""

from sandbox.delivery.transport import Transport
from sandbox.model import App, Channel, Payload, User
from sandbox.views import as_slack_shows
from sandbox.workspace import Workspace

SCOPES = {
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "team_join": "users:read",
    "user_change": "users:read",
}
"""What an app needs besides its subscription; messages need the history scope of their kind of channel."""


PRIVATE_SCOPE = "groups:read"
"""What the coming and going in a private channel needs instead."""


class Events:
    """Sends events in the background, as Slack does, to those who subscribed to them and may have them."""

    def __init__(self, workspace: Workspace, transport: Transport) -> None:
        self._workspace = workspace
        self._transport = transport

    def send(self, app: App, event: Payload) -> None:
        """Send an event if the app subscribed to its type and has the scope; retries carry the same `event_id`."""
        scope = PRIVATE_SCOPE if _is_of_private_channel(event) else SCOPES.get(event["type"])
        if event["type"] in app.events and (scope is None or scope in app.scopes):
            self._transport.deliver_event(app, self._envelope(app, event))

    def send_all(self, event: Payload, *, within: Channel | None = None) -> None:
        """Send an event to every app, or to those in a channel."""
        for app in self._workspace.apps.values():
            if within is None or app.bot_user in within.members:
                self.send(app, event)

    def send_message(self, channel: Channel, message: Payload) -> None:
        """Tell the apps in a channel what a person said there, those mentioned by name once more."""
        event = message | {"channel": channel.id, "channel_type": channel.kind.event_type, "event_ts": message["ts"]}
        for app in self._workspace.apps.values():
            if app.bot_user not in channel.members:
                continue
            if channel.kind.subscription in app.events and channel.kind.history_scope in app.scopes:
                self._transport.deliver_event(app, self._envelope(app, event))
            if f"<@{app.bot_user}>" in message["text"] and not channel.is_im:
                self.send(app, event | {"type": "app_mention"})

    def send_home_opened(self, app: App, user: User, tab: str) -> None:
        """Tell an app that somebody looks at its tab, home or messages; with what they see in the Home tab."""
        home = self._workspace.homes.get((user.id, app.id))
        event: Payload = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": self._workspace.open_im(app, user.id).id,
            "tab": tab,
            "event_ts": f"{self._workspace.clock.now():.6f}",
        }
        if home is not None and tab == "home":
            event["view"] = as_slack_shows(self._workspace, home)
        self.send(app, event)

    def _envelope(self, app: App, event: Payload) -> Payload:
        team_id = self._workspace.team_id
        return {
            "token": "deprecated",
            "team_id": team_id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.ids.new("Ev"),
            "event_time": int(self._workspace.clock.now()),
            "event_context": "sandbox",
            "context_team_id": team_id,
            "context_enterprise_id": None,
            "is_ext_shared_channel": False,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team_id,
                    "user_id": app.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
        }


def _is_of_private_channel(event: Payload) -> bool:
    return event["type"] in {"member_joined_channel", "member_left_channel"} and event.get("channel_type") == "G"
