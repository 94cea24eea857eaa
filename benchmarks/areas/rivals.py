"""One booking for one time however many want it, and none lost when the process is killed (P7)."""

from itertools import islice
from statistics import median
from threading import Timer

from benchmarks.areas.booking import BOOKED, REQUESTS, sample_form
from benchmarks.databases import environment
from benchmarks.house import COHORTS, coaches, scholars
from benchmarks.lab import Furnished, Lab
from benchmarks.load.bookings import Wish, submissions, wishes
from benchmarks.load.race import race
from benchmarks.load.window import UnexpectedAnswer, drive
from benchmarks.results import Result, at_most, exactly
from benchmarks.rounds import ROUNDS
from benchmarks.servers.running import running
from benchmarks.stored import stored_sessions
from bot.clock import SystemClock
from domain.ports import View

AREA = "exactness"
RIVALS = 50
TAKEN = b'"response_action": "errors"'
ANSWER_SECONDS = 2.0
KILL_AFTER_SECONDS = 3.0
CLIENTS = 8


def measure(lab: Lab) -> list[Result]:
    """On both engines."""
    form = sample_form(lab.sqlite)
    return [result for each in lab.engines for result in (*_rivals(lab, each, form), _killed(lab, each, form))]


def _rivals(lab: Lab, furnished: Furnished, form: View) -> tuple[Result, Result]:
    lab.say(f"{RIVALS} rivals for one time on {furnished.engine.name}")
    races = [_race(furnished, form) for _ in range(ROUNDS)]
    engine = furnished.engine.name
    return (
        Result(
            area=AREA,
            name=f"{RIVALS} rivals for one time: the last answer (P7)",
            engine=engine,
            value=median(seconds for seconds, _ in races),
            unit="s",
            goal=at_most(ANSWER_SECONDS),
            rounds=len(races),
        ),
        Result(
            area=AREA,
            name=f"{RIVALS} rivals for one time: bookings, the most of {ROUNDS} races (P7)",
            engine=engine,
            value=max(bookings for _, bookings in races),
            unit="bookings",
            goal=exactly(1),
        ),
    )


def _race(furnished: Furnished, form: View) -> tuple[float, int]:
    """How long the last one waited, and how many sessions were stored. Everybody must hear one thing or the other."""
    start = wishes(COHORTS, now=SystemClock().now())[0].start
    coach = next(coaches(COHORTS))
    wanted = [Wish(scholar=each, start=start, staff=coach.id) for each in islice(scholars(COHORTS), RIVALS)]
    with furnished.copy() as urls:
        with running("benchmarks.servers.product", *COHORTS.arguments, environment=environment(urls)) as server:
            run = race(server.port, submissions(form, wanted))
            server.check_alive()
        booked = sum(BOOKED in answer for answer in run.answers)
        taken = sum(TAKEN in answer for answer in run.answers)
        if (booked, taken) != (1, RIVALS - 1):
            raise UnexpectedAnswer(f"{booked} were told that they are booked, and {taken} that the time has gone")
        return run.seconds, len(stored_sessions(urls))


def _killed(lab: Lab, furnished: Furnished, form: View) -> Result:
    lab.say(f"a kill in the middle of bookings on {furnished.engine.name}")
    wanted = wishes(COHORTS, now=SystemClock().now())[:REQUESTS]
    with furnished.copy() as urls:
        requests = submissions(form, wanted)
        with running("benchmarks.servers.product", *COHORTS.arguments, environment=environment(urls)) as server:
            killer = Timer(KILL_AFTER_SECONDS, server.kill)
            killer.start()
            window = drive(server.port, iter(requests), clients=CLIENTS, seconds=60, expect=BOOKED)
            killer.join()
        stored = set(stored_sessions(urls))
    acked = {(wanted[number].scholar.id, wanted[number].start) for number in window.acked}
    if not acked:
        raise UnexpectedAnswer("nothing was booked before the kill")
    return Result(
        area=AREA,
        name=f"bookings lost of {len(acked)} acknowledged before kill -9 (P7)",
        engine=furnished.engine.name,
        value=len(acked - stored),
        unit="bookings",
        goal=exactly(0),
    )
