"""Slack behind the Messenger port: slack_sdk with its retries off, and a table from Slack's errors to ours."""

import errno
import http.client
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from domain.delivery import (
    AccessLost,
    CannotRead,
    MessageRefused,
    MissingScope,
    OutcomeUnknown,
    RateLimited,
    RecipientGone,
    Unreachable,
)
from domain.ports import Message, Posted, View, WorkspaceMember

METADATA_EVENT = "scholarbot"
TIMEOUT_SECONDS = 10
PAGE_SIZE = 1000
"""Slack's largest: `users.list` may be called twenty times a minute, and 10,000 accounts should be eleven calls."""
LISTING_WAIT_SECONDS = 120.0
"""How long a listing waits in all when Slack says to come back later."""
HISTORY_PAGE = 100
DEFAULT_RETRY_AFTER_SECONDS = 30.0
LONGEST_RETRY_AFTER_SECONDS = 3600.0
"""What is longer is a mistake: a message would wait for days."""
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]+)?")

_GONE = {
    "channel_not_found",
    "user_not_found",
    "user_disabled",
    "cannot_dm_bot",
    "user_not_visible",
}
_ACCESS = {
    "token_revoked",
    "token_expired",
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "not_allowed_token_type",
    "access_denied",
    "team_access_not_granted",
    "no_permission",
    "accesslimited",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "org_login_required",
    "two_factor_setup_required",
}
"""What concerns the app and not one message: every other message would be refused too."""
_CODE = re.compile("[a-z0-9_]+")
_NEVER_REACHED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_USER_PREFIXES = ("U", "W")
_LIMITS = {"ratelimited", "rate_limited", "message_limit_exceeded"}
_UNKNOWN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}


Wait = Callable[[float], bool]
"""Waits so many seconds, or none; True when the process is to end and nobody needs to wait any longer."""


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False


class SlackMessenger:
    """The Messenger port over the Web API.

    slack_sdk's default client retries a post whose connection broke and so posts twice; here nothing is retried, and
    what cannot be known is said to be unknown. Only a page of a listing that Slack puts off is asked for again, since
    many pages would be lost with it.
    """

    def __init__(self, client: WebClient, *, wait: Wait = _sleep) -> None:
        self._client = client
        self._client.retry_handlers.clear()
        self._wait = wait

    def post(self, *, channel: str, message: Message, key: str) -> Posted:
        """See `domain.ports.Messenger`."""
        with _translated():
            answer = self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=list(message.blocks),
                metadata={"event_type": METADATA_EVENT, "event_payload": {"key": key}},
                unfurl_links=False,
                unfurl_media=False,
            )
        return Posted(channel=str(answer["channel"]), ts=str(answer["ts"]))

    def find(self, *, channel: str, key: str, since: datetime) -> Posted | None:
        """See `domain.ports.Messenger`."""
        with _reading():
            place = self._place(channel)
        for message in self._own_messages(place, since):
            metadata = message.get("metadata") or {}
            if metadata.get("event_payload", {}).get("key") == key:
                return Posted(channel=place, ts=str(message["ts"]))
        return None

    def begin_file(self, *, filename: str, content: bytes) -> str:
        """See `domain.ports.Messenger`."""
        with _translated():
            ticket = self._client.files_getUploadURLExternal(filename=filename, length=len(content))
        _upload(str(ticket["upload_url"]), content)
        return str(ticket["file_id"])

    def finish_file(self, *, file_id: str, channel: str, title: str) -> None:
        """See `domain.ports.Messenger`."""
        with _translated():
            self._client.files_completeUploadExternal(files=[{"id": file_id, "title": title}], channel_id=channel)

    def find_file(self, *, channel: str, file_id: str, since: datetime) -> bool:
        """See `domain.ports.Messenger`."""
        messages = self._own_messages(channel, since)
        return any(file_id == file["id"] for message in messages for file in message.get("files", ()))

    def open_view(self, *, trigger_id: str, view: View) -> str:
        """See `domain.ports.Messenger`."""
        with _translated():
            answer = self._client.views_open(trigger_id=trigger_id, view=view)
        return _view_id(answer)

    def push_view(self, *, trigger_id: str, view: View) -> str:
        """See `domain.ports.Messenger`."""
        with _translated():
            answer = self._client.views_push(trigger_id=trigger_id, view=view)
        return _view_id(answer)

    def update_view(self, *, view_id: str, view: View, view_hash: str | None = None) -> None:
        """See `domain.ports.Messenger`."""
        with _translated():
            self._client.views_update(view_id=view_id, view=view, hash=view_hash)

    def publish_home(self, *, slack_user_id: str, view: View) -> None:
        """See `domain.ports.Messenger`."""
        with _translated():
            self._client.views_publish(user_id=slack_user_id, view=view)

    def respond(self, *, response_url: str, message: Message, replace: bool) -> None:
        """See `domain.ports.Messenger`."""
        client = WebhookClient(response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
        with _translated():
            answer = client.send(
                text=message.text,
                blocks=list(message.blocks) or None,
                response_type="ephemeral",
                replace_original=replace,
            )
        if answer.status_code != http.HTTPStatus.OK:
            raise _of_response_url(answer.status_code, answer.headers)

    def members(self) -> list[WorkspaceMember]:
        """See `domain.ports.Messenger`."""
        found: list[WorkspaceMember] = []
        cursor = ""
        patience = _Patience(self._wait, LISTING_WAIT_SECONDS)
        while True:
            page = self._members_page(cursor, patience)
            found.extend(member_of(user) for user in page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return found
            if self._wait(0):
                raise Unreachable("stopping")

    def _members_page(self, cursor: str, patience: "_Patience") -> SlackResponse:
        while True:
            try:
                with _translated():
                    return self._client.users_list(limit=PAGE_SIZE, cursor=cursor or None)
            except RateLimited as limit:
                patience.sit_out(limit)

    def _place(self, channel: str) -> str:
        # After a lost reply nobody has told us which channel the DM is; opening an open one only names it.
        if not channel.startswith(_USER_PREFIXES):
            return channel
        answer = self._client.conversations_open(users=channel)
        return str(answer["channel"]["id"])

    def _own_messages(self, channel: str, since: datetime) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            page = self._history_page(channel, since, cursor)
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def _history_page(self, channel: str, since: datetime, cursor: str) -> SlackResponse:
        with _reading():
            return self._client.conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                limit=HISTORY_PAGE,
                include_all_metadata=True,
                cursor=cursor or None,
            )


class _Patience:
    """Waits as long as Slack asks to, but not longer than so many seconds in all."""

    def __init__(self, wait: Wait, seconds: float) -> None:
        self._wait = wait
        self._left = seconds

    def sit_out(self, limit: RateLimited) -> None:
        """Wait until Slack may be asked again. Raises the limit itself when that is too late or the process ends."""
        self._left -= limit.retry_after_seconds
        if self._left < 0 or self._wait(limit.retry_after_seconds):
            raise limit


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
    )


