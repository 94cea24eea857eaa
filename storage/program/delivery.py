"""The ledger of messages that have nothing to do with anybody's support: welcomes, announcements, deadlines."""

from storage.delivery.columns import DeliveryColumns, WatermarkColumns, ledger_indexes
from storage.program.base import ProgramBase


class ProgramDelivery(DeliveryColumns, ProgramBase, table=True):
    """One program message to one person."""

    __tablename__ = "delivery"
    __table_args__ = ledger_indexes()


class ProgramWatermark(WatermarkColumns, ProgramBase, table=True):
    """How far each source of this ledger has been planned."""

    __tablename__ = "planned"
