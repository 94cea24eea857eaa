"""The roster: who is in a program as what, read from CSV, checked whole, and written in one transaction."""

from services.roster.leavers import TooManyLeave
from services.roster.load import import_roster
from services.roster.problems import Problem, RosterProblems
from services.roster.report import RosterReport

__all__ = ["Problem", "RosterProblems", "RosterReport", "TooManyLeave", "import_roster"]
