"""Keeps the local table of the workspace's accounts, by which people are recognized without asking Slack."""

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.ports import Clock, IdSource, Messenger, WorkspaceMember
from domain.times import epoch_seconds
from services.welcome import welcome_newcomers
from storage.engine import Store
from storage.program import member_queries, people_queries

NEVER = float("inf")


class Members:
    """The member table of one workspace. Two replicas may refresh at once: the same facts are written twice."""

    def __init__(self, store: Store, messenger: Messenger, clock: Clock, *, ids: IdSource, team_id: str) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._ids = ids
        self._team_id = team_id

    def refresh(self) -> int:
        """Read every account from Slack and return how many changed. Raises `DeliveryError` when Slack is away."""
        members = [each for each in self._messenger.members() if each.team_id == self._team_id]
        with self._store.write() as connection:
            self._store.lock(connection, f"members {self._team_id}")
            changed = self._keep(connection, members, is_whole=True)
            member_queries.mark_refreshed(connection, self._team_id, epoch_seconds(self._clock.wall()))
        return changed

    def note(self, member: WorkspaceMember) -> None:
        """One account joined or changed. An account of another workspace is left out."""
        if member.team_id != self._team_id:
            return
        with self._store.write() as connection:
            self._store.lock(connection, f"members {self._team_id}")
            self._keep(connection, [member], is_whole=False)

    def age(self) -> float:
        """Seconds of real time since the whole table was read; infinite when it never was."""
        with self._store.read() as connection:
            at = member_queries.refreshed_at(connection, self._team_id)
        return NEVER if at is None else self._clock.wall().timestamp() - at

    def _keep(self, connection: Connection, members: Sequence[WorkspaceMember], *, is_whole: bool) -> int:
        known = member_queries.known(connection, self._team_id)
        news = [each for each in members if known.get(each.slack_user_id) != member_queries.facts(each)]
        member_queries.keep(connection, news, seen_at=epoch_seconds(self._clock.wall()))
        told = {each.slack_user_id for each in members}
        gone = [user_id for user_id in known if is_whole and user_id not in told]
        if gone:
            member_queries.mark_gone(connection, gone)
        self._follow(connection, [*(each.slack_user_id for each in news), *gone])
        return len(news) + len(gone)

    def _follow(self, connection: Connection, changed: Sequence[str]) -> None:
        # Who may act and who may meet whom can have changed with the accounts, so sessions ahead are rechecked.
        if not changed:
            return
        match_people(connection, self._team_id)
        people_queries.touch(connection, people_queries.programs_of_accounts(connection, changed))
        welcome_newcomers(connection, ids=self._ids, now=self._clock.now())


def match_people(connection: Connection, team_id: str) -> int:
    """Find the accounts of people on the roster who have none in use, by address; return how many were found."""
    found = member_queries.unmatched(connection, team_id)
    for each in found:
        member_queries.match(connection, each)
    return len(found)
