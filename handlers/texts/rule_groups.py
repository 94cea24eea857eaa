"""Parts of the rules that are a handful of settings each: for every part its name, its words at a glance, its fields.

A new part needs its dataclass as a field of `ProgramRules` and a line here; row, form, reading and history follow.
"""

from typing import NamedTuple

from handlers.texts.kinds import OFFERED
from handlers.texts.rule_fields import (
    ANNOUNCEMENT_FIELDS,
    ATTENTION_FIELDS,
    DEADLINE_FIELDS,
    EVENT_FIELDS,
    HANDOVER_FIELDS,
    OFFICE_FIELDS,
    RuleField,
)


class RuleGroup(NamedTuple):
    """`key` is the field of `ProgramRules`. `words` says the settings, by name, as the form shows them.

    Where there is a setting `is_offered` and it is off, `off` is said instead.
    """

    key: str
    title: str
    words: str
    fields: tuple[RuleField, ...]
    off: str = ""


HANDOVER = RuleGroup(
    key="handover",
    title="Handing over",
    words="Scholars hear of it at least {notice_days} ahead.",
    fields=HANDOVER_FIELDS,
)
OFFICE = RuleGroup(
    key="office_hours",
    title=OFFERED["office_hours"],
    words="{minutes_each} for each to begin with; {longest_hours} at most.",
    fields=OFFICE_FIELDS,
    off="None are planned or opened.",
)
ANNOUNCEMENTS = RuleGroup(
    key="announcements",
    title="Announcements",
    words=(
        "Who has not acknowledged one gets a second message after {again_hours}; staff have a list after {list_hours}. "
        "One approver is asked alone for {approver_minutes}."
    ),
    fields=ANNOUNCEMENT_FIELDS,
)
EVENTS = RuleGroup(
    key="events",
    title="Events",
    words="More than this many in a week for the same people are asked about: {per_week}.",
    fields=EVENT_FIELDS,
)
ATTENTION = RuleGroup(
    key="attention",
    title="Quiet hours and digest",
    words=(
        "Quiet hours: {is_quiet}, from {quiet_begin} to {quiet_end} for whoever has set nothing else. Messages a day: "
        "{messages_a_day}; more wait for the digest at {digest_time}. The week ahead is told on {weekday}. Morning is "
        "at {morning_time}."
    ),
    fields=ATTENTION_FIELDS,
)
DEADLINES = RuleGroup(
    key="deadlines",
    title="Deadlines",
    words="Who sets one with less lead time than this is warned: {lead_days}.",
    fields=DEADLINE_FIELDS,
)
GROUPS = (HANDOVER, OFFICE, ANNOUNCEMENTS, DEADLINES, EVENTS, ATTENTION)
"""In the order in which they are shown."""
BY_KEY = {group.key: group for group in GROUPS}
