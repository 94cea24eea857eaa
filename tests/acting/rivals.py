"""People who press at the same instant, each in a thread of their own."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import TypeVar

Result = TypeVar("Result")
PATIENCE_SECONDS = 60.0


def at_once(deeds: Sequence[Callable[[], Result]]) -> list[Result | Exception]:
    """Do all of these together and return what each gave or raised, in their order."""
    outcomes: dict[int, Result | Exception] = {}
    start = Barrier(len(deeds), timeout=PATIENCE_SECONDS)

    def run(number: int, deed: Callable[[], Result]) -> None:
        start.wait()
        try:
            outcomes[number] = deed()
        except Exception as error:  # noqa: BLE001  a rival's failure is what the test is about
            outcomes[number] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    return [outcomes[number] for number in range(len(deeds))]


def failures(outcomes: Sequence[object]) -> list[Exception]:
    """Those who were refused."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def results(outcomes: Sequence[Result | Exception]) -> list[Result]:
    """Those who got what they wanted."""
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
