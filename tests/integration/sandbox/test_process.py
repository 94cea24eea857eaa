"""The process itself: it listens on loopback alone, writes nothing, and needs neither the product nor the page."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

import sandbox
from sandbox.client import SandboxClient
from tests.acting.teams import Team
from tests.builders.slack import a_seed

ROOT = Path(sandbox.__file__).parent.parent


@contextmanager
def _running(folder: Path) -> Iterator[tuple[SandboxClient, psutil.Process]]:
    """A workspace of its own whose every way to the disk leads into an empty folder."""
    away = {"TMPDIR": str(folder), "HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder, env=os.environ | away) as process:
        try:
            assert process.stdout is not None
            client = SandboxClient(json.loads(process.stdout.readline())["url"])
            yield client, psutil.Process(process.pid)
            client.close()
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


def test_process_listens_on_loopback_and_leaves_the_disk_alone(folder: Path) -> None:
    with _running(folder) as (client, process):
        client.reset(a_seed())
        team = Team(client)
        team.post("Hello")
        team.web.files_upload_v2(channel=team.general, filename="a.bin", content=b"a" * 3_000_000)
        listening = {each.laddr.ip for each in process.net_connections() if each.status == psutil.CONN_LISTEN}
        written = [each.path for each in process.open_files() if set(each.mode) & set("wa+")]

    assert (listening, written, list(folder.iterdir())) == ({"127.0.0.1"}, [], [])


def test_core_runs_without_the_product_and_without_its_page() -> None:
    code = "import sys, sandbox.__main__; print(*sorted({name.partition('.')[0] for name in sys.modules}))"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    loaded = set(run.stdout.split())
    assert "sandbox" in loaded
    assert loaded.isdisjoint({"bot", "handlers", "services", "storage", "domain", "nicegui", "slack_bolt", "slack_sdk"})
