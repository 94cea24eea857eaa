"""Cancels, waits, takes and leaves beside others, for tests that race or kill it.

    python -m tests.children.waiter URL URL RUN cancel REF         # Ada cancels what she knows by this reference
    python -m tests.children.waiter URL URL RUN half REF           # the same, and stops before its message is written
    python -m tests.children.waiter URL URL RUN line SCHOLAR...    # these join; some take, some leave
    python -m tests.children.waiter URL URL RUN book SCHOLAR...    # these try to book it past the line
    python -m tests.children.waiter URL URL RUN give PERSON REF ...          # pairs: each gives a session up
    python -m tests.children.waiter URL URL RUN take SECONDS SCHOLAR...      # each takes what is kept, so much later
    python -m tests.children.waiter URL URL RUN refuse SECONDS SCHOLAR...    # each says no thanks
    python -m tests.children.waiter URL URL RUN tend SECONDS                 # lets go and offers, as a replica does

Says "ready" and begins when it reads a line, so that several begin together. Each deed is printed once it stands.
"""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from domain.errors import DomainError
from domain.waiting import TimesAreFree
from services.booking.change import cancel_session
from services.holds.deliveries import HoldMessage
from services.holds.kept import kept_times
from services.holds.take import refuse_time, take_time
from services.waiting.join import stop_waiting, waits_of
from services.waiting.match import keep_times
from storage.migrations import StoreName
from tests.acting.rivals import PATIENCE_SECONDS
from tests.acting.waiting_line import books, waits
from tests.builders.bookings import a_cancellation
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import House, another_house
from tests.fixtures.engines import Stores

FOREVER_SECONDS = 600
ROUNDS = 3


def main(program_url: str, confidential_url: str, run: str, part: str, *rest: str) -> None:
    """Play one part; `run` keeps the ids and keys of this process apart from those of another."""
    stores = Stores("", {StoreName.PROGRAM: program_url, StoreName.CONFIDENTIAL: confidential_url})
    confidential = stores.open(StoreName.CONFIDENTIAL, lock_wait_seconds=PATIENCE_SECONDS)
    house = another_house(stores, ids=FakeIds(run), confidential=confidential)
    _say("ready")
    sys.stdin.readline()
    _PARTS[part](house, run, *rest)
    _say("done")


def _cancel(house: House, run: str, ref: str) -> None:
    cancel_session(house.support, house.person("ada"), a_cancellation(ref, key=f"cancel {run}"))
    _say("canceled")


def _half(house: House, run: str, ref: str) -> None:
    def stop(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO delivery") and HoldMessage.OFFERED in str(parameters):
            _say("half")
            time.sleep(FOREVER_SECONDS)

    event.listen(house.support.store.engine, "before_cursor_execute", stop)
    _cancel(house, run, ref)


def _line(house: House, run: str, *scholars: str) -> None:
    for number, scholar in enumerate(scholars):
        try:
            waits(house, scholar, request_key=f"wait {run} {scholar}")
        except TimesAreFree:
            _say(f"refused {scholar} TimesAreFree")
        else:
            _say(f"joined {scholar}")
        keep_times(house.desk)
        if number % ROUNDS == 1:
            _leave(house, scholar)
    for number in range(ROUNDS):
        for scholar in scholars:
            _take(house, scholar, f"take {run} {scholar} {number}")
        keep_times(house.desk)


def _leave(house: House, scholar: str) -> None:
    person = house.person(scholar)
    if kept_times(house.support, person):
        return
    for each in waits_of(house.support, person):
        stop_waiting(house.support, person, each.id)
    _say(f"left {scholar}")


def _take(house: House, scholar: str, key: str) -> None:
    person = house.person(scholar)
    for kept in kept_times(house.support, person):
        try:
            take_time(house.support, person, kept.ref, request_key=key)
        except DomainError as refused:
            _say(f"refused {scholar} {type(refused).__name__}")
        else:
            _say(f"took {scholar}")


def _book(house: House, _run: str, *scholars: str) -> None:
    for scholar in scholars:
        try:
            books(house, scholar)
        except DomainError as refused:
            _say(f"refused {scholar} {type(refused).__name__}")
        else:
            _say(f"booked {scholar}")


def _give(house: House, run: str, *sessions: str) -> None:
    for who, ref in zip(sessions[::2], sessions[1::2], strict=True):
        cancel_session(house.support, house.person(who), a_cancellation(ref, key=f"give {run} {ref}"))
        _say(f"gave {who}")


def _take_later(house: House, run: str, seconds: str, *scholars: str) -> None:
    _wait(house, seconds)
    for scholar in scholars:
        _take(house, scholar, f"take {run} {scholar}")


def _refuse_later(house: House, _run: str, seconds: str, *scholars: str) -> None:
    _wait(house, seconds)
    for scholar in scholars:
        person = house.person(scholar)
        for kept in kept_times(house.support, person):
            try:
                refuse_time(house.support, person, kept.ref)
            except DomainError as refused:
                _say(f"refused {scholar} {type(refused).__name__}")
            else:
                _say(f"declined {scholar}")


def _tend(house: House, _run: str, seconds: str) -> None:
    _wait(house, seconds)
    for _ in range(ROUNDS):
        keep_times(house.desk)


def _wait(house: House, seconds: str) -> None:
    house.clock.advance(timedelta(seconds=int(seconds)))


def _say(what: str) -> None:
    print(what, flush=True)  # noqa: T201  the parent reads it


_PARTS: dict[str, Callable[..., None]] = {
    "cancel": _cancel,
    "half": _half,
    "line": _line,
    "book": _book,
    "give": _give,
    "take": _take_later,
    "refuse": _refuse_later,
    "tend": _tend,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
