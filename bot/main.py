"""From settings to a running process, and to an orderly end."""

import gc
import logging
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event

from bot.calendars import WebCalendarReader
from bot.clock import ShiftedClock, SystemClock
from bot.ids import RandomIds
from bot.messenger import SlackMessenger
from bot.organizer import organizer_of
from bot.schedule import start_ticks
from bot.settings import Mode, Settings
from bot.slack import check_app_token, recognized, slack_client
from bot.sockets import socket_handler
from bot.stores import opened_stores
from bot.web import Site, WebServer
from bot.wiring import Options, Outside, Runtime, build
from domain.delivery import DeliveryError
from domain.times import tzdata_version

logger = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; what was begun is finished, however long Slack takes for a call.

    Nothing new is begun then, so that a Slack that hangs costs seconds and not minutes. Raises `StartRefused` with
    reason and cure.
    """
    stop = Event()
    with assembled(settings, SystemClock(), stop=stop) as runtime:
        _stop_on_signals(stop)
        serve(runtime, settings, stop=stop)


@contextmanager
def assembled(settings: Settings, clock: SystemClock, *, stop: Event | None = None) -> Iterator[Runtime]:
    """The product with its real outside things; a `ShiftedClock` brings /clock along. Raises `StartRefused`.

    Once `stop` is set nothing waits for Slack any longer. What lies on this machine is looked at before Slack is
    asked: who has no network yet should hear of a missing key.
    """
    organizer = organizer_of(settings)
    ids = RandomIds()
    client = slack_client(settings)
    with opened_stores(settings, clock=clock, ids=ids) as stores:
        workspace = recognized(client)
        if settings.slack_mode is Mode.SOCKET:
            check_app_token(settings)
        outside = Outside(
            clock=clock,
            ids=ids,
            messenger=SlackMessenger(client, wait=(stop or Event()).wait),
            client=client,
            workspace=workspace,
            program=stores.program,
            confidential=stores.confidential,
            calendars=WebCalendarReader() if settings.scholarbot_read_calendars else None,
        )
        options = Options(
            organizer=organizer,
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            posts_per_minute=settings.scholarbot_posts_per_minute,
            shift=clock.shift if isinstance(clock, ShiftedClock) else None,
        )
        yield build(outside, options)


def serve(runtime: Runtime, settings: Settings, *, stop: Event, ready: Event | None = None) -> None:
    """Read the member table, then answer Slack and send what is due until told to stop; `ready` is set in between."""
    with ExitStack() as stack:
        stack.callback(runtime.close)
        _refresh_members(runtime)
        runtime.dispatcher.beat()  # its tick comes in seconds, and who asks for health before would call a restart
        gc.freeze()  # what the wiring made lives as long as the process: the collector need not look at it again
        web = _web(runtime, settings)
        web.start()
        stack.callback(web.stop)
        ticks = start_ticks(runtime.ticks)
        stack.callback(ticks.shutdown, wait=True)
        stack.callback(runtime.dispatcher.stop)  # before the clock's jobs are waited for
        if settings.slack_mode is Mode.SOCKET:
            token = settings.slack_app_token.get_secret_value()
            handler = socket_handler(runtime.app, token, answered=runtime.screens.answered)
            handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt leaves it without annotations
            stack.callback(handler.close)
        logger.info("ready", extra={"mode": settings.slack_mode.value, "port": web.port, "tzdata": tzdata_version()})
        if ready is not None:
            ready.set()
        stop.wait()
        logger.info("stopping")


def _web(runtime: Runtime, settings: Settings) -> WebServer:
    app = runtime.app if settings.slack_mode is Mode.HTTP else None
    site = Site(
        app,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        health=runtime.health,
        readiness=runtime.readiness,
        metrics=runtime.metrics,
        answered=runtime.screens.answered,
    )
    return WebServer(
        site,
        host=settings.scholarbot_http_host,
        port=settings.scholarbot_http_port,
        threads=settings.scholarbot_http_threads,
    )


def _refresh_members(runtime: Runtime) -> None:
    try:
        runtime.members.refresh()
    except DeliveryError as error:
        # The stored table still tells who is who; its age is in the metrics, and the hourly tick tries again.
        logger.warning("members not refreshed", extra={"error": type(error).__name__})


def _stop_on_signals(stop: Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
