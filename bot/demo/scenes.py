"""The walk-through, scene by scene; each acts through Slack's own protocol and returns what happened in one line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.demo.announcing import announce
from bot.demo.stage import SceneFailed, Stage, last_with_button, time_in
from domain.kinds import COACHING, kind_of
from domain.office_hours import HelpTopic
from domain.session_log import Outcome
from domain.times import zone
from handlers import texts
from handlers.ids import Action, Command, Field
from sandbox.client import Actor

CAREER = "career"
WORDS = "I do not know whether to apply for the extension, and I would rather not say so to my mentor yet."
HOURS = "9:00-12:00, 13:00-17:00"
REMINDED_BEFORE = timedelta(hours=24)
SESSION, A_MINUTE = timedelta(minutes=kind_of(COACHING).length_minutes), timedelta(minutes=1)
NEXT_STEP = "Write down what would have to be true for the extension to be worth it."
OFFICE_HOURS = timedelta(hours=2)
SOME_DAY = date(2027, 1, 11)
"""Any day will do, to reckon with a time of day."""
PROBLEM = "My training loop hangs after the first epoch."
LATER = timedelta(days=6)
"""The last day of the week that /hours shows."""
ONE_HOUR = "16:00-17:00"
"""In the coach's zone: by day too where the scholar is who waits."""


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
    stage.coach.close()
    stage.coach.wait(modal=HOURS)  # the week below has followed
    stage.coach.close(everything=True)
    return "five days are set, in the coach's own time zone"


def book(stage: Stage) -> str:
    """Two scholars look at the same times; the first one books with a named coach."""
    for actor in (stage.scholar, stage.rival):
        _fill_booking(stage, actor)
    stage.scholar.submit()
    stage.scholar.wait(title=texts.booking.BOOKED_TITLE)
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
    stage.scholar.wait(title=texts.sessions.DETAILS_TITLE)
    stage.scholar.press(Action.OPEN_MOVE)
    stage.scholar.wait(title=texts.sessions.MOVE_TITLE)
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
    stage.move_time_to(stage.session_starts() - REMINDED_BEFORE)
    for actor in (stage.scholar, stage.coach):
        actor.wait(text=texts.messages.SESSION_IN_A_DAY)
    return "both were reminded a day ahead, once"


def cancel(stage: Stage) -> str:
    """The coach falls ill and cancels."""
    message = last_with_button(stage.coach, Action.OPEN_DETAILS)
    stage.coach.press_message(message, Action.OPEN_DETAILS)
    stage.coach.wait(title=texts.sessions.DETAILS_TITLE)
    stage.coach.press(Action.OPEN_CANCEL)
    stage.coach.wait(title=texts.sessions.CANCEL_TITLE)
    stage.coach.fill(Field.REASON, "I have caught a cold.")
    stage.coach.submit()
    for actor in (stage.scholar, stage.coach):
        actor.wait(text=texts.messages.SESSION_CANCELED)
    stage.coach.close(everything=True)
    return "canceled; both were told, and the time is free again"


def promote(stage: Stage) -> str:
    """A scholar waits for the coach on a day that is booked out; another cancels, and one press takes the time."""
    day = (stage.clock.now() + LATER).date().isoformat()
    _offer_one_hour(stage.coach, day)
    _book_on(stage, day)
    _wait_for(stage, day)
    _cancel_only_session(stage.scholar)
    stage.rival.wait(text=texts.holds.OFFERED)
    stage.scholar.close(everything=True)
    stage.rival.press_message(last_with_button(stage.rival, Action.TAKE_TIME), Action.TAKE_TIME)
    for sentence in (texts.holds.TAKEN, texts.messages.SESSION_BOOKED):
        stage.rival.wait(text=sentence)
    return "kept for the first in line, who took it with a press; nobody else learned that they waited"


