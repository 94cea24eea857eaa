"""The client of Slack's Web API, and who we are there."""

import http.client
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from ipaddress import ip_address
from ssl import SSLContext, create_default_context
from urllib.error import URLError
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.messenger import TIMEOUT_SECONDS
from bot.scopes import REQUIRED, never_asked_for
from bot.settings import Mode, Settings
from bot.workspace import Workspace, identify
from domain.sealing import StartRefused

_WRONG_TOKEN = {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"}

_OUT_OF_REACH = (SlackClientError, URLError, OSError, http.client.HTTPException)
_SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
_UNREACHABLE = "I cannot reach Slack. Check the network, and SLACK_API_URL if it is set."


def slack_client(settings: Settings) -> WebClient:
    """A client that retries nothing. Raises `StartRefused` naming what is missing or cannot be what it should."""
    _check_address(settings)
    _check_set(_needed(settings))
    _check_kinds(settings)
    return _client(settings, token=settings.slack_bot_token.get_secret_value())


def recognized(client: WebClient) -> Workspace:
    """Ask Slack who we are. Raises `StartRefused` for a wrong token, an unreachable Slack or a missing scope."""
    try:
        with _unlogged(client):
            workspace = identify(client)
    except SlackApiError as error:
        raise StartRefused(_refusal(str(error.response.get("error", "")))) from None
    except _OUT_OF_REACH:
        raise StartRefused(_UNREACHABLE) from None
    if never := never_asked_for(workspace.scopes):
        raise StartRefused(
            f"The bot token may do more than this bot ever needs: {', '.join(never)}. Take that away under OAuth & "
            "Permissions in the app's settings (or install deploy/manifest.json anew), then reinstall the app."
        )
    missing = sorted(REQUIRED - workspace.scopes)
    if missing:
        raise StartRefused(
            f"The bot token lacks {', '.join(missing)}. Add it under OAuth & Permissions in the app's settings "
            "(or install deploy/manifest.json anew), then reinstall the app."
        )
    return workspace


def check_app_token(settings: Settings) -> None:
    """Ask Slack for a Socket Mode connection, and leave it. Raises `StartRefused` with the cure.

    A token that is missing is named before Slack is asked: else one would be told to look at the network.
    """
    _check_set({"SLACK_APP_TOKEN": settings.slack_app_token.get_secret_value()})
    client = _client(settings)
    try:
        with _unlogged(client):
            client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        code = str(error.response.get("error", ""))
        raise StartRefused(
            f"Slack does not accept SLACK_APP_TOKEN ({code}). Make an app-level token (xapp-...) with the scope "
            "connections:write under Basic Information in the app's settings, and switch Socket Mode on."
        ) from None
    except _OUT_OF_REACH:
        raise StartRefused(_UNREACHABLE) from None


@contextmanager
def _unlogged(client: WebClient) -> Iterator[None]:
    """Slack's library logs a call that fails before it raises; here the refusal says it, in a sentence of ours."""
    was_disabled, client.logger.disabled = client.logger.disabled, True
    try:
        yield
    finally:
        client.logger.disabled = was_disabled


def _check_set(secrets: Mapping[str, str]) -> None:
    missing = [key for key, value in secrets.items() if not value.strip()]
    if missing:
        raise StartRefused(
            f"{' and '.join(missing)} must be set. docs/how-to/connect-a-workspace.md shows where Slack keeps them."
        )


def _check_address(settings: Settings) -> None:
    url = settings.slack_api_url
    if not url.lower().startswith("https://") and not is_this_machine(url):
        raise StartRefused(
            "SLACK_API_URL must begin with https://, unless it is on this machine: the tokens go there. Take it out "
            "for Slack itself."
        )


def _check_kinds(settings: Settings) -> None:
    """Tokens are told by how they begin, and Slack's signing secrets by their shape; a local workspace has its own."""
    if not settings.slack_bot_token.get_secret_value().startswith("xoxb-"):
        raise StartRefused(
            "SLACK_BOT_TOKEN is not a bot token. Copy the Bot User OAuth Token (xoxb-...) from OAuth & Permissions in "
            "the app's settings."
        )
    if settings.slack_mode is Mode.SOCKET:
        if not settings.slack_app_token.get_secret_value().startswith("xapp-"):
            raise StartRefused(
                "SLACK_APP_TOKEN is not an app-level token. Copy the one that begins with xapp- from Basic Information "
                "in the app's settings."
            )
    elif not is_this_machine(settings.slack_api_url) and not _SIGNING_SECRET.fullmatch(
        settings.slack_signing_secret.get_secret_value()
    ):
        raise StartRefused(
            "SLACK_SIGNING_SECRET is not one of Slack's, which have 32 digits and letters a to f. Copy it from Basic "
            "Information in the app's settings."
        )


def is_this_machine(url: str) -> bool:
    """Whether an address is a loopback one, such as that of a local workspace."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _client(settings: Settings, token: str | None = None) -> WebClient:
    base_url = settings.slack_api_url.rstrip("/") + "/"
    if is_this_machine(base_url):
        _spare_proxies(str(urlsplit(base_url).hostname))
    return WebClient(token=token, base_url=base_url, timeout=TIMEOUT_SECONDS, retry_handlers=[], ssl=trusted())


@cache
def trusted() -> SSLContext:
    """The machine's authorities, read once; without it each call to Slack reads them anew, which takes tens of ms."""
    return create_default_context()


def _spare_proxies(host: str) -> None:
    """Let no proxy of the environment stand between this process and a host; slack_sdk would ask it for every one."""
    spared = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    if host not in spared.split(","):
        os.environ["no_proxy"] = os.environ["NO_PROXY"] = ",".join(filter(None, (spared, host)))


def _needed(settings: Settings) -> dict[str, str]:
    needed = {"SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value()}
    if settings.slack_mode is Mode.SOCKET:
        needed["SLACK_APP_TOKEN"] = settings.slack_app_token.get_secret_value()
    else:
        needed["SLACK_SIGNING_SECRET"] = settings.slack_signing_secret.get_secret_value()
    return needed


def _refusal(code: str) -> str:
    if code in _WRONG_TOKEN:
        return (
            f"Slack does not accept SLACK_BOT_TOKEN ({code}). Copy the Bot User OAuth Token (xoxb-...) anew from "
            "OAuth & Permissions in the app's settings."
        )
    return f"Slack refused to say who we are ({code or 'no reason given'})."
