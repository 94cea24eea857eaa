"""A date and a time in a form: two pickers, the zone in words, and which one is meant where it happens twice."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.ports import Block, View
from domain.times import TimeRepeated, is_repeated, pass_names
from domain.times import zone as zone_of
from handlers import texts
from handlers.ids import Field, base_id
from handlers.ids.choices import Pass
from handlers.ids.fields import day_field, pass_field
from handlers.views.blocks import date_input, field, time_input
from handlers.views.menus import Choice, radio
from handlers.views.notice import sent_back


def moment_fields(
    name: str,
    *,
    zone: str,
    day_label: str = texts.moments.DAY,
    time_label: str = texts.moments.TIME,
    initial: datetime | date | None = None,
    hint: str = "",
    optional: bool = False,
    turn: str = "",
) -> list[Block]:
    """A date and a time, which `handlers.parse.moments.moment` reads; `hint` follows the words about the zone.

    `initial` may be a day alone, which leaves the time empty. Another `turn` empties them, where a form asks more than
    once.
    """
    at = initial if isinstance(initial, datetime) else None
    local = initial if at is None else at.astimezone(zone_of(zone))
    day = date_input(_action(turn), initial=f"{local:%Y-%m-%d}" if local else "")
    return [
        field(day_field(name), day_label, day, optional=optional),
        *time_field(name, zone=zone, label=time_label, initial=at, hint=hint, optional=optional, turn=turn),
    ]


def time_field(
    name: str,
    *,
    zone: str,
    label: str,
    initial: datetime | None = None,
    hint: str = "",
    optional: bool = False,
    turn: str = "",
) -> list[Block]:
    """A time alone, which `moment_after` reads."""
    tz = zone_of(zone)
    clock = time_input(_action(turn), initial=f"{initial.astimezone(tz):%H:%M}" if initial else "")
    said = f"{texts.moments.ZONE.format(zone=zone)} {hint}".strip()
    # Where the block's id goes on it names the zone, in which the time is read.
    blocks = [field(f"{name}:{zone}", label, clock, optional=optional, hint=said)]
    if initial is not None and is_repeated(initial, tz):
        chosen = Pass.SECOND if initial.astimezone(tz).fold else Pass.FIRST
        blocks.append(_which(name, pass_names(initial, tz), chosen))
    return blocks


def asking_which(view: Mapping[str, Any], repeated: Sequence[TimeRepeated]) -> View | None:
    """A form as Slack sent it back, asking which is meant of each of these times, the first one chosen to begin with.

    Its blocks keep their ids, and so what is filled in. None for a form that has no such times, or has asked already.
    """
    asked = {str(each.field): each for each in repeated}
    has = {str(block.get("block_id")) for block in view["blocks"]}
    found = [block for block in view["blocks"] if base_id(str(block.get("block_id"))) in asked]
    if not found or any(pass_field(name) in has for name in asked):
        return None
    blocks: list[Block] = []
    for block in view["blocks"]:
        blocks.append(block)
        if block in found:
            each = asked[base_id(block["block_id"])]
            blocks.append(_which(str(each.field), each.names, Pass.FIRST, hint=each.message))
    return sent_back(view, blocks)


def _which(name: str, names: tuple[str, str], chosen: Pass, *, hint: str = "") -> Block:
    first, second = (
        Choice(text=text.format(name=called), value=value)
        for text, called, value in zip(
            (texts.moments.FIRST, texts.moments.SECOND), names, (Pass.FIRST, Pass.SECOND), strict=True
        )
    )
    which = radio(Field.VALUE, [first, second], initial=chosen)
    return field(pass_field(name), texts.moments.WHICH, which, hint=hint)


def _action(turn: str) -> str:
    return f"{Field.VALUE}:{turn}" if turn else Field.VALUE.value
