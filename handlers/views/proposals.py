"""The form for proposing times, the scholar's message and its modal."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zlib import crc32

from domain.kinds import SessionKind
from domain.places import Place
from domain.ports import Block, Message, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.parse.proposals import is_own
from handlers.views.blocks import actions, button, context, escape, field, modal, section
from handlers.views.kinds import kind_radio
from handlers.views.menus import Choice, multi_select, select
from handlers.views.moments import moment_fields
from handlers.views.sessions import where
from handlers.views.times import day_choices, kept_choices, own_choices, shown_day, start_choices
from handlers.views.when import when_plain
from services.offers.facts import Offer
from services.proposals.answer import ProposedTimes
from services.proposals.propose import TIMES_MAX


def propose_form(
    scholar: str | None,
    *,
    kinds: Sequence[SessionKind],
    offer: Offer | None,
    day: str | None = None,
    chosen: Collection[str] = (),
    meets: Sequence[datetime] = (),
) -> View:
    """Whom (a Slack user id, or None before the choice), a day, and up to five times of it or of one's own.

    The kind is asked of people who take several; the first one stands until they choose. `chosen` are the times chosen
    so far, as the menu carries them, of whatever day; `meets` those at which their own calendar has something else.
    """
    whom: Block = {"type": "users_select", "action_id": Action.PROPOSE_SCHOLAR}
    if scholar:
        whom["initial_user"] = scholar
    blocks = [field(Field.SCHOLAR, texts.proposals.PROPOSE_SCHOLAR, whom, live=True, hint=texts.proposals.PROPOSE_WHOM)]
    if len(kinds) > 1:
        kind = offer.kind.key if offer else kinds[0].key
        blocks.append(field(Field.KIND, texts.booking.KIND, kind_radio(Action.PROPOSE_KIND, kinds, kind), live=True))
    blocks += (
        [
            *_times(offer, scholar, day, chosen),
            *_meeting(texts.proposals.MEETS_OWN, meets, offer.zone),
            *_own_time(offer.zone, chosen),
        ]
        if offer
        else [context(texts.proposals.PROPOSE_FIRST)]
    )
    return modal(
        Modal.PROPOSE,
        title=texts.proposals.PROPOSE_TITLE,
        blocks=blocks,
        submit=texts.proposals.PROPOSE_SEND,
        close=texts.forms.CLOSE,
    )


def times_message(times: ProposedTimes) -> Message:
    """The message to the scholar: times as buttons; who and what kind open in a modal."""
    blocks = [
        section(texts.messages.TIMES_PROPOSED),
        actions(*_accept_buttons(times), block_id="times"),
        actions(
            button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_PROPOSAL, value=times.id),
            button(texts.messages.NONE_OF_THESE, Action.DECLINE_TIMES, value=times.id),
            block_id="more",
        ),
    ]
    return Message(text=texts.messages.TIMES_PROPOSED, blocks=tuple(blocks))


def declined_message(staff_ref: str) -> Message:
    """The message to the one who offered times of which none suits; who it was opens in the form on a press."""
    again = button(texts.messages.OFFER_AGAIN, Action.OFFER_AGAIN, value=staff_ref)
    return Message(
        text=texts.messages.TIMES_DECLINED,
        blocks=(section(texts.messages.TIMES_DECLINED), actions(again, block_id="again")),
    )


def withdrawn_message() -> Message:
    """The message to the scholar whose offered times are off; they may book of their own."""
    book = button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING)
    return Message(
        text=texts.messages.TIMES_WITHDRAWN,
        blocks=(section(texts.messages.TIMES_WITHDRAWN), actions(book, block_id="book")),
    )


def proposed_modal(staff_ref: str, *, zone: str, meets: Sequence[datetime] = ()) -> View:
    """What a staff member sees once the times are on their way, and how to take them back; `meets` as in the form."""
    take_back = button(texts.proposals.WITHDRAW, Action.WITHDRAW_TIMES, value=staff_ref)
    return modal(
        Modal.NOTICE,
        title=texts.proposals.PROPOSED_TITLE,
        blocks=[
            section(texts.proposals.PROPOSED),
            *_meeting(texts.proposals.SENT_MEETS_OWN, meets, zone),
            actions(take_back, block_id="withdraw"),
        ],
        close=texts.forms.CLOSE,
    )


def declined_notice() -> Message:
    """What the scholar reads in place of the buttons once they want none of the times; they may book of their own."""
    return Message(text=texts.proposals.DECLINED, blocks=_declined())


def declined_modal() -> View:
    """The same where they answered in a modal."""
    return modal(Modal.NOTICE, title=texts.proposals.PROPOSED_TIMES_TITLE, blocks=_declined(), close=texts.forms.CLOSE)


def times_modal(times: ProposedTimes, place: Place | None) -> View:
    """Who offers the times, and where they would meet; a press books or declines from here too."""
    lines = [
        f"*{texts.kinds.LABELS[times.kind.key]}*, {times.kind.length_minutes} {texts.moments.MINUTES}",
        f"*{texts.sessions.WITH}* {escape(times.staff_name)}",
        where(place),
    ]
    theirs = "\n".join(when_plain(start, times.staff_zone) for start in times.starts)
    none = button(texts.messages.NONE_OF_THESE, Action.DECLINE_TIMES, value=times.id)
    blocks = [
        section("\n".join(lines)),
        actions(*_accept_buttons(times), block_id="times"),
        actions(none, block_id="more"),
    ]
    if times.staff_zone != times.zone:
        blocks.append(context(f"{texts.sessions.FOR_THEM}\n{theirs}"))
    return modal(Modal.NOTICE, title=texts.proposals.PROPOSED_TIMES_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def _declined() -> tuple[Block, ...]:
    book = button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING)
    return section(texts.proposals.DECLINED), actions(book, block_id="book")


def _accept_buttons(times: ProposedTimes) -> list[Block]:
    return [
        button(when_plain(start, times.zone), f"{Action.ACCEPT_TIME}:{number}", value=_ref(times.id, start))
        for number, start in enumerate(times.starts)
    ]


def _ref(proposal_id: str, start: datetime) -> str:
    return f"{proposal_id}.{int(start.timestamp())}"


def _times(offer: Offer, scholar: str | None, day: str | None, chosen: Collection[str]) -> list[Block]:
    own = own_choices(chosen, offer.zone)
    depends = f"{scholar}.{offer.kind.key}"
    if not offer.days:
        why = section(escape(offer.why_empty) or texts.sessions.NOTHING_FREE)
        return [why, *([_starts(f"{depends}{_own_chosen(chosen)}", own, chosen)] if own else [])]
    shown = shown_day(offer, day)
    days = select(Action.PROPOSE_DAY, day_choices(offer), placeholder=texts.forms.CHOOSE, initial=shown)
    listed = [*own, *kept_choices(offer, shown, chosen), *start_choices(offer, shown)]
    return [
        field(f"{Field.DAY}:{depends}", texts.booking.DAY, days, live=True),
        _starts(f"{depends}.{shown}{_own_chosen(chosen)}", listed, chosen),
    ]


def _starts(depends: str, listed: Sequence[Choice], chosen: Collection[str]) -> Block:
    starts = multi_select(Field.VALUE, listed, placeholder=texts.forms.CHOOSE, initial=chosen, at_most=TIMES_MAX)
    hint = texts.proposals.PROPOSE_STARTS_HINT
    return field(f"{Field.STARTS}:{depends}", texts.proposals.PROPOSE_STARTS, starts, optional=True, hint=hint)


def _own_chosen(chosen: Collection[str]) -> str:
    """Stands in the ids of what starts afresh with each time of one's own that is added; short, whatever was chosen."""
    own = " ".join(filter(is_own, chosen))
    return f".{crc32(own.encode()):08x}" if own else ""


def _meeting(words: str, meets: Sequence[datetime], zone: str) -> list[Block]:
    return [context(words.format(times="; ".join(when_plain(each, zone) for each in meets)))] if meets else []


def _own_time(zone: str, chosen: Collection[str]) -> list[Block]:
    return [
        *moment_fields(
            Field.OWN,
            zone=zone,
            day_label=texts.proposals.PROPOSE_OWN,
            hint=texts.proposals.PROPOSE_OWN_HINT,
            optional=True,
            turn=_own_chosen(chosen),
        ),
        actions(button(texts.proposals.ADD_OWN, Action.ADD_OWN_TIME), block_id="own.add"),
    ]
