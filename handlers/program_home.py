"""The part of the Home tab that is about the program, for everybody: what was announced, what is due, events."""

from domain.people import Person
from domain.ports import Block
from handlers import deadlines_home, events_home, told
from services.desk import Desk


def program_part(desk: Desk, person: Person) -> list[Block]:
    """What everybody in the program has on their tab, whatever they are in it. One query for each part."""
    return [
        *told.home_blocks(desk, person),
        *deadlines_home.home_blocks(desk, person),
        *events_home.home_blocks(desk, person),
    ]
