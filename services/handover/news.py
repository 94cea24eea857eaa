"""What a message of a handover carries: the reader's own reference, judged anew at the moment of sending."""

from domain.delivery import Delivery, Suppressed
from domain.errors import NotFound
from services.desk import SupportDesk
from services.handover.deliveries import HandoverMessage
from services.handover.look import takeover_details
from services.handover.sheet import handover_sheet
from services.handover.standing import HandoverOff
from services.handover.withdraw import has_answered
from storage.confidential import handover_queries
from storage.confidential.handover_queries import Handed


def handover_news(desk: SupportDesk, delivery: Delivery) -> str | Suppressed:
    """The reference, "" for a message that needs none, or why it need not be told any more."""
    with desk.store.read() as connection:
        handed = handover_queries.by_id(connection, delivery.object_id)
    reader = desk.people.person(delivery.person_id)
    if handed is None or reader is None:
        return Suppressed("gone")
    try:
        match delivery.kind:
            case HandoverMessage.ANNOUNCED:
                return handover_sheet(desk, reader, handed.scholar_ref).ref
            case HandoverMessage.REMINDED:
                return _unanswered(desk, handed) or handover_sheet(desk, reader, handed.scholar_ref).ref
            case HandoverMessage.TAKING:
                takeover_details(desk, reader, handed.to_ref)
                return handed.to_ref
            case _:
                return ""
    except (NotFound, HandoverOff):
        return Suppressed("handover off")


def _unanswered(desk: SupportDesk, handed: Handed) -> Suppressed | None:
    with desk.store.read() as connection:
        return Suppressed("answered") if has_answered(connection, handed) else None
