"""Once-only request keys whose effect lies in the confidential store."""

from storage.confidential.base import ConfidentialBase
from storage.engine import WITHOUT_ROWID, table_of
from storage.once import OnceColumns


class ConfidentialOnce(OnceColumns, ConfidentialBase, table=True):
    """One row for each request that changed something here."""

    __tablename__ = "once"
    __table_args__ = WITHOUT_ROWID


once = table_of(ConfidentialOnce)
