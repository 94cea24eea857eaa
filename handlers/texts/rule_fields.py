"""The settings that staff make, one line each: what the form calls it, how it is typed, and what it does.

A new field of `SessionKind`, `FairShares` or a group of `rule_groups` that staff may set needs a line here and nothing
else: form, reading, faults and history are made from it.
"""

from enum import StrEnum
from typing import NamedTuple

from domain.kinds import SessionKind
from domain.rules.settings import has_effect


class How(StrEnum):
    """How a setting is typed and shown."""

    MINUTES = "minutes"
    """A length of time; a number alone is minutes."""
    AHEAD = "ahead"
    """A length of time of any size, so that a number alone does not say which."""
    HOURS = "hours"
    DAYS = "days"
    NUMBER = "number"
    YES_NO = "yes or no"
    TIME = "time"
    """A time of day: minutes after midnight."""
    WEEKDAY = "weekday"
    """A day of the week, 0 being Monday."""


class RuleField(NamedTuple):
    """One setting: which field it is of the value, how it is typed, and the words around it. `zero` is said for 0."""

    name: str
    how: How
    label: str
    hint: str = ""
    zero: str = "none"


OPEN_HINT = "How many one {who} can have ahead at once."
SEATS_LENGTH_HINT = "Where the form for a new one begins; those who hold it choose."
KIND_FIELDS = (
    RuleField("is_offered", How.YES_NO, "Can be booked", "Sessions that are booked already stay, whatever you choose."),
    RuleField("length_minutes", How.MINUTES, "Length", "Such as 45 min. Give all kinds one length: calendars show it."),
    RuleField("step_minutes", How.MINUTES, "From one start to the next", "30 min: 9:00, 9:30, 10:00 and so on."),
    RuleField("buffer_before_minutes", How.MINUTES, "Kept free before", "Such as 5 min, or none."),
    RuleField("buffer_after_minutes", How.MINUTES, "Kept free after", "Such as 15 min, or none."),
    RuleField("notice_minutes", How.AHEAD, "Notice to book", "The latest before it starts. Such as 4 h, or none."),
    RuleField("cancel_notice_minutes", How.AHEAD, "Notice to move or cancel", "For {who}s. Such as 1 h, or none."),
    RuleField("horizon_days", How.DAYS, "How far ahead it can be booked", "Such as 28 days, or 4 weeks."),
    RuleField("open_per_scholar", How.NUMBER, "Open sessions per {who}", OPEN_HINT),
    RuleField("series_max", How.NUMBER, "Sessions in a series", "At most so many booked at once. 1 is no series."),
    RuleField(
        "needs_approval",
        How.YES_NO,
        "Needs a yes first",
        "Whoever takes the session says yes or no to it, within 48 h. It is then asked for one at a time.",
    ),
    RuleField(
        "hold_minutes",
        How.MINUTES,
        "Kept for who waits",
        "How long by day a time that came free is theirs to take: from 30 min to 24 h. Such as 2 h.",
    ),
    RuleField(
        "is_shared_out", How.YES_NO, "Fair shares hold for it", "What is set under sharing fairly keeps times of it."
    ),
    RuleField("per_day", How.NUMBER, "A day, per staff member", "On their own calendar. Such as 4.", "no limit"),
    RuleField("per_week", How.NUMBER, "A week, per staff member", "Monday to Sunday. Such as 15.", "no limit"),
    RuleField("per_month", How.NUMBER, "A month, per staff member", "The calendar month. Such as 40.", "no limit"),
)
"""The rules of a kind of session, in the order of the form; `{who}` is whoever books it."""

FAIR_FIELDS = (
    RuleField(
        "sessions_a_week",
        How.NUMBER,
        "Sessions a week until others come first",
        "With so many in one week, a scholar books further ones only shortly ahead: what nobody else wanted. Or off.",
        "off",
    ),
    RuleField(
        "leftover_hours",
        How.HOURS,
        "How shortly ahead those further ones are",
        "Such as 48 h: two days before they start.",
    ),
    RuleField(
        "first_days",
        How.DAYS,
        "Last days kept for a first session",
        "The furthest days that can be booked are open only to scholars who have had no session yet. Or off.",
        "off",
    ),
    RuleField(
        "invite_after_days",
        How.DAYS,
        "Invite those who never booked after",
        "One friendly message, so many days after they came; they can say no to it for good. Or off.",
        "off",
    ),
    RuleField("invitations_a_day", How.NUMBER, "Invitations a day at most", "So that not everybody comes at once."),
)
"""How the hours are shared among scholars, in the order of the form."""

