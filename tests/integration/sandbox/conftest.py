"""A small team in the real workspace process, with an app over signed HTTP that answers as told."""

from collections.abc import Iterator

import pytest

from sandbox.client import SandboxClient
from tests.acting.scripted_app import ScriptedApp, running_scripted_app
from tests.acting.teams import Team
from tests.builders.slack import a_seed, an_app


@pytest.fixture(scope="session")
def scripted_app_process() -> Iterator[ScriptedApp]:
    """The server; take `app` instead."""
    with running_scripted_app() as app:
        yield app


@pytest.fixture
def app(scripted_app_process: ScriptedApp) -> Iterator[ScriptedApp]:
    """An app that nobody has called yet."""
    scripted_app_process.forget()
    yield scripted_app_process
    scripted_app_process.forget()


@pytest.fixture
def team(workspace: SandboxClient) -> Team:
    """The team, its app in Socket Mode and not connected."""
    workspace.reset(a_seed())
    return Team(workspace)


@pytest.fixture
def http_team(workspace: SandboxClient, app: ScriptedApp) -> Team:
    """The team, its app reached by signed HTTP."""
    workspace.reset(a_seed(an_app(transport="http", request_url=app.url)))
    return Team(workspace)
