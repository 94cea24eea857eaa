"""The part of the Home tab that is about the program, for everybody: what was announced, what is due, events."""

from domain.people import Person
from domain.ports import Block
from handlers import deadlines_home, events_home, texts, told
from handlers.commands import STAFF
from handlers.ids import Action
from handlers.views.blocks import actions, button
from services.desk import Desk


def program_part(desk: Desk, person: Person) -> list[Block]:
    """What everybody in the program has on their tab, whatever they are in it. One query for each part.

    What is still to be done stands first. Of deadlines and events the way to all of them stands always: with nothing
    ahead there is no other one on the tab, but for staff, who have theirs.
    """
    waiting, read = told.home_blocks(desk, person)
    due, week = deadlines_home.home_blocks(desk, person), events_home.home_blocks(desk, person)
    ways = [] if person.has(*STAFF) else _ways(has_due=bool(due), has_week=bool(week))
    return [*waiting, *due, *week, *read, *ways]


def _ways(*, has_due: bool, has_week: bool) -> list[Block]:
    ways = [
        *([] if has_due else [button(texts.due.HOME_ALL, Action.OPEN_DUE)]),
        *([] if has_week else [button(texts.events.SEE_ALL, Action.OPEN_EVENTS)]),
    ]
    return [actions(*ways, block_id="home.program")] if ways else []
