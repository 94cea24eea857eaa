"""A cohort of sixty in a workspace of its own, on each engine in turn, for processes that are killed."""

from collections.abc import Iterator

import pytest

from domain.people import Role
from sandbox.client import SandboxClient
from sandbox.seed import SeedUser
from tests.acting.replicas import be_ready
from tests.builders.people import TEAM, account_of, put_person, put_program
from tests.fixtures.desks import another_house
from tests.fixtures.engines import Stores
from tests.fixtures.products import a_workspace
from tests.looking.cohorts import HANGS_SECONDS, Cohort

SCHOLARS = tuple(f"p{number:02}" for number in range(60))


@pytest.fixture
def cohort(stores: Stores, workspace: SandboxClient) -> Iterator[Cohort]:
    """Sixty scholars in London, where it is noon, and Sam and Sue of staff."""
    be_ready()
    seed = a_workspace()
    seed.users += [SeedUser(id=account_of(id_), name=id_, real_name=id_, team_id=TEAM) for id_ in SCHOLARS]
    workspace.reset(seed)
    put_program(stores.program)
    for who in ("sam", "sue"):
        put_person(stores.program, who, Role.STAFF)
    for who in SCHOLARS:
        put_person(stores.program, who)
    yield Cohort(house=another_house(stores), stores=stores, workspace=workspace, people=SCHOLARS)

    workspace.advance(HANGS_SECONDS)  # so that no answer hangs any more when the workspace is to end
