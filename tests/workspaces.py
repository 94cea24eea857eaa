"""A local Slack workspace for tests: one process for each test worker, fresh for each test.

def test_something(workspace: SandboxClient) -> None:
workspace.reset(a_seed(...))
"""

from collections.abc import Iterator

import pytest

from sandbox.client import SandboxClient
from sandbox.launch import running_sandbox
from sandbox.seed import Seed


@pytest.fixture(scope="session")
def workspace_process() -> Iterator[SandboxClient]:
    """The process; take `workspace` instead."""
    with running_sandbox(Seed()) as client:
        yield client
        client.close()


@pytest.fixture
def workspace(workspace_process: SandboxClient) -> SandboxClient:
    """A workspace in which nobody is and nothing has happened."""
    workspace_process.clear_faults()
    workspace_process.reset(Seed())
    return workspace_process
