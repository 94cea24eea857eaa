"""Whether somebody has looked at what a form asked them about before it is saved."""

from handlers.ids import Field
from handlers.ids.choices import YES
from handlers.parse.state import State
from handlers.request import Request


def was_asked(request: Request, key: str) -> bool:
    """Whether the form showed just this, ticked or not."""
    return State(request.envelope.view).behind(Field.ALL_THE_SAME) == key


def is_confirmed(request: Request, key: str) -> bool:
    """Whether the box is ticked that was shown with just this."""
    return was_asked(request, key) and YES in State(request.envelope.view).choices(Field.ALL_THE_SAME)
