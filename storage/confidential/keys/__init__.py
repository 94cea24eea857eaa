"""Key-encryption keys: the providers of the KeyRing port."""

from storage.confidential.keys.env import EnvKeyRing
from storage.confidential.keys.file import FileKeyRing, create_key_file
from storage.confidential.keys.providers import open_key_ring

__all__ = ["EnvKeyRing", "FileKeyRing", "create_key_file", "open_key_ring"]
