"""Plays the demo: a workspace, the bot, a walk-through, a short table; then the page stays open."""

import json
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from threading import Event, Thread

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from bot.clock import ShiftedClock, SystemClock
from bot.demo.cast import Row, account_name, roster_rows, with_role, workspace_seed
from bot.demo.house import FOLDER, demo_settings, import_people, prepare, set_hours
from bot.demo.scenes import SCENES, Scene
from bot.demo.stage import Stage
from bot.logs import start_logging
from bot.main import assembled, serve
from bot.settings import Settings
from bot.wiring import Runtime
from domain.people import Role
from domain.sealing import StartRefused
from sandbox.client import SandboxClient
from sandbox.launch import running_sandbox

START_SECONDS = 20
SUMMARY = FOLDER / "summary.json"
AFTERWARDS = """
The workspace stays open. Be two people side by side, each in a tab of your browser:

  {scholar}, a scholar: {scholar_tab}
  {coach}, a coach: {coach_tab}
  anybody else: {url}

As {scholar} type /support book in #general and choose {coach}: the other tab shows it.
For the bot it is now {now}: the walk-through has moved its time, and /clock +1d moves it on.
The Home tab tells it; messages bear your own. Ctrl-C ends it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What became of a scene; `seconds` is real time."""

    scene: str
    happened: str
    seconds: float


def play(*, keep_open: bool) -> None:
    """Play the walk-through and write its summary. With `keep_open` the workspace stays until Ctrl-C.

    Raises `StartRefused` when the bot does not start, and `SceneFailed` or `TimeoutError` when a scene goes wrong.
    """
    console = Console()
    rows = roster_rows(SystemClock().wall().date())
    with running_sandbox(workspace_seed(rows), page=keep_open) as sandbox:
        settings = demo_settings(sandbox.api_url)
        start_logging(settings.scholarbot_log_level, settings.scholarbot_log_format)
        prepare(settings)
        import_people(settings, rows)
        with _running_bot(settings) as runtime:
            accounts = {user["email"]: user["id"] for user in sandbox.state()["users"]}
            set_hours(runtime, rows, accounts, leave_out=with_role(rows, Role.COACH)[0])
            played = _walk_through(console, Stage.of(sandbox, rows, runtime.desk.clock))
            _report(console, played)
            if keep_open:
                _stay(console, sandbox, rows, runtime.desk.clock.now())


@contextmanager
def _running_bot(settings: Settings) -> Iterator[Runtime]:
    stop, ready = Event(), Event()
    with assembled(settings, ShiftedClock()) as runtime:
        thread = Thread(target=serve, args=(runtime, settings), kwargs={"stop": stop, "ready": ready}, name="bot")
        thread.start()
        try:
            if not ready.wait(START_SECONDS):
                raise StartRefused(f"The bot was not ready within {START_SECONDS} seconds; its errors are above.")
            yield runtime
        finally:
            stop.set()
            thread.join()


def _walk_through(console: Console, stage: Stage) -> list[Played]:
    played = []
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(SCENES))
        for scene in SCENES:
            progress.update(task, description=scene.title)
            played.append(_play(scene, stage))
            progress.advance(task)
    return played


def _play(scene: Scene, stage: Stage) -> Played:
    began = time.monotonic()
    happened = scene.play(stage)
    return Played(scene=scene.title, happened=happened, seconds=round(time.monotonic() - began, 2))


def _report(console: Console, played: list[Played]) -> None:
    table = Table("scene", "what happened", "seconds", title="What you have just seen")
    for each in played:
        table.add_row(each.scene, each.happened, f"{each.seconds:.1f}")
    console.print(table)
    SUMMARY.write_text(json.dumps([asdict(each) for each in played], indent=2) + "\n", "utf-8")
    console.print(f"The same as data: {SUMMARY}")


def _stay(console: Console, sandbox: SandboxClient, rows: list[Row], now: datetime) -> None:
    scholar, coach = (next(row for row in rows if row["role"] == role) for role in (Role.SCHOLAR, Role.COACH))
    tabs = [f"{sandbox.url}/as/{sandbox.user_id(account_name(row['email']))}" for row in (scholar, coach)]
    words = AFTERWARDS.format(
        scholar=scholar["name"],
        coach=coach["name"],
        scholar_tab=tabs[0],
        coach_tab=tabs[1],
        url=sandbox.url,
        now=f"{now:%a %d %b %Y, %H:%M} UTC",
    )
    console.print(words, soft_wrap=True)
    if sys.stdout.isatty():
        for tab in reversed(tabs):  # the last one opened is in front
            webbrowser.open(tab)
    try:
        Event().wait()
    except KeyboardInterrupt:
        console.print("Goodbye.")
