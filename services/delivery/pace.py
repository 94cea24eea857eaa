"""Keeps Slack's limits for the whole workspace, whichever replica sends."""

from services.delivery.ledger import Post
from storage.program import pace_queries

POST_METHOD = "chat.postMessage"
MINUTE_MS = 60_000
BURST = 20
"""How many messages may go at once after a quiet spell; Slack allows bursts but promises none."""


class Pace:
    """One bucket and one bar for the workspace, kept as rows. A token is taken and committed before the fence."""

    def __init__(self, post: Post, *, posts_per_minute: int, burst: int = BURST) -> None:
        self._post = post
        self._interval_ms = MINUTE_MS // posts_per_minute
        self._burst = burst

    def take(self) -> bool:
        """Take a token; False when none is left just now, or Slack has asked us to wait."""
        with self._post.program.write() as connection:
            real = self._post.real(connection)
            wait = pace_queries.take_token(
                connection,
                self._post.workspace,
                POST_METHOD,
                real=real,
                interval_ms=self._interval_ms,
                burst=self._burst,
            )
        return wait == 0

    def bar(self, seconds: float) -> None:
        """Slack asked to wait: no replica posts before that, nor one that starts anew."""
        with self._post.program.write() as connection:
            until = self._post.real(connection) + int(seconds * 1000)
            pace_queries.bar(connection, self._post.workspace, POST_METHOD, until=until)
