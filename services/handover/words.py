"""What is said to the scholar with a handover: sealed under keys of its own, and bound to who takes over and when."""

from sqlalchemy import Connection

from domain.sealing import RecordClass, RecordIdentity
from services.desk import SupportDesk
from services.unsealing import unsealed
from storage.confidential.handover_queries import Handed

DOMAIN = "handover.words"


def seal_words(desk: SupportDesk, connection: Connection, words: str, *, handed: Handed) -> bytes:
    """Seal the words for this row; no words are sealed too, so that nobody can tell by looking who wrote some."""
    return desk.sealer.seal(connection, words, identity=_identity(handed))


def open_words(desk: SupportDesk, connection: Connection, handed: Handed) -> str | None:
    """The words, for the scholar alone; None for a row that was touched."""
    return unsealed(desk, connection, handed.words, _identity(handed))


def _identity(handed: Handed) -> RecordIdentity:
    return RecordIdentity(
        program_id=handed.program_id,
        domain=DOMAIN,
        record_id=handed.id,
        scholar_id=handed.scholar_id,
        author_id=handed.from_id,
        record_class=RecordClass.HANDOVER,
        version=1,
        facts=(handed.to_id, handed.role, handed.from_day),
    )
