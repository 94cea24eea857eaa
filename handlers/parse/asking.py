"""Whether somebody has looked at what a form asked them about before it is saved."""

from domain.errors import DomainError
from handlers import texts
from handlers.ids import Field
from handlers.ids.choices import YES
from handlers.parse.state import State
from handlers.request import Request


def is_to_be_asked(request: Request, key: str) -> bool:
    """Whether the form has not shown just this yet; once the box is ticked that it was shown with, it need not again.

    Raises at the box where it stands there unticked, so that no press does nothing.
    """
    state = State(request.envelope.view)
    if state.behind(Field.ALL_THE_SAME) != key:
        return True
    if YES not in state.choices(Field.ALL_THE_SAME):
        raise DomainError(texts.forms.TICK_FIRST, field=Field.ALL_THE_SAME)
    return False
