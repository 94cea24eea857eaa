"""Calendars of other programs, in memory; what is in them is made sense of as in the product."""

from dataclasses import dataclass, field, replace

from bot.calendars.expanding import expanded
from domain.feeds import FeedProblem, FeedQuestion, FeedReading, FeedState


@dataclass(slots=True, kw_only=True)
class FakeCalendarReader:
    """The CalendarReader port. `contents` by address are calendars, `problems` what stands in the way of one.

    `asked` are the addresses that were read, in order.
    """

    contents: dict[str, bytes] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    problems: dict[str, FeedProblem] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def read(self, address: str, question: FeedQuestion) -> FeedReading | None:
        """See `domain.ports.CalendarReader`."""
        self.asked.append(address)
        if address in self.problems:
            raise self.problems[address]
        if address not in self.contents:
            raise FeedProblem(FeedState.MISSING)
        etag = self.etags.get(address, "")
        if etag and question.etag == etag:
            return None
        return replace(expanded(self.contents[address], question), etag=etag)
