"""Keeps the local table of the workspace's accounts, by which people are recognized without asking Slack."""

import math

from sqlalchemy import Connection

from domain.ports import Clock, IdSource, Messenger, WorkspaceMember
from services.accounts import keep_account, keep_accounts, list_accounts
from services.matching import match_accounts
from services.welcome import welcome_newcomers
from storage.engine import Store
from storage.program import member_queries
from storage.program.account_queries import ROSTER_LOCK


class Members:
    """The accounts as Slack tells them, whole (`refresh`) and one by one (`note`); any number of replicas may do both.

    Whoever turns out to be on the roster is matched and welcomed in the same transaction.
    """

    def __init__(self, store: Store, messenger: Messenger, clock: Clock, *, ids: IdSource, team_id: str) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._ids = ids
        self._team_id = team_id

    def refresh(self) -> int:
        """Read all accounts anew and return how many changed. Raises `DeliveryError` when Slack is away."""
        listed = list_accounts(self._messenger, self._clock, team_id=self._team_id)
        with self._store.write() as connection:
            self._store.lock(connection, ROSTER_LOCK)
            changed = keep_accounts(connection, listed)
            self._settle(connection)
        return changed

    def note(self, member: WorkspaceMember) -> None:
        """Take in one account that joined or changed; an account of another workspace is left out."""
        if member.team_id != self._team_id:
            return
        with self._store.write() as connection:
            self._store.lock(connection, ROSTER_LOCK)
            keep_account(connection, member, at=self._clock.wall())
            self._settle(connection, member.slack_user_id)

    def age(self) -> float:
        """Seconds of real time since the whole table was read; infinite before the first time.

        A clock that was set back since it was read knows nothing of it: infinite too. A little less than 0 is another
        replica's clock.
        """
        with self._store.read() as connection:
            at = member_queries.refreshed_at(connection, team_id=self._team_id)
        now = self._clock.wall().timestamp()
        return math.inf if at is None or at > now + member_queries.AHEAD_SECONDS else now - at

    def _settle(self, connection: Connection, slack_user_id: str | None = None) -> None:
        match_accounts(connection, team_id=self._team_id, slack_user_id=slack_user_id)
        welcome_newcomers(
            connection, ids=self._ids, now=self._clock.now(), team_id=self._team_id, slack_user_id=slack_user_id
        )
