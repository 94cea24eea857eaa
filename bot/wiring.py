"""The one place where the parts meet: settings and outside things in, a Runtime out. Tests call it with fakes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners import bolt_app
from bot.messenger import TIMEOUT_SECONDS, member_of
from bot.metrics import Gauge, Metrics
from bot.schedule import Tick
from bot.web import Health
from bot.workspace import Workspace
from domain.delivery import Delivery
from domain.ports import CalendarReader, Clock, IdSource, Messenger
from handlers import clock as clock_command
from handlers.home import homes_of
from handlers.members import observe_members
from handlers.outbox import composers
from handlers.router import Router
from handlers.routes import all_routes
from handlers.screens import Screens
from services.alerts import alert_staff
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.attention.plan import plan_digests
from services.booking.sweep import sweep_changed_programs
from services.deadlines.plan import plan_deadlines
from services.delivery import Dispatcher, Ledger
from services.desk import Desk, SupportDesk
from services.events.sweep import sweep_events
from services.feeds.counts import feed_counts
from services.feeds.reading import forget_feeds, read_feeds
from services.groups.sweep import fill_seats
from services.holds.deliveries import SHOWN_AT_HOME
from services.invitations.invite import invite_newcomers
from services.late import tell_late
from services.members import Members
from services.office_hours.tending import tend_office_hours
from services.people import People
from services.recognition import Recognition
from services.rules.book import RuleBook
from services.session_log.questions import plan_questions
from services.session_news.agenda import plan_agendas
from services.session_news.plan import plan_reminders
from services.tidy import tidy
from services.waiting.match import keep_times
from storage.confidential.delivery import ConfidentialDelivery
from storage.confidential.sealing import Sealer
from storage.engine import Store, table_of
from storage.program.delivery import ProgramDelivery

DISPATCH_SECONDS = 1
PATIENCE_SECONDS = 0.75
"""So long a cycle of sending waits for tokens: it has ended when the next is to begin."""
PLAN_SECONDS = 15
QUESTION_SECONDS = 3
AGENDA_SECONDS = 30
RECONCILE_SECONDS = 30
BEAT_SECONDS = 10
SWEEP_SECONDS = 30
LINES_SECONDS = 15
HOLDS_SECONDS = 15
FEEDS_SECONDS = 10
ANNOUNCEMENT_SECONDS = 2
NEWCOMER_SECONDS = 300
DIGEST_SECONDS = 60
MEMBERS_SECONDS = 3600
TIDY_SECONDS = 6 * 3600
INVITE_SECONDS = 3600
KEYS_SECONDS = 60

Shift = Callable[[timedelta], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidential:
    """The confidential store, opened with its keys."""

    store: Store
    sealer: Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Everything that is slow, random or remote. `confidential` is None when that store is absent.

    `calendars` is None where nobody's own calendar is to be read.
    """

    clock: Clock
    ids: IdSource
    messenger: Messenger
    client: WebClient
    workspace: Workspace
    program: Store
    confidential: Confidential | None
    calendars: CalendarReader | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a program decides. `shift` exists in the demo only, and with it /clock."""

    organizer: str
    signing_secret: str
    posts_per_minute: int
    shift: Shift | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The running product: what serves requests, what is done again and again, and what is closed at the end."""

    app: App
    desk: Desk
    router: Router
    members: Members
    screens: Screens
    dispatcher: Dispatcher
    ticks: tuple[Tick, ...]
    metrics: Metrics
    health: Health
    readiness: Health

    def close(self) -> None:
        """Finish what was begun, as far as Slack answers; the stores belong to the caller."""
        self.screens.close(seconds=TIMEOUT_SECONDS)


def build(outside: Outside, options: Options) -> Runtime:
    """Put the product together. Nothing runs yet, and nothing has been asked of Slack."""
    people = People(outside.program, outside.clock, team_id=outside.workspace.team_id)
    desk = _desk(outside, options, people)
    metrics = Metrics()
    members = Members(outside.program, outside.messenger, outside.clock, ids=outside.ids, team_id=people.team_id)
    screens = Screens(
        outside.messenger,
        outside.clock,
        homes_of=partial(homes_of, desk),
        tell_late=partial(tell_late, desk, _ledgers(outside)[-1]),
    )
    shift_routes = clock_command.routes(options.shift) if options.shift else []
    router = Router(
        [*all_routes(desk), *shift_routes],
        recognize=Recognition(people, members, outside.clock).who,
        screens=screens,
        clock=outside.clock,
        count=metrics.count_request,
    )
    app = bolt_app(outside.client, router, workspace=outside.workspace, signing_secret=options.signing_secret)
    observe_members(app, read=member_of, note=members.note)
    dispatcher = _dispatcher(outside, options, desk, screens)
    metrics.show([*_gauges(dispatcher, screens, members), _store_gauge(outside), _feed_gauge(desk)])
    return Runtime(
        app=app,
        desk=desk,
        router=router,
        members=members,
        screens=screens,
        dispatcher=dispatcher,
        ticks=(*_ticks(desk, dispatcher, members, screens), _feed_tick(desk, outside), *_key_ticks(outside)),
        metrics=metrics,
        health=dispatcher.watch.health,
        readiness=partial(_readiness, outside),
    )


def _desk(outside: Outside, options: Options, people: People) -> Desk:
    support = None
    rules = RuleBook(outside.program)
    if outside.confidential is not None:
        support = SupportDesk(
            store=outside.confidential.store,
            sealer=outside.confidential.sealer,
            people=people,
            clock=outside.clock,
            ids=outside.ids,
            organizer=options.organizer,
            rules=rules,
            reads_calendars=outside.calendars is not None,
        )
    return Desk(
        program=outside.program,
        rules=rules,
        people=people,
        clock=outside.clock,
        ids=outside.ids,
        team_id=outside.workspace.team_id,
        organizer=options.organizer,
        support_desk=support,
        messenger=outside.messenger,
    )


