"""Write the first migration of each store anew from the table modules: `python -m storage.migrations.regenerate`.

Only until the first release: from then on `0001` is history, and every change of a table is a migration of its own.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, create_engine
from sqlmodel.sql.sqltypes import AutoString

from storage.confidential import tables as confidential_tables
from storage.migrations.backstops import BACKSTOPS
from storage.migrations.run import StoreName
from storage.program import tables as program_tables

REVISION = "0001"
HEADER = '''"""The {which} store as it is first made."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = None


def upgrade() -> None:
'''
BACKSTOP_HEADER = '    if op.get_bind().dialect.name == "postgresql":\n'
METADATA: dict[StoreName, MetaData] = {
    StoreName.PROGRAM: program_tables.metadata,
    StoreName.CONFIDENTIAL: confidential_tables.metadata,
}


def first_migration(which: StoreName) -> str:
    """The text of the store's first migration, made from its metadata."""
    head = HEADER.format(which=which.value, revision=REVISION)
    return head + "    " + _operations(METADATA[which]).strip() + "\n" + _backstops(BACKSTOPS[which])


def write_first_migrations() -> list[Path]:
    """Write both files, in the house's format, and return where they are."""
    paths = [Path(__file__).parent / which.value / "versions" / f"{REVISION}_first.py" for which in StoreName]
    for which, path in zip(StoreName, paths, strict=True):
        path.write_text(first_migration(which), encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff", "format", "--quiet", *map(str, paths)]
    subprocess.run(ruff, check=True)  # noqa: S603 our own interpreter and our own files
    return paths


def _operations(metadata: MetaData) -> str:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_item": _render, "user_module_prefix": None})
        script = produce_migrations(context, metadata)
    engine.dispose()
    if script.upgrade_ops is None:  # Alembic types it so; a context with metadata always has them
        raise RuntimeError("Alembic produced no operations")
    rendered = render_python_code(script.upgrade_ops, render_item=_render)
    return "\n".join(line for line in rendered.splitlines() if "###" not in line)


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def _backstops(statements: Iterable[str]) -> str:
    quoted = [f'        op.execute("""{statement}""")\n' for statement in statements]
    return BACKSTOP_HEADER + "".join(quoted) if quoted else ""


if __name__ == "__main__":
    write_first_migrations()
