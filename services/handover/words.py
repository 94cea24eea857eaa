"""What is said to the scholar with a handover: sealed under keys of its own, and bound to who takes over and when."""

import logging

from sqlalchemy import Connection

from domain.sealing import RecordClass, RecordIdentity, SealError
from services.desk import SupportDesk
from storage.confidential.handover_queries import Handed

DOMAIN = "handover.words"

logger = logging.getLogger(__name__)


def seal_words(desk: SupportDesk, connection: Connection, words: str, *, handed: Handed) -> bytes:
    """Seal the words for this row; no words are sealed too, so that nobody can tell by looking who wrote some."""
    return desk.sealer.seal(connection, words, identity=_identity(handed))


def open_words(desk: SupportDesk, connection: Connection, handed: Handed) -> str | None:
    """The words, for the scholar alone; None for a row that was touched."""
    try:
        return desk.sealer.open(connection, handed.words, identity=_identity(handed))
    except SealError:
        logger.error("a %s could not be opened: its row is not as it was sealed", DOMAIN)  # noqa: TRY400 no traceback
        return None


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
