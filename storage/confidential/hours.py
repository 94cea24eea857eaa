"""Tables of weekly hours, date overrides, places and the few words of a staff member in support."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase


class StaffProfile(ConfidentialBase, table=True):
    """A coach's or community manager's zone of work, two lines that scholars see, and what they set for themselves.

    `per_day` and `per_week` are how many sessions of all kinds they take, 0 for no limit; `has_agenda` whether they are
    sent their day in the morning, 1 for yes.
    """

    __tablename__ = "staff_profile"
    staff_id: str = Field(primary_key=True)
    program_id: str
    zone: str
    about: str = ""
    focus_areas: str = ""
    per_day: int = 0
    per_week: int = 0
    has_agenda: int = 0
    updated_at: int = Field(sa_type=BigInteger)


class StaffWindow(ConfidentialBase, table=True):
    """One weekly window in the staff member's own zone, in minutes after local midnight; Monday is 0.

    `purpose` is the key of the one kind of session it is set aside for, "" for sessions with scholars; `phase` the name
    of the phase of the program that has this week, "" for the week that always holds. Start and end of 0 say that the
    phase has a week of its own though it is empty.
    """

    __tablename__ = "staff_window"
    staff_id: str = Field(primary_key=True)
    purpose: str = Field(primary_key=True)
    phase: str = Field(primary_key=True)
    weekday: int = Field(primary_key=True)
    start_minute: int = Field(primary_key=True)
    end_minute: int
    program_id: str


class StaffOverride(ConfidentialBase, table=True):
    """One window of a date that replaces that day's weekly hours; start and end of 0 mean a day off."""

    __tablename__ = "staff_override"
    staff_id: str = Field(primary_key=True)
    local_date: str = Field(primary_key=True)
    start_minute: int = Field(primary_key=True)
    end_minute: int
    program_id: str


class StaffTravel(ConfidentialBase, table=True):
    """Local dates, both inclusive, on which the windows are meant in another zone."""

    __tablename__ = "staff_travel"
    staff_id: str = Field(primary_key=True)
    first_date: str = Field(primary_key=True)
    last_date: str
    zone: str
    program_id: str


class StaffAbsence(ConfidentialBase, table=True):
    """Local dates, both inclusive, on which the staff member takes no sessions, and the colleague who does, or ""."""

    __tablename__ = "staff_absence"
    staff_id: str = Field(primary_key=True)
    first_date: str = Field(primary_key=True)
    last_date: str
    colleague_id: str
    program_id: str


class StaffPlace(ConfidentialBase, table=True):
    """Where sessions of a kind are held at a site ("" is every other site): a room, a link or a phone number."""

    __tablename__ = "staff_place"
    staff_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    site: str = Field(primary_key=True)
    place_kind: str
    detail: str
    program_id: str
