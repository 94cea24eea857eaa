"""From the form for quiet hours and digest to preferences; all faults are told at once, each at its field."""

from functools import partial

from domain.attention import InvalidTimes, Preferences, QuietHours, Rhythm
from domain.errors import DomainError
from domain.wall import minute_of
from handlers import texts
from handlers.ids import Field
from handlers.ids.choices import OFF, ON
from handlers.parse.faults import Faults
from handlers.parse.state import State

_NOON = 12 * 60


def preferences(state: State) -> Preferences:
    """What the form says. Raises `Faulty`. The times of quiet hours that are off are not looked at."""
    faults = Faults()
    quiet = faults.read(partial(_quiet, state, faults), otherwise=None)
    rhythm = faults.read(lambda: Rhythm(_one_of(state, Field.RHYTHM, [*Rhythm])), otherwise=Rhythm.DAILY)
    at = faults.read(partial(_time, state, Field.DIGEST_TIME), otherwise=_NOON)
    weekday = faults.read(lambda: int(_one_of(state, Field.WEEKDAY, [str(day) for day in range(7)])), otherwise=0)
    faults.end()
    return Preferences(quiet=quiet, rhythm=rhythm, digest_time=at, weekday=weekday)


def _quiet(state: State, faults: Faults) -> QuietHours | None:
    if _one_of(state, Field.QUIET, [ON, OFF]) == OFF:
        return None
    begin = faults.read(partial(_time, state, Field.QUIET_BEGIN), otherwise=None)
    end = faults.read(partial(_time, state, Field.QUIET_END), otherwise=None)
    return None if begin is None or end is None else QuietHours(begin=begin, end=end)


def _time(state: State, field: Field) -> int:
    minute = minute_of(state.time(field) or "")
    if minute is None:
        raise InvalidTimes(texts.attention.CHOOSE_TIME, field=field)
    return minute


def _one_of(state: State, field: Field, known: list[str]) -> str:
    chosen = state.choice(field)
    if chosen not in known:
        raise DomainError(texts.attention.CHOOSE_ONE, field=field)
    return chosen
