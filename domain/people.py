"""The people of a program and their roles."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_TO_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class Role(StrEnum):
    """What somebody is in a program; a person may hold several."""

    SCHOLAR = "scholar"
    COACH = "coach"
    COMMUNITY_MANAGER = "community_manager"
    MENTOR = "mentor"
    STAFF = "staff"
    OPS = "ops"
    EVALUATOR = "evaluator"
    GRADER = "grader"
    ALUMNUS = "alumnus"


SUPPORT_ROLES = frozenset({Role.COACH, Role.COMMUNITY_MANAGER})
JUDGING_ROLES = frozenset({Role.MENTOR, Role.STAFF, Role.OPS, Role.EVALUATOR, Role.GRADER})
"""Who has a say in how scholars are judged, be it of some of them or of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the roster, as they stand at the moment of asking.

    `until` has the roles they hold now, each with the instant (epoch seconds) at which it ends: the midnight after its
    last day. Memberships that follow one another without a day between count as one. `roster_version` and
    `rules_version` are those of their program, read with them.
    """

    id: str
    program_id: str
    name: str
    slack_user_id: str
    zone: str
    site: str
    until: Mapping[Role, int] = field(hash=False)
    roster_version: int
    rules_version: int = 0

    @property
    def roles(self) -> frozenset[Role]:
        """What they are now."""
        return frozenset(self.until)

    def has(self, *roles: Role) -> bool:
        """Whether the person holds at least one of the roles now."""
        return any(role in self.until for role in roles)

    def holds_until(self, role: Role) -> int:
        """The instant (epoch seconds) at which they stop holding a role: 0 for one that they do not hold now."""
        return self.until.get(role, 0)


def email_key(address: str) -> str:
    """An e-mail address as it is stored and compared: without spaces around it, ASCII letters in lower case.

    No other letters are folded: the Kelvin sign becomes a k, so that a look-alike account would pass for somebody else.
    """
    return address.strip().translate(_TO_LOWER)
