"""What a new installation needs once: a key file and a place for its secrets."""

from pathlib import Path

from bot.clock import SystemClock
from bot.example import example
from bot.places import check_env_file
from bot.settings import ENV_FILE, KeyProvider, read_settings
from domain.sealing import StartRefused
from storage.confidential.keys import create_key_file

OWNER_ONLY = 0o600


def prepare(env_file: Path = ENV_FILE) -> list[str]:
    """Make what is missing and say what to do next. Nothing that exists is touched."""
    said = []
    if env_file.exists():
        said += [f"{env_file} is there already; I left it as it is.", *_complaint(env_file)]
    else:
        env_file.touch(mode=OWNER_ONLY)
        env_file.write_text(example(), "utf-8")
        said.append(f"Made {env_file}: fill in the first lines.")
    settings = read_settings(env_file=env_file)
    key_file = settings.scholarbot_key_file
    if settings.scholarbot_key_provider is KeyProvider.FILE and not key_file.exists():
        key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_key_file(key_file, now=SystemClock().wall())
        said.append(f"Made {key_file}. Without it nothing sealed can be read: keep a copy, away from the databases.")
    elif settings.scholarbot_key_provider is KeyProvider.FILE:
        said.append(f"{key_file} is there already; I left it as it is.")
    said.append("Next: scholarbot migrate, then scholarbot roster import FILE.csv, then scholarbot doctor.")
    return said


def _complaint(env_file: Path) -> list[str]:
    try:
        check_env_file(env_file)
    except StartRefused as refusal:
        return [str(refusal)]
    return []
