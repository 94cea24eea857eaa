"""Books, moves, cancels or sits down beside others who want the same, for tests that race processes.

    python -m tests.children.rival URL URL RUN book STAFF START SCHOLAR...      # STAFF is "anyone" for whoever is free
    python -m tests.children.rival URL URL RUN move SCHOLAR START REF ...       # threes: each moves a session
    python -m tests.children.rival URL URL RUN cancel PERSON REF ...            # pairs: each cancels one
    python -m tests.children.rival URL URL RUN sit SCHOLAR...                   # in the only group session, or in line
    python -m tests.children.rival URL URL RUN stand SCHOLAR...                 # these give their seats back

Says "ready" and begins when it reads a line, so that several begin together. What came of each deed is printed.
"""

import sys
from collections.abc import Callable
from functools import partial

from domain.errors import DomainError
from domain.groups import GroupFull
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.groups.seats import give_back, take_seat, wait_in_line
from storage.migrations import StoreName
from tests.acting.rivals import PATIENCE_SECONDS
from tests.builders.bookings import a_cancellation, a_move, a_wish
from tests.builders.groups import ref_of
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import House, another_house
from tests.fixtures.engines import Stores


def main(program_url: str, confidential_url: str, run: str, part: str, *rest: str) -> None:
    """Play one part; `run` keeps the ids and keys of this process apart from those of another."""
    stores = Stores("", {StoreName.PROGRAM: program_url, StoreName.CONFIDENTIAL: confidential_url})
    confidential = stores.open(StoreName.CONFIDENTIAL, lock_wait_seconds=PATIENCE_SECONDS)
    house = another_house(stores, ids=FakeIds(run), confidential=confidential)
    print("ready", flush=True)  # noqa: T201  the parent reads it
    sys.stdin.readline()
    _PARTS[part](house, run, *rest)
    print("done", flush=True)  # noqa: T201


def _book(house: House, run: str, staff: str, start: str, *scholars: str) -> None:
    for who in scholars:
        wish = a_wish(start, staff=None if staff == "anyone" else staff, key=f"book {run} {who}")
        _say("booked", who, partial(book_session, house.support, house.person(who), wish))


def _move(house: House, run: str, *moves: str) -> None:
    for who, start, ref in zip(moves[::3], moves[1::3], moves[2::3], strict=True):
        wish = a_move(ref, start, key=f"move {run} {ref}")
        _say("moved", who, partial(move_session, house.support, house.person(who), wish))


def _cancel(house: House, run: str, *sessions: str) -> None:
    for who, ref in zip(sessions[::2], sessions[1::2], strict=True):
        wish = a_cancellation(ref, key=f"cancel {run} {ref}")
        _say("canceled", who, partial(cancel_session, house.support, house.person(who), wish))


def _sit(house: House, run: str, *scholars: str) -> None:
    for id_ in scholars:
        who, ref = house.person(id_), ref_of(house, id_)
        try:
            take_seat(house.support, who, ref, request_key=f"sit {run} {id_}")
        except GroupFull:
            _say("waits", id_, partial(wait_in_line, house.support, who, ref, request_key=f"wait {run} {id_}"))
        else:
            print("sat", id_, flush=True)  # noqa: T201


def _stand(house: House, run: str, *scholars: str) -> None:
    for id_ in scholars:
        who, ref = house.person(id_), ref_of(house, id_)
        _say("stood", id_, partial(give_back, house.support, who, ref, request_key=f"stand {run} {id_}"))


def _say(deed: str, who: str, do: Callable[[], object]) -> None:
    """Do it, and say that it is done, or how it was refused. Whatever else goes wrong ends the process."""
    try:
        do()
    except DomainError as refused:
        print("refused", who, type(refused).__name__, flush=True)  # noqa: T201
    else:
        print(deed, who, flush=True)  # noqa: T201


_PARTS: dict[str, Callable[..., None]] = {
    "book": _book,
    "move": _move,
    "cancel": _cancel,
    "sit": _sit,
    "stand": _stand,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
