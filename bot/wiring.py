"""The one place where the parts meet: settings and outside things in, a Runtime out. Tests call the same function with fakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners import bolt_app
from bot.metrics import Metrics
from bot.schedule import Tick
from bot.settings import Settings
from bot.web import Health
from bot.workspace import Workspace
from domain.delivery import NewDelivery, Tier
from domain.errors import DomainError
from domain.ports import Clock, IdSource, KeyRing, Messenger
from handlers.outbox import composers
from handlers.router import Router
from handlers.routes import all_routes
from handlers.home import home_of
from handlers.screens import Screens
from services.delivery import Dispatcher
from services.desk import Desk, SupportDesk
from services.late import tell_late
from services.members import Members
from services.people import People
from services.scheduling.sweep import sweep_roster_changes
from services.tidy import tidy
from storage.confidential.sealing import Sealer
from storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Everything that is slow, random or remote. `confidential` is None when that store is absent."""

    clock: Clock
    ids: IdSource
    messenger: Messenger
    client: WebClient
    workspace: Workspace
    program: Store
    confidential: Store | None
    keys: KeyRing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The running product: what serves requests, what is done again and again, and what is closed at the end."""

    app: App
    desk: Desk
    router: Router
    screens: Screens
    dispatcher: Dispatcher
    ticks: tuple[Tick, ...]
    metrics: Metrics
    health: Health
    readiness: Health

    def close(self) -> None:
        """Finish what was begun; the stores belong to the caller."""
        self.screens.close()
