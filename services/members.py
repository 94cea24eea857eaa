"""Keeps the local table of the workspace's accounts, by which people are recognized without asking Slack."""

import logging
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from domain.people import email_key
from domain.ports import Clock, IdSource, Messenger, WorkspaceMember
from domain.times import epoch_seconds, zone_names
from services.welcome import welcome_newcomers
from storage.engine import Store
from storage.program import member_queries, people_queries
from storage.program.account_queries import ROSTER_LOCK, match_accounts
from storage.program.member_queries import KnownMember

logger = logging.getLogger(__name__)


class Members:
    """The accounts as Slack tells them, whole (`refresh`) and one by one (`note`); any number of replicas may do both.

    Whoever turns out to be on the roster is matched and welcomed in the same transaction. When the standing of an
    account changes that somebody has, the roster's version rises, so that sessions ahead are rechecked.
    """

    def __init__(self, store: Store, messenger: Messenger, clock: Clock, *, ids: IdSource, team_id: str) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._ids = ids
        self._team_id = team_id

    def refresh(self) -> int:
        """Read all accounts anew and return how many changed. Raises `DeliveryError` when Slack is away.

        Accounts that are not listed any more are marked deleted. What an event told while Slack was listing stays,
        because the list may be older. An empty list is no answer and changes nothing.
        """
        began = self._clock.wall()
        listed = [_cleaned(member) for member in self._messenger.members() if member.team_id == self._team_id]
        if not listed:
            logger.warning("member list was empty")
            return 0
        with self._store.write() as connection:
            self._store.lock(connection, ROSTER_LOCK)
            known = member_queries.known_members(connection)
            before = {id_: each for id_, each in known.items() if each.member.team_id == self._team_id}
            news = _news(before, listed, seen_at=_milliseconds(began))
            self._save(connection, known, news, seen_at=_milliseconds(began))
            member_queries.confirm_members(connection, team_id=self._team_id, seen_at=_milliseconds(began))
            member_queries.mark_refreshed(connection, team_id=self._team_id, at=epoch_seconds(began))
            self._settle(connection)
        return len(news)

    def note(self, member: WorkspaceMember) -> None:
        """Take in one account that joined or changed; an account of another workspace is left out."""
        if member.team_id != self._team_id:
            return
        heard = _cleaned(member)
        with self._store.write() as connection:
            self._store.lock(connection, ROSTER_LOCK)
            before = member_queries.known_members(connection, heard.slack_user_id)
            self._save(connection, before, [heard], seen_at=_milliseconds(self._clock.wall()))
            self._settle(connection, heard.slack_user_id)

    def age(self) -> float:
        """Seconds of real time since the whole table was read; infinite before the first time."""
        with self._store.read() as connection:
            at = member_queries.refreshed_at(connection, team_id=self._team_id)
        return math.inf if at is None else self._clock.wall().timestamp() - at

    def _save(
        self,
        connection: Connection,
        before: Mapping[str, KnownMember],
        news: Sequence[WorkspaceMember],
        *,
        seen_at: int,
    ) -> None:
        member_queries.save_members(connection, before, news, seen_at=seen_at)
        regarded_anew = [
            member.slack_user_id
            for member in news
            if member.slack_user_id in before and _standing(before[member.slack_user_id].member) != _standing(member)
        ]
        if regarded_anew:
            people_queries.touch(connection, people_queries.programs_of_accounts(connection, regarded_anew))

    def _settle(self, connection: Connection, slack_user_id: str | None = None) -> None:
        match_accounts(connection, team_id=self._team_id, slack_user_id=slack_user_id)
        welcome_newcomers(
            connection, ids=self._ids, now=self._clock.now(), team_id=self._team_id, slack_user_id=slack_user_id
        )


def _news(
    before: Mapping[str, KnownMember], listed: Iterable[WorkspaceMember], *, seen_at: int
) -> list[WorkspaceMember]:
    """What the list, begun at `seen_at`, changes about the accounts that are stored."""
    by_id = {member.slack_user_id: member for member in listed}
    gone = {id_: replace(known.member, is_deleted=True) for id_, known in before.items() if id_ not in by_id}
    return [
        member for id_, member in (by_id | gone).items() if id_ not in before or _is_news(before[id_], member, seen_at)
    ]


def _is_news(known: KnownMember, member: WorkspaceMember, seen_at: int) -> bool:
    return known.seen_at <= seen_at and known.member != member


def _cleaned(member: WorkspaceMember) -> WorkspaceMember:
    """The account with an address that can be compared, and without a zone that our data does not know."""
    return replace(
        member,
        email=email_key(member.email or "") or None,
        zone=member.zone if member.zone in zone_names() else "",
    )


def _standing(member: WorkspaceMember) -> tuple[bool, bool, bool, bool]:
    """What decides whether its owner is recognized, and as what."""
    return member.is_deleted, member.is_bot, member.is_guest, member.is_stranger


def _milliseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)
