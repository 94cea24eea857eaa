"""What somebody in line is stuck on: topic and line, sealed together and bound to their entry."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.office_hours import Entry, HelpTopic, known_topics
from domain.sealing import RecordClass, RecordIdentity
from services.desk import SupportDesk
from services.unsealing import log_unreadable

_DOMAIN = "office_hours.problem"


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
    return open_problems(desk, connection, [entry])[entry.id]


def open_problems(desk: SupportDesk, connection: Connection, entries: Sequence[Entry]) -> dict[str, Problem]:
    """The same for several, by entry id. One query, however many they are."""
    sealed = [(each.words, _identity(each.id, each.office_id, each.scholar_id, each.program_id)) for each in entries]
    opened = desk.sealer.open_each(connection, sealed, record_class=RecordClass.OFFICE_HOURS)
    return {each.id: _problem(text) for each, text in zip(entries, opened, strict=True)}


def _problem(text: str | None) -> Problem:
    if text is None:
        log_unreadable(_DOMAIN)
        return Problem(is_unreadable=True)
    stored = json.loads(text)
    topics = known_topics([stored["topic"]])
    return Problem(topic=topics[0] if topics else HelpTopic.OTHER, line=stored["line"])


def _identity(entry_id: str, office_id: str, scholar_id: str, program_id: str) -> RecordIdentity:
    return RecordIdentity(
        program_id=program_id,
        domain=_DOMAIN,
        record_id=entry_id,
        scholar_id=scholar_id,
        author_id=scholar_id,
        record_class=RecordClass.OFFICE_HOURS,
        version=1,
        facts=(office_id,),
    )
