"""The form in which a scholar books, and the form in which either side moves a session."""

from collections.abc import Collection, Sequence

from domain.booking import REASON_MAX, WORDS_MAX
from domain.focus import FocusArea, focus_areas_of
from domain.people import Role
from domain.ports import Block, View
from domain.series import EVERY_WEEKS, longest_series
from domain.times import zone
from handlers import texts
from handlers.ids import ANYONE, Action, Field, Modal
from handlers.views.blocks import context, escape, escape_title, field, modal, section, text_input
from handlers.views.kinds import kind_radio
from handlers.views.menus import Choice, multi_select, select
from handlers.views.sessions import with_whom
from handlers.views.times import day_choices, shown_day, start_choices
from handlers.views.waiting import way_to_wait
from handlers.views.when import day_label, when_token
from services.hours.away import Away
from services.offers.facts import Offer, StaffCard
from services.sessions.facts import SessionDetails

ABOUT_SHOWN = 10
SERIES_MIN = 2


def booking_form(offer: Offer, *, day: str | None = None, areas: Collection[FocusArea] = (), words: str = "") -> View:
    """The whole form, rebuilt at each choice; `day` is the chosen ISO date, else the first that has times.

    `areas` and `words` are what it begins with. Once it is open, Slack keeps what stands in its fields.
    """
    kind = offer.kind.key
    blocks = [
        field(Field.KIND, texts.booking.KIND, kind_radio(Action.CHOOSE_KIND, offer.kinds, kind), live=True),
        # A block id that carries what its content depends on makes Slack forget a choice that no longer holds.
        field(f"{Field.STAFF}:{kind}", texts.booking.STAFF, _staff(offer), live=True),
        *_about(offer),
        *(context(_away_line(away)) for away in offer.away),
        *_times(offer, day, Action.CHOOSE_DAY),
        *_repeat(offer),
        *_takes_a_yes(offer),
        *_wait(offer),
        *_topic(offer, areas, words),
    ]
    return modal(
        Modal.BOOK,
        title=texts.booking.BOOK_TITLE,
        blocks=blocks,
        submit=_submit(offer, texts.booking.ASK if offer.kind.needs_approval else texts.booking.BOOK),
        close=texts.forms.CLOSE,
    )


def _takes_a_yes(offer: Offer) -> list[Block]:
    return [context(texts.booking.TAKES_A_YES)] if offer.days and offer.kind.needs_approval else []


def _wait(offer: Offer) -> list[Block]:
    """Scholars alone can wait for a time to come free."""
    return [way_to_wait(has_times=bool(offer.days))] if offer.kind.booked_by is Role.SCHOLAR else []


def _topic(offer: Offer, areas: Collection[FocusArea], words: str) -> list[Block]:
    """What it is about: areas to choose from, and words of their own."""
    choices = _topics(focus_areas_of(offer.kind.taken_by))
    chosen = multi_select(Field.VALUE, choices, placeholder=texts.forms.CHOOSE, initial=areas)
    typed = text_input(Field.VALUE, initial=words, multiline=True, at_most=WORDS_MAX)
    about = f"{Field.FOCUS}:{offer.kind.key}"
    return [
        field(about, texts.booking.FOCUS, chosen, optional=True, hint=texts.booking.FOCUS_HINT),
        field(Field.WORDS, texts.booking.WORDS, typed, optional=True, hint=texts.booking.WORDS_HINT),
    ]


def move_form(details: SessionDetails, offer: Offer, *, state: str, day: str | None = None) -> View:
    """Another time for a session that stands; the person stays the same.

    `day` is the chosen ISO date; it begins with the day of the session itself where that has other times.
    """
    starts, who = details.booked.starts, with_whom(details.kind, details.other_name)
    now = section(f"{texts.sessions.NOW_AT} {when_token(starts, details.zone)}\n{who}")
    day = day or starts.astimezone(zone(details.zone)).date().isoformat()
    reason = field(
        Field.REASON,
        texts.sessions.REASON,
        text_input(Field.VALUE, at_most=REASON_MAX),
        optional=True,
        hint=texts.sessions.REASON_HINT,
    )
    return modal(
        Modal.MOVE,
        title=texts.sessions.MOVE_TITLE,
        blocks=[now, *_times(offer, day, Action.MOVE_DAY), reason],
        submit=_submit(offer, texts.sessions.MOVE),
        close=texts.forms.BACK,
        state=state,
    )


