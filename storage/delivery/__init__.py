"""The delivery ledger: one table shape in both stores, and everything that may happen to a row."""

from storage.delivery.held import HeldRows, held_rows, requeue_held
from storage.delivery.queue import DeliveryQueue
from storage.delivery.reading import Head
from storage.delivery.real_time import RealTime, real_time
from storage.delivery.rows import (
    advance_watermark,
    cancel,
    enqueue,
    may_have_been_sent,
    was_left_unsent,
    was_told,
    watermark,
)
from storage.delivery.which import CHANNEL_GAP_MS, LEASE_MAX_MS, PAUSE_MAX_MS

__all__ = [
    "CHANNEL_GAP_MS",
    "LEASE_MAX_MS",
    "PAUSE_MAX_MS",
    "DeliveryQueue",
    "Head",
    "HeldRows",
    "RealTime",
    "advance_watermark",
    "cancel",
    "enqueue",
    "held_rows",
    "may_have_been_sent",
    "real_time",
    "requeue_held",
    "was_left_unsent",
    "was_told",
    "watermark",
]
