"""What a deadline says, where it stands, and what a program's staff decide about all of them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.amounts import range_text
from domain.errors import DomainError
from domain.markup import is_link

TITLE_MAX = 120
"""Characters of a title: a message, a menu and a row of Home have to hold it."""
WORDS_MAX = 2000
LINK_MAX = 500
REASON_MAX = 2000
SENTENCE_MAX = 300
LEAD_MAX_DAYS = 90
SNOOZES_MAX = 2
"""How often one person can put off the reminders of one deadline."""
SNOOZE_MAX = timedelta(days=1)


class InvalidDeadline(DomainError):
    """Something about this deadline does not fit. Please look at the fields that say so."""


class PastDue(DomainError):
    """That time has passed. Please choose a later one."""


class PastAtASite(PastDue):
    """That time has passed, at least at one of the sites. Please choose a later one."""


class DeadlineState(StrEnum):
    """Where a deadline stands. A draft reminds nobody; of a closed one nothing is asked any more."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    DISCARDED = "discarded"


class RequestState(StrEnum):
    """Where a request for an extension stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVER = "over"
    """Nothing to decide any more: it was met meanwhile, or closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineText:
    """What readers get: a title, perhaps more words and a link. Raises `InvalidDeadline` at the field at fault.

    Nothing is ever cut: what is too long is refused here.
    """

    title: str
    words: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidDeadline("Please give it a title.", field="title")
        _check_length(self.title, TITLE_MAX, "title")
        _check_length(self.words, WORDS_MAX, "words")
        if self.link:
            check_link(self.link, field="link")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRules:
    """What staff decide about deadlines: from so many days of lead time on, the author is not warned. 0 warns never."""

    lead_days: int = 7

    def __post_init__(self) -> None:
        if not 0 <= self.lead_days <= LEAD_MAX_DAYS:
            raise InvalidDeadline(f"Please choose {range_text('lead_days', 0, LEAD_MAX_DAYS)}.", field="lead_days")


def check_proof(proof: str, *, is_needed: bool) -> str:
    """The link that proves it, without blanks around it, or "". Raises `InvalidDeadline` at field "proof"."""
    stripped = proof.strip()
    if not stripped and is_needed:
        raise InvalidDeadline("This one asks for a link to what you have done. Please paste it here.", field="proof")
    if stripped:
        check_link(stripped, field="proof")
    return stripped


def check_link(link: str, *, field: str) -> None:
    """Raises `InvalidDeadline` for what is no web address, or a very long one."""
    _check_length(link, LINK_MAX, field)
    if not is_link(link):
        raise InvalidDeadline("Please paste a whole link, like https://example.org/page.", field=field)


def _check_length(text: str, limit: int, field: str) -> None:
    excess = len(text) - limit
    if excess > 0:
        characters = "character" if excess == 1 else "characters"
        raise InvalidDeadline(f"Please shorten this by {excess} {characters}: {limit} fit here.", field=field)
