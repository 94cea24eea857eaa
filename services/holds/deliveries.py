"""Which messages a kept time brings, as ledger rows; their words are made when they are sent."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus, Change
from domain.delivery import NewDelivery, news
from domain.ports import IdSource
from services.session_news.deliveries import NEWS_LIFE, deliveries_for, ledger
from storage.delivery import cancel, enqueue, may_have_been_sent, was_left_unsent


class HoldMessage(StrEnum):
    """Kinds of delivery that a kept time brings; each goes to one of the two only."""

    OFFERED = "hold.offered"
    RUN_OUT = "hold.run_out"
    ASKED = "request.asked"
    WAITING = "request.waiting"
    DECLINED = "request.declined"
    LAPSED = "request.lapsed"
    TAKEN_BACK = "request.taken_back"


STAFF_ARE_TOLD = frozenset({HoldMessage.WAITING, HoldMessage.TAKEN_BACK})
LIVE = frozenset({HoldMessage.OFFERED, HoldMessage.ASKED, HoldMessage.WAITING})
"""True only while the time is kept."""

SHOWN_AT_HOME = frozenset({HoldMessage.OFFERED})
"""Told of what another's deed has brought about: whoever did it has no business with the reader's Home tab."""

_HELD, _REQUESTED = BookingStatus.HELD, BookingStatus.REQUESTED
_TOLD: Mapping[tuple[str | None, str], tuple[HoldMessage, ...]] = {
    (None, _HELD): (HoldMessage.OFFERED,),
    (None, _REQUESTED): (HoldMessage.ASKED, HoldMessage.WAITING),
    (_HELD, _REQUESTED): (HoldMessage.ASKED, HoldMessage.WAITING),
    (_HELD, BookingStatus.LAPSED): (HoldMessage.RUN_OUT,),
    (_REQUESTED, BookingStatus.DECLINED): (HoldMessage.DECLINED,),
    (_REQUESTED, BookingStatus.LAPSED): (HoldMessage.LAPSED,),
    (_REQUESTED, BookingStatus.WITHDRAWN): (HoldMessage.TAKEN_BACK,),
}
"""By what it was and what it is; whoever said no themselves need not be told."""


def enqueue_kept(connection: Connection, ids: IdSource, before: Booked | None, after: Booked, *, now: datetime) -> None:
    """Tell whom it concerns what has become of a time, in the transaction of the change itself.

    What has not been sent about it as it was before is taken back. That a request is off, or a time is kept no
    longer, is told to whoever may have seen it alone.
    """
    if before is not None:
        cancel(connection, ledger, object_id=after.id, kinds=LIVE, reason="answered")
    if after.is_open:
        rows = deliveries_for(after, Change.BOOKED, now=now)
    else:
        told = _TOLD.get((before.status if before else None, after.status), ())
        rows = [_row(after, message, now) for message in told if _concerns(connection, after, message)]
    enqueue(connection, ledger, rows, ids=ids, now=now)


def _concerns(connection: Connection, after: Booked, message: HoldMessage) -> bool:
    match message:
        case HoldMessage.TAKEN_BACK:
            return may_have_been_sent(connection, ledger, object_id=after.id, kind=HoldMessage.WAITING)
        case HoldMessage.RUN_OUT:
            return not was_never_offered(connection, after)
        case _:
            return True


def was_never_offered(connection: Connection, kept: Booked) -> bool:
    """Whether the message that offers a kept time never went. To be asked once what has not been sent is taken back.

    Of what is kept elsewhere the news of the cancellation tell, so that no such message is there.
    """
    return was_left_unsent(connection, ledger, object_id=kept.id, kind=HoldMessage.OFFERED)


def _row(booked: Booked, message: HoldMessage, now: datetime) -> NewDelivery:
    return news(
        message,
        program_id=booked.program_id,
        object_id=booked.id,
        version=booked.version,
        person_id=booked.staff_id if message in STAFF_ARE_TOLD else booked.scholar_id,
        rung=f"v{booked.version}",
        at=now,
        expires_at=booked.kept_until if message in LIVE else now + NEWS_LIFE,
    )
