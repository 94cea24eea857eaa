"""A slash command through the whole stack: one person, one request after the other (P1)."""

from collections.abc import Callable
from statistics import median

from benchmarks.databases import environment
from benchmarks.house import COHORTS, scholars
from benchmarks.lab import Lab
from benchmarks.load.signing import command
from benchmarks.load.window import Window, drive
from benchmarks.names import TEAM
from benchmarks.results import Result, check_unlike, ratio_at_most
from benchmarks.rounds import in_turn, repeat_disturbed
from benchmarks.servers import echo
from benchmarks.servers.running import Server, running

AREA = "slash command"
SECONDS = 3.0
REQUESTS = 9000
EXPECTED = b"/support book"
"""The help that every scholar gets."""


def measure(lab: Lab) -> list[Result]:
    """`/support help` against a word echoed."""
    lab.say("a slash command, one after the other")
    with lab.sqlite.copy() as urls:
        settings = environment(urls)
        things: dict[str, Callable[[], Window]] = {"echo": _echo, "product": lambda: _product(settings)}
        found = in_turn(things)
        again = repeat_disturbed(things, found, floors=["echo"], gauge=lambda window: window.p50)
    middle = {name: [window.p50 * 1000 for window in windows] for name, windows in found.items()}
    check_unlike(middle)
    return [
        Result(
            area=AREA,
            name=f"/support help over HTTP, 1 client, p50 (P1){again}",
            engine=lab.sqlite.engine.name,
            value=median(middle["product"]),
            unit="ms",
            floor=median(middle["echo"]),
            goal=ratio_at_most(1.5),
            rounds=len(middle["product"]),
        )
    ]


def _echo() -> Window:
    with running("benchmarks.servers.echo", echo.COMMAND) as server:
        return _window(server, echo.ECHO.encode())


def _product(settings: dict[str, str]) -> Window:
    with running("benchmarks.servers.product", *COHORTS.arguments, environment=settings) as server:
        return _window(server, EXPECTED)


def _window(server: Server, expected: bytes) -> Window:
    people = list(scholars(COHORTS))
    requests = [
        command("help", user_id=people[number % len(people)].account, team_id=TEAM, number=number)
        for number in range(REQUESTS)
    ]
    drive(server.port, iter(requests[:200]), clients=1, seconds=1, expect=expected)
    window = drive(server.port, iter(requests[200:]), clients=1, seconds=SECONDS, expect=expected)
    server.check_alive()
    return window
