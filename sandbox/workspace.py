"""The state of the workspace, and where to find things in it."""

from collections.abc import Callable

from sandbox.clock import SandboxClock
from sandbox.errors import ApiError
from sandbox.ids import Ids
from sandbox.installing import installed
from sandbox.model import App, Channel, File, Message, User, View
from sandbox.notifying import notified
from sandbox.scheduled import ScheduledMessage
from sandbox.seed import Seed, SeedChannel, SeedUser
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
        """Forget everything and start from a seed, in real time."""
        self.clock.reset()
        self.ids.reset()
        self.team_id = seed.team_id or self.ids.new("T")
        self.team_name, self.team_domain = seed.team_name, seed.team_domain
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, App] = {}
        self._ims: dict[tuple[str, str], Channel] = {}
        self.files: dict[str, File] = {}
        self.scheduled: dict[str, ScheduledMessage] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}
        self.triggers = Triggers(self.clock, self.ids)
        for user in seed.users:
            self.add_user(user)
        for app in seed.apps:
            made, bot = installed(app, self.ids)
            self.apps[made.id] = made
            self.add_user(bot)
        for channel in seed.channels:
            self.add_channel(channel)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(user_id)` after each change that this user can see; returns what unsubscribes."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self, *user_ids: str) -> None:
        """Tell the listeners."""
        for listener in tuple(self._listeners):
            for user_id in user_ids:
                listener(user_id)

    # People and apps

    def add_user(self, seed: SeedUser) -> User:
        """Create an account."""
        user = User(
            id=seed.id or self.ids.new("U"),
            team_id=seed.team_id or self.team_id,
            updated=int(self.clock.now()),
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

    def is_stranger(self, user: User) -> bool:
        """Whether it is an account of another workspace, which the bots of this one may not write to by themselves."""
        return user.is_stranger or user.team_id != self.team_id

    def app_by_id(self, app_id: str) -> App:
        """An installed app."""
        return self.apps[app_id]

    # Channels and messages

    def add_channel(self, seed: SeedChannel) -> Channel:
        """Create a channel. Raises `LookupError` for a member who has no account."""
        channel = Channel(
            id=seed.id or self.ids.new("C"),
            name=seed.name,
            members={self.user_named(name).id for name in seed.members},
            created=int(self.clock.now()),
            is_private=seed.is_private,
            is_archived=seed.is_archived,
        )
        self.channels[channel.id] = channel
        return channel

    def open_im(self, app: App, user_id: str) -> Channel:
        """The DM of an app's bot and a person, made when needed."""
        channel = self.im_of(app, user_id)
        if channel is None:
            members = {app.bot_user, user_id}
            created = int(self.clock.now())
            channel = Channel(id=self.ids.new("D"), name="", members=members, created=created, is_im=True, user=user_id)
            self.channels[channel.id] = self._ims[app.bot_user, user_id] = channel
        return channel

    def im_of(self, app: App, user_id: str) -> Channel | None:
        """The DM of an app and a person, if there is one."""
        return self._ims.get((app.bot_user, user_id))

    def visible_messages(self, channel: Channel, user_id: str) -> list[Message]:
        """What a member sees in a channel: everybody's messages and their own ephemerals."""
        return [each for each in channel.messages if each.visible_to in (None, user_id)]

    def post(self, channel: Channel, message: Message) -> Message:
        """Append a message, and notify whom it mentions."""
        members = (self.users[each] for each in channel.members)
        people = [user for user in members if not user.is_bot and not user.deleted]
        message.notified = notified(message, channel, people)
        channel.messages.append(message)
        self.changed(*([message.visible_to] if message.visible_to else channel.members))
        return message

    # Views

    def stack(self, user_id: str) -> list[View]:
        """The open modals of a person, the topmost last."""
        return self.modals.setdefault(user_id, [])

    def views(self) -> list[View]:
        """All open modals and Home tabs."""
        return [*(view for stack in self.modals.values() for view in stack), *self.homes.values()]

    def view(self, view_id: str) -> View:
        """An open modal or a Home tab. Raises `ApiError`."""
        for view in self.views():
            if view.id == view_id:
                return view
        raise ApiError("not_found")

    def view_by_external_id(self, app: App, external_id: str) -> View:
        """A view by the app's own id. Raises `ApiError`."""
        for view in self.views():
            if view.app_id == app.id and view.payload.get("external_id") == external_id:
                return view
        raise ApiError("not_found")
