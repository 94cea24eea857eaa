"""Keeps Slack's limits for the whole workspace, whichever replica sends."""

from math import inf

from services.delivery.ledger import Post
from storage.program import pace_queries
from storage.program.pace_queries import Bucket

POST_METHOD = "chat.postMessage"
READ_METHOD = "conversations.history"
FILE_METHOD = "files.completeUploadExternal"
"""Stands for `files.getUploadURLExternal` too: a file needs both, so a refusal of either holds files."""
MINUTE_MS = 60_000
BURST = 20
"""How many messages may go at once after a quiet spell; Slack allows bursts but promises none."""
FILES_PER_MINUTE = 80
"""Both methods are of Tier 4: 100 a minute."""
UPDATE_METHOD = "chat.update"
UPDATES_PER_MINUTE = 40
"""A Tier 3 method: 50 a minute."""


class Pace:
    """One bucket and one bar for a method, kept as a row. Tokens are taken and committed before the fence."""

    def __init__(self, post: Post, method: str, *, per_minute: int, burst: int = BURST) -> None:
        self._program = post.program
        self._real = post.real
        self._bucket = Bucket(post.workspace, method, MINUTE_MS // per_minute, burst)

    def at_hand(self, most: int = 1) -> int:
        """How many tokens could be had just now, counting no further than `most`. Takes none, and no lock."""
        with self._program.ask() as connection:
            return pace_queries.at_hand(connection, self._bucket, real=self._real.told(connection), most=most)

    def comes_in(self) -> float:
        """Real seconds until a token can be had; without end while Slack has asked us to wait."""
        with self._program.ask() as connection:
            found = pace_queries.comes_in_ms(connection, self._bucket, real=self._real.told(connection))
        return inf if found is None else found / 1000

    def take(self, most: int = 1) -> int:
        """Take what tokens there are, `most` of them, and return how many; 0 too while Slack has asked us to wait."""
        with self._program.write_at_once() as connection:
            if pace_queries.take_all(connection, self._bucket, real=self._real.told(connection), number=most):
                return most
        with self._program.write() as connection:
            return pace_queries.take_tokens(connection, self._bucket, real=self._real.told(connection), most=most)

    def bar(self, seconds: float) -> None:
        """Slack asked to wait: no replica calls the method before that, nor one that starts anew."""
        with self._program.write() as connection:
            pace_queries.bar(connection, self._bucket, real=self._real.told(connection), wait_ms=int(seconds * 1000))

    def is_busy(self) -> bool:
        """Whether replicas send as fast as Slack lets them."""
        with self._program.ask() as connection:
            return pace_queries.is_busy(connection, self._bucket, real=self._real.told(connection))

    def is_barred(self) -> bool:
        """Whether Slack has asked us to wait, and the time is not over."""
        with self._program.ask() as connection:
            return pace_queries.is_barred(connection, self._bucket, real=self._real.told(connection))
