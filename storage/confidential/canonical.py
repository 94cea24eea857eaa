"""Several values as one byte string that no other values give: what AAD is made of."""

_LENGTH_BYTES = 4
_INTEGER_BYTES = 8


def canonical(*parts: str | int | bytes) -> bytes:
    """The parts one after another, each behind its length; integers are 0 to 2^64 - 1.

    A delimiter between parts could itself occur in one; a length before each leaves one way to read them. Callers
    give parts of fixed number, order and type, so a text never stands where an integer might.
    """
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in map(_as_bytes, parts))


def _as_bytes(part: str | int | bytes) -> bytes:
    if isinstance(part, str):
        return part.encode()
    return part.to_bytes(_INTEGER_BYTES, "big") if isinstance(part, int) else part
