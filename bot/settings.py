"""All settings, read once from the environment and from `.env`, validated, frozen."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.reasons import in_words

PREFIX = "SCHOLARBOT_"
ENV_FILE = Path(".env")
SLACK_API_URL = "https://slack.com/api/"
PORT_MAX = 65535
_OAUTH_KEYS = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
"""With both in the environment Bolt makes install pages and a token file of its own, unasked."""
_MUST_BE = {
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number of fewer digits",
    "int_from_float": "a whole number",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "enum": "{expected}",
    "bool_parsing": "true or false",
}
"""What is expected, by pydantic's name of the fault; what is not here is said in words of this module."""


class SettingsProblem(Exception):
    """The settings cannot be used. The text names each key and what to do; it never quotes a value."""


class Mode(StrEnum):
    """How Slack's requests reach the bot."""

    SOCKET = "socket"
    HTTP = "http"


class KeyProvider(StrEnum):
    """Where the key-encryption keys come from."""

    FILE = "file"
    ENV = "env"


class LogLevel(StrEnum):
    """How much is logged. Slack's own libraries are never louder than a warning: below that they log whole requests."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class LogFormat(StrEnum):
    """For people or for machines."""

    TEXT = "text"
    JSON = "json"


Upper = BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)
Lower = BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value)


def _as_it_is_sent(secret: SecretStr) -> SecretStr:
    """Without blanks around it; anything else that cannot stand in a header would come out in an error's text."""
    text = secret.get_secret_value().strip()
    if not text.isascii() or not text.isprintable():
        raise PydanticCustomError("secret", "holds characters that no secret has; please copy it anew")
    return SecretStr(text)


def _named(file: object) -> object:
    if file == "":  # it would read as the current folder
        raise PydanticCustomError(
            "file", "names no file; give the one that `scholarbot init` makes, or take the line out"
        )
    return file


Secret = Annotated[SecretStr, AfterValidator(_as_it_is_sent)]


class Settings(BaseModel):
    """One frozen object. Every field is a key in `.env.example`, in upper case."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    slack_bot_token: Secret = Field(default=SecretStr(""), description="The app's bot token (xoxb-...).")
    slack_app_token: Secret = Field(
        default=SecretStr(""), description="The app-level token (xapp-...) with connections:write, for Socket Mode."
    )
    slack_signing_secret: Secret = Field(default=SecretStr(""), description="The app's signing secret, for HTTP mode.")
    slack_api_url: str = Field(
        default=SLACK_API_URL, description="Slack's Web API; another address for a local workspace."
    )
    slack_mode: Annotated[Mode, Lower] = Field(default=Mode.SOCKET, description="socket (no open port) or http.")
    scholarbot_program_email: str = Field(
        default="", description="The program's own address: the organizer in calendar files."
    )
    scholarbot_program_database_url: str = Field(
        default="sqlite:///var/data/program/program.db", description="Roster, program messages, pacing."
    )
    scholarbot_confidential_database_url: str = Field(
        default="sqlite:///var/data/confidential/confidential.db",
        description="Hours, sessions and what is said in them. Empty: the bot runs without support.",
    )
    scholarbot_key_provider: Annotated[KeyProvider, Lower] = Field(
        default=KeyProvider.FILE, description="file, or env for development."
    )
    scholarbot_key_file: Annotated[Path, BeforeValidator(_named)] = Field(
        default=Path("var/keys/keys.json"),
        description="The key file that `scholarbot init` makes. Never beside the data.",
    )
    scholarbot_key: Secret = Field(
        default=SecretStr(""), description="With the provider env: 32 bytes in URL-safe base64."
    )
    scholarbot_posts_per_minute: int = Field(
        default=240, ge=1, le=6000, description="How many messages a minute the whole workspace gets at most."
    )
    scholarbot_read_calendars: bool = Field(
        default=True,
        description="true: people in support can let their own calendars be read. false: what was read is forgotten.",
    )
    scholarbot_http_host: str = Field(default="127.0.0.1", description="Where health, metrics and HTTP mode listen.")
    scholarbot_http_port: int = Field(default=3000, ge=0, le=PORT_MAX, description="The port; 0 takes a free one.")
    scholarbot_http_threads: int = Field(
        default=4, ge=1, le=200, description="Requests served at once; more of them only wait for each other."
    )
    scholarbot_log_level: Annotated[LogLevel, Upper] = Field(
        default=LogLevel.INFO, description="DEBUG, INFO, WARNING or ERROR."
    )
    scholarbot_log_format: Annotated[LogFormat, Lower] = Field(default=LogFormat.TEXT, description="text or json.")


KEYS = tuple(name.upper() for name in Settings.model_fields)


def read_settings(environment: Mapping[str, str] | None = None, env_file: Path = ENV_FILE) -> Settings:
    """The settings of this process; the environment goes before `.env`. Raises `SettingsProblem` naming every fault."""
    given = os.environ if environment is None else environment
    from_file = _in_file(env_file) if env_file.is_file() else {}
    if all(key in given for key in _OAUTH_KEYS):
        raise SettingsProblem(
            f"Take {' and '.join(_OAUTH_KEYS)} out of the environment. With them Slack's library opens "
            "install pages; this bot serves one workspace, with SLACK_BOT_TOKEN."
        )
    unknown = sorted({key for key in from_file if key not in KEYS})
    unknown += sorted({key for key in given if key.startswith(PREFIX) and key not in KEYS} - set(unknown))
    if unknown:
        raise SettingsProblem("\n".join(_unknown(key, env_file, in_file=key in from_file) for key in unknown))
    merged = {key: given.get(key, from_file.get(key)) for key in KEYS}
    try:
        return Settings(**{key.lower(): value for key, value in merged.items() if value is not None})  # type: ignore[arg-type]  # pydantic reads the texts
    except ValidationError as error:
        lines = [_fault(fault) for fault in error.errors(include_input=False, include_url=False)]
        raise SettingsProblem("\n".join([*lines, "See .env.example for what each setting takes."])) from None


def _fault(fault: ErrorDetails) -> str:
    key = ".".join(map(str, fault["loc"])).upper()
    ours = _MUST_BE.get(fault["type"])
    return f"{key} must be {ours.format(**fault.get('ctx', {}))}." if ours else f"{key} {fault['msg']}."


def _in_file(env_file: Path) -> dict[str, str]:
    try:
        found = dotenv_values(env_file, interpolate=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        reason = "is not UTF-8 text. Save it as UTF-8"
    except OSError as error:
        reason = f"cannot be read: {in_words(error)}"
    else:
        return {key: value or "" for key, value in found.items()}
    raise SettingsProblem(
        f"The settings file {env_file} {reason}."
    )  # outside: the decoder's error holds the whole text


def _unknown(key: str, env_file: Path, *, in_file: bool) -> str:
    where = f"in {env_file}" if in_file else "in the environment"
    return f"{key} ({where}) is not a setting. Check its spelling against .env.example, or take it out."
