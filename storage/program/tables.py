"""Every table module of the program store, so that its metadata is whole: a new module is added here."""

from storage.program import delivery, once, pacing
from storage.program.base import ProgramBase

__all__ = ["delivery", "once", "pacing"]

metadata = ProgramBase.metadata
