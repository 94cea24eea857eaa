"""Sessions in lists, in detail, and the forms and notices that follow from them."""

from collections.abc import Sequence

from domain.booking import REASON_MAX, Booked, BookingStatus
from domain.kinds import SessionKind
from domain.places import Place
from domain.ports import Block, View
from handlers import texts
from handlers.ids import AND_FOLLOWING, ONLY_THIS, Action, Field, Modal
from handlers.views.aftermath import after_blocks
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    context,
    escape,
    escape_title,
    field,
    modal,
    quoted,
    section,
    text_input,
)
from handlers.views.menus import Choice, radio
from handlers.views.when import when_plain, when_token
from services.proposals.answer import ProposedTimes
from services.proposals.withdraw import OfferedTimes
from services.session_log.facts import Aftermath
from services.sessions.facts import NamedSession, SessionDetails, SessionLine


def session_ref(ref: str, version: int) -> str:
    """What a button carries: the person's own reference to the session, and the version they were looking at."""
    return f"{ref}.{version}"


def sessions_modal(
    ahead: Sequence[NamedSession],
    *,
    buttons: Sequence[Block],
    has_more: bool = False,
    offered: Sequence[ProposedTimes] = (),
    has_more_offered: bool = False,
    on_offer: Sequence[OfferedTimes] = (),
    has_more_on_offer: bool = False,
    more: Sequence[Block] = (),
) -> View:
    """What is ahead, each with a button to its details, whether there is more, and what can be begun from here.

    `offered` are times that the person can accept, each with a button to answer; `on_offer` are times that they have
    offered and nobody has answered, each with a button to take them back. `more` are other features' parts.
    """
    listed = [_named_row(each) for each in ahead] or [section(texts.sessions.NOTHING_AHEAD)]
    if has_more:
        listed.append(context(texts.sessions.MORE_AHEAD.format(number=len(ahead))))
    if offered:
        listed += [DIVIDER, section(f"*{texts.proposals.OFFERED}*"), *map(_answerable_row, offered)]
    if has_more_offered:
        listed.append(context(texts.proposals.MORE_ON_OFFER.format(number=len(offered))))
    if on_offer:
        listed += [DIVIDER, section(f"*{texts.proposals.ON_OFFER}*"), *map(_offered_row, on_offer)]
    if has_more_on_offer:
        listed.append(context(texts.proposals.MORE_ON_OFFER.format(number=len(on_offer))))
    blocks = [*listed, *more, DIVIDER, actions(*buttons)]
    return modal(Modal.SESSIONS, title=texts.sessions.SESSIONS_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def session_row(line: SessionLine) -> Block:
    """When it is and a button; safe outside a modal, since it names nobody."""
    return section(when_token(line.starts, line.zone), accessory=_open_details(line))


def _answerable_row(times: ProposedTimes) -> Block:
    starts = "\n".join(when_token(start, times.zone) for start in times.starts)
    answer = button(texts.proposals.ANSWER, Action.OPEN_PROPOSAL, value=times.id)
    return section(f"{with_whom(times.kind, times.staff_name)}\n{starts}", accessory=answer)


def _offered_row(offered: OfferedTimes) -> Block:
    starts = "\n".join(when_token(start, offered.zone) for start in offered.starts)
    take_back = button(texts.proposals.WITHDRAW, Action.WITHDRAW_TIMES, value=offered.ref)
    return section(f"*{texts.sessions.WITH}* {escape(offered.scholar_name)}\n{starts}", accessory=take_back)


def where(place: Place | None, *, unknown: str = texts.sessions.PLACE_UNKNOWN) -> str:
    """A line that says where a session is held, or what to know or do while that is not set; for a modal alone."""
    return f"*{texts.sessions.WHERE}* {unknown if place is None else _place(place)}"


def with_whom(kind: SessionKind, name: str) -> str:
    """A line that says of which kind a session is and with whom; for a modal alone."""
    return texts.sessions.SESSION_WITH.format(kind=texts.kinds.LABELS[kind.key], name=escape(name))


def which_session(details: SessionDetails) -> str:
    """When a session is, what one of several is called, of which kind and with whom; for a modal alone."""
    title = f"*{escape_title(details.title)}*\n" if details.title else ""
    when = when_token(details.booked.starts, details.zone)
    return f"{when}\n{title}{with_whom(details.kind, details.other_name)}"


def named_lines(named: NamedSession) -> str:
    """The same of a session in a list, and which of its series it is."""
    lines = [
        when_token(named.line.starts, named.line.zone),
        f"*{escape_title(named.title)}*" if named.title else "",
        with_whom(named.kind, named.other_name),
        texts.sessions.IN_SERIES.format(number=named.number, of=named.of_series) if named.of_series > 1 else "",
    ]
    return "\n".join(line for line in lines if line)


def details_modal(details: SessionDetails, after: Aftermath | None = None) -> View:
    """Who, where and what, and what became of it. Only for the two people, and only as a modal."""
    ref = session_ref(details.ref, details.booked.version)
    blocks = _details(details) if after is None else [*details_blocks(details), *after_blocks(after, ref, details.zone)]
    return modal(Modal.DETAILS, title=texts.sessions.DETAILS_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def done_modal(details: SessionDetails, *, title: str, sentence: str) -> View:
    """After booking, moving or canceling: what stands now."""
    return modal(
        Modal.DETAILS,
        title=title,
        blocks=[section(sentence), DIVIDER, *details_blocks(details)],
        close=texts.forms.CLOSE,
    )


def cancel_form(details: SessionDetails, *, state: str) -> View:
    """Names the session and asks for a reason, which may stay empty."""
    who = with_whom(details.kind, details.other_name)
    when = section(f"{texts.sessions.CANCEL_ASK} {when_token(details.booked.starts, details.zone)}.\n{who}")
    reason = field(
        Field.REASON,
        texts.sessions.REASON,
        text_input(Field.VALUE, at_most=REASON_MAX),
        optional=True,
        hint=texts.sessions.REASON_HINT,
    )
    return modal(
        Modal.CANCEL,
        title=texts.sessions.CANCEL_TITLE,
        blocks=[when, *_which(details), reason],
        submit=texts.sessions.CANCEL,
        close=texts.sessions.CANCEL_KEEP,
        state=state,
    )


def _which(details: SessionDetails) -> list[Block]:
    """Of a series, whether those that follow are canceled too."""
    if not details.following:
        return []
    words = texts.sessions.AND_FOLLOWING if details.following > 1 else texts.sessions.AND_NEXT
    choices = [
        Choice(text=texts.sessions.ONLY_THIS, value=ONLY_THIS),
        Choice(text=words.format(number=details.following), value=AND_FOLLOWING),
    ]
    return [field(Field.WHICH, texts.sessions.WHICH, radio(Field.VALUE, choices, initial=ONLY_THIS))]


def _named_row(named: NamedSession) -> Block:
    """The same with whom, of which kind and what it is called: for a modal alone."""
    return section(named_lines(named), accessory=_open_details(named.line))


def _open_details(line: SessionLine) -> Block:
    return button(texts.sessions.DETAILS, Action.OPEN_DETAILS, value=session_ref(line.ref, line.version))


def _details(details: SessionDetails) -> list[Block]:
    if details.booked.status in texts.holds.STANDS:
        return [section(texts.holds.STANDS[BookingStatus(details.booked.status)]), *details_blocks(details)]
    if not details.booked.is_open:
        sentence = (
            f"{texts.sessions.CANCELED_ALREADY} {texts.sessions.OFF}"
            if details.is_off
            else texts.sessions.CANCELED_ALREADY
        )
        return [section(sentence), *details_blocks(details)]
    if details.why_fixed:
        return [*details_blocks(details), context(details.why_fixed)]
    ref = session_ref(details.ref, details.booked.version)
    cancel = button(texts.sessions.CANCEL, Action.OPEN_CANCEL, value=ref, style="danger")
    if details.why_unmovable:
        return [*details_blocks(details), context(details.why_unmovable), actions(cancel)]
    return [*details_blocks(details), actions(button(texts.sessions.MOVE, Action.OPEN_MOVE, value=ref), cancel)]


def details_blocks(details: SessionDetails) -> list[Block]:
    """Who, when, where and what; for a modal alone."""
    booked = details.booked
    theirs = when_plain(booked.starts, details.other_zone)
    lines = [
        f"*{texts.kinds.LABELS[details.kind.key]}*, {details.kind.length_minutes} {texts.moments.MINUTES}",
        f"*{texts.sessions.WHEN}* {when_token(booked.starts, details.zone)}",
        f"*{texts.sessions.FOR_THEM}* {theirs}" if details.other_zone != details.zone else "",
        f"*{texts.sessions.WITH}* {escape(details.other_name)}",
        where(details.place, unknown=_unknown_place(details)),
    ]
    if len(details.series) > 1:
        times = "\n".join(f"• {when_token(start, details.zone)}" for start in details.series)
        lines.append(f"*{texts.sessions.SERIES}*\n{times}")
    topics = ", ".join(area.label for area in details.focus_areas)
    blocks = [section("\n".join(line for line in lines if line))]
    if topics:
        blocks.append(section(f"*{texts.sessions.ABOUT}* {topics}"))
    if details.words:
        blocks += [section(f"*{texts.sessions.IN_PRIVATE_WORDS}*"), quoted(details.words)]
    if details.is_unreadable:
        blocks.append(context(texts.sessions.UNREADABLE))
    if details.reason:
        blocks.append(context(_reason(details)))
    return blocks


def _unknown_place(details: SessionDetails) -> str:
    """Whoever takes the session is the one to set a place."""
    is_taker = details.ref == details.booked.staff_ref
    if is_taker and details.booked.is_open:
        return texts.sessions.PLACE_MISSING.format(button=texts.hours.PROFILE_EDIT)
    return texts.sessions.PLACE_UNKNOWN


def _reason(details: SessionDetails) -> str:
    who = texts.sessions.YOU if details.is_readers_reason else escape(details.other_name)
    return f"{_why(details.booked).format(who=who)} {escape(details.reason)}"


def _why(booked: Booked) -> str:
    if booked.status == BookingStatus.DECLINED:
        return texts.holds.WHY_DECLINED
    return texts.sessions.WHY_MOVED if booked.is_open else texts.sessions.WHY_CANCELED


def _place(place: Place) -> str:
    # Slack turns no address of a verbatim text into a link by itself, so that nothing people write becomes one.
    if place.is_link:
        return f"<{escape(place.detail)}>"
    shown = (
        texts.sessions.ROOM if place.is_room_number else texts.sessions.PHONE if place.kind == "phone" else "{detail}"
    )
    return shown.format(detail=escape(place.detail))
