"""The people of a program and their roles."""

import string
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the roster, as they stand at the moment of asking; `roles` holds only memberships in force."""

    id: str
    program_id: str
    name: str
    slack_user_id: str
    zone: str
    site: str
    roles: frozenset[Role]
    roster_version: int

    def has(self, *roles: Role) -> bool:
        """Whether the person holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


def email_key(address: str) -> str:
    """An e-mail address as it is stored and compared: without spaces around it, ASCII letters in lower case.

    No other letters are folded: the Kelvin sign becomes a k, so that a look-alike account would pass for somebody else.
    """
    return address.strip().translate(_TO_LOWER)
