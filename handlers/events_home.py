"""Somebody's week of events, for their Home tab."""

from domain.people import Person
from domain.ports import Block
from handlers.views.events import week_blocks
from services.desk import Desk
from services.events.look import WEEK, events_ahead


def home_blocks(desk: Desk, person: Person) -> list[Block]:
    """The next seven days with one's answers, or nothing where nothing is ahead. One query."""
    now = desk.clock.now()
    return week_blocks([line for line in events_ahead(desk, person, within=WEEK) if now < line.event.plan.ends])
