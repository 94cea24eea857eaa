"""Announcements: what one is, what its text may be, how it is told, and what may become of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.amounts import characters_text, range_text
from domain.delivery import Tier
from domain.errors import DomainError, Faulty, NotFound
from domain.markup import is_link, sent_length

TITLE_MAX = 150
"""Characters of a title, which has to fit a header in Slack."""
BODY_MAX = 2800
"""Characters of the text: Slack takes 3,000 in a paragraph, and the three signs that are escaped get longer."""
ESCAPED_MAX = 3000
LINK_MAX = 500
WHY_MAX = 1000
"""Characters of what a no says."""
AHEAD_MAX = timedelta(days=366)
"""How far ahead something may be planned; our own clock has no limit of Slack's."""
TIME_TO_ACT = timedelta(hours=1)
TIERS = (Tier.CRITICAL, Tier.IMPORTANT, Tier.NOTICE)


class State(StrEnum):
    """Where an announcement stands. What was sent stays; what was retracted says so."""

    DRAFT = "draft"
    TEMPLATE = "template"
    WAITING = "waiting"
    """For a second person's yes."""
    PLANNED = "planned"
    SENT = "sent"
    RETRACTED = "retracted"
    EXPIRED = "expired"
    """Its time was over before it could go out."""
    APPLIED = "applied"
    """A correction that is in the text by now."""
    DISCARDED = "discarded"


class Timing(StrEnum):
    """When it goes out."""

    NOW = "now"
    AT = "at"
    MORNING = "morning"
    """Each reader's own morning."""


class Rung(StrEnum):
    """The rungs of a reader's ladder, apart from nudges, and the one of a message of record."""

    FIRST = "first"
    AGAIN = "again"
    RECORD = "record"


class InChannel(StrEnum):
    """What is not as it was meant with a message of record in its channel."""

    CLOSED = "channel"
    """It does not stand there: the bot may not write there, or there is no such channel for it."""
    REFUSED = "refused"
    """It does not stand there: it was refused for another reason."""
    LATE = "late"
    """It does not stand there: it was over before it could go."""
    UNSURE = "unsure"
    """Nobody knows whether it stands there. What may stand there cannot be changed."""

    TWICE = "twice"
    """It stands there, and an older copy may, of which nobody knows where it is."""

    @property
    def may_stand(self) -> bool:
        """Whether something may stand there that can be neither changed nor taken back."""
        return self in (InChannel.UNSURE, InChannel.TWICE)


class InvalidAnnouncement(DomainError):
    """Something about this announcement does not fit. Please look at the fields that say so."""


class PastTime(DomainError):
    """That time has passed. Should it go out now? Then choose "Now" and empty both; else please choose a later time."""


class NotYours(DomainError):
    """You wrote or sent some of this yourself. A critical announcement takes two of you: please let another say yes."""


class ChangedMeanwhile(DomainError):
    """This announcement has changed meanwhile. Please open /announce again and look at it."""


class NoAnnouncement(NotFound):
    """This announcement is not there any more. Type /announce to see those that are."""


class NotForYou(NotFound):
    """This announcement was for others, so there is nothing you need do. Type /announce to see what is for you."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What readers get: a title, a text and perhaps a link.

    Raises `InvalidAnnouncement` at the field at fault, or `Faulty` with those of several fields.

    Nothing is ever cut: what would be longer than Slack takes, escaped as it goes out, is refused here.
    """

    title: str
    body: str
    link: str = ""

    def __post_init__(self) -> None:
        faults = [*_faults_of_words(self.title, TITLE_MAX, field="title", none="Please give it a title.")]
        faults += _faults_of_words(self.body, BODY_MAX, field="body", none="Please write what you want to tell them.")
        if self.link:
            faults += _faults_of_link(self.link)
        if len(faults) > 1:
            raise Faulty(faults)
        if faults:
            raise faults[0]


