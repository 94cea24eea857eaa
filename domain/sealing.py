"""Words of sealing: what a sealed record is bound to, and what goes wrong with keys and sealed text."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import DomainError

DATA_KEY_BYTES = 32
FINGERPRINT_BYTES = 32


class RecordClass(StrEnum):
    """What a scholar's records are, each class under data keys of its own; values are stored, so they never change."""

    BOOKING = "booking"
    COACHING_LOG = "coaching_log"
    COMMUNITY_LOG = "community_log"
    RATING = "rating"
    OFFICE_HOURS = "office_hours"
    HANDOVER = "handover"
    CALENDAR = "calendar"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIdentity:
    """Everything a sealed text is bound to; it opens only under the same values.

    domain: what the text is, such as "booking.topic"; separates texts of one record. All ids are immutable internal
    ones. version: 1 or more, that of the record. previous: `fingerprint` of the version before, empty for the first.
    facts: further values of the row that the text stands or falls with, in an order fixed by the domain, such as whom
    a session is with: who could change them would decide who may read it.
    program_id is kept with a data key made on the way and not bound. Raises `ValueError` for an empty or odd part.
    """

    program_id: str
    domain: str
    record_id: str
    scholar_id: str
    author_id: str
    record_class: RecordClass
    version: int
    previous: bytes = b""
    facts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all((self.program_id, self.domain, self.record_id, self.scholar_id, self.author_id)):
            raise ValueError("a sealed record needs a program, a domain, an id, a scholar and an author")
        if not all(self.facts):
            raise ValueError("a fact that a sealed record is bound to must not be empty")
        if self.version < 1:
            raise ValueError("versions of a sealed record start at 1")
        if len(self.previous) not in (0, FINGERPRINT_BYTES):
            raise ValueError("previous is a fingerprint or empty")


def fingerprint(sealed: bytes) -> bytes:
    """What the next version of a record names its predecessor by: SHA-256 of the sealed bytes."""
    return hashlib.sha256(sealed).digest()


class SealError(Exception):
    """A sealed record or data key could not be opened; the words never tell why, so that they teach nobody anything."""

    def __init__(self) -> None:
        super().__init__("This sealed record could not be opened.")


class UnstorableText(DomainError):
    """This text holds a broken character that cannot be kept exactly. Please delete it, type it again and resend."""


class StartRefused(Exception):
    """The process must not start. The text is for the operator: the reason and the cure, never a secret."""


class KeyProblem(StartRefused):
    """A key is missing, wrong, or kept in a way that others can reach."""


class SharedStore(StartRefused):
    """The two stores are one, or are swapped."""
