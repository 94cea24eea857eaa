"""Every word a person reads that is not made from data, by feature. Warm, short, never blaming."""

from handlers.texts import (
    booking,
    common,
    helping,
    home,
    hours,
    invitations,
    kinds,
    load,
    messages,
    program,
    proposals,
    rating,
    rule_fields,
    session_log,
    sessions,
    urgent,
)

__all__ = [
    "booking",
    "common",
    "helping",
    "home",
    "hours",
    "invitations",
    "kinds",
    "load",
    "messages",
    "program",
    "proposals",
    "rating",
    "rule_fields",
    "session_log",
    "sessions",
    "urgent",
]
