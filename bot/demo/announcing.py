"""The scene in which staff announce what nobody may miss, and three people do not react."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from bot.demo.stage import SceneFailed, Stage, last_with_button
from domain.delivery import Tier
from domain.people import Role
from handlers import texts
from handlers.ids import Action, Command, Field
from sandbox.client import Actor, Payload

TITLE = "Research plans are due in two days"
BODY = "Please hand yours in by then. If you need more time, please ask for it today."
ALL_AWAKE = time(16, 5)
"""UTC: by day in California, India and all between, whatever the season, so that nobody's quiet hours are on."""
ZONES_OF_SILENT = ("Europe/London", "America/New_York", "America/Los_Angeles")
"""One of each does not react: there it is by day still when the second message goes."""
UNTIL_AGAIN, UNTIL_LIST = timedelta(hours=4), timedelta(hours=24)
_W = texts.announcements
ACKNOWLEDGED, _, _ = _W.ACKNOWLEDGED.partition(" {")


def announce(stage: Stage) -> str:
    """A critical announcement gets its second yes and goes to the cohort; three stay silent; staff see who."""
    stage.move_time_to(next_waking_hour(stage.clock.now()))
    silent = stage.silent(ZONES_OF_SILENT)
    _ask_for_yes(stage.staff)
    _say_yes(stage.approver)
    for name, reader in stage.scholars.items():
        reader.wait(text=TITLE)
        if name not in silent:
            _acknowledge(reader)
    stage.move_time(f"+{UNTIL_AGAIN // timedelta(hours=1)}h")
    for name in silent:
        stage.scholars[name].wait(text=_W.AGAIN)
    stage.move_time(f"+{(UNTIL_LIST - UNTIL_AGAIN) // timedelta(hours=1)}h")
    standing = _read_list(stage, silent)
    _check_messages(stage, silent)
    return f"{standing} {len(silent)} got a second message; their names stand in a modal of staff, and in no message"


def next_waking_hour(now: datetime) -> datetime:
    """The next instant (UTC) at which nobody of the demo's cohort sleeps, from this one on."""
    today = datetime.combine(now.date(), ALL_AWAKE, UTC)
    return today if now <= today else today + timedelta(days=1)


def _ask_for_yes(author: Actor) -> None:
    author.open(f"{Command.ANNOUNCE.value} new", _W.FORM_TITLE)
    for field, value in (
        (Field.TITLE, TITLE),
        (Field.BODY, BODY),
        (Field.TIER, Tier.CRITICAL.value),
        (Field.WHO, [Role.SCHOLAR.value]),
    ):
        author.fill(field, value)
    author.submit()
    author.wait(title=_W.PREVIEW_TITLE)
    author.submit()
    author.wait(modal=_W.ASKED)
    author.close(everything=True)


def _say_yes(approver: Actor) -> None:
    approver.wait(text=_W.OF_A_CRITICAL_ONE.asks)
    approver.press_message(last_with_button(approver, Action.OPEN_ANNOUNCEMENT), Action.OPEN_ANNOUNCEMENT)
    approver.wait(title=_W.DETAILS_TITLE)
    approver.press(Action.APPROVE_ANNOUNCEMENT)
    approver.wait(modal=_W.APPROVED_SAYS)
    approver.close(everything=True)


def _acknowledge(reader: Actor) -> None:
    reader.press_message(last_with_button(reader, Action.ACKNOWLEDGE), Action.ACKNOWLEDGE)
    reader.wait(text=ACKNOWLEDGED)


def _read_list(stage: Stage, silent: list[str]) -> str:
    """The message has numbers; the modal that its button opens has the names. Returns the numbers' sentence."""
    everybody = len(stage.scholars)
    done = everybody - len(silent)
    standing = _W.OF.format(done=done, all=everybody)
    stage.staff.wait(text=_W.LIST_SAYS.format(done=done, all=everybody, open=len(silent)))
    stage.staff.press_message(last_with_button(stage.staff, Action.OPEN_ANNOUNCEMENT), Action.OPEN_ANNOUNCEMENT)
    stage.staff.wait(modal=standing)
    shown = str(stage.staff.modal())
    stage.staff.close(everything=True)
    if [name for name in stage.scholars if name in shown] != silent:
        raise SceneFailed("the list of staff names others than those who have not acknowledged")
    return standing


def _check_messages(stage: Stage, silent: list[str]) -> None:
    """Two messages for who was silent, one for everybody else, and no name in anybody's."""
    seen = {name: reader.messages() for name, reader in stage.scholars.items()}
    if [name for name, messages in seen.items() if _has(messages, _W.AGAIN)] != silent:
        raise SceneFailed("a second message went to others than those who had not acknowledged")
    everything = str([*seen.values(), stage.staff.messages(), stage.approver.messages()])
    if any(name in everything for name in silent):
        raise SceneFailed("a message names who has not acknowledged")


def _has(messages: Iterable[Payload], words: str) -> bool:
    return any(words in str(message) for message in messages)
