from datetime import datetime, timedelta

import pytest

from handlers.clock import StepTooLong, UnreadableStep, move_clock
from handlers.ids import Command
from handlers.reply import RefreshHome
from handlers.request import Kind
from tests.builders.payloads import a_command, a_request
from tests.fakes.clock import NOON


def type_clock(text: str) -> tuple[timedelta, str]:
    """Type `/clock` and this; returns by how much the time was moved and what was answered."""
    moved: list[timedelta] = []

    def shift(by: timedelta) -> datetime:
        moved.append(by)
        return NOON + by

    reply = move_clock(shift, a_request(Kind.COMMAND, Command.CLOCK, body=a_command("/clock", text)))
    assert reply.message is not None
    return moved[0], reply.message.text


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("", timedelta()),
        ("  ", timedelta()),
        ("+30m", timedelta(minutes=30)),
        ("+ 30 minutes", timedelta(minutes=30)),
        ("+3h", timedelta(hours=3)),
        ("+1D", timedelta(days=1)),
        ("+2 weeks", timedelta(weeks=2)),
        ("+6h44m", timedelta(hours=6, minutes=44)),
        ("+1d 2 hours 5min", timedelta(days=1, hours=2, minutes=5)),
    ],
)
def test_clock_moves_time_forward_and_tells_it(text: str, by: timedelta) -> None:
    moved, said = type_clock(text)

    assert moved == by
    assert said.startswith(f"It is now {NOON + by:%a %d %b %Y, %H:%M} UTC for me.")


def test_clock_draws_the_home_tab_of_whoever_moved_it_anew() -> None:
    request = a_request(Kind.COMMAND, Command.CLOCK, body=a_command("/clock", "+1d"))

    reply = move_clock(NOON.__add__, request)

    assert reply.screens == (RefreshHome((request.person.id,)),)


@pytest.mark.parametrize("text", ["+61d", "+9999d", "+9w", "+1441h"])
def test_clock_is_not_moved_past_the_demos_program_in_one_step(text: str) -> None:
    with pytest.raises(StepTooLong):
        type_clock(text)


@pytest.mark.parametrize(
    "text",
    ["-1h", "+1", "+1y", "tomorrow", "+99999d", "+1h +1h", "+1.5h", "+2 months", "+6h44", "+", "+h", "1h", "+\u0661h"],
)
def test_clock_refuses_what_it_cannot_read(text: str) -> None:
    with pytest.raises(UnreadableStep):
        type_clock(text)