def propose(stage: Stage) -> str:
    """The community manager offers times; the scholar accepts one with a press."""
    manager = stage.community_manager
    manager.open(f"{Command.SUPPORT.value} propose", texts.proposals.PROPOSE_TITLE)
    manager.choose(Field.SCHOLAR, stage.scholar.id)
    starts = list(manager.options(Field.STARTS))[:3]
    manager.fill(Field.STARTS, starts)
    stage.remember_start(int(starts[0]))
    manager.submit()
    manager.wait(modal=texts.proposals.PROPOSED)
    manager.close(everything=True)
    stage.scholar.wait(text=texts.messages.TIMES_PROPOSED)
    message = last_with_button(stage.scholar, Action.ACCEPT_TIME)
    stage.scholar.press_message(message, f"{Action.ACCEPT_TIME}:0")
    stage.scholar.wait(text=texts.proposals.ACCEPTED)
    return "three times offered, one accepted with a press"


def look_back(stage: Stage) -> str:
    """Two sessions pass: to the one nobody came, the other really was at other times than planned."""
    rivals_start = _book_soonest(stage, stage.rival)
    logs = (
        (stage.session_starts(), stage.community_manager, _log_real_times),
        (rivals_start, stage.coach, _log_no_show),
    )
    for starts, actor, log in sorted(logs, key=lambda each: each[0]):
        stage.move_time_to(starts + SESSION + A_MINUTE)
        actor.wait(text=texts.session_log.ENDED)
        actor.press_message(last_with_button(actor, Action.OPEN_LOG), Action.OPEN_LOG)
        actor.wait(modal=texts.session_log.OUTCOME)
        log(actor)
        actor.submit()
        actor.wait(modal=texts.session_log.LOGGED)
        actor.close(everything=True)
    return "one was logged as a no-show, the other with the times it really took and a next step"


def hold_office_hours(stage: Stage) -> str:
    """A coach opens a line; two scholars join it, and are called one after the other."""
    until = (stage.clock.now() + OFFICE_HOURS).astimezone(zone(stage.coach_zone))
    stage.coach.open(f"{Command.OFFICE_HOURS.value} open", texts.office_hours.OPEN_TITLE)
    stage.coach.fill(Field.END, f"{until:%H:%M}")
    stage.coach.fill(Field.PLACE, "room: 4.12")
    stage.coach.submit()
    stage.coach.wait(modal=texts.office_hours.OPENED)
    stage.coach.press(Action.WATCH_LINE)
    for actor in (stage.scholar, stage.rival):
        _join_line(actor)
    stage.rival.slash(Command.OFFICE_HOURS.value)
    stage.rival.wait(modal="Place 2")
    for action, shown in ((Action.WATCH_LINE, PROBLEM), (Action.TAKE_NEXT, texts.office_hours.FINISH)):
        stage.coach.press(action)
        stage.coach.wait(modal=shown)
    stage.scholar.wait(text=texts.office_hours.MESSAGE_TURN)
    stage.rival.wait(text=texts.office_hours.MESSAGE_NEXT)
    stage.coach.press(Action.FINISH_WITH)
    stage.coach.wait(modal=texts.office_hours.NEXT)
    for actor in (stage.coach, stage.rival):
        actor.close(everything=True)
    return "one was helped, the other had place 2 and was told they are next; no message says with what"


def ask_as_mentor(stage: Stage) -> str:
    """A mentor asks for help and learns what the bot is, and nothing about anybody."""
    stage.mentor.slash(f"{Command.SUPPORT.value} help")
    stage.mentor.wait(text=texts.helping.MENTOR)
    return "the mentor sees what the bot is for, and nothing about anybody"


SCENES = (
    Scene(title="A coach sets hours", play=set_hours),
    Scene(title="A scholar books a session", play=book),
    Scene(title="Another scholar wants the same time", play=refuse_rival),
    Scene(title="The coach looks at who, where and what", play=see_details),
    Scene(title="The scholar moves the session", play=move),
    Scene(title="A day before, both are reminded", play=remind),
    Scene(title="The coach falls ill and cancels", play=cancel),
    Scene(title="A scholar waits, and a time comes free", play=promote),
    Scene(title="The community manager proposes times", play=propose),
    Scene(title="Two sessions pass and are logged", play=look_back),
    Scene(title="A coach holds office hours", play=hold_office_hours),
    Scene(title="Staff announce what nobody may miss", play=announce),
    Scene(title="A mentor looks in", play=ask_as_mentor),
)