def _view_id(answer: SlackResponse) -> str:
    view: dict[str, Any] = answer["view"]
    return str(view["id"])


def _upload(url: str, content: bytes) -> None:
    # urlopen rather than files_upload_v2: that does all three steps at once, and the file id must be stored between.
    request = Request(url, data=content, method="POST", headers={"Content-Type": "application/octet-stream"})  # noqa: S310
    with _translated(), urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310 the URL is Slack's own answer
        pass


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        raise _translate(error) from None  # the original's text quotes the request
    except URLError as error:  # raised while connecting and asking, never while the answer is read
        cause = error.reason
        if isinstance(cause, _NEVER_REACHED) or (isinstance(cause, OSError) and cause.errno in _NO_ROUTE):
            raise Unreachable(type(cause).__name__) from None
        raise OutcomeUnknown(type(error).__name__) from None
    except (SlackClientError, OSError, http.client.HTTPException) as error:
        raise OutcomeUnknown(type(error).__name__) from None


@contextmanager
def _reading() -> Iterator[None]:
    try:
        with _translated():
            yield
    except MissingScope as error:
        raise CannotRead(str(error)) from error


def _translate(error: SlackApiError) -> Exception:
    response: Any = error.response
    status = int(getattr(response, "status_code", 200))
    if status == http.HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(_retry_after(response.headers))
    code = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if not _CODE.fullmatch(code):
        # slack_sdk puts a page that is no JSON, from a proxy perhaps, where the code should be.
        return OutcomeUnknown(str(status))
    return _by_code(code, status, response)


def _retry_after(headers: Mapping[str, str]) -> float:
    found = {key.lower(): value for key, value in headers.items()}
    seconds = found.get("retry-after", "")
    if not _SECONDS.fullmatch(seconds):
        return DEFAULT_RETRY_AFTER_SECONDS  # a date, perhaps, from something in between
    return min(float(seconds), LONGEST_RETRY_AFTER_SECONDS)


def _of_response_url(status: int, headers: Mapping[str, str]) -> Exception:
    if status == http.HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(_retry_after(headers))
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return OutcomeUnknown(str(status))
    return MessageRefused(f"response_url answered {status}")


def _by_code(code: str, status: int, response: Any) -> Exception:
    table: list[tuple[bool, Callable[[], Exception]]] = [
        (code in _LIMITS, lambda: RateLimited(DEFAULT_RETRY_AFTER_SECONDS)),
        (code == "missing_scope", lambda: MissingScope(str(response.get("needed", "")))),
        (code in _ACCESS, lambda: AccessLost(code)),
        (code in _GONE, lambda: RecipientGone(code)),
        (
            code in _UNKNOWN or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR,
            lambda: OutcomeUnknown(code or str(status)),
        ),
    ]
    return next((make() for matches, make in table if matches), MessageRefused(code or str(status)))
