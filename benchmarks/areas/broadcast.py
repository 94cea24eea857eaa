"""A broadcast: how close to the rate it comes that Slack sets, how fast it goes without one, and what overtakes it.

Slack's limits are enforced by the local workspace, all rates multiplied by a scale; the second between two cycles of
sending is divided by it too. The floor is the time that the rate leaves: what the burst does not take, at the rate.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from statistics import median
from time import monotonic, perf_counter, sleep

from benchmarks.areas.previews import preview_results
from benchmarks.databases import Engine, Urls, settings_for
from benchmarks.lab import Lab
from benchmarks.load.broadcast import UNHURRIED, Workers, check_sent, put_broadcast, workers, workspace_of
from benchmarks.results import Result, at_least, at_most, exactly, ratio_at_most
from bot.stores import migrate_stores
from domain.delivery import Tier
from sandbox.client import SandboxClient
from sandbox.launch import running_sandbox
from services.delivery.pace import BURST, POST_METHOD

AREA = "broadcast"
PER_MINUTE = 240
"""The low end of Slack's "several hundred a minute"; the product's default."""
LENIENCE = 10
"""How many more at once the workspace lets pass than the bot sends: what went in step may come out of step."""
PACED = ((60, 1), (1_000, 10), (10_000, 50))
"""Recipients, and the scale at which it takes less than a minute."""
MOST_SECONDS = 30.0
"""A broadcast that takes longer is taken by what went until then."""
UNPACED = 400
CRITICAL, QUEUED, OVERTAKING_SCALE = 60, 10_000, 10
ROUNDS = 2
MOST_OVER_THE_RATE = 1.05
LEAST_ROWS = 1_000.0
_OPEN = "conversations.open"
_LOOK_EVERY_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paced:
    """A broadcast at a rate: seconds it took and the rate leaves, posts refused, DMs opened."""

    took: float
    floor: float
    refused: int
    opened: int


def measure(lab: Lab) -> list[Result]:
    """All of it."""
    engines = [each.engine for each in lab.engines]
    return [
        *(result for people, scale in PACED for result in _paced_results(lab, engines[0], people, scale)),
        *(_unpaced_result(lab, engine) for engine in engines),
        *(_overtaking_result(lab, engine) for engine in engines),
        *preview_results(lab),
    ]


def _paced_results(lab: Lab, engine: Engine, people: int, scale: int) -> Iterator[Result]:
    lab.say(f"a broadcast to {people:,} at {scale} times Slack's rate on {engine.name}")
    found = paced(engine, people, scale)
    name = f"broadcast to {people:,}, scale {scale}"
    yield Result(
        area=AREA,
        name=f"{name}: seconds beside what the rate leaves",
        engine=engine.name,
        value=found.took,
        unit="s",
        floor=found.floor,
        goal=ratio_at_most(MOST_OVER_THE_RATE),
    )
    yield _count(f"{name}: posts refused for haste", engine, found.refused)
    yield _count(f"{name}: calls of {_OPEN}", engine, found.opened)


def _count(name: str, engine: Engine, number: int) -> Result:
    return Result(area=AREA, name=name, engine=engine.name, value=number, unit="", goal=exactly(0))


def paced(engine: Engine, people: int, scale: int) -> Paced:
    """Send to so many people as fast as Slack's rate times the scale lets three workers, for so long at most."""
    with _at_pace(engine, people, scale) as (urls, workspace, sending):
        put_broadcast(urls, "broadcast", range(people), Tier.IMPORTANT)
        sending.begin()
        times = _until_posts(workspace, people, seconds=MOST_SECONDS)
        if len(times) == people:
            sending.wait()
            check_sent(urls, people)
        return Paced(
            took=(times[-1] - times[0]) * (people - BURST) / (len(times) - BURST),
            floor=(people - BURST) * 60 / (PER_MINUTE * scale),
            refused=len(workspace.times(POST_METHOD, accepted=False)),
            opened=len(workspace.times(_OPEN)),
        )


def _unpaced_result(lab: Lab, engine: Engine) -> Result:
    lab.say(f"{UNPACED:,} rows as fast as they go on {engine.name}")
    rates = [_rate(engine) for _ in range(ROUNDS)]
    return Result(
        area=AREA,
        name=f"rows a second with three workers, {UNPACED:,} rows and no limits",
        engine=engine.name,
        value=median(rates),
        unit="1/s",
        goal=at_least(LEAST_ROWS),
        windows=rates,
    )


def _rate(engine: Engine) -> float:
    with _pair(engine) as urls, workers(urls, per_minute=UNHURRIED, scale=1_000) as sending:
        put_broadcast(urls, "broadcast", range(UNPACED), Tier.IMPORTANT)
        began = perf_counter()
        sending.begin()
        sending.wait()
        took = perf_counter() - began
        check_sent(urls, UNPACED)
    return UNPACED / took


def _overtaking_result(lab: Lab, engine: Engine) -> Result:
    lab.say(f"{CRITICAL} critical messages before {QUEUED:,} notices on {engine.name}")
    return Result(
        area=AREA,
        name=f"notices that go before the last of {CRITICAL} critical ones, {QUEUED:,} queued (one in hand a worker)",
        engine=engine.name,
        value=_passed_by(engine),
        unit="",
        goal=at_most(3),
    )


def _passed_by(engine: Engine) -> int:
    with _at_pace(engine, QUEUED, OVERTAKING_SCALE) as (urls, workspace, sending):
        put_broadcast(urls, "notice", range(QUEUED), Tier.NOTICE)
        sending.begin()
        _until_posts(workspace, 2 * BURST)
        put_broadcast(urls, "critical", range(CRITICAL), Tier.CRITICAL)
        before = len(workspace.times(POST_METHOD))
        _until_posts(workspace, before + CRITICAL + BURST)
        tiers = [call["args"]["text"].split()[0] for call in workspace.calls(POST_METHOD, accepted=True)][before:]
    last = max(number for number, tier in enumerate(tiers) if tier == Tier.CRITICAL.value)
    return tiers[:last].count(Tier.NOTICE.value)


def _until_posts(workspace: SandboxClient, number: int, *, seconds: float = MOST_SECONDS) -> list[float]:
    """When the posts came, once there are so many or that long has passed."""
    until = monotonic() + seconds
    while len(times := workspace.times(POST_METHOD)) < number and monotonic() < until:
        sleep(_LOOK_EVERY_SECONDS)
    return times


@contextmanager
def _at_pace(engine: Engine, people: int, scale: int) -> Iterator[tuple[Urls, SandboxClient, Workers]]:
    with running_sandbox(workspace_of(people)) as workspace, closing(workspace), _pair(engine) as urls:
        workspace.limit(scale=scale, posts_per_minute=PER_MINUTE, posts_burst=BURST + LENIENCE)
        with workers(urls, api_url=workspace.api_url, per_minute=PER_MINUTE * scale, scale=scale) as sending:
            yield urls, workspace, sending


@contextmanager
def _pair(engine: Engine) -> Iterator[Urls]:
    urls = engine.empty()
    migrate_stores(settings_for(urls))
    try:
        yield urls
    finally:
        engine.drop(urls)
