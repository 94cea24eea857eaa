"""Which key provider a setting names."""

from pathlib import Path

from domain.ports import KeyRing
from domain.sealing import KeyProblem
from storage.confidential.keys.env import EnvKeyRing
from storage.confidential.keys.file import FileKeyRing


def open_key_ring(provider: str, *, file: Path, value: str) -> KeyRing:
    """The key ring of the provider "file" or "env". Raises `KeyProblem` with the reason and the cure."""
    if provider == "file":
        return FileKeyRing(file)
    if provider == "env":
        return EnvKeyRing(value)
    raise KeyProblem("SCHOLARBOT_KEY_PROVIDER must be file or env.")
