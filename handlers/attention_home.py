"""The way to one's own quiet hours and digest, on every Home tab."""

from domain.people import Person
from domain.ports import Block
from handlers.views.attention import attention_rows
from services.desk import Desk


def home_blocks(_desk: Desk, _person: Person) -> list[Block]:
    """A button. Asks nothing."""
    return attention_rows()
