"""What somebody is told about a deadline, and when: the rungs still ahead, news apart from them, a reminder put off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.deadlines import Step
from domain.deadlines.ladder import OVERDUE_LIFE
from domain.delivery import NewDelivery, Tier
from domain.times import epoch_seconds, instant_of
from services.deadlines.facts import ladder_of
from storage.program.deadline_people_queries import PersonState
from storage.program.deadline_queries import DeadlineRow


class DeadlineMessage(StrEnum):
    """Kinds of delivery about deadlines."""

    REMINDER = "deadline.reminder"
    """To somebody it is for; all of these are one ladder."""
    REWRITE = "deadline.rewrite"
    """Other words in the last of these."""
    ASKED = "deadline.asked"
    """To staff: somebody asks for more time."""
    ANSWERED = "deadline.answered"
    """To who has asked."""


class News(StrEnum):
    """What somebody is told apart from the rungs; the word that the name of its row begins with."""

    SET = "set"
    MOVED = "moved"
    EXTENDED = "extended"


def news_of(rung: str) -> News | None:
    """What a row of this name tells apart from the rungs; None for a rung, a nudge or what was put off."""
    word = rung.partition(" ")[0]
    return News(word) if word in tuple(News) else None


SNOOZED = "snoozed"
NUDGE = "nudge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The messages somebody gets from now on, in their order."""

    steps: tuple[Step, ...]

    @property
    def next_at(self) -> int | None:
        """When the first of them goes, in epoch seconds."""
        return epoch_seconds(self.steps[0].at) if self.steps else None


def ahead(row: DeadlineRow, state: PersonState, *, since: datetime) -> Ahead:
    """What goes from an instant on, that instant included: rungs, and what is to be told besides them."""
    rungs = ladder_of(row, state)
    extra = [*_news(state), *_snooze(state, rungs)]
    found = [step for step in (*rungs, *extra) if step.at >= since]
    return Ahead(steps=tuple(sorted(found, key=lambda step: step.at)))


def after(row: DeadlineRow, state: PersonState, *, now: datetime) -> int | None:
    """When the first rung goes whose time has not come yet, in epoch seconds: what has passed is not told again."""
    coming = [step.at for step in ladder_of(row, state) if step.at > now]
    return epoch_seconds(min(coming)) if coming else None


def delivery(row: DeadlineRow, state: PersonState, step: Step) -> NewDelivery:
    """A step as a row of the ledger. Its due instant is the effective one, so that an extension arms it anew."""
    return NewDelivery(
        kind=DeadlineMessage.REMINDER,
        program_id=row.program_id,
        object_id=row.id,
        object_version=row.version,
        person_id=state.person_id,
        rung=step.name,
        tier=Tier.IMPORTANT,
        due=instant_of(state.due_at),
        send_at=step.at,
        expires_at=step.expires_at,
    )


def nudges(row: DeadlineRow, states: Iterable[PersonState], now: datetime) -> list[NewDelivery]:
    """A message to each of these people now, as the newest of their ladder."""
    name = f"{NUDGE} {epoch_seconds(now)}"
    return [
        delivery(row, state, Step(name=name, at=now, expires_at=expiry(instant_of(state.due_at), now)))
        for state in states
    ]


def expiry(due: datetime, at: datetime) -> datetime:
    """When a message apart from the rungs, written at an instant, is worth nothing any more."""
    return due if at < due else max(due, at) + OVERDUE_LIFE


def _news(state: PersonState) -> list[Step]:
    if not state.news:
        return []
    at, due = instant_of(state.news_at), instant_of(state.due_at)
    # A time may come back that people were told of once, and then of another: that is news again.
    name = state.news if state.news == News.SET else f"{state.news} {state.news_at}"
    return [Step(name=name, at=at, expires_at=expiry(due, at))]


def _snooze(state: PersonState, rungs: Iterable[Step]) -> list[Step]:
    if state.snoozed_until is None:
        return []
    at, due = instant_of(state.snoozed_until), instant_of(state.due_at)
    if any(step.at == at for step in rungs):
        return []  # that rung says it
    return [Step(name=f"{SNOOZED} {state.snoozed_until}", at=at, expires_at=expiry(due, at))]
