"""Looks at everything the bot needs and names what is wrong, each with its cure."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.clock import SystemClock
from bot.ids import RandomIds
from bot.organizer import organizer_of
from bot.places import check_env_file
from bot.scopes import SCOPES
from bot.settings import ENV_FILE, Mode, Settings
from bot.slack import check_app_token, recognized, slack_client
from bot.stores import opened_stores
from bot.workspace import Workspace
from domain.errors import StoreAway, StoreBusy
from domain.sealing import StartRefused
from domain.times import tzdata_version

_WENT_AWAY = (
    "A database stopped answering while I looked at it, or another process keeps it locked. End what holds it, or wait "
    "for it, then try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; what is not fine keeps the bot from starting. `says` never quotes a secret."""

    about: str
    is_fine: bool
    says: str


def examine(settings: Settings, env_file: Path = ENV_FILE) -> Iterator[Finding]:
    """Look at one thing after the other; a later one is tried even when an earlier one failed."""
    yield _finding("settings file", partial(_settings_file, env_file))
    yield _finding("program email", partial(_email, settings))
    yield _finding("time zones", _zones)
    yield _finding("stores and keys", partial(_stores, settings))
    found: list[Workspace] = []
    yield _finding("Slack", partial(_slack, settings, found))
    for workspace in found:
        yield from _scopes(workspace)
    if settings.slack_mode is Mode.SOCKET:
        yield _finding("Socket Mode", partial(_socket, settings))


def _finding(about: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(about=about, is_fine=True, says=look())
    except StartRefused as refusal:
        return Finding(about=about, is_fine=False, says=str(refusal))
    except (StoreAway, StoreBusy):
        return Finding(about=about, is_fine=False, says=_WENT_AWAY)


def _settings_file(env_file: Path) -> str:
    check_env_file(env_file)
    return (
        f"nobody else can reach {env_file}"
        if env_file.is_file()
        else f"there is no {env_file}; all comes from the environment"
    )


def _email(settings: Settings) -> str:
    organizer_of(settings)
    return "set"


def _zones() -> str:
    return f"of tzdata {tzdata_version()}"


def _stores(settings: Settings) -> str:
    with ExitStack() as stack:
        stores = stack.enter_context(opened_stores(settings, clock=SystemClock(), ids=RandomIds()))
        if stores.confidential is None:
            return "the program store is ready; there is no confidential store, so no support"
    return "both are ready, and the key opens the confidential one"


def _slack(settings: Settings, found: list[Workspace]) -> str:
    found.append(recognized(slack_client(settings)))
    return "knows us, and all needed scopes are granted"


def _scopes(workspace: Workspace) -> Iterator[Finding]:
    for scope in SCOPES:
        if scope.name in workspace.scopes:
            yield Finding(about=scope.name, is_fine=True, says=f"granted, {scope.why}")
        else:
            yield Finding(about=scope.name, is_fine=True, says=f"not granted (optional): {scope.without}")


def _socket(settings: Settings) -> str:
    check_app_token(settings)
    return "the app-level token opens a connection"
