"""Group sessions in a list, in detail, and the forms of those who hold them. For modals only."""

from collections.abc import Sequence
from datetime import datetime

from domain.booking import REASON_MAX
from domain.groups import GroupWords, Standing
from domain.kinds import SessionKind
from domain.places import Place
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.aftermath import after_several_blocks
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    context,
    escape,
    escape_title,
    field,
    modal,
    section,
    text_input,
)
from handlers.views.group_edit import LENGTHS, place_fields, words_fields
from handlers.views.listing import listed
from handlers.views.menus import Choice, select
from handlers.views.moments import moment_fields
from handlers.views.sessions import session_ref, where
from handlers.views.when import when_plain, when_token
from services.groups.facts import GroupDetails, GroupLine
from services.session_log.facts import Aftermath

LISTED = 20
SEATS_DIGITS = 2


def groups_modal(lines: Sequence[GroupLine], *, may_host: bool, said: str = "") -> View:
    """What is ahead, each with the one thing to do; `said` is what the last press came to."""
    shown = lines[:LISTED]
    blocks: list[Block] = [section(said), DIVIDER] if said else []
    blocks += [_row(line) for line in shown] or [section(texts.groups.NONE)]
    if len(lines) > LISTED:
        blocks.append(context(texts.groups.MORE.format(number=LISTED)))
    if any(line.standing is not Standing.HOST for line in shown):
        blocks.append(context(texts.groups.HIDDEN))
    if may_host:
        blocks += [DIVIDER, actions(button(texts.groups.NEW, Action.OPEN_GROUP, style="primary"))]
    return modal(Modal.GROUPS, title=texts.groups.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def group_modal(
    details: GroupDetails, after: Aftermath | None = None, *, said: str = "", title: str = "", state: str = ""
) -> View:
    """Who, where and what, and what can be done, or became of it; `state` says over which list it lies."""
    blocks: list[Block] = [section(said), DIVIDER] if said else []
    blocks += [*_facts(details), *(_deeds(details) if after is None else _after(details, after))]
    return modal(
        Modal.DETAILS,
        title=title or texts.sessions.DETAILS_TITLE,
        blocks=blocks,
        close=texts.forms.CLOSE,
        state=state,
    )


def group_form(zone: str, kind: SessionKind, *, place: Place | None = None) -> View:
    """A new session; it begins with this place."""
    lengths = [Choice(text=f"{each} {texts.moments.MINUTES}", value=str(each)) for each in LENGTHS]
    blocks = [
        *words_fields(),
        *_start(zone),
        field(
            Field.LENGTH,
            texts.groups.LENGTH,
            select(Field.VALUE, lengths, placeholder=texts.forms.CHOOSE, initial=str(kind.length_minutes)),
            hint=texts.groups.LENGTH_HINT.format(minutes=kind.length_minutes),
        ),
        _seats(),
        *place_fields(GroupWords(place=place)),
    ]
    return modal(
        Modal.GROUP,
        title=texts.groups.NEW_TITLE,
        blocks=blocks,
        submit=texts.groups.SAVE,
        close=texts.forms.BACK,
    )


def group_move_form(details: GroupDetails, *, state: str) -> View:
    """Another time, chosen by those who hold it; it begins with the one that stands."""
    now = section(f"{texts.sessions.NOW_AT} {when_token(details.starts, details.zone)}\n{_title(details.words)}")
    return modal(
        Modal.GROUP_MOVE,
        title=texts.groups.MOVE_TITLE,
        blocks=[now, *_start(details.zone, details.starts), _reason()],
        submit=texts.groups.MOVE,
        close=texts.forms.BACK,
        state=state,
    )


def group_cancel_form(details: GroupDetails, *, state: str) -> View:
    """Asks why."""
    what = f"{texts.groups.CANCEL_ASK} {when_token(details.starts, details.zone)}\n{_title(details.words)}"
    return modal(
        Modal.GROUP_CANCEL,
        title=texts.groups.CANCEL_TITLE,
        blocks=[section(what), _reason()],
        submit=texts.groups.CANCEL,
        close=texts.sessions.CANCEL_KEEP,
        state=state,
    )


def group_seats_form(details: GroupDetails, *, state: str) -> View:
    """Another number of seats."""
    return modal(
        Modal.GROUP_SEATS,
        title=texts.groups.SEATS_TITLE,
        blocks=[section(_taken(details)), _seats(str(details.seats or ""))],
        submit=texts.groups.SEATS_SAVE,
        close=texts.forms.BACK,
        state=state,
    )


def _row(line: GroupLine) -> Block:
    seats = texts.groups.FREE if line.has_free_seats else texts.groups.FULL
    lines = [
        _title(line.words),
        escape(line.words.about),
        f"{when_token(line.starts, line.zone)}, {line.minutes} {texts.moments.MINUTES}",
        f"*{texts.groups.HELD_BY}* {escape(', '.join(line.host_names))}",
        where(line.words.place, unknown=_unknown_place(line.standing)),
        texts.groups.STANDING.get(line.standing, seats),
    ]
    return section("\n".join(each for each in lines if each), accessory=_deed(line))


def _deed(line: GroupLine) -> Block:
    if line.standing in (Standing.HOST, Standing.SEATED):
        return button(texts.sessions.DETAILS, Action.OPEN_DETAILS, value=session_ref(line.ref, 0))
    if line.standing is Standing.WAITING and not line.has_free_seats:
        return button(texts.groups.LEAVE, Action.LEAVE_SEAT_LINE, value=line.ref)
    if line.has_free_seats:
        return button(texts.groups.TAKE, Action.TAKE_SEAT, value=line.ref)
    return button(texts.groups.WAIT, Action.WAIT_FOR_SEAT, value=line.ref)


def _facts(details: GroupDetails) -> list[Block]:
    theirs = when_plain(details.starts, details.other_zone)
    lines = [
        "" if details.is_open else texts.groups.OFF,
        f"*{texts.kinds.LABELS['group']}*, {details.minutes} {texts.moments.MINUTES}",
        _title(details.words),
        escape(details.words.about),
        f"*{texts.sessions.WHEN}* {when_token(details.starts, details.zone)}",
        f"*{texts.sessions.FOR_THEM}* {theirs}" if details.other_zone != details.zone else "",
        f"*{texts.groups.HELD_BY}* {escape(', '.join(details.host_names))}",
        where(details.words.place, unknown=_unknown_place(details.standing, is_fixed=_is_fixed(details))),
    ]
    blocks = [section("\n".join(line for line in lines if line))]
    if details.seated_names is not None:
        first, *others = map(escape, details.seated_names or [texts.groups.NOBODY])
        blocks += listed([f"{_taken(details)}\n*{texts.groups.SEATED}* {first}", *others])
    if details.place_in_line:
        blocks.append(section(texts.groups.PLACE_IN_LINE.format(number=details.place_in_line)))
    if details.words.reason:
        blocks.append(context(f"{texts.sessions.REASON} {escape(details.words.reason)}"))
    if details.words.is_unreadable:
        blocks.append(context(texts.groups.UNREADABLE))
    return blocks


def _deeds(details: GroupDetails) -> list[Block]:
    if not details.is_open:
        return []
    if details.why_fixed:
        return [context(details.why_fixed)]
    ref = session_ref(details.ref, details.version)
    match details.standing:
        case Standing.HOST:
            shown = [
                button(texts.groups.EDIT, Action.OPEN_GROUP_EDIT, value=ref),
                button(texts.groups.MOVE, Action.OPEN_GROUP_MOVE, value=ref),
                button(texts.groups.CHANGE_SEATS, Action.OPEN_GROUP_SEATS, value=ref),
                button(texts.groups.CANCEL, Action.OPEN_GROUP_CANCEL, value=ref, style="danger"),
            ]
        case Standing.SEATED:
            shown = [button(texts.groups.GIVE_BACK, Action.GIVE_BACK_SEAT, value=details.ref)]
        case Standing.WAITING if not details.has_free_seats:
            shown = [button(texts.groups.LEAVE, Action.LEAVE_SEAT_LINE, value=details.ref)]
        case _ if details.has_free_seats:
            shown = [button(texts.groups.TAKE, Action.TAKE_SEAT, value=details.ref)]
        case _:
            shown = [button(texts.groups.WAIT, Action.WAIT_FOR_SEAT, value=details.ref)]
    return [actions(*shown, block_id="group")]


def _after(details: GroupDetails, after: Aftermath) -> list[Block]:
    return after_several_blocks(after, session_ref(details.ref, details.version), details.zone)


def _taken(details: GroupDetails) -> str:
    taken = texts.groups.SEATS_TAKEN.format(taken=len(details.seated_names or ()), seats=details.seats)
    return f"{taken} {texts.groups.IN_LINE.format(number=details.waiting)}" if details.waiting else taken


def _unknown_place(standing: Standing, *, is_fixed: bool = False) -> str:
    """What to do about it is for those who hold it; nothing is, once it is over or off."""
    if is_fixed:
        return texts.groups.PLACE_NONE
    return texts.groups.PLACE_MISSING if standing is Standing.HOST else texts.groups.PLACE_UNKNOWN


def _is_fixed(details: GroupDetails) -> bool:
    return not details.is_open or (details.standing is Standing.HOST and bool(details.why_fixed))


def _title(words: GroupWords) -> str:
    return f"*{escape_title(words.title)}*" if words.title else ""


def _start(zone: str, initial: datetime | None = None) -> list[Block]:
    return moment_fields(Field.START, zone=zone, initial=initial, hint=texts.groups.START_HINT)


def _seats(initial: str = "") -> Block:
    typed = text_input(Field.VALUE, initial=initial, at_most=SEATS_DIGITS)
    return field(Field.SEATS, texts.groups.SEATS, typed, hint=texts.groups.SEATS_HINT)


def _reason() -> Block:
    typed = text_input(Field.VALUE, at_most=REASON_MAX)
    return field(Field.REASON, texts.sessions.REASON, typed, optional=True, hint=texts.groups.REASON_HINT)
