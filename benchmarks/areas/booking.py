"""Booking over HTTP with rivals for the machine: how many a second, and how long the slowest wait (P3, P4, P5)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median

from benchmarks.databases import environment, opened, support_desk
from benchmarks.house import COHORTS, scholars
from benchmarks.lab import Furnished, Lab
from benchmarks.load.bookings import form_for, submissions, wishes
from benchmarks.load.signing import command
from benchmarks.load.window import Window, drive
from benchmarks.names import TEAM
from benchmarks.results import Goal, Result, check_unlike, ratio_at_least, ratio_at_most
from benchmarks.rounds import in_turn, repeat_disturbed
from benchmarks.servers import echo
from benchmarks.servers.running import running
from benchmarks.stored import check_stored
from bot.clock import SystemClock
from domain.ports import View

AREA = "booking"
SECONDS = {1: 4.0, 8: 5.0, 32: 5.0}
"""Length of the window by number of clients; the slowest of a hundred needs long ones."""
ECHO_SECONDS = 3.0
"""The floor answers several times as many."""
WARM_UP = 100
"""Requests, so that a warm-up ends with them, long before a window would."""
REQUESTS = 3000
"""More than any window takes; preparing them takes time too."""
SHORT_SECONDS = 1.0
SHORT_REQUESTS = 5000
BOOKED = b"You are booked"
ECHO, SHORT_ECHO = "echo", "short echo"
POSTGRESQL_GOALS = {8: 0.15, 32: 0.2}
SQLITE_GOAL = 0.2
TAIL_GOAL = 3.0


def measure(lab: Lab) -> list[Result]:
    """The same forms, submitted to the product and to an app that only says a word to them."""
    form = sample_form(lab.sqlite)
    return [result for clients in SECONDS for result in _with_clients(lab, form, clients)]


def sample_form(furnished: Furnished) -> View:
    """The booking form as the product fills it for the first scholar."""
    with opened(furnished.urls) as stores:
        return form_for(support_desk(stores), next(scholars(COHORTS)))


def _with_clients(lab: Lab, form: View, clients: int) -> list[Result]:
    engines = [lab.sqlite] + ([lab.postgresql] if clients in POSTGRESQL_GOALS else [])
    things: dict[str, Callable[[], Window]] = {
        ECHO: partial(_echo, form, clients),
        SHORT_ECHO: partial(_short_echo, clients),
    }
    things |= {each.engine.name: partial(_product, each, form, clients) for each in engines}
    lab.say(f"booking with {clients} clients on {', '.join(each.engine.name for each in engines)}")
    found = in_turn(things)
    again = repeat_disturbed(things, found, floors=[ECHO, SHORT_ECHO], gauge=lambda window: window.rate)
    rates = {name: [window.rate for window in windows] for name, windows in found.items()}
    tails = {name: [window.p99 * 1000 for window in windows] for name, windows in found.items()}
    check_unlike(rates)
    rows = [row for each in engines for row in _results(each.engine.name, clients, rates, tails)]
    return [replace(row, name=f"{row.name}{again}") for row in (*rows, _short_row(clients, rates[SHORT_ECHO]))]


def _short_row(clients: int, rates: list[float]) -> Result:
    """The bare app again, but asked with a short slash command, as other benchmarks have it."""
    return Result(
        area=AREA,
        name=f"for information: a bare echo of a short command, {_many(clients)}",
        value=median(rates),
        unit="1/s",
        windows=rates,
    )


def _many(clients: int) -> str:
    return f"{clients} client{'s' * (clients > 1)}"


def _results(
    engine: str, clients: int, rates: dict[str, list[float]], tails: dict[str, list[float]]
) -> tuple[Result, Result]:
    rate_goal, tail_goal = _goals(engine, clients)
    return (
        Result(
            area=AREA,
            name=f"bookings a second, {_many(clients)} ({'P3' if tail_goal else 'P5'})",
            engine=engine,
            value=median(rates[engine]),
            unit="1/s",
            floor=median(rates[ECHO]),
            goal=rate_goal,
            windows=rates[engine],
            floor_windows=rates[ECHO],
        ),
        Result(
            area=AREA,
            name=f"p99 of a booking, {_many(clients)}{' (P4)' * bool(tail_goal)}",
            engine=engine,
            value=median(tails[engine]),
            unit="ms",
            floor=median(tails[ECHO]),
            goal=tail_goal,
            rounds=len(tails[engine]),
        ),
    )


def _goals(engine: str, clients: int) -> tuple[Goal, Goal | None]:
    if engine == "postgresql":
        return ratio_at_least(POSTGRESQL_GOALS[clients]), None
    return ratio_at_least(SQLITE_GOAL), ratio_at_most(TAIL_GOAL)


def _echo(form: View, clients: int) -> Window:
    requests = submissions(form, wishes(COHORTS, now=SystemClock().now())[:REQUESTS])
    with running("benchmarks.servers.echo", echo.FORM) as server:
        return _window(server.port, requests, clients, seconds=ECHO_SECONDS, expect=echo.ECHO.encode())


def _short_echo(clients: int) -> Window:
    somebody = next(scholars(COHORTS))
    requests = [
        command("help", user_id=somebody.account, team_id=TEAM, number=number) for number in range(SHORT_REQUESTS)
    ]
    expect = echo.ECHO.encode()
    with running("benchmarks.servers.echo", echo.COMMAND) as server:
        drive(server.port, iter(requests[:WARM_UP]), clients=clients, seconds=SHORT_SECONDS, expect=expect)
        return drive(server.port, iter(requests[WARM_UP:]), clients=clients, seconds=SHORT_SECONDS, expect=expect)


def _product(furnished: Furnished, form: View, clients: int) -> Window:
    wanted = wishes(COHORTS, now=SystemClock().now())[:REQUESTS]
    with furnished.copy() as urls:
        requests = submissions(form, wanted)
        with running("benchmarks.servers.product", *COHORTS.arguments, environment=environment(urls)) as server:
            window = _window(server.port, requests, clients, seconds=SECONDS[clients], expect=BOOKED)
            server.check_alive()
        acked = [wanted[number] for number in window.acked]
        check_stored(urls, [(wish.scholar.id, wish.start) for wish in acked])
    return window


def _window(port: int, requests: list[bytes], clients: int, *, seconds: float, expect: bytes) -> Window:
    """A window after a warm-up; `acked` counts the warm-up too."""
    warm = drive(port, iter(requests[:WARM_UP]), clients=clients, seconds=seconds, expect=expect)
    window = drive(port, iter(requests[WARM_UP:]), clients=clients, seconds=seconds, expect=expect)
    window.acked = [*warm.acked, *(WARM_UP + number for number in window.acked)]
    return window
