"""What somebody in line is stuck on: topic and line, sealed together and bound to their entry."""

import json
import logging
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.office_hours import Entry, HelpTopic, known_topics
from domain.sealing import RecordClass, RecordIdentity, SealError
from services.desk import SupportDesk

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Topic and line; for helpers while the entry waits, and then for whoever is with the scholar.

    `is_unreadable` says that they could not be opened: the row is not as it was sealed.
    """

    topic: HelpTopic = HelpTopic.OTHER
    line: str = ""
    is_unreadable: bool = False


def seal_problem(
    desk: SupportDesk,
    connection: Connection,
    problem: Problem,
    *,
    entry_id: str,
    office_id: str,
    scholar_id: str,
    program_id: str,
) -> bytes:
    """Seal what somebody wrote for the row of their entry."""
    text = json.dumps({"topic": problem.topic, "line": problem.line}, ensure_ascii=False)
    identity = _identity(entry_id, office_id, scholar_id, program_id)
    return desk.sealer.seal(connection, text, identity=identity)


def open_problem(desk: SupportDesk, connection: Connection, entry: Entry) -> Problem:
    """Open what somebody wrote; of a row that was tampered with nothing, and the log says no more than that."""
    identity = _identity(entry.id, entry.office_id, entry.scholar_id, entry.program_id)
    with suppress(SealError):
        stored = json.loads(desk.sealer.open(connection, entry.words, identity=identity))
        topics = known_topics([stored["topic"]])
        return Problem(topic=topics[0] if topics else HelpTopic.OTHER, line=stored["line"])
    logger.error("a %s could not be opened: its row is not as it was sealed", identity.domain)
    return Problem(is_unreadable=True)


def _identity(entry_id: str, office_id: str, scholar_id: str, program_id: str) -> RecordIdentity:
    return RecordIdentity(
        program_id=program_id,
        domain="office_hours.problem",
        record_id=entry_id,
        scholar_id=scholar_id,
        author_id=scholar_id,
        record_class=RecordClass.OFFICE_HOURS,
        version=1,
        facts=(office_id,),
    )
