from pathlib import Path

import pytest

from bot.settings import KEYS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and an environment that sets nothing."""
    for key in KEYS:
        monkeypatch.delenv(key, raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here
