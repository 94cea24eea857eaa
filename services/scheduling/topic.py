"""What a session is about: focus areas and the scholar's private words, sealed together."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.booking import Booked
from domain.focus import FocusArea
from domain.sealing import RecordClass, RecordIdentity
from services.desk import SupportDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Focus areas and private words; only the scholar and the one they meet may see them."""

    areas: tuple[FocusArea, ...] = ()
    words: str = ""


def seal_topic(desk: SupportDesk, connection: Connection, topic: Topic, *, booking_id: str, scholar_id: str) -> bytes:
    """Seal a topic for its booking row."""
    text = json.dumps({"areas": list(topic.areas), "words": topic.words}, ensure_ascii=False)
    return desk.sealer.seal(connection, text, identity=_topic_identity(booking_id, scholar_id))


def open_topic(desk: SupportDesk, connection: Connection, booked: Booked) -> Topic:
    """Open a booking's topic. Raises `SealError` when the row was tampered with."""
    text = desk.sealer.open(connection, booked.topic, identity=_topic_identity(booked.id, booked.scholar_id))
    stored = json.loads(text)
    return Topic(areas=tuple(FocusArea(area) for area in stored["areas"]), words=stored["words"])


def seal_reason(desk: SupportDesk, connection: Connection, reason: str, *, booked: Booked, by_id: str) -> bytes | None:
    """Seal why a session was moved or canceled, for the version of the booking that follows; None for no reason."""
    if not reason:
        return None
    return desk.sealer.seal(connection, reason, identity=_reason_identity(booked, by_id))


def open_reason(desk: SupportDesk, connection: Connection, blob: bytes, *, booked: Booked, by_id: str) -> str:
    """Open the reason of the booking's present version."""
    return desk.sealer.open(connection, blob, identity=_reason_identity(booked, by_id))


def _topic_identity(booking_id: str, scholar_id: str) -> RecordIdentity:
    return RecordIdentity(
        domain="booking.topic",
        record_id=booking_id,
        scholar_id=scholar_id,
        author_id=scholar_id,
        record_class=RecordClass.BOOKING,
        version=1,
    )


def _reason_identity(booked: Booked, by_id: str) -> RecordIdentity:
    return RecordIdentity(
        domain="booking.reason",
        record_id=booked.id,
        scholar_id=booked.scholar_id,
        author_id=by_id,
        record_class=RecordClass.BOOKING,
        version=booked.version,
    )
