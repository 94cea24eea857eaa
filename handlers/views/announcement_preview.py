"""An announcement before it is sent: as its readers will see it, whom it reaches and interrupts. In modals only."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from domain.amounts import duration_text
from domain.announcements import Timing
from domain.delivery import Tier
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.announcement_messages import reader_blocks
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    context,
    escape,
    escape_title,
    header,
    modal,
    plain,
    quoted,
    section,
)
from handlers.views.listing import first_of, listed
from handlers.views.planned import goes_out
from services.announcements.answers import Answer
from services.announcements.deeds import REFUSED
from services.announcements.deliveries import Trouble
from services.announcements.facts import Announcement
from services.announcements.preview import COUNTED_FROM, Preview
from services.announcements.telling import HEAD_START
from services.channels import ChannelFacts

_W = texts.announcements
_NAMES_IN_LINE = 12


def preview_modal(found: Preview, *, zone: str, said: str = "", channel: ChannelFacts | None = None) -> View:
    """What readers will see, whom it is for and whom it interrupts; its button sends it off.

    Of a new text that can never go out, its words, to be copied or thrown away.
    """
    one = found.announcement
    names = button(_W.NAMES, Action.SEE_READERS, value=one.id)
    is_open = channel is None or channel.is_open
    can_send = _may_be_sent(found) and not (channel and channel.is_archived)
    asked = sure(_W.DISCARD_ASK, _W.DISCARD_SURE, _W.DISCARD)
    buttons = [
        *([names] if found.readers else []),
        *([] if one.corrects else [button(_W.EDIT, Action.EDIT_ANNOUNCEMENT, value=ref_of(one))]),
        *([] if found.is_current else [button(_W.DUPLICATE, Action.DUPLICATE_ANNOUNCEMENT, value=one.id)]),
        button(_W.AS_TEMPLATE, Action.KEEP_TEMPLATE, value=one.id),
        button(_W.DISCARD, Action.DISCARD_ANNOUNCEMENT, value=ref_of(one), confirm=asked),
    ]
    blocks = [
        *_standing(found, said),
        DIVIDER,
        *reader_blocks(one, zone=zone, press=Action.PREVIEW_PRESS),
        DIVIDER,
        *([] if one.corrects else [section("\n".join(_what_it_does(found, zone, is_open=is_open)))]),
        *([section(words) for words in _channel_words(found, channel)] if channel else []),
        *([section(_W.HIDDEN_OTHERS)] if found.hidden else []),
        *_second_yes(found),
        actions(*buttons, block_id="announce.preview"),
    ]
    return modal(
        Modal.ANNOUNCE_PREVIEW,
        title=_W.PREVIEW_TITLE,
        blocks=blocks,
        submit=_submit(one) if can_send else None,
        close=texts.forms.CLOSE,
        state=ref_of(one),
    )


def asked_about(seen: Preview, zone: str, channel: ChannelFacts | None = None) -> list[Block]:
    """What a yes would bring about: to whom, when, where, until when."""
    one = seen.announcement
    if one.corrects:
        return [section(_W.CORRECTS)]
    lines = _what_it_does(seen, zone, is_open=channel is None or channel.is_open)
    names = button(_W.NAMES, Action.SEE_READERS, value=one.id)
    said = section("\n".join(lines), accessory=names if seen.readers else None)
    return [said, *([section(words) for words in _channel_words(seen, channel)] if channel else [])]


def names_modal(readers: Sequence[str], unreachable: Sequence[str]) -> View:
    """Whom something is for, by name."""
    blocks = [header(count_words(len(readers))), *listed([escape(name) for name in readers], at_most=60)]
    if unreachable:
        blocks += [section(_W.UNREACHABLE_TITLE), *listed([escape(name) for name in unreachable], at_most=20)]
    return modal(Modal.NOTICE, title=_W.NAMES_TITLE, blocks=blocks, close=texts.forms.BACK)


def ref_of(one: Announcement) -> str:
    """An announcement and the version that is shown, as buttons and forms carry it."""
    return f"{one.id}.{one.version}"


def sure(question: str, text: str, deed: str) -> Block:
    """Asks once more before something is done; the button that does it says what that is."""
    return {
        "title": plain(question, 100),
        "text": plain(text, 300),
        "confirm": plain(deed, 30),
        "deny": plain(_W.KEEP, 30),
    }


def _submit(one: Announcement) -> str:
    if one.tier is Tier.CRITICAL:
        return _W.ASK
    return _W.SEND if one.plan.timing is Timing.NOW else _W.PLAN


def _what_it_does(found: Preview, zone: str, *, is_open: bool = True) -> list[str]:
    """Whom it reaches and interrupts, when, and where else it stands. `is_open` is that its channel takes it."""
    one = found.announcement
    lines = [*_reach_words(found), _when_words(one, zone)]
    if one.channel and is_open:
        lines.append(_W.CHANNEL_SAYS.format(channel=f"<#{one.channel}>"))
    return lines


def _standing(found: Preview, said: str) -> Iterator[Block]:
    """What it is, above its words."""
    one = found.announcement
    if said or found.is_current:
        yield context(said or _W.SAVED)
    if one.corrects and found.is_current:
        yield context(_W.CORRECTS)
    yield from _refusal(one)
    yield section(_W.PREVIEW_SAYS if found.is_current else _W.TROUBLES[Trouble.OUTDONE])


def _second_yes(found: Preview) -> Iterator[Block]:
    """Who is asked for it, where it needs one and can have it."""
    if found.has_approver and found.announcement.tier is Tier.CRITICAL and _may_be_sent(found):
        yield context(_W.ASKS_ONE.format(name=escape_title(found.asked)) if found.asked else _W.ASKS_ALL)
    if found.is_current and not found.has_approver:
        yield section(_W.NO_APPROVER_CORRECTS if found.announcement.corrects else _W.NO_APPROVER)


def _may_be_sent(found: Preview) -> bool:
    return found.is_current and found.has_approver and not _goes_to_nobody(found)


def _goes_to_nobody(found: Preview) -> bool:
    """Also where it is for another one's private list, which nobody else can send to."""
    return not (found.readers or found.announcement.corrects)


