"""What an error of Slack's, or of the way to it, says of a message: the one table from codes to our errors."""

import errno
import http.client
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from domain.delivery import (
    CLOSED_CHANNEL,
    UNKNOWN_CHANNEL,
    AccessLost,
    CannotRead,
    ChannelClosed,
    DeliveryError,
    MessageGone,
    MessageRefused,
    MissingScope,
    OutcomeUnknown,
    RateLimited,
    RecipientGone,
    Unreachable,
    UploadUnknown,
)

DEFAULT_RETRY_AFTER_SECONDS = 30.0
LONGEST_RETRY_AFTER_SECONDS = 3600.0
"""What is longer is a mistake: a message would wait for days."""
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]+)?")
_CODE = re.compile("[a-z0-9_]+")

_LIMITS = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_MEANS: Mapping[str, type[DeliveryError]] = MappingProxyType(
    {
        UNKNOWN_CHANNEL: RecipientGone,
        "user_not_found": RecipientGone,
        "user_disabled": RecipientGone,
        "cannot_dm_bot": RecipientGone,
        "user_not_visible": RecipientGone,
        **dict.fromkeys(CLOSED_CHANNEL, ChannelClosed),
        "file_not_found": UploadUnknown,
        "message_not_found": MessageGone,
        "cant_update_message": MessageGone,
        "edit_window_closed": MessageGone,
        # What concerns the app and not one message: every other message would be refused too.
        "token_revoked": AccessLost,
        "token_expired": AccessLost,
        "invalid_auth": AccessLost,
        "not_authed": AccessLost,
        "account_inactive": AccessLost,
        "not_allowed_token_type": AccessLost,
        "access_denied": AccessLost,
        "team_access_not_granted": AccessLost,
        "no_permission": AccessLost,
        "accesslimited": AccessLost,
        "ekm_access_denied": AccessLost,
        "enterprise_is_restricted": AccessLost,
        "org_login_required": AccessLost,
        "two_factor_setup_required": AccessLost,
        "internal_error": OutcomeUnknown,
        "fatal_error": OutcomeUnknown,
        "service_unavailable": OutcomeUnknown,
        "request_timeout": OutcomeUnknown,
        "update_failed": OutcomeUnknown,
        "fetch_members_failed": OutcomeUnknown,
        "team_added_to_org": OutcomeUnknown,
    }
)
"""Whatever is not here is refused for good."""
_NEVER_REACHED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


@contextmanager
def translated() -> Iterator[None]:
    """A block that asks Slack, and raises the port's errors."""
    try:
        yield
    except SlackApiError as error:
        raise _translate(error) from None  # the original's text quotes the request
    except HTTPError as error:  # from the host of uploads; slack_sdk makes answers of its own
        error.close()  # it is the answer too
        raise of_status("upload", error.code, dict(error.headers)) from None
    except URLError as error:  # raised while connecting and asking, never while the answer is read
        cause = error.reason
        if isinstance(cause, _NEVER_REACHED) or (isinstance(cause, OSError) and cause.errno in _NO_ROUTE):
            raise Unreachable(type(cause).__name__) from None
        raise OutcomeUnknown(type(error).__name__) from None
    except (SlackClientError, OSError, http.client.HTTPException) as error:
        raise OutcomeUnknown(type(error).__name__) from None


@contextmanager
def reading() -> Iterator[None]:
    """The same for reading back, where a missing scope is `CannotRead`."""
    try:
        with translated():
            yield
    except MissingScope as error:
        raise CannotRead(str(error)) from error


def of_status(what: str, status: int, headers: Mapping[str, str]) -> DeliveryError:
    """What a status that is not 200 means, where there is no code of Slack's: from a response_url or for an upload."""
    if status == http.HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(_retry_after(headers))
    if http.HTTPStatus.BAD_REQUEST <= status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return MessageRefused(f"{what} answered {status}")
    return OutcomeUnknown(str(status))


def _translate(error: SlackApiError) -> DeliveryError:
    response: Any = error.response
    status = int(getattr(response, "status_code", 200))
    if status == http.HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(_retry_after(response.headers))
    code = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if not _CODE.fullmatch(code):
        # slack_sdk puts a page that is no JSON, from a proxy perhaps, where the code should be.
        return OutcomeUnknown(str(status))
    if code in _LIMITS:
        return RateLimited(DEFAULT_RETRY_AFTER_SECONDS)
    if code == "missing_scope":
        return MissingScope(str(response.get("needed", "")))
    is_their_fault = status >= http.HTTPStatus.INTERNAL_SERVER_ERROR
    return _MEANS.get(code, OutcomeUnknown if is_their_fault else MessageRefused)(code)


def _retry_after(headers: Mapping[str, str]) -> float:
    found = {key.lower(): value for key, value in headers.items()}
    seconds = found.get("retry-after", "")
    if not _SECONDS.fullmatch(seconds):
        return DEFAULT_RETRY_AFTER_SECONDS  # a date, perhaps, from something in between
    return min(float(seconds), LONGEST_RETRY_AFTER_SECONDS)
