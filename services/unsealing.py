"""Opens what was sealed, for everybody who keeps words: of a row that was touched, nothing, and a line in the log."""

import logging

from sqlalchemy import Connection

from domain.sealing import RecordIdentity, SealError
from services.desk import SupportDesk

logger = logging.getLogger(__name__)


def unsealed(desk: SupportDesk, connection: Connection, blob: bytes, identity: RecordIdentity) -> str | None:
    """The text, or None for a row that was touched in the database. The caller has checked who may read it."""
    try:
        return desk.sealer.open(connection, blob, identity=identity)
    except SealError:
        log_unreadable(identity.domain)
        return None


def log_unreadable(domain: str) -> None:
    """Tell operators that a row was touched; neither whose it is nor what it held."""
    logger.error("a %s could not be opened: its row is not as it was sealed", domain)
