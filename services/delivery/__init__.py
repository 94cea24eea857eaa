"""Sends what is due in both ledgers, once; works the same when the confidential one is absent."""

from services.delivery.dispatcher import Dispatcher
from services.delivery.ledger import ALERT, Ledger

__all__ = ["ALERT", "Dispatcher", "Ledger"]