def _join_line(actor: Actor) -> None:
    actor.open(Command.OFFICE_HOURS.value, texts.office_hours.TITLE)
    actor.press(Action.OPEN_JOIN)
    actor.wait(modal=texts.office_hours.PROBLEM)
    actor.fill(Field.TOPIC, HelpTopic.DEBUGGING)
    actor.fill(Field.PROBLEM, PROBLEM)
    actor.submit()
    actor.wait(title=texts.office_hours.PLACE_TITLE)
    actor.close()
    actor.wait(modal=texts.office_hours.HOME_IN_LINE)  # the list below has followed
    actor.close(everything=True)


def _offer_one_hour(coach: Actor, day: str) -> None:
    coach.open(Command.HOURS.value, texts.hours.TITLE)
    coach.press(Action.EDIT_DATES)
    coach.wait(modal=texts.hours.DAY_OFF)
    coach.fill(Field.OVERRIDES, f"{day}: {ONE_HOUR}")
    coach.submit()
    coach.wait(modal=texts.hours.SAVED)
    coach.close()
    coach.wait(modal=ONE_HOUR)
    coach.close(everything=True)


def _book_on(stage: Stage, day: str) -> None:
    scholar = stage.scholar
    _choose_coach(stage, scholar)
    scholar.choose(Field.DAY, day)
    scholar.fill(Field.START, next(iter(scholar.options(Field.START))))
    scholar.submit()
    scholar.wait(title=texts.booking.BOOKED_TITLE)
    scholar.close(everything=True)


def _wait_for(stage: Stage, day: str) -> None:
    rival = stage.rival
    _choose_coach(stage, rival)
    rival.press(Action.OPEN_WAITING)
    rival.wait(modal=texts.waiting.FROM)
    for field in (Field.FROM_DAY, Field.UNTIL_DAY):
        rival.fill(field, day)
    rival.submit()
    rival.wait(title=texts.waiting.JOINED_TITLE)
    rival.close(everything=True)


def _cancel_only_session(scholar: Actor) -> None:
    scholar.open(f"{Command.SUPPORT.value} list", texts.sessions.SESSIONS_TITLE)
    scholar.press(Action.OPEN_DETAILS)
    scholar.wait(modal=texts.sessions.WHEN)
    scholar.press(Action.OPEN_CANCEL)
    scholar.wait(title=texts.sessions.CANCEL_TITLE)
    scholar.submit()
    scholar.wait(modal=texts.sessions.CANCELED)


def _fill_booking(stage: Stage, actor: Actor) -> None:
    _choose_coach(stage, actor)
    # The soonest: the first of the list is another time for whoever sleeps then.
    actor.fill(Field.START, min(actor.options(Field.START), key=int))
    actor.fill(Field.FOCUS, [CAREER])
    actor.fill(Field.WORDS, WORDS)


def _book_soonest(stage: Stage, actor: Actor) -> datetime:
    _fill_booking(stage, actor)
    starts = min(map(int, actor.options(Field.START)))
    actor.submit()
    actor.wait(title=texts.booking.BOOKED_TITLE)
    actor.close(everything=True)
    return datetime.fromtimestamp(starts, UTC)


def _log_no_show(actor: Actor) -> None:
    actor.choose(Field.OUTCOME, Outcome.NO_SHOW.value)


def _log_real_times(actor: Actor) -> None:
    """A few minutes later than planned, and not so long."""
    for field, by in ((Field.BEGAN, timedelta(minutes=4)), (Field.ENDED, -timedelta(minutes=6))):
        actor.fill(field, f"{datetime.combine(SOME_DAY, time.fromisoformat(time_in(actor, field))) + by:%H:%M}")
    actor.fill(Field.NEXT_STEP, NEXT_STEP)


def _choose_coach(stage: Stage, actor: Actor) -> None:
    actor.open(f"{Command.SUPPORT.value} book", texts.booking.BOOK_TITLE)
    coach = next(value for value, name in actor.options(Field.STAFF).items() if name == stage.coach_name)
    actor.choose(Field.STAFF, coach)
