"""Every table module of the confidential store, so that its metadata is whole: a new module is added here."""

from storage.confidential import bookings, data_keys, delivery, hours, identity, once
from storage.confidential.base import ConfidentialBase

__all__ = ["bookings", "data_keys", "delivery", "hours", "identity", "once"]

metadata = ConfidentialBase.metadata
