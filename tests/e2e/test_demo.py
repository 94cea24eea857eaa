"""`scholarbot demo` as a build server runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from bot.demo.scenes import SCENES

ROOT = Path(__file__).parents[2]
DEMO = [sys.executable, "-m", "bot", "demo"]
SECONDS = 120


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
    assert "var/demo/summary.json" in ended.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["var"]


def a_real_installation(folder: Path) -> dict[str, str]:
    """Settings of a real workspace, none of which the demo may use."""
    return {
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
