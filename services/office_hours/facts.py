"""What office hours tell their callers: frozen values for modals alone, cut down to what the reader may see."""

from dataclasses import dataclass
from datetime import datetime

from domain.hours.seasons import Shut
from domain.office_hours import HelpTopic
from domain.places import Place
from services.office_hours.words import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedHours:
    """Office hours as listed for one reader; `wait` is in minutes, None before they open.

    `helper_names` are those who may take the reader, where that is a scholar, else all of whom they may read that they
    help; for a scholar without any `can_take` is False. `own_ref` is set where the reader helps themselves, and `shut`
    says why they will not be there in what they have planned.
    """

    ref: str
    starts: datetime
    ends: datetime
    zone: str
    minutes: int
    topics: tuple[HelpTopic, ...]
    is_open: bool
    helper_names: tuple[str, ...]
    can_take: bool
    wait: int | None = None
    own_ref: str = ""
    shut: Shut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """How a scholar stands. `place` and `wait` (minutes) are None once somebody is with them.

    `can_step_back` says that somebody waits behind; `is_asked` that they have to answer whether a peer may be asked,
    and `is_peer_asked` that the peer has to. `with_name` and `where` are of whoever is with them; a peer has no place.
    """

    ref: str
    version: int
    zone: str
    ends: datetime
    problem: Problem
    place: int | None = None
    wait: int | None = None
    is_past_end: bool = False
    can_step_back: bool = False
    is_asked: bool = False
    is_peer_asked: bool = False
    is_with_peer: bool = False
    with_name: str = ""
    where: Place | None = None
    is_line_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody in line as a helper who may take them sees it."""

    ref: str
    name: str
    problem: Problem
    joined: datetime
    was_called: bool
    is_being_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class With:
    """Who is with whom, and since when (whole minutes). `problem` only for the one who is with them.

    `helper_name` is "" for the reader, and for somebody of whom they may not read that they are there.
    """

    ref: str
    name: str
    helper_name: str
    minutes: int
    is_with_peer: bool
    problem: Problem | None = None
    is_over_time: bool = False
    is_being_asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Office hours that somebody has planned, for themselves."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpersLine:
    """A line as one of its helpers sees it: nobody whom they may not meet is in it, and nobody's number either.

    `lingers_until` is when whoever is still with somebody once it is over counts as done. `planned` is what else the
    helper has ahead. `shut` is why they will not be there in what they have planned.
    """

    ref: str
    zone: str
    starts: datetime
    ends: datetime
    minutes: int
    is_open: bool
    is_over: bool
    helper_names: tuple[str, ...]
    lingers_until: datetime
    planned: tuple[Planned, ...]
    shut: Shut | None
    mine: With | None
    waiting: tuple[Waiting, ...]
    others: tuple[With, ...]
