"""Where opaque ids come from."""

import secrets

ID_BYTES = 16
"""128 bits: what OWASP ASVS 5.0 asks for in 11.5.1 of ids that must not be guessed."""


class RandomIds:
    """The IdSource port over the system's random source."""

    def new(self) -> str:
        """See `domain.ports.IdSource`."""
        return secrets.token_urlsafe(ID_BYTES)
