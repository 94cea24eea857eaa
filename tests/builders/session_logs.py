"""Builders of what is said after a session; every argument has a default, so a test names only what matters."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

from domain.booking import Booked
from domain.focus import FocusArea
from domain.kinds import SessionKind
from domain.session_log import Outcome
from services.booking.book import book_session
from services.session_log.commands import LogSession, RateSession
from services.session_log.facts import GivenRating, LoggedSession, LogSheet, RatingSheet
from tests.builders.bookings import TOMORROW_TEN, a_wish, instant
from tests.builders.sessions import COACHING_KIND, TUESDAY, a_booked, some_details
from tests.fixtures.desks import House

CLOSES = datetime(2027, 1, 26, 10, 45, tzinfo=UTC)

_numbers = count(1)


def ended_session(
    house: House,
    scholar: str = "ada",
    *,
    starts: str = TOMORROW_TEN,
    after: timedelta = timedelta(minutes=1),
    **wishes: object,
) -> Booked:
    """A session with Cleo unless told otherwise, booked now and over for so long."""
    booked = book_session(house.support, house.person(scholar), a_wish(starts, **wishes)).booked  # type: ignore[arg-type]  # the builder's own
    house.clock.advance(booked.ends + after - house.clock.now())
    return booked


def a_log(
    ref: str,
    outcome: Outcome = Outcome.HAPPENED,
    *,
    started: str | None = "2027-01-12T10:05Z",
    ended: str | None = "2027-01-12T10:40Z",
    areas: Iterable[FocusArea] = (),
    next_step: str = "",
    key: str | None = None,
) -> LogSession:
    """What whoever took a session says of it, with a once-only key of its own unless one is given."""
    return LogSession(
        request_key=key or f"log-{next(_numbers)}",
        ref=ref,
        outcome=outcome,
        started=None if started is None else instant(started),
        ended=None if ended is None else instant(ended),
        focus_areas=tuple(areas),
        next_step=next_step,
    )


def a_rating(ref: str, score: int = 8, *, words: str = "", key: str | None = None) -> RateSession:
    """A scholar's answer."""
    return RateSession(request_key=key or f"rating-{next(_numbers)}", ref=ref, score=score, words=words)


def a_logged(
    outcome: Outcome = Outcome.HAPPENED,
    *,
    areas: Iterable[FocusArea] = (),
    next_step: str = "",
    is_unreadable: bool = False,
) -> LoggedSession:
    """A log as the two read it."""
    has_happened = outcome.has_happened
    return LoggedSession(
        outcome=outcome,
        started=TUESDAY + timedelta(minutes=5) if has_happened else None,
        ended=TUESDAY + timedelta(minutes=40) if has_happened else None,
        focus_areas=tuple(areas),
        next_step=next_step,
        is_unreadable=is_unreadable,
    )


def a_log_sheet(
    log: LoggedSession | None = None,
    *,
    kind: SessionKind = COACHING_KIND,
    other_name: str = "Ada",
    areas: Iterable[FocusArea] = (),
    starts: datetime = TUESDAY,
) -> LogSheet:
    """What the form for a log begins with."""
    booked = a_booked(kind=kind, starts=starts)
    details = some_details(booked, kind=kind, other_name=other_name, focus_areas=tuple(areas))
    return LogSheet(details=details, log=log, closes=CLOSES)


def a_rating_sheet(
    rating: GivenRating | None = None, *, kind: SessionKind = COACHING_KIND, other_name: str = "Cleo"
) -> RatingSheet:
    """What the scholar's form begins with."""
    return RatingSheet(details=some_details(kind=kind, other_name=other_name), rating=rating, closes=CLOSES)
