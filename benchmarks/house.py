"""A house full of people to measure in: programs of scholars and coaches, written straight into migrated stores."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import insert

from benchmarks.names import TEAM
from domain.hours import WeeklyHours, WeeklyWindow
from domain.people import Person, Role
from domain.ports import WorkspaceMember
from domain.times import DAY_MINUTES, END_OF_TIME
from services.desk import SupportDesk
from services.hours.own import save_hours
from storage.engine import Store
from storage.program.people_queries import member, membership, person, program

ZONE = "Europe/Berlin"
EVERY_DAY = range(7)
FIRST_DAY, LAST_DAY = "2020-01-01", "2099-12-31"


@dataclass(frozen=True, slots=True)
class Size:
    """How many programs there are, and how many coaches and scholars each has."""

    programs: int
    coaches: int
    scholars: int

    @property
    def arguments(self) -> tuple[str, str, str]:
        """For the command line of a server."""
        return str(self.programs), str(self.coaches), str(self.scholars)


COHORTS = Size(programs=60, coaches=5, scholars=60)
"""Sixty cohorts of the usual size: enough times and scholars that no window runs out of them."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody in the house."""

    program: int
    number: int
    role: Role

    @property
    def id(self) -> str:
        """The internal id."""
        return f"{self.role}-{self.program}-{self.number}"

    @property
    def program_id(self) -> str:
        """The program they are in."""
        return f"program-{self.program}"

    @property
    def account(self) -> str:
        """The Slack user id."""
        return f"U{self.id.upper()}"

    @property
    def email(self) -> str:
        """By which roster and account are matched."""
        return f"{self.id}@example.org"


def scholars(size: Size) -> Iterator[Resident]:
    """All scholars, program by program."""
    return _residents(size.programs, size.scholars, Role.SCHOLAR)


def coaches(size: Size) -> Iterator[Resident]:
    """All coaches, program by program."""
    return _residents(size.programs, size.coaches, Role.COACH)


def residents(size: Size) -> Iterator[Resident]:
    """Everybody."""
    yield from scholars(size)
    yield from coaches(size)


def account_of(resident: Resident) -> WorkspaceMember:
    """The Slack account, as `users.list` tells it."""
    return WorkspaceMember(
        slack_user_id=resident.account,
        team_id=TEAM,
        name=resident.id,
        email=resident.email,
        zone=ZONE,
        is_deleted=False,
        is_bot=False,
        is_guest=False,
        is_stranger=False,
        updated=0,
    )


def settle(store: Store, size: Size) -> None:
    """Put everybody on the roster of a migrated program store, known by their accounts and welcomed."""
    everybody = list(residents(size))
    with store.write() as connection:
        connection.execute(
            insert(program), [{"id": f"program-{each}", "name": f"Program {each}"} for each in range(size.programs)]
        )
        connection.execute(insert(person), [_person_row(each) for each in everybody])
        connection.execute(insert(member), [_member_row(each) for each in everybody])
        connection.execute(insert(membership), [_membership_row(each) for each in everybody])


def open_hours(desk: SupportDesk, size: Size) -> None:
    """Every coach works around the clock, so that there is a time for every request."""
    windows = tuple(WeeklyWindow(weekday=day, start_minute=0, end_minute=DAY_MINUTES) for day in EVERY_DAY)
    for each in coaches(size):
        save_hours(desk, as_staff(each), WeeklyHours(zone=ZONE, windows=windows))


def _residents(programs: int, count: int, role: Role) -> Iterator[Resident]:
    return (Resident(each, number, role) for each in range(programs) for number in range(count))


def as_staff(resident: Resident) -> Person:
    """As the services see them."""
    return Person(
        id=resident.id,
        program_id=resident.program_id,
        name=resident.id,
        slack_user_id=resident.account,
        zone=ZONE,
        site="",
        until={resident.role: END_OF_TIME},
        roster_version=0,
    )


def _person_row(resident: Resident) -> dict[str, object]:
    return {
        "id": resident.id,
        "program_id": resident.program_id,
        "email": resident.email,
        "name": resident.id,
        "slack_user_id": resident.account,
        "welcomed_at": 0,
    }


def _member_row(resident: Resident) -> dict[str, object]:
    account = account_of(resident)
    return {name: getattr(account, name) for name in WorkspaceMember.__slots__} | {"seen_at": 0}


def _membership_row(resident: Resident) -> dict[str, object]:
    return {
        "id": f"membership of {resident.id}",
        "program_id": resident.program_id,
        "person_id": resident.id,
        "cohort": "measured",
        "role": resident.role.value,
        "stream": "",
        "mentor_id": "",
        "phase": "Research",
        "site": "",
        "zone": ZONE,
        "starts_on": FIRST_DAY,
        "ends_on": LAST_DAY,
    }
