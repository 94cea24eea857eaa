"""`scholarbot demo` as a build server runs it."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from bot.demo.scenes import SCENES

ROOT = Path(__file__).parents[2]
DEMO = [sys.executable, "-m", "bot", "demo"]
SECONDS = 120
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_without_a_terminal_the_demo_plays_every_scene_and_ends(tmp_path: Path) -> None:
    ended = subprocess.run(
        DEMO,
        cwd=tmp_path,
        env=a_real_installation(tmp_path),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    played = json.loads((tmp_path / "var" / "demo" / "summary.json").read_text())
    assert [scene["scene"] for scene in played] == [scene.title for scene in SCENES]
    assert all(scene["happened"] and scene["seconds"] >= 0 for scene in played)
    assert any(scene["happened"].startswith("57 of 60 have acknowledged it. 3 got a second") for scene in played)
    assert "var/demo/summary.json" in ended.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["var"]


@pytest.mark.soak
def test_on_a_terminal_the_workspace_stays_open_until_ctrl_c(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = a_real_installation(tmp_path) | {"BROWSER": "true", "COLUMNS": "200"}
    with subprocess.Popen(
        DEMO, cwd=tmp_path, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as demo:
        os.close(theirs)
        try:
            shown = read_until(ours, "Ctrl-C ends it.")
            (page,) = set(re.findall(r"http://127\.0\.0\.1:\d+(?=\s|/as)", shown))
            assert "Summer Research" in httpx.get(page, trust_env=False).text

            os.killpg(demo.pid, signal.SIGINT)  # what a terminal does at Ctrl-C
            after = read_until(ours, None)

            assert demo.wait(SECONDS) == 0
        finally:
            demo.kill()
            os.close(ours)
    assert "Goodbye." in after
    assert "Traceback" not in after
    with pytest.raises(httpx.ConnectError):
        httpx.get(page, trust_env=False)


def read_until(terminal: int, words: str | None) -> str:
    """What the terminal shows, until it shows these words, or to its end."""
    shown = b""
    deadline = time.monotonic() + SECONDS
    while words is None or words not in _ESCAPES.sub("", shown.decode(errors="ignore")):
        ready, _, _ = select.select([terminal], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"nothing more came after:\n{shown.decode(errors='ignore')}"
        try:
            shown += os.read(terminal, 65536)
        except OSError:  # Linux says so when the last writer has gone
            assert words is None, f"it ended after:\n{shown.decode(errors='ignore')}"
            break
    return _ESCAPES.sub("", shown.decode(errors="ignore"))


def a_real_installation(folder: Path) -> dict[str, str]:
    """Settings of a real workspace, and a proxy that does not answer; the demo may use none of them."""
    return dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9") | {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "var"),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "SLACK_BOT_TOKEN": "xoxb-real",
        "SLACK_APP_TOKEN": "xapp-real",
        "SLACK_API_URL": "http://127.0.0.1:9/",
        "SCHOLARBOT_PROGRAM_DATABASE_URL": f"sqlite:///{folder}/real/program.db",
        "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": f"sqlite:///{folder}/real/confidential.db",
        "SCHOLARBOT_KEY_FILE": str(folder / "real" / "keys.json"),
    }
