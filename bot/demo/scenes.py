"""The walk-through, scene by scene; each acts through Slack's own protocol and returns what happened in one line."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.demo.stage import Stage, last_with_button
from handlers import texts
from handlers.ids import Action, Command, Field
from sandbox.client import Actor

CAREER = "career"
WORDS = "I do not know whether to apply for the extension, and I would rather not say so to my mentor yet."
HOURS = "9:00-12:00, 13:00-17:00"
REMINDED_BEFORE = timedelta(hours=24)


class SceneFailed(Exception):
    """A scene did not end as it should; the text says which part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One part of the walk-through: what is told while it plays, and what is played."""

    title: str
    play: Callable[[Stage], str]


def set_hours(stage: Stage) -> str:
    """A coach opens /hours, fills a week and saves it."""
    stage.coach.open(Command.HOURS.value, texts.hours.TITLE)
    stage.coach.press(Action.EDIT_WEEK)
    stage.coach.wait(modal=texts.hours.COPY_FROM)
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday"):
        stage.coach.fill(day, HOURS)
    stage.coach.submit()
    stage.coach.wait(modal=texts.hours.SAVED)
    stage.coach.close(everything=True)
    return "five days are set, in the coach's own time zone"


def book(stage: Stage) -> str:
    """Two scholars look at the same times; the first one books with a named coach."""
    for actor in (stage.scholar, stage.rival):
        _fill_booking(stage, actor)
    stage.scholar.submit()
    stage.scholar.wait(modal=texts.booking.BOOKED_TITLE)
    stage.scholar.close(everything=True)
    for actor in (stage.scholar, stage.coach):
        actor.wait(text=texts.messages.SESSION_BOOKED)
        actor.wait(text=texts.messages.SESSION_FILE)
    return "booked; both got a message that names nobody, and a calendar file"


def refuse_rival(stage: Stage) -> str:
    """The other scholar submits the same time a moment later."""
    outcome = stage.rival.submit()
    sentences = list(outcome["errors"].values())
    if not sentences:
        raise SceneFailed("the same time was booked twice")
    stage.rival.close(everything=True)
    return f"refused at the field: {sentences[0]}"


def see_details(stage: Stage) -> str:
    """The coach presses the button of the message and sees who, where and what, in a modal only."""
    message = last_with_button(stage.coach, Action.OPEN_DETAILS)
    stage.coach.press_message(message, Action.OPEN_DETAILS)
    stage.coach.wait(modal=WORDS)
    stage.coach.close(everything=True)
    return "the coach reads the private words in a modal; they were in no message"


def move(stage: Stage) -> str:
    """The scholar moves the session to the next time that is free."""
    message = last_with_button(stage.scholar, Action.OPEN_DETAILS)
    stage.scholar.press_message(message, Action.OPEN_DETAILS)
    stage.scholar.wait(modal=texts.sessions.DETAILS_TITLE)
    stage.scholar.press(Action.OPEN_MOVE)
    stage.scholar.wait(modal=texts.sessions.MOVE_TITLE)
    stage.scholar.choose(Field.DAY, list(stage.scholar.options(Field.DAY))[-1])
    start = list(stage.scholar.options(Field.START))[-1]
    stage.scholar.fill(Field.START, start)
    stage.remember_start(int(start))
    stage.scholar.fill(Field.REASON, "A meeting of my stream was moved.")
    stage.scholar.submit()
    for actor in (stage.scholar, stage.coach):
        actor.wait(text=texts.messages.SESSION_MOVED)
    stage.scholar.close(everything=True)
    return "moved; the same calendar entry follows, and so do the reminders"


def remind(stage: Stage) -> str:
    """Time passes until a day before; both are reminded."""
    until = stage.session_starts() - REMINDED_BEFORE - stage.clock.now()
    # In two steps, so that the reminder is due just now: one that is minutes late would alarm staff, and rightly.
    hours, rest = divmod(until, timedelta(hours=1))
    stage.move_time(f"+{hours}h")
    stage.move_time(f"+{math.ceil(rest / timedelta(minutes=1))}m")
    for actor in (stage.scholar, stage.coach):
        actor.wait(text=texts.messages.SESSION_IN_A_DAY)
    return "both were reminded a day ahead, once"


def cancel(stage: Stage) -> str:
    """The coach falls ill and cancels."""
    message = last_with_button(stage.coach, Action.OPEN_DETAILS)
    stage.coach.press_message(message, Action.OPEN_DETAILS)
    stage.coach.wait(modal=texts.sessions.DETAILS_TITLE)
    stage.coach.press(Action.OPEN_CANCEL)
    stage.coach.wait(modal=texts.sessions.CANCEL_TITLE)
    stage.coach.fill(Field.REASON, "I have caught a cold.")
    stage.coach.submit()
    for actor in (stage.scholar, stage.coach):
        actor.wait(text=texts.messages.SESSION_CANCELED)
    stage.coach.close(everything=True)
    return "canceled; both were told, and the time is free again"


def propose(stage: Stage) -> str:
    """The community manager offers times; the scholar accepts one with a press."""
    manager = stage.community_manager
    manager.open(f"{Command.SUPPORT.value} propose", texts.proposals.PROPOSE_TITLE)
    manager.choose(Field.SCHOLAR, stage.scholar.id)
    manager.fill(Field.STARTS, list(manager.options(Field.STARTS))[:3])
    manager.submit()
    manager.wait(modal=texts.proposals.PROPOSED)
    manager.close(everything=True)
    stage.scholar.wait(text=texts.messages.TIMES_PROPOSED)
    message = last_with_button(stage.scholar, Action.ACCEPT_TIME)
    stage.scholar.press_message(message, f"{Action.ACCEPT_TIME}:0")
    stage.scholar.wait(text=texts.proposals.ACCEPTED)
    return "three times offered, one accepted with a press"


def ask_as_mentor(stage: Stage) -> str:
    """A mentor asks for help and learns what the bot is, and nothing about anybody."""
    stage.mentor.slash(f"{Command.SUPPORT.value} help")
    stage.mentor.wait(text=texts.helping.PLAIN)
    return "the mentor sees what the bot is for, and nothing about anybody"


SCENES = (
    Scene(title="A coach sets hours", play=set_hours),
    Scene(title="A scholar books a session", play=book),
    Scene(title="Another scholar wants the same time", play=refuse_rival),
    Scene(title="The coach looks at who, where and what", play=see_details),
    Scene(title="The scholar moves the session", play=move),
    Scene(title="A day before, both are reminded", play=remind),
    Scene(title="The coach falls ill and cancels", play=cancel),
    Scene(title="The community manager proposes times", play=propose),
    Scene(title="A mentor looks in", play=ask_as_mentor),
)


def _fill_booking(stage: Stage, actor: Actor) -> None:
    actor.open(f"{Command.SUPPORT.value} book", texts.booking.BOOK_TITLE)
    coach = next(value for value, name in actor.options(Field.STAFF).items() if name == stage.coach_name)
    actor.choose(Field.STAFF, coach)
    # The soonest: the first of the list is another time for whoever sleeps then.
    actor.fill(Field.START, min(actor.options(Field.START), key=int))
    actor.fill(Field.FOCUS, [CAREER])
    actor.fill(Field.WORDS, WORDS)
