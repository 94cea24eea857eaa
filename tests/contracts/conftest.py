"""The two places of the contract as one fixture."""

import pytest

from tests.contracts.workplaces import InMemory, OverHttp, Workplace


@pytest.fixture(params=["in memory", "over HTTP"])
def workplace(request: pytest.FixtureRequest) -> Workplace:
    """Slack in memory, and the local workspace over HTTP."""
    if request.param == "in memory":
        return InMemory.make()
    return OverHttp.make(request.getfixturevalue("workspace"))
