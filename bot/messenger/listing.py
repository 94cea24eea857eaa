"""The accounts of a workspace or of a channel, page by page."""

from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.messenger.errors import translated
from bot.messenger.waiting import Patience, Wait
from domain.delivery import RateLimited, Unreachable
from domain.ports import WorkspaceMember

PAGE_SIZE = 1000
"""Slack's largest: `users.list` may be called twenty times a minute, and 10,000 accounts should be eleven calls."""
LISTING_WAIT_SECONDS = 120.0
"""How long a listing waits in all when Slack says to come back later."""


def list_members(client: WebClient, wait: Wait) -> list[WorkspaceMember]:
    """All of them. A page that Slack puts off is asked for again, since many pages would be lost with it.

    Raises `DeliveryError`, and `Unreachable` when the process is to end meanwhile.
    """
    pages = _pages(lambda cursor: client.users_list(limit=PAGE_SIZE, cursor=cursor), wait)
    return [member_of(user) for page in pages for user in page["members"]]


def list_channel_members(client: WebClient, channel: str, wait: Wait) -> frozenset[str]:
    """The ids of all who are in a channel, in the same way."""
    pages = _pages(
        lambda cursor: client.conversations_members(channel=channel, limit=PAGE_SIZE, cursor=cursor),
        wait,
    )
    return frozenset(str(member) for page in pages for member in page["members"])


def member_of(user: dict[str, Any]) -> WorkspaceMember:
    """A user object of Slack's, as `users.list` and the member events carry it."""
    profile = user.get("profile") or {}
    return WorkspaceMember(
        slack_user_id=str(user["id"]),
        team_id=str(user.get("team_id", "")),
        name=str(profile.get("real_name") or user.get("real_name") or user.get("name", "")),
        email=profile.get("email"),
        zone=str(user.get("tz") or ""),
        is_deleted=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_stranger=bool(user.get("is_stranger")),
        updated=int(user.get("updated") or 0),
    )


def _pages(ask: Callable[[str | None], SlackResponse], wait: Wait) -> Iterator[SlackResponse]:
    cursor: str | None = None
    patience = Patience(wait, LISTING_WAIT_SECONDS)
    while True:
        page = _page(ask, cursor, patience)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return
        if wait(0):
            raise Unreachable("stopping")


def _page(ask: Callable[[str | None], SlackResponse], cursor: str | None, patience: Patience) -> SlackResponse:
    while True:
        try:
            with translated():
                return ask(cursor)
        except RateLimited as limit:
            patience.sit_out(limit)
