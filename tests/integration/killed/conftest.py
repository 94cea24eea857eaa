"""A cohort in a workspace of its own, on each engine in turn, for processes that are killed.

After each test everything that they logged and sent unseen is looked through.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.people import Role
from sandbox.client import SandboxClient
from sandbox.seed import SeedUser
from tests.acting.replicas import BODY, TITLE, be_ready
from tests.builders.people import TEAM, account_of, put_person, put_program
from tests.fixtures.desks import another_house
from tests.fixtures.engines import Stores
from tests.fixtures.products import a_workspace
from tests.looking.cohorts import HANGS_SECONDS, Cohort

SCHOLARS = tuple(f"p{number:02}" for number in range(60))
FEW = 30
"""Enough for more than one hand full of what a process takes at a time."""


UNSAID = ("@example.org", TITLE, BODY, "Research plan", "My mother is ill", "Room 4")
"""Of people and of what they wrote: it goes to its readers, and into no log and nothing that others read."""


@pytest.fixture
def cohort(stores: Stores, workspace: SandboxClient, tmp_path: Path) -> Iterator[Cohort]:
    """Sixty scholars in London, where it is noon, and Sam and Sue of staff."""
    yield from _cohort(stores, workspace, SCHOLARS, tmp_path)


@pytest.fixture
def few(stores: Stores, workspace: SandboxClient, tmp_path: Path) -> Iterator[Cohort]:
    """The same with half as many, where it is not about the sixty."""
    yield from _cohort(stores, workspace, SCHOLARS[:FEW], tmp_path)


def _cohort(stores: Stores, workspace: SandboxClient, scholars: tuple[str, ...], folder: Path) -> Iterator[Cohort]:
    be_ready()
    seed = a_workspace()
    seed.users += [SeedUser(id=account_of(id_), name=id_, real_name=id_, team_id=TEAM) for id_ in scholars]
    workspace.reset(seed)
    put_program(stores.program)
    for who in ("sam", "sue"):
        put_person(stores.program, who, Role.STAFF)
    for who in scholars:
        put_person(stores.program, who)
    house, log = another_house(stores), folder / "replicas.log"
    made = Cohort(house=house, stores=stores, workspace=workspace, people=scholars, log=log)
    yield made
    workspace.advance(HANGS_SECONDS)  # so that no answer hangs any more when the workspace is to end
    assert made.leaks(*UNSAID) == []
    assert "replica ready" in log.read_text()
