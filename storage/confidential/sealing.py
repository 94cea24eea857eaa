"""Seals confidential text for a row and opens it again: finds or makes the data key, binds the text to its record."""

import secrets
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from domain.ports import Clock, IdSource, KeyRing
from domain.sealing import DATA_KEY_BYTES, RecordClass, RecordIdentity, SealError, UnstorableText
from storage.confidential import data_keys, envelope
from storage.confidential.canonical import canonical
from storage.confidential.data_keys import StoredDataKey, wrap_context
from storage.confidential.key_cache import KeyCache


class Sealer:
    """Sealing for one confidential store; made by `open_sealer`, which proves that store and keys belong together.

    Who may see a text is decided before it is opened. Thread-safe. Nothing here logs; no error carries text or keys.
    """

    def __init__(self, *, keys: KeyRing, store_id: str, ids: IdSource, clock: Clock) -> None:
        self._keys = keys
        self._store_id = store_id
        self._ids = ids
        self._clock = clock
        self._cache = KeyCache(clock)

    def seal(self, connection: Connection, text: str, *, identity: RecordIdentity) -> bytes:
        """Seal a text of any length for the row that the identity names, inside the caller's write transaction.

        A scholar's first text of a class makes the data key there. Raises `UnstorableText` for lone surrogates.
        """
        content = _encoded(text)
        stored = self._live_key(connection, identity)
        return envelope.seal(
            content,
            data_key=self._cache.opened(stored, self._unwrap),
            domain=identity.domain,
            context=self._context(identity, stored),
        )

    def open(self, connection: Connection, blob: bytes, *, identity: RecordIdentity) -> str:
        """The text again. Raises `SealError`, always in the same words, unless all bytes and the identity are right."""
        keys = data_keys.data_keys_of(connection, identity.scholar_id, identity.record_class)
        return self._opened(blob, identity, keys)

    def open_each(
        self, connection: Connection, sealed: Sequence[tuple[bytes, RecordIdentity]], *, record_class: RecordClass
    ) -> list[str | None]:
        """Texts of several scholars' records of one class, None for each that cannot be opened. One query for all."""
        scholars = {identity.scholar_id for _, identity in sealed}
        keys = data_keys.data_keys_of_each(connection, scholars, record_class) if scholars else {}
        found: list[str | None] = []
        for blob, identity in sealed:
            try:
                found.append(self._opened(blob, identity, keys[identity.scholar_id]))
            except SealError:
                found.append(None)
        return found

    def _opened(self, blob: bytes, identity: RecordIdentity, keys: Iterable[StoredDataKey]) -> str:
        parsed = envelope.parse(bytes(blob))
        for stored in keys:
            content = envelope.open_with(
                parsed,
                data_key=self._cache.opened(stored, self._unwrap),
                domain=identity.domain,
                context=self._context(identity, stored),
            )
            if content is not None:
                return content.decode()
        raise SealError

    def drop_expired_keys(self) -> None:
        """Forget opened data keys older than five minutes; every use does so too, this is for quiet hours."""
        self._cache.drop_expired()

    def _live_key(self, connection: Connection, identity: RecordIdentity) -> StoredDataKey:
        found = self._live_keys(connection, identity)
        stored = next(found, None)
        if stored is None:
            stored = self._make_key(connection, identity) or next(self._live_keys(connection, identity), None)
        if stored is None:
            raise SealError
        return stored

    def _live_keys(self, connection: Connection, identity: RecordIdentity) -> Iterator[StoredDataKey]:
        found = data_keys.data_keys_of(connection, identity.scholar_id, identity.record_class)
        return (stored for stored in found if stored.is_live)

    def _make_key(self, connection: Connection, identity: RecordIdentity) -> StoredDataKey | None:
        """A new live key, or None when a rival was quicker and theirs stands."""
        data_key_id = self._ids.new()
        context = wrap_context(data_key_id, identity.scholar_id, identity.record_class.value)
        made = StoredDataKey(
            id=data_key_id,
            scholar_id=identity.scholar_id,
            record_class=identity.record_class.value,
            wrapped=self._keys.wrap(secrets.token_bytes(DATA_KEY_BYTES), context=context),
            is_live=True,
        )
        is_ours = data_keys.add_data_key(
            connection, made, program_id=identity.program_id, created_at=self._clock.wall()
        )
        return made if is_ours else None

    def _unwrap(self, stored: StoredDataKey) -> bytes:
        return self._keys.unwrap(stored.wrapped, context=stored.context)

    def _context(self, identity: RecordIdentity, stored: StoredDataKey) -> bytes:
        bound = canonical(
            identity.domain,
            self._store_id,
            identity.record_id,
            identity.scholar_id,
            identity.author_id,
            identity.record_class.value,
            identity.version,
            stored.id,
            identity.previous,
        )
        return bound + canonical(canonical(*identity.facts)) if identity.facts else bound


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        pass  # the error holds the text, so it must not travel on as a cause or a context
    raise UnstorableText(field="text")
