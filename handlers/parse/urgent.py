"""From the form for what cannot wait to the command that books it."""

from domain.booking import WORDS_MAX, check_length
from domain.kinds import SessionKind
from handlers.ids import Field
from handlers.parse.booking import start
from handlers.parse.state import State
from handlers.request import Request
from services.booking.commands import BookSession


def urgent_session(request: Request, kind: SessionKind) -> BookSession:
    """The chosen time, with whoever is free then. Raises a `DomainError` at the field at fault."""
    state = State(request.envelope.view)
    return BookSession(
        request_key=request.envelope.once_key(),
        kind=kind.key,
        staff_id=None,
        starts=start(state),
        focus_areas=(),
        words=check_length(state.text(Field.WORDS), WORDS_MAX, field=Field.WORDS),
    )
