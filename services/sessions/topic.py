"""What a session is about: focus areas and the scholar's private words, sealed together."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.booking import Booked
from domain.focus import FocusArea, known_areas
from domain.sealing import RecordClass, RecordIdentity
from services.desk import SupportDesk
from services.unsealing import unsealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Focus areas and private words; only the scholar and the one they meet may see them.

    `is_unreadable` says that they could not be opened: the row is not as it was sealed.
    """

    areas: tuple[FocusArea, ...] = ()
    words: str = ""
    is_unreadable: bool = False


def seal_topic(desk: SupportDesk, connection: Connection, topic: Topic, *, booked: Booked) -> bytes:
    """Seal a topic for its booking row. Whoever gives a session to another person or kind has to seal it anew."""
    text = json.dumps({"areas": list(topic.areas), "words": topic.words}, ensure_ascii=False)
    return desk.sealer.seal(connection, text, identity=_topic_identity(booked))


def open_topic(desk: SupportDesk, connection: Connection, booked: Booked) -> Topic:
    """Open a booking's topic.

    A row that was tampered with shows nothing, but its session can still be looked at and canceled.
    """
    text = unsealed(desk, connection, booked.topic, _topic_identity(booked))
    if text is None:
        return Topic(is_unreadable=True)
    stored = json.loads(text)
    return Topic(areas=known_areas(stored["areas"]), words=stored["words"])


def seal_reason(desk: SupportDesk, connection: Connection, reason: str, *, booked: Booked, by_id: str) -> bytes | None:
    """Seal why a session was moved or canceled, for the version of the booking that follows; None for no reason."""
    if not reason:
        return None
    return desk.sealer.seal(connection, reason, identity=_reason_identity(booked, by_id))


def open_reason(desk: SupportDesk, connection: Connection, blob: bytes, *, booked: Booked, by_id: str) -> str:
    """Open the reason of the booking's present version; "" when the row is not as it was sealed."""
    return unsealed(desk, connection, blob, _reason_identity(booked, by_id)) or ""


def _topic_identity(booked: Booked) -> RecordIdentity:
    return RecordIdentity(
        program_id=booked.program_id,
        domain="booking.topic",
        record_id=booked.id,
        scholar_id=booked.scholar_id,
        author_id=booked.scholar_id,
        record_class=RecordClass.BOOKING,
        version=1,
        facts=(booked.staff_id, booked.kind),
    )


def _reason_identity(booked: Booked, by_id: str) -> RecordIdentity:
    return RecordIdentity(
        program_id=booked.program_id,
        domain="booking.reason",
        record_id=booked.id,
        scholar_id=booked.scholar_id,
        author_id=by_id,
        record_class=RecordClass.BOOKING,
        version=booked.version,
        facts=(booked.staff_id, booked.kind),
    )