class Begun(NamedTuple):
    """What a form begins with, from somebody's message; `too_long` is how long it was, where it does not fit."""

    title: str
    body: str
    link: str
    too_long: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When it goes out, and until when it is worth reading; instants are aware UTC.

    `at` goes with `Timing.AT`; `on` is the day of the readers' morning, None for the next one of each.
    """

    timing: Timing = Timing.NOW
    at: datetime | None = None
    on: date | None = None
    expires_at: datetime | None = None

    def check(self, now: datetime, *, morning_time: int) -> None:
        """Raises `PastTime` or `InvalidAnnouncement` for what cannot be kept at this instant.

        `morning_time` is when the readers' morning is, in minutes of their day.
        """
        starts = self.begins(now)
        if self.timing is Timing.AT and starts <= now:
            raise PastTime(field="start")
        if self.timing is Timing.MORNING and self.on is not None and _last_morning(self.on, morning_time, now) <= now:
            raise PastTime(field="start.day")
        if starts - now > AHEAD_MAX:
            raise InvalidAnnouncement("Please choose a time within a year from now.", field="start.day")
        if self.expires_at is not None and self.expires_at <= max(starts, now):
            raise InvalidAnnouncement("It would expire before it goes out. Please choose a later time.", field="end")

    def begins(self, now: datetime) -> datetime:
        """The first instant at which anybody may get it; of a morning, when that day begins anywhere on earth."""
        if self.timing is Timing.AT and self.at is not None:
            return self.at
        if self.timing is Timing.MORNING and self.on is not None:
            return max(now, _midnight(self.on, now) - _FIRST_ZONE)
        return now


_FIRST_ZONE, _LAST_ZONE = timedelta(hours=14), timedelta(hours=12)
"""The day begins first at UTC+14, and last at UTC-12."""


def _midnight(day: date, now: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)


def _last_morning(day: date, minute: int, now: datetime) -> datetime:
    """When the morning of a day is over everywhere on earth."""
    return _midnight(day, now) + _LAST_ZONE + timedelta(minutes=minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementRules:
    """How announcements are followed up. A program's staff set it.

    again_hours: from the first message to the second one, for whoever has not acknowledged. list_hours: from the first
    message of the last one on staff have a list of who has not. approver_minutes: how long the one approver is alone
    asked for a yes.
    """

    again_hours: int = 4
    list_hours: int = 24
    approver_minutes: int = 15

    def __post_init__(self) -> None:
        for name, least, most in (("again_hours", 1, 168), ("list_hours", 1, 336), ("approver_minutes", 1, 1440)):
            if not least <= getattr(self, name) <= most:
                raise InvalidAnnouncement(f"Please choose {range_text(name, least, most)}.", field=name)
        if self.list_hours < self.again_hours:
            raise InvalidAnnouncement(
                "The list comes after the second message. Please choose more.", field="list_hours"
            )


def last_call(since: datetime, expires_at: datetime) -> datetime:
    """By when staff have to have the list of who has not acknowledged it, so that they can still do something.

    An hour before it is over for those who were to have it `since` then; of what holds for less than two, half-time.
    """
    return expires_at - min(TIME_TO_ACT, (expires_at - since) / 2)


def _faults_of_link(link: str) -> Iterator[InvalidAnnouncement]:
    """What speaks against what is no web address, or a very long one."""
    if len(link) > LINK_MAX:
        yield InvalidAnnouncement(f"Please keep the link within {LINK_MAX} characters.", field="link")
    elif not is_link(link):
        yield InvalidAnnouncement("Please paste a whole link, like https://example.org/page.", field="link")


def _faults_of_words(text: str, most: int, *, field: str, none: str) -> Iterator[InvalidAnnouncement]:
    if not text:
        yield InvalidAnnouncement(none, field=field)
    elif len(text) > most:
        over = characters_text(len(text) - most)
        yield InvalidAnnouncement(f"This is {over} too long for Slack ({most} fit).", field=field)
    elif field == "body" and sent_length(text) > ESCAPED_MAX:
        over = characters_text(sent_length(text) - ESCAPED_MAX)
        yield InvalidAnnouncement(
            f"With its links and the signs &, < and > this is {over} too long for Slack. Please shorten it.",
            field=field,
        )
