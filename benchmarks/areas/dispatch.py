"""Finding the listener in process: every listener of the product against an app that has one (P2)."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from statistics import median
from time import perf_counter

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from benchmarks.databases import opened, settings_for
from benchmarks.house import COHORTS
from benchmarks.lab import Lab
from benchmarks.load.signing import Stencil, command
from benchmarks.names import BOT_TOKEN, SIGNING_SECRET, TEAM
from benchmarks.results import Result, check_unlike, ratio_at_least
from benchmarks.rounds import in_turn, repeat_disturbed
from benchmarks.servers.echo import COMMAND, FORM, echo_app
from benchmarks.servers.product import WORKSPACE, product
from bot.clock import SystemClock
from bot.listeners import bolt_app
from bot.messenger import member_of
from bot.wiring import Runtime
from domain.people import Person, Role
from domain.times import END_OF_TIME
from handlers.ids import Command, Modal
from handlers.members import observe_members
from handlers.reply import Reply
from handlers.request import Request
from handlers.router import Router

AREA = "dispatch"
REQUESTS = 1500
ROUNDS = 5
SOMEBODY = Person(
    id="somebody",
    program_id="measured",
    name="Somebody",
    slack_user_id="U0",
    zone="UTC",
    site="",
    until=dict.fromkeys(Role, END_OF_TIME),
    roster_version=0,
)
_USER = "9USER9"


def measure(lab: Lab) -> list[Result]:
    """A command and a form whose handlers do nothing; what is left is the way to them and back."""
    lab.say("dispatch in process")
    with opened(lab.sqlite.urls) as stores:
        runtime = product(settings_for(lab.sqlite.urls), stores, COHORTS)
        every = _idle_app(runtime)
        runtime.close()
    return [_result(name, kind, every, request) for name, kind, request in _cases()]


def _cases() -> list[tuple[str, str, bytes]]:
    view = {
        "type": "modal",
        "callback_id": Modal.BOOK,
        "id": "V1",
        "hash": "1.h",
        "blocks": [],
        "state": {"values": {}},
    }
    user = {"id": _USER, "team_id": TEAM}
    form = Stencil({"type": "view_submission", "team": {"id": TEAM}, "user": user, "view": view, "trigger_id": "1.t"})
    return [
        (f"{Command.SUPPORT}, every listener (P2)", COMMAND, command("help", user_id="U0", team_id=TEAM, number=1)),
        ("a submitted form, every listener (P2)", FORM, form.fill({_USER: "U0"})),
    ]


def _idle_app(runtime: Runtime) -> App:
    """The product's listeners and routes, but nobody is looked up and no handler does anything."""
    router = Router(
        [replace(route, handler=_idle) for route in runtime.router.routes],
        recognize=lambda _user, _team: SOMEBODY,
        screens=runtime.screens,
        clock=SystemClock(),
        count=runtime.metrics.count_request,
    )
    app = bolt_app(WebClient(token=BOT_TOKEN), router, workspace=WORKSPACE, signing_secret=SIGNING_SECRET)
    observe_members(app, read=member_of, note=lambda _member: None)
    return app


def _idle(_request: Request) -> Reply:
    return Reply()


def _result(name: str, kind: str, every: App, request: bytes) -> Result:
    things = {"one": partial(_rate, echo_app(kind), request), "every": partial(_rate, every, request)}
    rates = in_turn(things, rounds=ROUNDS)
    again = repeat_disturbed(things, rates, floors=["one"], gauge=float)
    check_unlike(rates)
    return Result(
        area=AREA,
        name=f"{name}{again}",
        value=median(rates["every"]),
        unit="1/s",
        floor=median(rates["one"]),
        goal=ratio_at_least(0.85),
        windows=rates["every"],
        floor_windows=rates["one"],
    )


def _rate(app: App, request: bytes) -> float:
    """Requests a second; raises when one is not answered well."""
    head, _, body = request.decode().partition("\r\n\r\n")
    headers: dict[str, str | Sequence[str]] = {
        name: value for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])
    }
    began = perf_counter()
    for _ in range(REQUESTS):
        answer = app.dispatch(BoltRequest(body=body, headers=headers))
        if answer.status != 200:
            raise AssertionError(f"status {answer.status}")
    return REQUESTS / (perf_counter() - began)
