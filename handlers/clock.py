"""The demo's /clock: moves the bot's time, so that reminders can be seen without waiting."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from domain.errors import DomainError
from domain.ports import Message
from handlers.ids import Command
from handlers.reply import RefreshHome, Reply
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route

_PART = re.compile(r"(\d{1,4})\s*(minutes?|mins?|m|hours?|h|days?|d|weeks?|w)(?![a-z])\s*", re.IGNORECASE | re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

Shift = Callable[[timedelta], datetime]
"""Moves program time and returns the new one."""


STEP_MAX = timedelta(days=60)
"""The demo's people are in the program for some months, and there is no way back."""


class StepTooLong(DomainError):
    """Please move the time by 60 days at most: the demo's program ends some day, and time goes forward only."""


class UnreadableStep(DomainError):
    """Please say how far to move the time, like /clock +30m, /clock +6h30m or /clock +1d. It moves forward only."""


def routes(shift: Shift) -> list[Route]:
    """Only where the wiring has a clock that can be moved: the demo."""
    return [Route(kind=Kind.COMMAND, id=Command.CLOCK, roles=EVERYONE, handler=partial(move_clock, shift))]


def move_clock(shift: Shift, request: Request) -> Reply:
    """`/clock +1d` moves the bot's time a day ahead; `/clock` alone tells it. The Home tab tells it from then on."""
    text = str(request.envelope.body.get("text", "")).strip()
    now = shift(_step(text) if text else timedelta())
    return Reply(
        message=Message(text=f"It is now {now:%a %d %b %Y, %H:%M} UTC for me. Move on with /clock +3h."),
        screens=(RefreshHome((request.person.id,)),),
    )


def _step(text: str) -> timedelta:
    sign, parts = text[:1], text[1:].strip()
    if sign != "+" or not parts or _PART.sub("", parts):
        raise UnreadableStep
    step = sum((_length(number, unit) for number, unit in _PART.findall(parts)), timedelta())
    if step > STEP_MAX:
        raise StepTooLong
    return step


def _length(number: str, unit: str) -> timedelta:
    return timedelta(**{_UNITS[unit[0].lower()]: int(number)})
