"""The kinds of session that can be booked, and the rules of each."""

from dataclasses import dataclass

from domain.amounts import days_text, range_text
from domain.cells import CELL_MINUTES
from domain.errors import DomainError
from domain.intervals import Interval
from domain.offsets import DAY_SECONDS
from domain.people import SUPPORT_ROLES, Role
from domain.times import DAY_MINUTES, MINUTE_SECONDS

COACHING = "coaching"
COMMUNITY = "community"
URGENT = "urgent"
GROUP = "group"
RESEARCH = "research"
LENGTH_MAX_MINUTES = 480
HORIZON_MAX_DAYS = 366
PER_DAY_MAX = 100
SERIES_MAX = 26
LEAST_ANSWER_MINUTES = 30
"""Of their day, for somebody to answer whether they take a time that came free."""
APPROVAL_LEAST_MINUTES = 60
"""For somebody in support to answer whether a session that was asked for can be."""


class InvalidKind(DomainError):
    """These rules for a kind of session cannot be used."""


class UnknownKind(DomainError):
    """That kind of session is not offered. Please choose another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionKind:
    """What is the same for all sessions of one kind. Raises `InvalidKind` for rules that make no sense.

    key: stable name, stored with bookings. taken_by: the role of those who take it.
    length_minutes: elapsed time, not wall time (policy C). step_minutes: from one start to the next, counted from the
    beginning of a window (policy E). buffer_*_minutes: kept free of other sessions, may stick out of the window (I).
    notice_minutes: least elapsed time from booking to start, inclusive (F). cancel_notice_minutes: the same for moving
    and canceling. horizon_days: furthest start, in days of 24 hours from now, inclusive.
    open_per_scholar: how many one person may have ahead at once. per_day, per_week, per_month: how many a staff member
    takes on one day, in one week from Monday to Sunday and in one calendar month, of their own calendar; 0 for no limit
    (F). booked_by: the role of those who book it. is_shared_out: whether fair shares hold for it, which keep times for
    those who had none.
    is_urgent: whether it has a way of its own, stand-ins take it too, and whoever is free soonest does.
    has_seats: whether several share a session that its hosts set up at a time of their own; its length is then only
    where the form begins, and whoever holds a support role may host one (decision 0023).
    is_offered: whether it can be booked anew; sessions that stand are not touched by it.
    series_max: how many sessions may be booked at once as a series; 1 for no series. hold_minutes: how long a time that
    came free is kept for who waits for it. needs_approval: whether whoever takes the session says yes or no first; then
    it is asked for one at a time. Not for what is urgent or has seats.
    set_aside: only takes place in hours that somebody has set aside for it, with its buffers inside them (decision
    0021); nothing else takes those.
    """

    key: str
    taken_by: Role
    length_minutes: int
    step_minutes: int
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    notice_minutes: int
    cancel_notice_minutes: int
    horizon_days: int
    open_per_scholar: int
    per_day: int = 0
    per_week: int = 0
    per_month: int = 0
    booked_by: Role = Role.SCHOLAR
    is_shared_out: bool = False
    is_urgent: bool = False
    has_seats: bool = False
    is_offered: bool = True
    series_max: int = 4
    set_aside: bool = False
    hold_minutes: int = 120
    needs_approval: bool = False

    def __post_init__(self) -> None:
        if not self.key:
            raise InvalidKind("A kind of session needs a key.", field="key")
        if self.taken_by not in SUPPORT_ROLES:
            raise InvalidKind("Only coaches and community managers take sessions.", field="taken_by")
        self._check("length_minutes", CELL_MINUTES, LENGTH_MAX_MINUTES, step=CELL_MINUTES)
        self._check("step_minutes", CELL_MINUTES, LENGTH_MAX_MINUTES, step=CELL_MINUTES)
        self._check("buffer_before_minutes", 0, LENGTH_MAX_MINUTES, step=CELL_MINUTES)
        self._check("buffer_after_minutes", 0, LENGTH_MAX_MINUTES, step=CELL_MINUTES)
        self._check("horizon_days", 1, HORIZON_MAX_DAYS)
        self._check_notice("notice_minutes")
        self._check_notice("cancel_notice_minutes")
        self._check("open_per_scholar", 1, 1000)
        self._check("per_day", 0, PER_DAY_MAX)
        self._check("per_week", 0, 7 * PER_DAY_MAX)
        self._check("per_month", 0, 31 * PER_DAY_MAX)
        self._check("series_max", 1, SERIES_MAX)
        self._check("hold_minutes", LEAST_ANSWER_MINUTES, DAY_MINUTES)
        if self.needs_approval and (self.is_urgent or self.has_seats):
            raise InvalidKind("Sessions of this kind are taken at once. Please choose no.", field="needs_approval")

    @property
    def length_seconds(self) -> int:
        """How long a session takes."""
        return self.length_minutes * MINUTE_SECONDS

    @property
    def step_seconds(self) -> int:
        """From one start to the next."""
        return self.step_minutes * MINUTE_SECONDS

    @property
    def is_capped(self) -> bool:
        """Whether a staff member takes only so many on a day, in a week or in a month."""
        return bool(self.per_day or self.per_week or self.per_month)

    @property
    def lead_minutes(self) -> int:
        """How far ahead a session is booked at least: the notice, and with approval the time to give it."""
        return self.notice_minutes + (APPROVAL_LEAST_MINUTES if self.needs_approval else 0)

    @property
    def shares_out(self) -> bool:
        """Whether fair shares hold for it in fact: not for what is urgent, has seats or is not for scholars."""
        return self.is_shared_out and self.booked_by is Role.SCHOLAR and not (self.is_urgent or self.has_seats)

    @property
    def counts_for_staff(self) -> bool:
        """Whether its sessions count towards what a staff member takes of all kinds together: those scholars book.

        Not those that hours are set aside for, of which nothing may show in what others are offered, nor those with
        seats, whose hosts set them up themselves.
        """
        return self.booked_by is Role.SCHOLAR and not (self.set_aside or self.has_seats)

    @property
    def before_seconds(self) -> int:
        """The buffer before."""
        return self.buffer_before_minutes * MINUTE_SECONDS

    @property
    def after_seconds(self) -> int:
        """The buffer after."""
        return self.buffer_after_minutes * MINUTE_SECONDS

    @property
    def purpose(self) -> str:
        """What the hours in which it takes place are set aside for; "" for those with scholars."""
        return self.key if self.set_aside else ""

    @property
    def lead_seconds(self) -> int:
        """From where hours begin to the first start in them."""
        return self.before_seconds if self.set_aside else 0

    @property
    def room_seconds(self) -> int:
        """From a start to where hours may end: buffers stick out of them (policy I), but not of those set aside."""
        return self.length_seconds + (self.after_seconds if self.set_aside else 0)

    def session(self, start: int) -> Interval:
        """The session that starts at an instant in epoch seconds: what is busy of the scholar."""
        return start, start + self.length_seconds

    def busy(self, start: int) -> Interval:
        """The session with its buffers: what is busy of the staff member (policy H)."""
        return start - self.before_seconds, start + self.length_seconds + self.after_seconds

    def bookable(self, now: int) -> Interval:
        """The first start that is far enough ahead and the first one past the horizon, in epoch seconds."""
        return now + self.lead_minutes * MINUTE_SECONDS, now + self.horizon_days * DAY_SECONDS + 1

    def _check(self, name: str, least: int, most: int, *, step: int = 1) -> None:
        value: int = getattr(self, name)
        if least <= value <= most and value % step == 0:
            return
        raise InvalidKind(f"Please choose {range_text(name, least, most, step=step)}.", field=name)

    def _check_notice(self, name: str) -> None:
        """A notice that reaches beyond the horizon would leave nothing to book; the time for a yes is a part of it."""
        value: int = getattr(self, name)
        ahead = f"{days_text(self.horizon_days)}, which is as far ahead as can be booked"
        if not 0 <= value < self.horizon_days * DAY_MINUTES:
            raise InvalidKind(f"Please choose less than {ahead}.", field=name)
        if name == "notice_minutes" and self.lead_minutes >= self.horizon_days * DAY_MINUTES:
            raise InvalidKind(f"Please leave an hour for the yes: less than {ahead}.", field=name)


DEFAULT_KINDS = (
    SessionKind(
        key=COACHING,
        taken_by=Role.COACH,
        length_minutes=45,
        step_minutes=30,
        buffer_after_minutes=15,
        notice_minutes=4 * 60,
        cancel_notice_minutes=60,
        horizon_days=28,
        open_per_scholar=3,
        is_shared_out=True,
    ),
    SessionKind(
        key=COMMUNITY,
        taken_by=Role.COMMUNITY_MANAGER,
        length_minutes=45,
        step_minutes=30,
        notice_minutes=60,
        cancel_notice_minutes=0,
        horizon_days=28,
        open_per_scholar=3,
    ),
    SessionKind(
        key=URGENT,
        taken_by=Role.COMMUNITY_MANAGER,
        length_minutes=45,
        step_minutes=30,
        notice_minutes=15,
        cancel_notice_minutes=0,
        horizon_days=3,
        open_per_scholar=1,
        is_urgent=True,
        series_max=1,
    ),
    SessionKind(
        key=RESEARCH,
        taken_by=Role.COACH,
        booked_by=Role.MENTOR,
        length_minutes=45,
        step_minutes=30,
        notice_minutes=24 * 60,
        cancel_notice_minutes=4 * 60,
        horizon_days=28,
        open_per_scholar=2,
        set_aside=True,
    ),
    SessionKind(
        key=GROUP,
        taken_by=Role.COACH,
        length_minutes=45,
        step_minutes=30,
        notice_minutes=0,
        cancel_notice_minutes=60,
        horizon_days=90,
        open_per_scholar=5,
        series_max=1,
        has_seats=True,
    ),
)
"""A session takes three quarters of an hour (197 meetings in 160 hours were 49 minutes each), whatever its kind: its
length stands in calendars and must not tell which it is (decision 0019). Coaching leaves a quarter for the log; the
community manager can be reached within the hour and freed of a session without notice; what is urgent begins as soon as
whoever takes it can have read the message. Staff of a program set their own (decision 0020)."""


def kind_of(key: str, kinds: tuple[SessionKind, ...] = DEFAULT_KINDS) -> SessionKind:
    """The kind with this key. Raises `UnknownKind` at field "kind"."""
    for kind in kinds:
        if kind.key == key:
            return kind
    raise UnknownKind(field="kind")
