"""What a digest is made of: each part of the product says what it has for one person, as values without layout."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.delivery import Tier
from domain.people import Person
from services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One thing in a digest. `text` is what it says, as long as it is: the digest shows its first words.

    `at` is when it is due, begins, or was announced; `is_over` says of a deadline that it was due then and is still
    open. `ref` is the value of the button that opens the whole of it, and `can_open` that its reader may.
    `was_taken_back` is news of something that an earlier digest told and that does not hold any more, `has_changed` of
    something that has other words now.
    """

    object_id: str
    title: str
    text: str = ""
    at: datetime | None = None
    is_over: bool = False
    tier: Tier = Tier.NOTICE
    ref: str = ""
    was_taken_back: bool = False
    has_changed: bool = False
    can_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """What one part of the product has for a digest.

    `news`: those of the ids that waited which are still true and still open for this person. An id that is not among
    them is forgotten for good. `ahead`: what comes within the next days whether it waited or not, soonest first. Both
    are whole: what does not fit into a message is counted there.
    """

    news: tuple[DigestLine, ...] = ()
    ahead: tuple[DigestLine, ...] = ()


def parted(lines: Iterable[DigestLine], ids: Collection[str]) -> DigestSection:
    """Those of the ids that waited, and the others; both in the order given."""
    wanted, found = frozenset(ids), list(lines)
    return DigestSection(
        news=tuple(line for line in found if line.object_id in wanted),
        ahead=tuple(line for line in found if line.object_id not in wanted),
    )


Waiting = Mapping[str, Sequence[str]]
"""What waits for a digest, by id in the order in which it came: the rungs under which it does, "" for none."""
Section = Callable[[Desk, Person, Waiting], DigestSection]
"""Called at the moment of sending with what waits. It may be called again, and changes nothing."""
