"""The state of the workspace and the rules that hold for it, whoever asks: the Web API, a person, or the page."""

from collections.abc import Callable
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.errors import ApiError
from sandbox.ids import Ids
from sandbox.model import App, Channel, File, Message, Payload, User, View
from sandbox.seed import Seed, SeedApp, SeedUser
from sandbox.triggers import Triggers

MODALS_MAX = 3
Listener = Callable[[str], None]


class Workspace:
    """One team. `subscribe` tells the page and the waiting tests that something changed for a user (by id)."""

    def __init__(self, seed: Seed | None = None) -> None:
        self.clock = SandboxClock()
        self.ids = Ids(self.clock)
        self._listeners: list[Listener] = []
        self.reset(seed or Seed())

    def reset(self, seed: Seed) -> None:
        """Forget everything and start from a seed."""
        self.team_id = seed.team_id or self.ids.new("T")
        self.team_name, self.team_domain = seed.team_name, seed.team_domain
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, App] = {}
        self.files: dict[str, File] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}
        self.triggers = Triggers(self.clock, self.ids)
        self.response_urls: dict[str, Any] = {}
        for user in seed.users:
            self.add_user(user)
        for app in seed.apps:
            self._install(app)
        for channel in seed.channels:
            members = {self.user_named(name).id for name in channel.members}
            self._add_channel(
                Channel(
                    id=channel.id or self.ids.new("C"),
                    name=channel.name,
                    members=members,
                    is_archived=channel.is_archived,
                )
            )

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(user_id)` after each change that this user can see; returns what unsubscribes."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self, *user_ids: str) -> None:
        """Tell the listeners."""
        for listener in tuple(self._listeners):
            for user_id in user_ids:
                listener(user_id)

    # People

    def add_user(self, seed: SeedUser) -> User:
        """Create an account."""
        user = User(
            id=seed.id or self.ids.new("U"),
            team_id=seed.team_id or self.team_id,
            **seed.model_dump(exclude={"id", "team_id"}),
        )
        self.users[user.id] = user
        return user

    def user_named(self, name: str) -> User:
        """The account with this user name. Raises `LookupError`."""
        for user in self.users.values():
            if user.name == name:
                return user
        raise LookupError(f"no user named {name}")

    def people(self) -> list[User]:
        """Humans who can sign in, by name."""
        humans = (user for user in self.users.values() if not user.is_bot and not user.deleted)
        return sorted(humans, key=lambda user: user.real_name)

    # Channels and messages

    def channel_for(self, app: App, target: str) -> Channel:
        """Where a bot's message to this channel or user id goes, if it may. Raises `ApiError`."""
        if target[:1] in {"U", "W"}:
            return self.open_im(app, target)
        channel = self.channels.get(target)
        if channel is None or (channel.is_im and app.bot_user not in channel.members):
            raise ApiError("channel_not_found")
        if channel.is_archived:
            raise ApiError("is_archived")
        if app.bot_user not in channel.members:
            raise ApiError("not_in_channel")
        if channel.is_im:
            self._check_im_user(str(channel.user))
        return channel

    def open_im(self, app: App, user_id: str) -> Channel:
        """The DM of an app's bot and a person, made when needed. Raises `ApiError`."""
        self._check_im_user(user_id)
        if not app.home.get("messages_tab_enabled", False):
            raise ApiError("messages_tab_disabled")
        existing = self.im_of(app, user_id)
        if existing is not None:
            return existing
        channel = Channel(
            id=self.ids.new("D"), name="", members={app.bot_user, user_id}, is_im=True, user=user_id
        )
        return self._add_channel(channel)

    def im_of(self, app: App, user_id: str) -> Channel | None:
        """The DM of an app and a person, if there is one."""
        members = {app.bot_user, user_id}
        return next((each for each in self.channels.values() if each.is_im and each.members == members), None)

    def visible_messages(self, channel: Channel, user_id: str) -> list[Message]:
        """What a member sees in a channel: everybody's messages and their own ephemerals."""
        return [each for each in channel.messages if each.visible_to in (None, user_id)]

    def post(self, channel: Channel, message: Message) -> Message:
        """Append a message."""
        channel.messages.append(message)
        self.changed(*([message.visible_to] if message.visible_to else channel.members))
        return message

    def message(self, channel_id: str, ts: str) -> tuple[Channel, Message]:
        """A message by channel and timestamp. Raises `ApiError`."""
        channel = self.channels.get(channel_id)
        if channel is None:
            raise ApiError("channel_not_found")
        for message in channel.messages:
            if message.ts == ts:
                return channel, message
        raise ApiError("message_not_found")

    # Views

    def stack(self, user_id: str) -> list[View]:
        """The open modals of a person, the topmost last."""
        return self.modals.setdefault(user_id, [])

    def view(self, view_id: str) -> View:
        """An open modal or a Home tab. Raises `ApiError`."""
        every = [view for stack in self.modals.values() for view in stack]
        for view in [*every, *self.homes.values()]:
            if view.id == view_id:
                return view
        raise ApiError("not_found")

    def view_by_external_id(self, app: App, external_id: str) -> View:
        """A view by the app's own id. Raises `ApiError`."""
        for stack in self.modals.values():
            for view in stack:
                if view.app_id == app.id and view.payload.get("external_id") == external_id:
                    return view
        raise ApiError("not_found")

    def app_by_id(self, app_id: str) -> App:
        """An installed app."""
        return self.apps[app_id]

    def _check_im_user(self, user_id: str) -> None:
        user = self.users.get(user_id)
        if user is None:
            raise ApiError("channel_not_found")
        if user.deleted:
            raise ApiError("user_disabled")
        if user.is_bot:
            raise ApiError("cannot_dm_bot")

    def _add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def _install(self, seed: SeedApp) -> None:
        features: Payload = seed.manifest.get("features", {})
        bot: Payload = features.get("bot_user", {})
        name = str(bot.get("display_name", seed.manifest.get("display_information", {}).get("name", "bot")))
        asked = seed.manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
        granted = asked if seed.granted_scopes is None else [each for each in asked if each in seed.granted_scopes]
        user = self.add_user(SeedUser(name=name.lower().replace(" ", "-"), real_name=name, is_bot=True, tz="UTC"))
        app = App(
            id=self.ids.new("A"),
            name=name,
            bot_user=user.id,
            bot_id=self.ids.new("B"),
            bot_token=seed.bot_token,
            app_token=seed.app_token,
            signing_secret=seed.signing_secret,
            transport=seed.transport,
            request_url=seed.request_url,
            scopes=frozenset(granted),
            manifest=seed.manifest,
        )
        self.apps[app.id] = app
