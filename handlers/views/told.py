"""What readers see of announcements outside of messages: on the Home tab, in their list, and one of them whole."""

from domain.delivery import Tier
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.announcement_messages import reader_blocks
from handlers.views.blocks import actions, button, context, escape_title, header, modal, section
from handlers.views.pages import turning
from handlers.views.plain_words import first_words
from handlers.views.when import when_token
from services.announcements.own import OwnAnnouncements, Told

_W = texts.announcements
FIRST_WORDS = 150
"""Characters of a text that a list shows of it."""
AT_HOME = 3


def told_modal(found: OwnAnnouncements, *, zone: str, said: str = "") -> View:
    """A page of all that is for somebody, what waits for them first."""
    rows = [_row(each, zone) for each in found.told]
    blocks: list[Block] = [
        *([section(said)] if said else []),
        *(rows or [section(_W.OWN_NONE_FURTHER if found.page else _W.OWN_NONE)]),
        *([context(_W.OWN_MORE)] if found.has_more else []),
        *turning(Action.TURN_TOLD, found.page, has_more=found.has_more, block_id="told.turn", newest_first=True),
        actions(button(_W.PRIVATE_LISTS, Action.OPEN_LISTS), block_id="told.ways"),
    ]
    return modal(Modal.TOLD, title=_W.OWN_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def told_one_modal(told: Told, *, zone: str, said: str = "") -> View:
    """One of them whole."""
    blocks = [
        *([section(said)] if said else []),
        *reader_blocks(told.announcement, zone=zone, acknowledged_at=told.acknowledged_at),
    ]
    return modal(Modal.NOTICE, title=_W.DETAILS_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def home_waiting(found: OwnAnnouncements, *, zone: str) -> list[Block]:
    """What waits for somebody's press, above all else, and how many more do; nothing for none.

    The most urgent stand first, as in the list, and no critical one is among those that are only counted.
    """
    waits = [each for each in found.told if each.waits]
    waiting = waits[: max(2 * AT_HOME, sum(each.announcement.tier is Tier.CRITICAL for each in waits))]
    if not waiting:
        return []
    more = found.waiting - len(waiting)
    rest = [context(_W.HOME_WAITING_MORE.format(number=more))] if more > 0 else []
    return [header(_W.HOME_WAITING), *(_row(each, zone) for each in waiting), *rest]


def home_told(found: OwnAnnouncements, *, zone: str) -> list[Block]:
    """The newest of what asks for nothing any more, and the way to all there is; nothing where there is none at all."""
    if not found.told:
        return []
    more = actions(button(_W.HOME_MORE, Action.OPEN_TOLD), block_id="home.told")
    rest = [each for each in found.told if not each.waits][:AT_HOME]
    return [*([header(_W.HOME)] if rest else []), *(_row(each, zone) for each in rest), more]


def _row(told: Told, zone: str) -> Block:
    one = told.announcement
    about = [_W.TIERS[one.tier]]
    if one.sent_at is not None:
        about.append(when_token(one.sent_at, zone))
    mark = "" if told.waits or not one.needs_ack else " ✓"
    text = f"*{escape_title(one.text.title)}*{mark}\n{first_words(one.text.body, FIRST_WORDS)}\n{' · '.join(about)}"
    return section(text, accessory=button(_W.READ, Action.READ_ANNOUNCEMENT, value=one.id))
