"""Values of what can be chosen in forms, as they go to Slack and come back."""

from enum import StrEnum

ACK, NEWCOMERS, TELL, PROOF = "ack", "newcomers", "tell", "proof"
"""Boxes of an announcement or a deadline: asks for a press, takes who comes later, is told at once, needs a link."""
MET, NOT_MET = "met", "not_met"
YES, NO = "yes", "no"
ON, OFF = "on", "off"


class Pass(StrEnum):
    """Which of two equal readings of the clock is meant, in a night in which it goes back."""

    FIRST = "first"
    SECOND = "second"
