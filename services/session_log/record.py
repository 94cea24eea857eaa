"""A session's log as it is stored: plain columns for statistics, focus areas and next step sealed together.

Sealed under keys of its own for coaching and for the community manager, and bound to the plain columns and to the
version before: none of them can be changed, or one taken out of the middle, without the rest refusing to open.
"""

import json

from sqlalchemy import Connection

from domain.booking import Booked
from domain.focus import FocusArea, known_areas
from domain.kinds import kind_of
from domain.sealing import RecordIdentity, fingerprint
from domain.session_log import Actual, Outcome, log_class
from domain.times import instant_of
from services.desk import SupportDesk
from services.session_log.ended import now_of
from services.session_log.facts import LoggedSession
from services.unsealing import unsealed
from storage.confidential import session_log_queries
from storage.confidential.session_log_queries import Logged

DOMAIN = "session_log"
_NONE = "-"


def read_log(desk: SupportDesk, connection: Connection, booked: Booked) -> LoggedSession | None:
    """The log that counts, or None. Who may read it has been decided before: one of the two."""
    stored = session_log_queries.last_logs(connection, booked.id)
    return _opened(desk, connection, booked, stored) if stored else None


def write_log(
    desk: SupportDesk,
    connection: Connection,
    booked: Booked,
    *,
    author_id: str,
    outcome: Outcome,
    actual: Actual | None,
    focus_areas: tuple[FocusArea, ...],
    next_step: str,
) -> None:
    """Append a version by whoever took the session, or held it. The caller holds its lock."""
    before = session_log_queries.last_logs(connection, booked.id)
    new = Logged(
        booking_id=booked.id,
        version=before[0].version + 1 if before else 1,
        author_id=author_id,
        outcome=outcome.value,
        started_at=actual.started_at if actual else None,
        ended_at=actual.ended_at if actual else None,
        sealed=b"",
    )
    text = json.dumps({"areas": list(focus_areas), "next_step": next_step}, ensure_ascii=False)
    identity = _identity(booked, new, before[0] if before else None)
    sealed = desk.sealer.seal(connection, text, identity=identity)
    values = new._replace(sealed=sealed)._asdict()
    session_log_queries.add_log(connection, values | {"program_id": booked.program_id, "at": now_of(desk)})


def _opened(desk: SupportDesk, connection: Connection, booked: Booked, stored: list[Logged]) -> LoggedSession:
    last, before = stored[0], stored[1] if len(stored) > 1 else None
    shown = LoggedSession(
        outcome=Outcome(last.outcome),
        started=None if last.started_at is None else instant_of(last.started_at),
        ended=None if last.ended_at is None else instant_of(last.ended_at),
        is_unreadable=True,
    )
    text = unsealed(desk, connection, last.sealed, _identity(booked, last, before))
    if text is None:
        return shown
    inside = json.loads(text)
    return LoggedSession(
        outcome=shown.outcome,
        started=shown.started,
        ended=shown.ended,
        focus_areas=known_areas(inside["areas"]),
        next_step=inside["next_step"],
    )


def _identity(booked: Booked, stored: Logged, before: Logged | None) -> RecordIdentity:
    plain = (stored.outcome, *(_NONE if at is None else str(at) for at in (stored.started_at, stored.ended_at)))
    return RecordIdentity(
        program_id=booked.program_id,
        domain=DOMAIN,
        record_id=booked.id,
        scholar_id=booked.scholar_id,
        author_id=stored.author_id,
        record_class=log_class(kind_of(booked.kind)),
        version=stored.version,
        previous=fingerprint(bytes(before.sealed)) if before else b"",
        facts=(booked.staff_id, booked.kind, *plain),
    )
