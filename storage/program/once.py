"""Once-only request keys whose effect lies in the program store."""

from storage.engine import WITHOUT_ROWID, table_of
from storage.once import OnceColumns
from storage.program.base import ProgramBase


class ProgramOnce(OnceColumns, ProgramBase, table=True):
    """One row for each request that changed something here."""

    __tablename__ = "once"
    __table_args__ = WITHOUT_ROWID


once = table_of(ProgramOnce)
