"""Commands in this process, and what they leave behind; with the fixture `folder` they work in an empty one."""

from collections.abc import Mapping
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app


def run(*arguments: str, environment: Mapping[str, str] | None = None) -> Result:
    """A command in this process."""
    return CliRunner().invoke(app, list(arguments), env=dict(environment or {}))


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file with its mode and content."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mode & 0o777, path.read_bytes()) for path in files}
