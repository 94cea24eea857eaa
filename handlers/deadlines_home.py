"""What the Home tab has of deadlines."""

from domain.people import Person
from domain.ports import Block
from handlers.views.due import home_rows
from services.deadlines.look import due_soonest
from services.desk import Desk


def home_blocks(desk: Desk, person: Person) -> list[Block]:
    """What is due for this person, the soonest first, each with "Done"; nothing when nothing is. One query."""
    return home_rows(due_soonest(desk, person), zone=person.zone, now=desk.clock.now())
