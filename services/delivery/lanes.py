"""Messages and files each by their own road: Slack limits its methods one by one, and uploads go to another host.

So a refusal or a silence that a file meets holds up files, and one that a message meets holds up messages.
"""

from dataclasses import dataclass

from services.delivery.breaker import Breaker
from services.delivery.ledger import Post
from services.delivery.pace import BURST, FILE_METHOD, FILES_PER_MINUTE, POST_METHOD, Pace


@dataclass(frozen=True, slots=True)
class Lane:
    """What all replicas may ask of a method, and whether this process may try it."""

    pace: Pace
    breaker: Breaker

    def is_open(self) -> bool:
        """Whether a row could go just now. Takes no token, and no lock."""
        return self.breaker.may_try() and self.pace.is_open()


class Lanes:
    """The lane of messages and that of files."""

    def __init__(self, post: Post, *, per_minute: int, burst: int = BURST) -> None:
        files_per_minute = min(per_minute, FILES_PER_MINUTE)
        self.messages = Lane(Pace(post, POST_METHOD, per_minute=per_minute, burst=burst), Breaker(post.clock))
        self.files = Lane(Pace(post, FILE_METHOD, per_minute=files_per_minute, burst=burst), Breaker(post.clock))

    def of(self, *, is_file: bool) -> Lane:
        """The lane of a row."""
        return self.files if is_file else self.messages

    def may_try(self) -> bool:
        """Whether this process may try anything."""
        return self.messages.breaker.may_try() or self.files.breaker.may_try()

    def shut_out(self) -> None:
        """The token does not do any more, for whatever it is."""
        self.messages.breaker.shut_out()
        self.files.breaker.shut_out()
