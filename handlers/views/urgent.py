"""The form for what cannot wait, and the one that names who stands in."""

from collections.abc import Sequence
from datetime import datetime

from domain.amounts import ahead_text
from domain.booking import WORDS_MAX
from domain.people import Person
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Field, Modal
from handlers.views.blocks import DIVIDER, context, field, modal, quoted, section, text_input
from handlers.views.menus import Choice, multi_select, radio
from handlers.views.sessions import details_blocks
from handlers.views.when import off_hours_remark, when_plain
from services.sessions.facts import SessionDetails
from services.urgent.offer import NoTimes, UrgentOffer


def urgent_form(offer: UrgentOffer) -> View:
    """Whom to call now, then the next times; a press books the one that is chosen."""
    blocks = [*_contacts(offer.contacts), context(texts.urgent.WHO), *_times(offer)]
    submit = texts.urgent.BOOK if offer.starts else texts.booking.LOOK_AGAIN
    return modal(Modal.URGENT, title=texts.urgent.TITLE, blocks=blocks, submit=submit, close=texts.forms.CLOSE)


def urgent_without_times(found: NoTimes) -> View:
    """Whom to call now, where there are no times to choose from; what cannot be read now can be asked for again."""
    why = texts.urgent.TIMES_AWAY if found.is_away else texts.urgent.NOT_OFFERED
    return modal(
        Modal.URGENT,
        title=texts.urgent.TITLE,
        blocks=[*_contacts(found.contacts), section(why)],
        submit=texts.booking.LOOK_AGAIN if found.is_away else None,
        close=texts.forms.CLOSE,
    )


def urgent_done(details: SessionDetails, contacts: str) -> View:
    """What stands now, and whom to call meanwhile."""
    blocks = [section(texts.urgent.BOOKED), DIVIDER, *details_blocks(details), DIVIDER, *_contacts(contacts)]
    return modal(Modal.DETAILS, title=texts.urgent.BOOKED_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def stand_ins_form(others: Sequence[Person], chosen: Sequence[str], *, version: int) -> View:
    """Names of everybody in support besides the reader; `version` is that of the rules they are looking at."""
    choices = [Choice(text=person.name, value=person.id, group=person.name[:1].upper()) for person in others]
    who = multi_select(Field.VALUE, choices, placeholder=texts.forms.CHOOSE, initial=chosen)
    named = field(Field.STAFF, texts.urgent.STAND_INS, who, optional=True, hint=texts.urgent.STAND_INS_HINT)
    return modal(
        Modal.STAND_INS,
        title=texts.urgent.STAND_INS_TITLE,
        blocks=[named],
        submit=texts.hours.SAVE,
        close=texts.forms.CLOSE,
        state=str(version),
    )


def _contacts(contacts: str) -> list[Block]:
    """What is true everywhere, and what the program's staff have written, in plain words and whole."""
    return [section(texts.urgent.IN_DANGER), *([quoted(contacts)] if contacts else [])]


def _times(offer: UrgentOffer) -> list[Block]:
    if not offer.starts:
        return [section(texts.urgent.NOBODY_FREE.format(days=ahead_text(offer.kind.horizon_days)))]
    choices = [
        Choice(text=_when(each.starts, offer.zone), value=str(int(each.starts.timestamp()))) for each in offer.starts
    ]
    # The times are part of the block's id: Slack would keep a choice that is not among them any more.
    shown = f"{Field.START}:{choices[0].value}.{choices[-1].value}"
    hint = texts.urgent.START_HINT.format(zone=offer.zone)
    words = text_input(Field.VALUE, multiline=True, at_most=WORDS_MAX)
    return [
        field(shown, texts.urgent.START, radio(Field.VALUE, choices, initial=choices[0].value), hint=hint),
        field(Field.WORDS, texts.urgent.WORDS, words, optional=True, hint=texts.urgent.WORDS_HINT),
    ]


def _when(starts: datetime, zone: str) -> str:
    """The soonest stand first, whatever time of day it is; what is night for the scholar says so."""
    return f"{when_plain(starts, zone)}{off_hours_remark(starts, zone)}"
