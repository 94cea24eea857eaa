"""Hides how long a text is: everything within a bucket gets the same size."""

from domain.sealing import SealError

BUCKET_BYTES = 512
_LENGTH_BYTES = 4


def pad(content: bytes) -> bytes:
    """The content behind its length, filled with zeros to a whole number of buckets, at least one."""
    unfilled = len(content).to_bytes(_LENGTH_BYTES, "big") + content
    return unfilled + bytes(-len(unfilled) % BUCKET_BYTES)


def unpad(padded: bytes) -> bytes:
    """The content again. Raises `SealError` for anything that `pad` does not make."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    content = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if pad(content) != padded:
        raise SealError
    return content
