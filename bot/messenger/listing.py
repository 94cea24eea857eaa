"""The accounts of a workspace, page by page."""

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
    found: list[WorkspaceMember] = []
    cursor = ""
    patience = Patience(wait, LISTING_WAIT_SECONDS)
    while True:
        page = _page(client, cursor, patience)
        found.extend(member_of(user) for user in page["members"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return found
        if wait(0):
            raise Unreachable("stopping")


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


def _page(client: WebClient, cursor: str, patience: Patience) -> SlackResponse:
    while True:
        try:
            with translated():
                return client.users_list(limit=PAGE_SIZE, cursor=cursor or None)
        except RateLimited as limit:
            patience.sit_out(limit)
