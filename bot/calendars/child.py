"""A process that makes sense of one calendar: text in, what is taken out, and it can be ended without harm.

A rule can be written so that nobody can count through it, and a parser can be led astray. So this runs apart, with
little time and memory, without settings, keys or a store; what it prints is numbers and references of our own.
"""

import contextlib
import json
import os
import subprocess
import sys

from domain.feeds import FeedProblem, FeedQuestion, FeedReading, FeedState, OutsideBusy

SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
_ANSWER_MAX = 1024 * 1024
_PROBLEM = 3


def expanded_apart(content: bytes, question: FeedQuestion, *, seconds: float = SECONDS) -> FeedReading:
    """As `expanded`, in a process of its own. Raises `FeedProblem`, also for what takes too long or too much memory."""
    asked = {
        "first": question.first,
        "last": question.last,
        "zone": question.zone,
        "emails": sorted(question.emails),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bot.calendars.child"],
            input=json.dumps(asked).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except (subprocess.TimeoutExpired, OSError):
        done = None
    if done is None or done.returncode not in (0, _PROBLEM) or len(done.stdout) > _ANSWER_MAX:
        raise FeedProblem(FeedState.TOO_MUCH)  # outside: the error of a timeout holds what was printed so far
    answer = json.loads(done.stdout)
    if done.returncode == _PROBLEM:
        raise FeedProblem(FeedState(answer))
    return FeedReading(busy=tuple(OutsideBusy(*each) for each in answer["busy"]), skipped=answer["skipped"])


def main() -> int:
    """Read a question and a calendar, print the answer."""
    _limit()
    from bot.calendars.expanding import expanded  # noqa: PLC0415 what it loads counts towards the limits too

    asked = json.loads(sys.stdin.buffer.readline())
    asked["emails"] = frozenset(asked["emails"])
    try:
        reading = expanded(sys.stdin.buffer.read(), FeedQuestion(**asked))
    except FeedProblem as problem:
        sys.stdout.write(json.dumps(problem.state.value))
        return _PROBLEM
    answer = json.dumps({"busy": reading.busy, "skipped": reading.skipped})
    if len(answer) > _ANSWER_MAX:
        sys.stdout.write(json.dumps(FeedState.TOO_MUCH.value))
        return _PROBLEM
    sys.stdout.write(answer)
    return 0


def _limit() -> None:
    """Where the machine knows limits; the time is kept from outside as well."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 not on every machine

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main())
