"""The ledger of messages that a session or anything else about support brings."""

from storage.confidential.base import ConfidentialBase
from storage.delivery.columns import DeliveryColumns, WatermarkColumns, ledger_indexes


class ConfidentialDelivery(DeliveryColumns, ConfidentialBase, table=True):
    """One message about support to one person."""

    __tablename__ = "delivery"
    __table_args__ = ledger_indexes()


class ConfidentialWatermark(WatermarkColumns, ConfidentialBase, table=True):
    """How far each source of this ledger has been planned."""

    __tablename__ = "planned"
