"""Deadlines: when one is for whom, when people are reminded of it, and what may be asked of one."""

from domain.deadlines.due import AOE_ZONE, Due, DueKind
from domain.deadlines.ladder import LAST_RUNG, Rung, Step, is_last, steps
from domain.deadlines.rungs import DEFAULT_LADDER, InvalidLadder, Ladder, parse_ladder
from domain.deadlines.values import (
    LINK_MAX,
    SENTENCE_MAX,
    SNOOZES_MAX,
    TITLE_MAX,
    WORDS_MAX,
    DeadlineRules,
    DeadlineState,
    DeadlineText,
    InvalidDeadline,
    PastAtASite,
    PastDue,
    RequestState,
    check_proof,
)

__all__ = [
    "AOE_ZONE",
    "DEFAULT_LADDER",
    "LAST_RUNG",
    "LINK_MAX",
    "SENTENCE_MAX",
    "SNOOZES_MAX",
    "TITLE_MAX",
    "WORDS_MAX",
    "DeadlineRules",
    "DeadlineState",
    "DeadlineText",
    "Due",
    "DueKind",
    "InvalidDeadline",
    "InvalidLadder",
    "Ladder",
    "PastAtASite",
    "PastDue",
    "RequestState",
    "Rung",
    "Step",
    "check_proof",
    "is_last",
    "parse_ladder",
    "steps",
]
