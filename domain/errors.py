"""Errors a person may meet, each with a sentence that is safe to show and says what to do."""

from collections.abc import Sequence


class DomainError(Exception):
    """Base of all errors whose message may be shown to the person who acted.

    The message never holds another person's name or any confidential text. `field` is the semantic name of the
    value at fault ("day", "start", "text", ...), or None when the whole request is refused; the Slack surface turns
    it into the field where the sentence appears. The default message is the subclass's first docstring line.
    """

    def __init__(self, message: str | None = None, *, field: str | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.field = field
        super().__init__(self.message)


class Faulty(DomainError):
    """Some of this does not fit. Please look at the fields that say so."""

    def __init__(self, faults: Sequence[DomainError]) -> None:
        super().__init__(faults[0].message, field=faults[0].field)
        self.faults = tuple(faults)


class NotAllowed(DomainError):
    """This is not available to you. If you think it should be, ask whoever runs Scholarbot for you."""


class NotFound(DomainError):
    """That is no longer there. Type /support to see what is current."""


class StoreBusy(DomainError):
    """I am busy right now and saved nothing. Please try again in a moment."""


class StoreAway(DomainError):
    """I cannot reach my records right now and saved nothing. Please try again in a few minutes."""


class SupportUnavailable(DomainError):
    """Not available now. Please try again later."""
