"""The process from its start to an orderly end."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.clock import SystemClock
from bot.main import assembled, serve
from bot.schedule import Tick
from sandbox.client import SandboxClient
from services.delivery import Dispatcher
from tests.fixtures.engines import Stores
from tests.fixtures.products import a_workspace
from tests.integration.bot.installations import Installation, an_installation

WAIT_SECONDS = 30


@pytest.fixture
def installation(workspace: SandboxClient, sqlite_stores: Stores, tmp_path: Path) -> Iterator[Installation]:
    workspace.reset(a_workspace())
    yield an_installation(workspace, sqlite_stores, tmp_path)
    gc.unfreeze()


class Listening(Dispatcher):
    """Only hears that it is to stop."""

    def __init__(self) -> None:
        self.told = Event()

    def beat(self) -> None:
        """Nothing is sent here."""

    def stop(self) -> None:
        self.told.set()


def test_dispatcher_is_told_to_stop_before_its_cycle_is_waited_for(installation: Installation) -> None:
    settings, stop, dispatcher = installation.settings(), Event(), Listening()
    in_time: list[bool] = []

    def cycle() -> None:
        stop.set()
        in_time.append(dispatcher.told.wait(WAIT_SECONDS))

    with assembled(settings, SystemClock(), stop=stop) as runtime:
        ticks = (Tick(name="dispatch", seconds=0.01, run=cycle),)
        serve(replace(runtime, dispatcher=dispatcher, ticks=ticks), settings, stop=stop)

    assert in_time[0]


def test_health_is_good_from_the_first_moment(installation: Installation) -> None:
    settings, stop, ready = installation.settings(), Event(), Event()
    never = Tick(name="never", seconds=3600, run=lambda: None)

    with assembled(settings, SystemClock(), stop=stop) as runtime:
        before = runtime.health()
        serving = Thread(
            target=serve, args=(replace(runtime, ticks=(never,)), settings), kwargs={"stop": stop, "ready": ready}
        )
        serving.start()
        is_ready = ready.wait(WAIT_SECONDS)
        after = runtime.health()
        stop.set()
        serving.join()

    assert is_ready
    assert (list(before), after) == (["silent"], {})
