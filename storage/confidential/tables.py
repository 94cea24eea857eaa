"""Every table module of the confidential store, so that its metadata is whole: a new module is added here."""

from storage.confidential import bookings, delivery, hours, once
from storage.confidential.base import ConfidentialBase

__all__ = ["bookings", "delivery", "hours", "once"]

metadata = ConfidentialBase.metadata
