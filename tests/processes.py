"""The product as an operator runs it: `scholarbot` in processes of its own, with settings in a folder of its own.

def test_something(installation: Installation) -> None:       # on SQLite; migrated, with a key, nobody in it
    installation.scholarbot("doctor")
    with installation.running() as bot:
        ...
        bot.kill()
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from sandbox.client import SandboxClient
from sandbox.seed import Seed
from storage.migrations import StoreName
from tests.builders.keys import write_key_file
from tests.engines import Stores
from tests.ports import free_port
from tests.products import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, a_workspace

ROOT = Path(__file__).parents[1]
READY_SECONDS = 30
STOP_SECONDS = 30
LOOK_SECONDS = 0.05


@dataclass(slots=True, kw_only=True)
class Bot:
    """One running process."""

    process: "subprocess.Popen[str]"
    url: str
    errors: Path

    def stop(self) -> int:
        """SIGTERM; returns the exit status."""
        self.process.terminate()
        return self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def log(self) -> str:
        """What it wrote."""
        return self.errors.read_text()


@dataclass(slots=True, kw_only=True)
class Installation:
    """Settings, keys and stores of one installation, and the workspace it serves."""

    folder: Path
    workspace: SandboxClient
    stores: Stores
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def key_file(self) -> Path:
        """Where its key is."""
        return self.folder / "keys" / "keys.json"

    def environment(self) -> dict[str, str]:
        """All that the process gets; nothing of this machine's own settings."""
        given = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "200",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": self.workspace.api_url,
            "SCHOLARBOT_PROGRAM_EMAIL": "support@example.org",
            "SCHOLARBOT_PROGRAM_DATABASE_URL": self.stores.url(StoreName.PROGRAM),
            "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": self.stores.url(StoreName.CONFIDENTIAL),
            "SCHOLARBOT_KEY_FILE": str(self.key_file),
            "SCHOLARBOT_HTTP_PORT": "0",
        }
        return {key: value for key, value in (given | self.changes).items() if value != "unset"}

    def scholarbot(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def running(self, *, sockets: int = 1) -> Iterator[Bot]:
        """`scholarbot run`, once it serves; `sockets` is how many connections all replicas have then."""
        port = free_port()
        errors = self.folder / f"{port}.log"
        with (
            errors.open("w") as log,
            subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self.folder,
                env=self.environment() | {"SCHOLARBOT_HTTP_PORT": str(port)},
                stderr=log,
                text=True,
            ) as process,
        ):
            bot = Bot(process=process, url=f"http://127.0.0.1:{port}", errors=errors)
            try:
                self._wait(bot, sockets)
                yield bot
            finally:
                process.kill()

    def _wait(self, bot: Bot, sockets: int) -> None:
        is_http = self.changes.get("SLACK_MODE") == "http"
        deadline = time.monotonic() + READY_SECONDS
        while not (answers(bot.url) if is_http else self.sockets() >= sockets):
            if bot.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the bot did not start:\n{bot.log()}")
            time.sleep(LOOK_SECONDS)

    def sockets(self) -> int:
        """How many connections the app has."""
        return int(self.workspace.state()["apps"][0]["sockets"])


def answers(url: str) -> bool:
    """Whether a bot is there and can reach its stores."""
    try:
        return httpx.get(f"{url}/readyz", trust_env=False).is_success
    except httpx.TransportError:
        return False


def an_installation(
    folder: Path, workspace: SandboxClient, stores: Stores, *, seed: Seed | None = None
) -> Installation:
    """An installation with a key of its own on these stores."""
    workspace.clear_faults()
    workspace.reset(seed or a_workspace())
    made = Installation(folder=folder, workspace=workspace, stores=stores)
    made.key_file.parent.mkdir(mode=0o700)
    write_key_file(made.key_file)
    return made


@pytest.fixture
def installation(tmp_path: Path, workspace_process: SandboxClient, sqlite_stores: Stores) -> Installation:
    """On SQLite, migrated, with nobody in it."""
    return an_installation(tmp_path, workspace_process, sqlite_stores)


@pytest.fixture
def postgresql_installation(
    tmp_path: Path, workspace_process: SandboxClient, postgresql_stores: Stores
) -> Installation:
    """On PostgreSQL, migrated, with nobody in it."""
    return an_installation(tmp_path, workspace_process, postgresql_stores)
