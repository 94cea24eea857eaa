"""The roster comes in from a CSV file: read, checked whole, compared with what is there, written in one transaction."""

from services.intake.importing import RosterReport, import_roster
from services.intake.problems import RosterProblems

__all__ = ["RosterProblems", "RosterReport", "import_roster"]
