"""What people ask of office hours, as values. `request_key` makes a repeated delivery harmless."""

from dataclasses import dataclass
from datetime import datetime

from domain.office_hours import HelpTopic
from domain.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOfficeHours:
    """A helper's wish to hold office hours; `starts` None means now. `topics` empty means all."""

    request_key: str
    starts: datetime | None
    ends: datetime
    minutes: int
    topics: tuple[HelpTopic, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinLine:
    """A scholar's wish to be helped; `office_ref` is by what they know the office hours."""

    request_key: str
    office_ref: str
    topic: HelpTopic
    line: str
