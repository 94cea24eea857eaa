"""How long the program takes to load, and how much memory it holds while nothing happens (P12, P13)."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from statistics import median

import psutil

from benchmarks.databases import environment, furnished
from benchmarks.house import Size
from benchmarks.lab import Lab
from benchmarks.results import Result, check_unlike, ratio_at_most
from benchmarks.rounds import ROUNDS, in_turn
from benchmarks.servers.echo import COMMAND
from benchmarks.servers.running import running

AREA = "start and memory"
STARTS = 7
SETTLE_SECONDS = 2.0
BARE = "import slack_bolt"
PRODUCT = "import bot.cli\nwith bot.cli.uncollected():\n    import bot.logs, bot.main"
"""What `scholarbot run` loads before it does anything."""
HEAVY = ("numpy", "pandas", "scipy")
COHORT = Size(programs=1, coaches=5, scholars=60)
MEGABYTE = 1_000_000


class TooMuchLoaded(Exception):
    """Something is loaded at start that only a report needs."""


def measure(lab: Lab) -> list[Result]:
    """Against a bare import of slack_bolt, and a bare app on the same web server."""
    lab.say("cold start and idle memory")
    _check_light()
    return [_cold_start(), _idle_memory(lab)]


def _cold_start() -> Result:
    with _kept_byte_code() as keeping:
        things = {"bare": partial(_seconds, BARE, keeping), "product": partial(_seconds, PRODUCT, keeping)}
        in_turn(things, rounds=1)
        found = in_turn(things, rounds=STARTS)
    check_unlike(found)
    return Result(
        area=AREA,
        name="import of everything `scholarbot run` needs (P12)",
        value=median(found["product"]) * 1000,
        unit="ms",
        floor=median(found["bare"]) * 1000,
        goal=ratio_at_most(3.6),
        rounds=STARTS,
    )


@contextmanager
def _kept_byte_code() -> Iterator[dict[str, str]]:
    """Environment in which byte code is kept, as it is for an installed package, wherever this machine keeps it."""
    with tempfile.TemporaryDirectory() as cache:
        yield {"PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}


def _seconds(statement: str, extra: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, env={**os.environ, **extra})
    return time.perf_counter() - began


def _check_light() -> None:
    script = f"{PRODUCT}\nimport json, sys\nprint(json.dumps(sorted(set({HEAVY!r}) & set(sys.modules))))"
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, env=os.environ)
    if heavy := json.loads(told.stdout):
        raise TooMuchLoaded(", ".join(heavy))


def _idle_memory(lab: Lab) -> Result:
    urls = furnished(lab.sqlite.engine, COHORT)
    with _kept_byte_code() as keeping:
        settings = environment(urls) | keeping
        servers = {
            "bare": partial(_resident, "benchmarks.servers.echo", (COMMAND,), keeping),
            "product": partial(_resident, "benchmarks.servers.product", COHORT.arguments, settings),
        }
        in_turn({name: partial(measure, seconds=0) for name, measure in servers.items()}, rounds=1)
        found = in_turn(servers, rounds=ROUNDS)
    lab.sqlite.engine.drop(urls)
    return Result(
        area=AREA,
        name="idle memory with one cohort, serving HTTP (P13)",
        engine=lab.sqlite.engine.name,
        value=median(found["product"]),
        unit="MB",
        floor=median(found["bare"]),
        goal=ratio_at_most(2.5),
        rounds=ROUNDS,
    )


def _resident(
    module: str, arguments: tuple[str, ...], settings: Mapping[str, str], *, seconds: float = SETTLE_SECONDS
) -> float:
    with running(module, *arguments, environment=settings) as server:
        time.sleep(seconds)
        server.check_alive()
        resident: int = psutil.Process(server.process.pid).memory_info().rss
    return resident / MEGABYTE