def _repeat(offer: Offer) -> list[Block]:
    """Only for a kind that is booked in series, and where there is a time to begin with."""
    longest = longest_series(offer.kind)
    if not offer.days or longest < SERIES_MIN:
        return []
    once = Choice(text=texts.booking.JUST_ONCE, value=repeat_value(1, 1))
    often = [
        Choice(text=texts.booking.REPEATS[weeks].format(times=times), value=repeat_value(weeks, times))
        for weeks in EVERY_WEEKS
        for times in range(SERIES_MIN, longest + 1)
    ]
    menu = select(Field.VALUE, [once, *often], placeholder=texts.forms.CHOOSE, initial=once.value)
    return [field(f"{Field.REPEAT}:{offer.kind.key}", texts.booking.REPEAT, menu, hint=texts.booking.REPEAT_HINT)]


def repeat_value(weeks: int, times: int) -> str:
    """How often, as the menu carries it."""
    return f"{weeks}.{times}"


def _submit(offer: Offer, deed: str) -> str:
    """With nothing to choose there is nothing to do but look again; Slack wants a button under fields to fill in."""
    return deed if offer.days else texts.booking.LOOK_AGAIN


def _staff(offer: Offer) -> Block:
    anyone = Choice(text=texts.booking.ANYONE, value=ANYONE, group=texts.booking.ANYONE)
    named = [Choice(text=card.name, value=card.id, group=card.name[:1].upper()) for card in offer.staff]
    return select(
        Action.CHOOSE_STAFF, [anyone, *named], placeholder=texts.forms.CHOOSE, initial=offer.staff_id or ANYONE
    )


def _about(offer: Offer) -> list[Block]:
    """A line about the one who was chosen; without a choice about everybody, unless there are too many to read."""
    told = [card for card in offer.staff if card.about or card.focus_areas]
    shown = [card for card in told if offer.staff_id in (None, card.id)]
    return (
        [context(_about_line(card)) for card in shown]
        if len(shown) <= ABOUT_SHOWN
        else [context(texts.booking.ABOUT_MANY)]
    )


def _about_line(card: StaffCard) -> str:
    topics = ", ".join(area.label for area in card.focus_areas)
    return " · ".join(part for part in (f"*{escape_title(card.name)}*", escape(card.about), topics) if part)


def _away_line(away: Away) -> str:
    """Until when somebody is away, and who takes sessions meanwhile; a modal may say who."""
    days = {"first": day_label(away.first), "last": day_label(away.last)}
    words = texts.booking.AWAY_ON if away.first == away.last else texts.booking.AWAY_FROM
    line = (texts.booking.AWAY_UNTIL if away.has_begun else words).format(name=escape_title(away.name), **days)
    return f"{line} {texts.booking.MEANWHILE.format(colleague=escape(away.colleague))}" if away.colleague else line


def _topics(areas: Sequence[FocusArea]) -> list[Choice]:
    return [Choice(text=area.label, value=area.value) for area in areas]


def _times(offer: Offer, day: str | None, action: str) -> list[Block]:
    if not offer.days:
        return [section(escape(offer.why_empty) or texts.sessions.NOTHING_FREE)]
    depends = f"{offer.kind.key}.{offer.staff_id or ANYONE}"
    shown = shown_day(offer, day)
    return [
        field(
            f"{Field.DAY}:{depends}",
            texts.booking.DAY,
            select(action, day_choices(offer), placeholder=texts.forms.CHOOSE, initial=shown),
            live=True,
        ),
        field(
            f"{Field.START}:{depends}.{shown}",
            texts.booking.START,
            select(Field.VALUE, start_choices(offer, shown), placeholder=texts.forms.CHOOSE),
            hint=texts.booking.START_HINT.format(zone=offer.zone),
        ),
        *(context(note) for note in offer.sharing),
    ]
