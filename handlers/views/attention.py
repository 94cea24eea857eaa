"""The form for one's own quiet hours and digest, and what is said when it is saved."""

from datetime import datetime

from domain.attention import Preferences, Rhythm
from domain.ports import Block, View
from domain.wall import minute_text
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.ids.choices import OFF, ON
from handlers.views.blocks import actions, button, context, field, modal, time_input
from handlers.views.menus import Choice, radio, select
from handlers.views.when import when_token

_W = texts.attention
USUAL_BEGIN, USUAL_END = 22 * 60, 8 * 60
"""What stands in the form of somebody without quiet hours."""


def attention_form(chosen: Preferences, *, zone: str) -> View:
    """What holds for somebody now, to be changed."""
    quiet = [Choice(text=_W.QUIET_ON, value=ON), Choice(text=_W.QUIET_OFF, value=OFF)]
    rhythms = [Choice(text=_W.DAILY, value=Rhythm.DAILY), Choice(text=_W.WEEKLY, value=Rhythm.WEEKLY)]
    days = [Choice(text=name, value=str(number)) for number, name in enumerate(_W.DAYS)]
    weekday = select(Field.VALUE, days, placeholder=_W.WEEKDAY, initial=str(chosen.weekday))
    blocks = [
        context(_W.INTRO.format(zone=zone)),
        field(Field.QUIET, _W.QUIET, radio(Field.VALUE, quiet, initial=ON if chosen.quiet else OFF)),
        field(Field.QUIET_BEGIN, _W.BEGIN, _time(chosen.quiet.begin if chosen.quiet else USUAL_BEGIN)),
        field(Field.QUIET_END, _W.END, _time(chosen.quiet.end if chosen.quiet else USUAL_END), hint=_W.END_HINT),
        context(_W.GIVES_WAY),
        field(Field.RHYTHM, _W.RHYTHM, radio(Field.VALUE, rhythms, initial=chosen.rhythm), hint=_W.RHYTHM_HINT),
        field(Field.DIGEST_TIME, _W.AT, _time(chosen.digest_time), hint=_W.AT_HINT),
        field(Field.WEEKDAY, _W.WEEKDAY, weekday),
    ]
    return modal(Modal.ATTENTION, title=_W.TITLE, blocks=blocks, submit=_W.SAVE, close=texts.forms.CLOSE)


def saved_words(chosen: Preferences, following: datetime, *, zone: str) -> str:
    """What holds from now on."""
    said = _W.SAVED_LOUD
    if chosen.quiet:
        said = _W.SAVED_QUIET.format(begin=minute_text(chosen.quiet.begin), end=minute_text(chosen.quiet.end))
    return f"{said} {_W.SAVED_NEXT.format(when=when_token(following, zone))}"


def attention_rows() -> list[Block]:
    """The way to the form, on a Home tab."""
    return [actions(button(_W.OPEN, Action.OPEN_ATTENTION), block_id="home.attention")]


def _time(minute: int) -> Block:
    return time_input(Field.VALUE, initial=minute_text(minute))
