"""Somebody's own calendar outside: the address it is read at, what of it counts, and why it cannot be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from domain.cells import CELL_SECONDS, cells
from domain.errors import DomainError
from domain.intervals import Interval, clip, unite

ADDRESS_MAX = 1000
FEEDS_MAX = 5
"""Calendars of one person: work, private, and what else they live by."""
OWN_UID = "@scholarbot"
"""How the UID of every calendar file ends that the bot sends."""
SHOWN_AHEAD = timedelta(weeks=8)
"""What the owner is told how much of it is taken."""
READ_AHEAD = timedelta(days=400)
"""Further than anything can be booked."""
READ_EVERY = timedelta(minutes=4)
TOLD_AFTER = timedelta(days=1)
"""So long a calendar may be out of reach before its owner is told."""
BACKOFF_MAX = timedelta(hours=1)
_SCHEMES = {"webcal": "https", "webcals": "https"}
"""What calendar programs write for https."""
_PAGES = {"calendar.google.com": "/calendar/ical/"}
"""Where people copy the address of a page; the calendar itself lies below this path."""


class FeedState(StrEnum):
    """What became of the last attempt to read a calendar; values are stored, so they never change."""

    NEW = "new"
    READ = "read"
    AWAY = "away"
    UNTRUSTED = "untrusted"
    REFUSED = "refused"
    MISSING = "missing"
    INSIDE = "inside"
    NO_CALENDAR = "no_calendar"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"


class FeedProblem(Exception):
    """A calendar cannot be read. Neither the text nor what caused it holds the address or anything of the calendar.

    `retry_after` is how long the other side asks to be left alone.
    """

    def __init__(self, state: FeedState, *, retry_after: timedelta | None = None) -> None:
        super().__init__(state.value)
        self.state = state
        self.retry_after = retry_after


class UnusableAddress(DomainError):
    """This is no address of a calendar. Please copy the private address again; it begins with https://."""


class TooManyFeeds(DomainError):
    """You have as many calendars here as I can read. Please remove one first."""


class OutsideBusy(NamedTuple):
    """A stretch that is taken in somebody's own calendar, in epoch seconds, half-open.

    `ref` is what one of our own calendar files knows its session by, "" for everything else.
    """

    begin: int
    end: int
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedQuestion:
    """What is wanted of a calendar: what is taken in [first, last), epoch seconds.

    `zone` is where dates and times without a zone are meant, unless the calendar says so itself. `emails` are the
    owner's, as stored: what they have declined is not taken. `etag` and `modified` are what the other side said of what
    was read before, "" to read anew in any case.
    """

    first: int
    last: int
    zone: str
    emails: frozenset[str] = frozenset()
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReading:
    """What a calendar holds, in any order. `skipped` is how many entries could not be understood."""

    busy: tuple[OutsideBusy, ...]
    skipped: int = 0
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFeed:
    """One calendar as its owner sees it: never its address, only the host.

    `read` is when it was read last, None for not yet; `ahead` how many stretches are taken within `SHOWN_AHEAD`.
    """

    id: str
    host: str
    state: FeedState
    read: datetime | None
    ahead: int
    skipped: int


def usable_address(typed: str, *, field: str = "address") -> str:
    """The address as it is read. Raises `UnusableAddress` at `field`, in words that do not hold it."""
    text = typed.strip().strip("<>").strip()
    if not text.isascii() or not text.isprintable() or " " in text or not 0 < len(text) <= ADDRESS_MAX:
        raise UnusableAddress(field=field)
    parts = _parts(text)
    if parts is None or parts.scheme != "https" or not parts.hostname:
        raise UnusableAddress(field=field)
    if parts.username or parts.password:
        raise UnusableAddress("Please paste an address without a user name and a password in it.", field=field)
    if not parts.path.startswith(_PAGES.get(parts.hostname, "/")):
        raise UnusableAddress(
            'This is the address of a page. Please copy "Secret address in iCal format" from the settings of the '
            "calendar.",
            field=field,
        )
    return parts._replace(fragment="").geturl()


def host_of(address: str) -> str:
    """What the owner is shown of an address."""
    return urlsplit(address).hostname or ""


def taken_cells(busy: Iterable[OutsideBusy], first: int, last: int) -> tuple[Interval, ...]:
    """What is stored of it: disjoint stretches of whole cells in [first, last), ascending, rounded outward."""
    rounded = (cells(begin, end) for begin, end, _ in busy if begin < end)
    return clip(unite((each.start * CELL_SECONDS, each.stop * CELL_SECONDS) for each in rounded), first, last)


def pause_after(failures: int, *, retry_after: timedelta | None = None) -> timedelta:
    """How long to wait after so many attempts in a row that failed: twice as long each time, an hour at most.

    What the other side asks for is granted, up to `TOLD_AFTER`.
    """
    own = min(READ_EVERY * (1 << min(failures, 10)), BACKOFF_MAX)
    return own if retry_after is None else min(max(own, retry_after), TOLD_AFTER)


def _parts(text: str) -> SplitResult | None:
    scheme, colon, rest = text.partition(":")
    try:
        parts = urlsplit(_SCHEMES.get(scheme.lower(), scheme) + colon + rest)
        parts.port  # noqa: B018 raises for what is none
    except ValueError:
        return None
    return parts