def _reach_words(found: Preview) -> Iterator[str]:
    number = len(found.readers)
    if found.hidden:
        yield one_or(found.hidden, "", _W.HIDDEN_ONE, _W.HIDDEN)
        return
    if not number:
        yield _W.COUNT_NOBODY
        return
    yield f"*{count_words(number)}*"
    yield from _counted(found) if found.is_counted else _uncounted(found)
    if found.unreachable:
        names = first_of([escape(each.name) for each in found.unreachable], at_most=_NAMES_IN_LINE)
        yield _W.UNREACHABLE.format(names=", ".join(names))


def _counted(found: Preview) -> Iterator[str]:
    """How many get it when, and where."""
    number, is_notice = len(found.readers), found.announcement.tier is Tier.NOTICE
    if is_notice:
        yield from _digest_words(number, too_late=found.interrupted + found.later + found.as_day_begins + found.never)
    yield from _time_words(found)
    if found.in_digest and not is_notice:  # of which that is said of all
        yield one_or(found.in_digest, "", _W.IN_DIGEST_ONE, _W.IN_DIGEST)


def _time_words(found: Preview) -> Iterator[str]:
    """Who gets a message when."""
    is_in_mornings = found.announcement.plan.timing is Timing.MORNING
    if found.interrupted or not (is_in_mornings and (found.later or found.as_day_begins)):
        yield one_or(found.interrupted, _W.INTERRUPTED_NONE, _W.INTERRUPTED_ONE, _W.INTERRUPTED)
    if found.after_channel:
        yield _channel_first()
    elif found.later and is_in_mornings:
        yield one_or(found.later, "", _W.LATER_MORNING_ONE, _W.LATER_MORNING)
    elif found.later:
        yield one_or(found.later, "", _W.LATER_ONE, _W.LATER)
    if found.as_day_begins:
        yield one_or(found.as_day_begins, "", _W.AS_DAY_BEGINS_ONE, _W.AS_DAY_BEGINS)
    if found.never:
        yield one_or(found.never, "", _W.NEVER_ONE, _W.NEVER)


def _uncounted(found: Preview) -> Iterator[str]:
    """How it goes, where a number would tell what one person has set: the same words, whatever that is."""
    one = found.announcement
    if one.tier is Tier.NOTICE:
        yield _W.FEW_DIGEST
    elif found.after_channel:
        yield _channel_first()
    else:
        yield _W.FEW_MORNING if one.plan.timing is Timing.MORNING else _W.FEW
    if one.tier is Tier.IMPORTANT:
        yield _W.FEW_BUDGET
    yield _W.FEW_WHY.format(number=COUNTED_FROM)


def _channel_first() -> str:
    return _W.LATER_CHANNEL.format(hours=duration_text(HEAD_START // timedelta(minutes=1)))


def _when_words(one: Announcement, zone: str) -> str:
    return _W.WHEN_SAYS.format(when=goes_out(one.plan, zone))


def _digest_words(number: int, *, too_late: int) -> Iterator[str]:
    if too_late == number:
        yield _W.DIGEST_TOO_LATE_ALL
        return
    yield _W.DIGEST
    if too_late:
        yield one_or(too_late, "", _W.DIGEST_TOO_LATE_ONE, _W.DIGEST_TOO_LATE)


def _channel_words(found: Preview, channel: ChannelFacts) -> Iterator[str]:
    """What is in the way of the message of record; else whom it does not reach, and whom it does besides."""
    name = escape(channel.name)
    if channel.is_archived:
        yield _W.CHANNEL_ARCHIVED.format(name=name)
        return
    if not channel.is_open:
        yield _W.CHANNEL_NOT_IN
        return
    if channel.outside:
        words = _W.CHANNEL_OUTSIDE_ONE if channel.outside == 1 else _W.CHANNEL_OUTSIDE
        yield words.format(number=channel.outside, name=name)
    yield from _other_words(found, channel.others, name)


def _other_words(found: Preview, others: int | None, name: str) -> Iterator[str]:
    """Who reads it in the channel though it is not for them; not counted where it is not known whom it is for."""
    audience = found.announcement.audience
    if found.hidden or (others is None and (audience.is_narrowed or audience.secret_list)):
        yield _W.CHANNEL_ALL.format(name=name)
    elif others:
        words = _W.CHANNEL_OTHERS_ONE if others == 1 else _W.CHANNEL_OTHERS
        yield words.format(number=others, name=name)


def _refusal(one: Announcement) -> list[Block]:
    """Why somebody said no; as it was typed, since escaped it might be longer than a paragraph."""
    return [section(_W.REFUSED_BECAUSE), quoted(one.refusal)] if one.refusal else []


def answered_words(answer: Answer | None) -> str:
    """Who answered what when it was asked about; "" for nobody."""
    if answer is None:
        return ""
    said = _W.SAID_NO if answer.deed == REFUSED else _W.WENT_AS_IMPORTANT
    return said.format(name=escape_title(answer.by))


def count_words(number: int) -> str:
    """For how many people something is."""
    return one_or(number, _W.COUNT_NOBODY, _W.COUNT_ONE, _W.COUNT)


def one_or(number: int, none: str, one: str, many: str) -> str:
    """The words for nobody, for one, or for so many."""
    return {0: none, 1: one}.get(number, many.format(number=number))
