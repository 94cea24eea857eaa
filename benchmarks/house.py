"""A house full of people to measure in: programs of scholars and coaches, written straight into migrated stores."""

from dataclasses import dataclass

TEAM = "T0MEASURED"
ZONE = "Europe/Berlin"
EVERY_DAY = range(7)
THREADS = 16
"""The default of SCHOLARBOT_HTTP_THREADS, for the floor too."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many programs there are, and how many coaches and scholars each has."""

    programs: int
    coaches: int
    scholars: int


COHORTS = Size(programs=60, coaches=5, scholars=60)
"""Sixty cohorts of the usual size: enough times and scholars that no window runs out of them."""
