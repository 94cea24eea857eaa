"""The forms for travel and time away: what is there, each with a button to remove it, and pickers for one more."""

from collections.abc import Sequence
from datetime import datetime

from domain.days import DateSpan
from domain.hours import WeeklyHours, zone_at
from domain.people import Person
from domain.ports import Block, View
from domain.times import epoch_seconds
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.parse.hours import ZONE_MAX
from handlers.views.blocks import actions, button, context, date_input, escape, field, modal, section, text_input
from handlers.views.menus import Choice, select
from handlers.views.week import count_of
from handlers.views.when import day_label, when_plain
from services.hours.away import HelpingThen

LISTED = 20
TOLD = 5


def travel_form(hours: WeeklyHours) -> View:
    """Where somebody's hours are meant in another zone, and one stretch more."""
    rows = [
        _row(f"{_dates(one.days)}: {one.zone}", f"{Action.REMOVE_TRAVEL}:{number}", one.days)
        for number, one in enumerate(hours.travels[:LISTED])
    ]
    zone = field(
        Field.ZONE,
        texts.hours.TRAVEL_ZONE,
        text_input(Field.VALUE, at_most=ZONE_MAX),
        hint=texts.hours.ZONE_HINT.partition(" Your")[0],
    )
    blocks = [context(texts.hours.TRAVEL_WHAT), *rows, *_pickers(), zone]
    return _form(Modal.TRAVEL, texts.hours.TRAVEL_TITLE, blocks)


def away_form(hours: WeeklyHours, colleagues: Sequence[Person]) -> View:
    """When somebody is away, and one stretch more, with a colleague if they like."""
    names = {person.id: person.name for person in colleagues}
    rows = [
        _row(
            ". ".join([_dates(one.days), *_meanwhile(names, one.colleague)]),
            f"{Action.REMOVE_AWAY}:{number}",
            one.days,
        )
        for number, one in enumerate(hours.absences[:LISTED])
    ]
    blocks = [context(texts.hours.AWAY_WHAT), *rows, *_pickers()]
    if colleagues:
        choices = [Choice(text=each.name, value=each.id, group=each.name[:1].upper()) for each in colleagues]
        menu = select(Field.VALUE, choices, placeholder=texts.forms.CHOOSE)
        hint = texts.hours.COLLEAGUE_HINT
        blocks.append(field(Field.COLLEAGUE, texts.hours.COLLEAGUE, menu, optional=True, hint=hint))
    return _form(Modal.AWAY, texts.hours.AWAY_TITLE, blocks)


def away_saved(hours: WeeklyHours, booked: Sequence[datetime], helping: HelpingThen) -> View:
    """That it is saved, and what stands on those days: sessions, with the way to their list, and office hours."""
    blocks = [section(texts.hours.AWAY_SAVED)]
    if booked:
        sentence = texts.hours.AWAY_BOOKED.format(number=count_of(len(booked)), when=_starts(hours, booked))
        blocks += [section(sentence), actions(button(texts.sessions.SESSIONS_TITLE, Action.OPEN_SESSIONS))]
    told = [texts.hours.AWAY_LINE_OPEN] if helping.is_open else []
    if helping.planned:
        told.append(texts.hours.AWAY_OFFICE_HOURS.format(when=_starts(hours, helping.planned)))
    blocks += [section(each) for each in told]
    return modal(Modal.NOTICE, title=texts.hours.AWAY_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def _starts(hours: WeeklyHours, starts: Sequence[datetime]) -> str:
    when = [when_plain(start, zone_at(hours, epoch_seconds(start))) for start in starts[:TOLD]]
    if len(starts) > TOLD:
        when.append(texts.hours.AND_MORE.format(number=len(starts) - TOLD))
    return "; ".join(when)


def _form(callback: str, title: str, blocks: Sequence[Block]) -> View:
    return modal(callback, title=title, blocks=blocks, submit=texts.hours.ADD, close=texts.forms.BACK)


def _pickers() -> list[Block]:
    return [
        field(Field.FIRST, texts.hours.FIRST, date_input(Field.VALUE)),
        field(Field.LAST, texts.hours.LAST, date_input(Field.VALUE)),
    ]


def _row(text: str, action: str, days: DateSpan) -> Block:
    return section(escape(text), accessory=button(texts.hours.REMOVE, action, value=days.first.isoformat()))


def _dates(days: DateSpan) -> str:
    if days.first == days.last:
        return day_label(days.first)
    return texts.hours.SPAN.format(first=day_label(days.first), last=day_label(days.last))


def _meanwhile(names: dict[str, str], colleague: str) -> list[str]:
    return [texts.hours.MEANWHILE.format(name=names[colleague])] if colleague in names else []
