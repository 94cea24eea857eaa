"""The coaches' load as a modal."""

from collections.abc import Sequence

from domain.ports import View
from domain.rules import FULL_WEIGHT
from handlers import texts
from handlers.ids import Modal
from handlers.views.blocks import context, escape_title, modal
from handlers.views.listing import listed
from services.offers.availability import LOAD_LOOKBACK
from services.offers.load import CoachLoad

_HOUR_SECONDS = 3600


def load_modal(loads: Sequence[CoachLoad]) -> View:
    """A line for each coach, most first; names of coaches only."""
    blocks = [
        *listed([*map(_line, loads)], separator="\n"),
        context(texts.load.EXPLAINED.format(days=LOAD_LOOKBACK.days)),
    ]
    return modal(Modal.NOTICE, title=texts.load.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def _line(load: CoachLoad) -> str:
    name = escape_title(load.name)
    return texts.load.LINE.format(
        name=texts.load.YOU.format(name=name) if load.is_reader else name,
        held=_hours(load.held_seconds),
        ahead=_hours(load.ahead_seconds),
        share="" if load.share == FULL_WEIGHT else texts.load.SHARE.format(percent=load.share),
    )


def _hours(seconds: int) -> str:
    return f"{seconds / _HOUR_SECONDS:.1f}"
