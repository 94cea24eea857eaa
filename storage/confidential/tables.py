"""Every table module of the confidential store, so that its metadata is whole: a new module is added here."""

from storage.confidential import (
    bookings,
    data_keys,
    delivery,
    extensions,
    feeds,
    group_sessions,
    handovers,
    hours,
    identity,
    invitations,
    office_hours,
    once,
    session_log,
    waiting,
)
from storage.confidential.base import ConfidentialBase
from storage.delivery.columns import finish_indexes
from storage.engine import table_of

__all__ = [
    "bookings",
    "data_keys",
    "delivery",
    "extensions",
    "feeds",
    "group_sessions",
    "handovers",
    "hours",
    "identity",
    "invitations",
    "office_hours",
    "once",
    "session_log",
    "waiting",
]

metadata = ConfidentialBase.metadata

_live = next(index for index in data_keys.table.indexes if index.name == "data_key_live")
_live.dialect_kwargs["postgresql_where"] = data_keys.LIVE  # here: to name its dialect is to load all of it
finish_indexes(table_of(delivery.ConfidentialDelivery))
