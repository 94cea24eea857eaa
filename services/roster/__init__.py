"""The roster: who is in a program as what, from a CSV file, and which Slack account each of them has."""

from services.roster.accounts import WELCOME

__all__ = ["WELCOME"]
