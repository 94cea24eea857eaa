"""Sends what is due in both ledgers, once; works the same when the confidential one is absent."""

from services.delivery.dispatcher import Dispatcher
from services.delivery.held import HeldMessages, held_messages, send_again
from services.delivery.ledger import ALERT, Ledger

__all__ = ["ALERT", "Dispatcher", "HeldMessages", "Ledger", "held_messages", "send_again"]
