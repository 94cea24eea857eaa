"""Keeps what Slack says of the workspace's accounts: all of them as listed, or one that an event tells of."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from domain.people import email_key
from domain.ports import Clock, Messenger, WorkspaceMember
from domain.times import epoch_seconds
from domain.zone_names import zone_names
from storage.program import member_queries, people_queries
from storage.program.member_queries import KnownMember

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountList:
    """The accounts of a workspace as Slack listed them; the listing was begun at `began`, in real time."""

    team_id: str
    began: datetime
    accounts: tuple[WorkspaceMember, ...]


def list_accounts(messenger: Messenger, clock: Clock, *, team_id: str) -> AccountList:
    """Ask Slack for all accounts. Raises `DeliveryError` when it is away."""
    began = clock.wall()
    own = tuple(_cleaned(account) for account in messenger.members() if account.team_id == team_id)
    return AccountList(team_id=team_id, began=began, accounts=own)


def keep_accounts(connection: Connection, listed: AccountList) -> int:
    """Store a list and return how many accounts changed by it. Call it behind `ROSTER_LOCK`.

    Accounts that are not listed any more are marked deleted. What an event told while Slack was listing stays, because
    the list may be older; what a clock told that has been set back since does not. An empty list is no answer and
    changes nothing.
    """
    if not listed.accounts:
        logger.warning("member list was empty")
        return 0
    team_id, seen_at = listed.team_id, _milliseconds(listed.began)
    known = member_queries.known_members(connection)
    before = {id_: each for id_, each in known.items() if each.member.team_id == team_id}
    news = _news(before, listed.accounts, seen_at=seen_at)
    _save(connection, known, news, seen_at=seen_at)
    member_queries.confirm_members(connection, team_id=team_id, seen_at=seen_at)
    member_queries.mark_refreshed(connection, team_id=team_id, at=epoch_seconds(listed.began))
    return len(news)


def keep_account(connection: Connection, account: WorkspaceMember, *, at: datetime) -> None:
    """Store what an event told at this instant of real time about one account. Call it behind `ROSTER_LOCK`.

    Slack delivers an event again when it has no answer, for hours: what is older than what is known changes nothing.
    """
    before = member_queries.known_members(connection, account.slack_user_id)
    known = before.get(account.slack_user_id)
    if known is not None and 0 < account.updated < known.member.updated:
        logger.info("old news of an account")
        return
    _save(connection, before, [_cleaned(account)], seen_at=_milliseconds(at))


def _save(
    connection: Connection, before: Mapping[str, KnownMember], news: Sequence[WorkspaceMember], *, seen_at: int
) -> None:
    """When the standing of an account changes that somebody has, the roster's version rises: sessions are rechecked."""
    member_queries.save_members(connection, before, news, seen_at=seen_at)
    regarded_anew = [
        member.slack_user_id
        for member in news
        if member.slack_user_id in before and _standing(before[member.slack_user_id].member) != _standing(member)
    ]
    if regarded_anew:
        people_queries.touch(connection, people_queries.programs_of_accounts(connection, regarded_anew))


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
    return not known.is_newer_than(seen_at) and known.member != member


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
