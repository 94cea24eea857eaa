"""An announcement as its readers see it, and what members of staff hear of theirs. No message names a reader."""

from datetime import datetime

from domain.announcements import TITLE_MAX, InChannel, State
from domain.ports import Block, Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, clip_words, context, escape_title, header, section
from handlers.views.plain_words import words
from handlers.views.when import when_token
from services.announcements.deliveries import EDITED, AnnouncementMessage, Trouble
from services.announcements.facts import Announcement
from services.announcements.news import ReaderNews, StaffNews


def reader_message(news: ReaderNews) -> Message:
    """A message of its own, the message of record, or either as it is now."""
    found = news.announcement
    blocks = reader_blocks(found, zone=news.zone, acknowledged_at=news.acknowledged_at, is_again=news.is_again)
    return Message(text=escape_title(_title(found)), blocks=tuple(blocks))  # Slack reads the text as markup too


def now_message(news: ReaderNews, said: str) -> Message:
    """The answer to a press on what may have old words: when it was acknowledged, and how it is now."""
    found = news.announcement
    blocks = [section(said), *_words(found, zone=news.zone)]
    return Message(text=f"{said} {escape_title(_title(found))}", blocks=tuple(blocks))


def reader_blocks(
    found: Announcement,
    *,
    zone: str,
    acknowledged_at: datetime | None = None,
    is_again: bool = False,
    press: Action = Action.ACKNOWLEDGE,
) -> list[Block]:
    """What a reader sees, wherever that is; of one that was taken back, that it does not hold."""
    blocks = _words(found, zone=zone, is_again=is_again)
    return blocks if found.state is State.RETRACTED else [*blocks, *_press(found, acknowledged_at, zone, press)]


def _words(found: Announcement, *, zone: str, is_again: bool = False) -> list[Block]:
    if found.state is State.RETRACTED:
        return [header(_title(found)), section(texts.announcements.RETRACTED)]
    blocks = [
        header(found.text.title),
        context(_about(found, zone, is_again=is_again)),
        section(words(found.text.body)),
    ]
    return [*blocks, section(words(found.text.link))] if found.text.link else blocks


def acknowledged_words(at: datetime, zone: str, *, was_before: bool) -> str:
    """What a press is answered with."""
    said = texts.announcements.ALREADY if was_before else texts.announcements.ACKNOWLEDGED
    return said.format(when=when_token(at, zone))


def staff_message(kind: AnnouncementMessage, news: StaffNews) -> Message:
    """What a member of staff hears, under the title of what it is about; the whole of it opens on a press."""
    found, said = news.announcement, _staff_words(kind, news)
    title = escape_title(found.text.title)
    look = button(texts.announcements.LOOK, Action.OPEN_ANNOUNCEMENT, value=found.id)
    more = (
        [button(texts.announcements.SEND_IMPORTANT, Action.SEND_AS_IMPORTANT, value=found.id)]
        if kind is AnnouncementMessage.UNANSWERED and not found.corrects
        else []
    )
    return Message(text=f"{title}: {said}", blocks=(section(f"*{title}*\n{said}"), actions(look, *more)))


def _staff_words(kind: AnnouncementMessage, news: StaffNews) -> str:
    words = texts.announcements.OF_A_TEXT if news.announcement.corrects else texts.announcements.OF_A_CRITICAL_ONE
    if kind is AnnouncementMessage.ANSWERED and news.trouble == EDITED:
        return texts.announcements.EDITED.format(name=escape_title(news.by))
    if kind is AnnouncementMessage.ANSWERED:
        return words.answered_yes if news.trouble == "approved" else words.answered_no
    if kind is AnnouncementMessage.APPROVAL:
        return words.asks
    if kind is AnnouncementMessage.UNANSWERED:
        return words.unanswered
    if kind is AnnouncementMessage.LIST:
        done = news.readers - news.open_
        said = texts.announcements.LIST_SAYS_ONE if done == 1 else texts.announcements.LIST_SAYS
        return said.format(done=done, all=news.readers, open=news.open_) + _who_words(news)
    return _trouble_words(news)


def _trouble_words(news: StaffNews) -> str:
    if news.trouble == Trouble.PARTLY:
        return _partly(news)
    told = [each for each in InChannel if each.value == news.trouble]
    return _of_channel(news, told[0]) if told else texts.announcements.TROUBLES[news.trouble]


def in_channel_words(found: Announcement, trouble: InChannel) -> str:
    """What is wrong with its message of record, and what its staff can do about it."""
    return texts.announcements.IN_CHANNEL[trouble].format(channel=f"<#{found.channel}>")


def _of_channel(news: StaffNews, trouble: InChannel) -> str:
    said = in_channel_words(news.announcement, trouble)
    # What has ended, or may stand there, is not promised to those who have not had it.
    return said if news.is_over or trouble.may_stand else f"{said} {texts.announcements.ALL_THE_SAME}"


def _partly(news: StaffNews) -> str:
    said, late = texts.announcements, ""
    if news.in_channel is InChannel.LATE:
        late = in_channel_words(news.announcement, InChannel.LATE)
    if not news.unserved:
        return f"{late} {said.HAD_BY_ALL}" if late else f"{said.PARTLY_NONE} {said.HAD_BY_ALL}"
    words = said.PARTLY_ONE if news.unserved == 1 else said.PARTLY
    told = words.format(number=news.unserved, all=news.readers) + _who_words(news)
    return f"{told} {late}" if late else told


def _who_words(news: StaffNews) -> str:
    """That the names open on a press, for those for whom they do."""
    return "" if news.is_private else texts.announcements.WHO_OPENS


def _title(found: Announcement) -> str:
    if found.state is not State.RETRACTED:
        return found.text.title
    room = TITLE_MAX - len(texts.announcements.RETRACTED_TITLE.format(title=""))
    return texts.announcements.RETRACTED_TITLE.format(title=clip_words(found.text.title, room))


def _about(found: Announcement, zone: str, *, is_again: bool) -> str:
    parts = [texts.announcements.FROM_STAFF.format(tier=texts.announcements.TIERS[found.tier])]
    if found.plan.expires_at is not None:
        parts.append(texts.announcements.UNTIL.format(when=when_token(found.plan.expires_at, zone)))
    if is_again:
        parts.insert(0, texts.announcements.AGAIN)
    return " · ".join(parts)


def _press(found: Announcement, acknowledged_at: datetime | None, zone: str, press: Action) -> list[Block]:
    if not found.needs_ack:
        return []
    if acknowledged_at is not None:
        return [context(acknowledged_words(acknowledged_at, zone, was_before=False))]
    style = "primary" if press is Action.ACKNOWLEDGE else None  # for staff who look at it other buttons matter more
    return [actions(button(texts.announcements.ACKNOWLEDGE, press, value=found.id, style=style))]
