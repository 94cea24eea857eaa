"""What a new installation needs once: a key file and a place for its secrets."""

from pathlib import Path

from bot.clock import SystemClock
from bot.example import example
from bot.places import check_env_file, check_key_place
from bot.reasons import in_words
from bot.settings import ENV_FILE, KeyProvider, Settings, read_settings
from bot.stores import sealed_with
from domain.sealing import KeyProblem, StartRefused
from storage.confidential.keys import create_key_file

OWNER_ONLY = 0o600


def prepare(env_file: Path = ENV_FILE) -> list[str]:
    """Make what is missing and say what to do next. Nothing that exists is touched.

    Raises `StartRefused` where a file cannot be made, and rather than make a key that could not open the store.
    """
    said = _env_file(env_file)
    settings = read_settings(env_file=env_file)
    if settings.scholarbot_key_provider is KeyProvider.FILE:
        said += _key_file(settings)
    return [*said, "Next: scholarbot migrate, then scholarbot roster import FILE.csv, then scholarbot doctor."]


def _env_file(path: Path) -> list[str]:
    if _is_there(path):
        return [f"{path} is there already; I left it as it is.", *_complaint(path)]
    try:
        path.touch(mode=OWNER_ONLY)
        path.write_text(example(), "utf-8")
    except OSError as error:
        raise StartRefused(
            f"I cannot make {path}: {in_words(error)}. Work in a folder that you may write to."
        ) from None
    return [f"Made {path}: fill in the first lines."]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise StartRefused(f"I cannot look at {path}: {in_words(error)}. Name a place that you may enter.") from None


def _complaint(env_file: Path) -> list[str]:
    try:
        check_env_file(env_file)
    except StartRefused as refusal:
        return [str(refusal)]
    return []


def _key_file(settings: Settings) -> list[str]:
    path = settings.scholarbot_key_file
    if _is_there(path):
        return [f"{path} is there already; I left it as it is."]
    check_key_place(settings)
    if (key_id := sealed_with(settings)) is not None:
        raise KeyProblem(
            f"The confidential store was sealed with the key {key_id}, and there is no key file at {path}. Restore "
            "that file from where you keep it: with a new key nothing in the store would open. No key was made."
        )
    create_key_file(path, now=SystemClock().wall())
    return [f"Made {path}. Without it nothing sealed can be read: keep a copy, away from the databases."]
