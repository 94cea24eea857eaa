"""The kinds of session that can be booked, and the rules of each."""

from dataclasses import dataclass

from domain.cells import CELL_MINUTES
from domain.errors import DomainError
from domain.intervals import Interval
from domain.offsets import DAY_SECONDS
from domain.people import SUPPORT_ROLES, Role
from domain.times import DAY_MINUTES, MINUTE_SECONDS

COACHING = "coaching"
COMMUNITY = "community"
LENGTH_MAX_MINUTES = 480
HORIZON_MAX_DAYS = 366


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
    open_per_scholar: how many a scholar may have ahead at once.
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
    set_aside: bool = False

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
        self._check("notice_minutes", 0, self.horizon_days * DAY_MINUTES - 1)
        self._check("cancel_notice_minutes", 0, self.horizon_days * DAY_MINUTES - 1)
        self._check("open_per_scholar", 1, 1000)

    @property
    def length_seconds(self) -> int:
        """How long a session takes."""
        return self.length_minutes * MINUTE_SECONDS

    @property
    def step_seconds(self) -> int:
        """From one start to the next."""
        return self.step_minutes * MINUTE_SECONDS

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
        """The first start that keeps the notice and the first one past the horizon, in epoch seconds."""
        return now + self.notice_minutes * MINUTE_SECONDS, now + self.horizon_days * DAY_SECONDS + 1

    def _check(self, name: str, least: int, most: int, *, step: int = 1) -> None:
        value: int = getattr(self, name)
        if least <= value <= most and value % step == 0:
            return
        steps = f" in steps of {step}" if step > 1 else ""
        raise InvalidKind(f"{name} of {self.key} must be from {least} to {most}{steps}.", field=name)


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
)
"""A session takes three quarters of an hour (197 meetings in 160 hours were 49 minutes each), whatever its kind: its
length stands in calendars and must not tell which it is (decision 0019). Coaching leaves a quarter for the log; the
community manager can be reached within the hour and freed of a session without notice. Why they are here: decision
0013."""


def kind_of(key: str, kinds: tuple[SessionKind, ...] = DEFAULT_KINDS) -> SessionKind:
    """The kind with this key. Raises `UnknownKind` at field "kind"."""
    for kind in kinds:
        if kind.key == key:
            return kind
    raise UnknownKind(field="kind")