HANDOVER_FIELDS = (
    RuleField(
        "notice_days",
        How.DAYS,
        "Notice to hand a scholar over",
        "From the day on which the scholar is told to the first day with somebody else. Such as 3 days.",
    ),
)
"""How a scholar is handed over."""

OFFICE_FIELDS = (
    RuleField(
        "is_offered",
        How.YES_NO,
        "Can be held",
        "What was planned does not open while it is off. Lines that are open go on to their end.",
    ),
    RuleField(
        "minutes_each",
        How.MINUTES,
        "For one person, to begin with",
        "5, 10, 15, 20, 30 or 45 min. Whoever opens them can choose another of these.",
    ),
    RuleField("longest_hours", How.HOURS, "How long they are at most", "Such as 4 h; 12 h are the most."),
)
"""Technical office hours."""

ANNOUNCEMENT_FIELDS = (
    RuleField(
        "again_hours",
        How.HOURS,
        "Second message after",
        "To whoever has not acknowledged an announcement that asks for it, so long after the first. Such as 4 h.",
    ),
    RuleField(
        "list_hours",
        How.HOURS,
        "List for staff after",
        "So long after it was sent, staff see who has not acknowledged it. Such as 24 h.",
    ),
    RuleField(
        "approver_minutes",
        How.MINUTES,
        "One approver is asked alone for",
        "After that everybody who could say yes is asked, and it can go as important. Such as 15 min.",
    ),
)
"""How announcements are followed up."""

EVENT_FIELDS = (
    RuleField(
        "per_week",
        How.NUMBER,
        "Events a week, for the same people",
        "Whoever plans more in a week, Monday to Sunday, is asked whether that is wanted. Such as 3, or off.",
        "off",
    ),
)
"""Events of the program."""
ATTENTION_FIELDS = (
    RuleField(
        "is_quiet",
        How.YES_NO,
        "Quiet hours",
        "For whoever has set nothing else. Announcements, deadlines and events wait until they end, unless that would "
        "be too late.",
    ),
    RuleField("quiet_begin", How.TIME, "Quiet from", "On everybody's own clock."),
    RuleField("quiet_end", How.TIME, "Quiet until", "Over midnight when it is the earlier one."),
    RuleField(
        "messages_a_day",
        How.NUMBER,
        "Messages a day",
        "So many announcements, deadlines and events reach one person in a day; more wait for the digest. What is "
        "critical and the last word on a deadline always go. Or no limit.",
        "no limit",
    ),
    RuleField("digest_time", How.TIME, "Digest at", "For whoever has set nothing else."),
    RuleField("weekday", How.WEEKDAY, "The week ahead is told on", "In the digest of that day."),
    RuleField("morning_time", How.TIME, "Morning is at", "When an announcement goes out in each reader's morning."),
)
"""How program messages leave people alone."""
DEADLINE_FIELDS = (
    RuleField(
        "lead_days",
        How.DAYS,
        "Lead time without a warning",
        "Who sets a deadline with less is warned, and can set it all the same. Such as 7 days, or off.",
        "off",
    ),
)
"""How deadlines are set."""


def kind_fields(kind: SessionKind) -> tuple[RuleField, ...]:
    """What staff can set of this kind, in its words: only what brings anything about."""
    return tuple(_worded(field, kind) for field in KIND_FIELDS if has_effect(field.name, kind))


def every_kind_field(kind: SessionKind) -> tuple[RuleField, ...]:
    """All of it, for what has changed."""
    return tuple(_worded(field, kind) for field in KIND_FIELDS)


def _worded(field: RuleField, kind: SessionKind) -> RuleField:
    who = kind.booked_by.value.replace("_", " ")
    hint = SEATS_LENGTH_HINT if kind.has_seats and field.name == "length_minutes" else field.hint
    return field._replace(label=field.label.format(who=who), hint=hint.format(who=who))
