"""Every table module of the program store, so that its metadata is whole: a new module is added here."""

from storage.delivery.columns import finish_indexes
from storage.engine import table_of
from storage.program import (
    announcements,
    attention,
    audit,
    deadlines,
    delivery,
    events,
    members,
    once,
    opt_in_lists,
    pacing,
    people,
    portions,
    rules,
)
from storage.program.base import ProgramBase

__all__ = [
    "announcements",
    "attention",
    "audit",
    "deadlines",
    "delivery",
    "events",
    "members",
    "once",
    "opt_in_lists",
    "pacing",
    "people",
    "portions",
    "rules",
]

metadata = ProgramBase.metadata

finish_indexes(table_of(delivery.ProgramDelivery))
