"""What people do in office hours in the running product, a line each."""

from datetime import timedelta

from domain.office_hours import HelpTopic
from domain.times import zone
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from tests.acting.steps import last_with
from tests.builders.people import TEAM
from tests.fixtures.products import Product

HOURS = timedelta(hours=2)
ROOM = "room: 4.12"


def open_line(product: Product, actor: Actor | None = None, *, place: str = ROOM, minutes: int = 10) -> None:
    """Open office hours for two hours from now and look at the line."""
    actor = actor or product.coach
    actor.open("/officehours open", texts.office_hours.OPEN_TITLE)
    actor.fill(Field.END, chosen_time(product, actor, HOURS).split()[1])
    actor.fill(Field.MINUTES, str(minutes))
    actor.fill(Field.PLACE, place)
    taken(actor)
    actor.wait(modal=texts.office_hours.OPENED)
    actor.press(Action.WATCH_LINE)
    actor.wait(modal=texts.office_hours.NOBODY_WAITS)


def chosen_time(product: Product, actor: Actor, ahead: timedelta) -> str:
    """An instant so far ahead, as `fill_moment` takes it, in the zone of this person."""
    tz = zone(product.runtime.desk.people.who(actor.id, TEAM).zone)
    return f"{(product.clock.now() + ahead).astimezone(tz):%Y-%m-%d %H:%M}"


def join_line(actor: Actor, line: str = "It hangs.", *, topic: HelpTopic = HelpTopic.DEBUGGING) -> None:
    """Choose the first line in which one can stand, and see one's place."""
    actor.open("/officehours", texts.office_hours.TITLE)
    actor.press(Action.OPEN_JOIN)
    actor.wait(modal=texts.office_hours.PROBLEM)
    actor.fill(Field.TOPIC, topic)
    actor.fill(Field.PROBLEM, line)
    taken(actor)
    actor.wait(title=texts.office_hours.PLACE_TITLE)
    actor.close()
    actor.wait(modal=texts.office_hours.HOME_IN_LINE)  # the list below has followed
    actor.close(everything=True)


def offer_help(actor: Actor, *topics: HelpTopic) -> None:
    """Offer help to other scholars."""
    actor.open("/officehours help", texts.office_hours.OFFER_TITLE)
    actor.fill(Field.TOPICS, list(topics or (HelpTopic.DEBUGGING,)))
    taken(actor)
    actor.wait(modal=texts.office_hours.OFFERED)
    actor.close(everything=True)


def look_at_line(actor: Actor, *, wanted: str) -> None:
    """Refresh the helper's modal until it shows something."""
    before = actor.modal()["hash"]
    actor.press(Action.WATCH_LINE)
    actor.wait(hash=before)
    actor.wait(modal=wanted)


def press_in_line(actor: Actor, action: Action) -> None:
    """Press in the helper's modal and wait until it is brought up to date."""
    before = actor.modal()["hash"]
    actor.press(action)
    actor.wait(hash=before)


def suggest_first_peer(product: Product, helper: Actor) -> None:
    """Suggest the first of those who offered help for the first who can be; the scholar is asked."""
    helper.press(Action.OPEN_SUGGEST)
    helper.wait(modal=texts.office_hours.SUGGEST_ABOUT)
    helper.fill(Field.PEER, next(iter(helper.options(Field.PEER))))
    taken(helper)
    helper.wait(modal=texts.office_hours.SUGGESTED)
    helper.close()
    product.deliver()


def agree(product: Product, scholar: Actor) -> None:
    """Open the question and agree that a peer is asked."""
    scholar.press_message(last_with(scholar, Action.SEE_PLACE), Action.SEE_PLACE)
    scholar.wait(modal=texts.office_hours.AGREE)
    scholar.press(Action.AGREE_TO_PEER)
    scholar.wait(modal=texts.office_hours.PEER_ASKED)
    scholar.close(everything=True)
    product.deliver()


def play_a_line(product: Product, *, line: str = "It hangs.", place: str = ROOM) -> None:
    """Cleo opens a line, Ada and Bo join, Ada is called and done, and Bo is called."""
    open_line(product, place=place)
    for actor in (product.scholar, product.actor("bo")):
        join_line(actor, line)
    look_at_line(product.coach, wanted="Bo")
    for action in (Action.TAKE_NEXT, Action.FINISH_WITH, Action.TAKE_NEXT):
        press_in_line(product.coach, action)
        product.deliver()
    product.coach.close(everything=True)


def taken(actor: Actor) -> None:
    """Submit the topmost form, which must be taken."""
    outcome = actor.submit()
    if outcome["errors"] or outcome["error"]:
        raise AssertionError(f"the form was not taken: {outcome}")
