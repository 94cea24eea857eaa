"""On what was measured, in general terms: enough to compare by, nothing that names the machine."""

import os
import platform
import sqlite3
from importlib.metadata import version

PACKAGES = ("slack_bolt", "sqlalchemy", "waitress", "numpy")


def described(postgresql: str) -> str:
    """One sentence."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL {postgresql}, {packages}. "
        "Server, database and load generator share the cores."
    )