def _dispatcher(outside: Outside, options: Options, desk: Desk, screens: Screens) -> Dispatcher:
    return Dispatcher(
        ledgers=_ledgers(outside),
        program=outside.program,
        workspace=outside.workspace.team_id,
        composers=composers(desk),
        messenger=outside.messenger,
        recipient=desk.people.recipient,
        clock=outside.clock,
        owner=outside.ids.new(),
        posts_per_minute=options.posts_per_minute,
        patience_seconds=PATIENCE_SECONDS,
        alert=partial(alert_staff, desk),
        arrived=partial(_show_at_home, screens),
    )


def _show_at_home(screens: Screens, row: Delivery) -> None:
    """What somebody else's deed has brought about shows in an open Home tab with the message, and not before."""
    if row.kind in (*SHOWN_AT_HOME, AnnouncementMessage.TOLD) and row.channel_meant is None:
        screens.refresh_homes(row.person_id)


def _ledgers(outside: Outside) -> list[Ledger]:
    """The program's, and then the confidential one where there is one."""
    ledgers = [Ledger(outside.program, table_of(ProgramDelivery))]
    if outside.confidential is not None:
        ledgers.append(Ledger(outside.confidential.store, table_of(ConfidentialDelivery)))
    return ledgers


def _ticks(desk: Desk, dispatcher: Dispatcher, members: Members, screens: Screens) -> tuple[Tick, ...]:
    return (
        Tick(name="dispatch", seconds=DISPATCH_SECONDS, run=dispatcher.dispatch),
        Tick(name="plan", seconds=PLAN_SECONDS, run=partial(plan_reminders, desk)),
        Tick(name="agendas", seconds=AGENDA_SECONDS, run=partial(plan_agendas, desk)),
        Tick(name="questions", seconds=QUESTION_SECONDS, run=partial(plan_questions, desk)),
        Tick(name="reconcile", seconds=RECONCILE_SECONDS, run=dispatcher.reconcile),
        Tick(name="beat", seconds=BEAT_SECONDS, run=dispatcher.beat),
        Tick(name="sweep", seconds=SWEEP_SECONDS, run=partial(sweep_changed_programs, desk, screens.refresh_homes)),
        Tick(name="lines", seconds=LINES_SECONDS, run=partial(tend_office_hours, desk, screens.refresh_homes)),
        Tick(name="seats", seconds=SWEEP_SECONDS, run=partial(fill_seats, desk, screens.refresh_homes)),
        Tick(name="events", seconds=SWEEP_SECONDS, run=partial(sweep_events, desk, screens.refresh_homes)),
        Tick(name="holds", seconds=HOLDS_SECONDS, run=partial(keep_times, desk, screens.refresh_homes)),
        Tick(name="deadlines", seconds=PLAN_SECONDS, run=partial(plan_deadlines, desk, screens.refresh_homes)),
        Tick(name="announcements", seconds=ANNOUNCEMENT_SECONDS, run=partial(follow_up, desk, screens.refresh_homes)),
        Tick(name="digests", seconds=DIGEST_SECONDS, run=partial(plan_digests, desk)),
        Tick(name="newcomers", seconds=NEWCOMER_SECONDS, run=partial(welcome_newcomers, desk, screens.refresh_homes)),
        Tick(name="members", seconds=MEMBERS_SECONDS, run=members.refresh),
        Tick(name="invite", seconds=INVITE_SECONDS, run=partial(invite_newcomers, desk)),
        Tick(name="tidy", seconds=TIDY_SECONDS, run=partial(tidy, desk)),
    )


def _feed_tick(desk: Desk, outside: Outside) -> Tick:
    """Where calendars are not to be read any more, what is known by them is not to count either."""
    read = partial(forget_feeds, desk) if outside.calendars is None else partial(read_feeds, desk, outside.calendars)
    return Tick(name="calendars", seconds=FEEDS_SECONDS, run=read)


def _key_ticks(outside: Outside) -> tuple[Tick, ...]:
    """Every use of the sealer lets go of old keys; in a quiet hour nobody uses it."""
    if outside.confidential is None:
        return ()
    return (Tick(name="keys", seconds=KEYS_SECONDS, run=outside.confidential.sealer.drop_expired_keys),)


def _gauges(dispatcher: Dispatcher, screens: Screens, members: Members) -> tuple[Gauge, ...]:
    return (
        Gauge("scholarbot_deliveries", "Rows of the delivery ledgers.", "state", dispatcher.watch.counts),
        Gauge("scholarbot_delivery_seconds", "How late the oldest due message is.", "which", dispatcher.watch.lateness),
        Gauge("scholarbot_screens", "Screens that came too late.", "outcome", lambda: {"dropped": screens.dropped}),
        Gauge("scholarbot_members_age_seconds", "Age of the member table.", "which", lambda: {"all": members.age()}),
    )


def _store_gauge(outside: Outside) -> Gauge:
    meaning = "Whether a store answers: 1, or 0."
    stores = _stores(outside)
    return Gauge(
        "scholarbot_store_up", meaning, "store", lambda: {name: float(each.answers()) for name, each in stores.items()}
    )


def _feed_gauge(desk: Desk) -> Gauge:
    return Gauge("scholarbot_calendars", "Calendars of people in support.", "state", partial(feed_counts, desk))


def _readiness(outside: Outside) -> dict[str, str]:
    return {name: "does not answer" for name, store in _stores(outside).items() if not store.answers()}


def _stores(outside: Outside) -> dict[str, Store]:
    confidential = {"confidential": outside.confidential.store} if outside.confidential else {}
    return {"program": outside.program} | confidential
