"""Whether somebody has looked at what a form asked them about before it is saved."""

from handlers.ids import Field
from handlers.ids.choices import YES
from handlers.parse.state import State
from handlers.request import Request


def is_confirmed(request: Request, key: str) -> bool:
    """Whether the box is ticked that was shown with just this."""
    state = State(request.envelope.view)
    return state.behind(Field.ALL_THE_SAME) == key and YES in state.choices(Field.ALL_THE_SAME)
