"""The CalendarReader port over the internet: fetch, then make sense of it apart."""

from dataclasses import dataclass, field, replace

from bot.calendars.child import expanded_apart
from bot.calendars.fetching import Fetcher
from domain.feeds import FeedQuestion, FeedReading


@dataclass(frozen=True, slots=True, kw_only=True)
class WebCalendarReader:
    """Reads calendars by HTTPS from public addresses; another `fetcher` is for tests alone."""

    fetcher: Fetcher = field(default_factory=Fetcher)

    def read(self, address: str, question: FeedQuestion) -> FeedReading | None:
        """What is taken there, or None when nothing has changed since. Raises `FeedProblem`."""
        fetched = self.fetcher.fetch(address, etag=question.etag, modified=question.modified)
        if fetched is None:
            return None
        found = expanded_apart(fetched.content, question)
        return replace(found, etag=fetched.etag, modified=fetched.modified)
