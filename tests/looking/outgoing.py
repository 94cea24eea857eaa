"""What the ledger would send now: looked at after each test of the use cases, whatever it was about."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from domain.delivery import Delivery, OutgoingFile, OutgoingMessage
from handlers import texts
from handlers.outbox import composers
from services.desk import Desk
from storage.confidential.delivery import ConfidentialDelivery
from storage.delivery.rows import delivery_of
from storage.engine import table_of
from storage.program.people_queries import person

_ledger = table_of(ConfidentialDelivery)
_EACH = 2
"""Of the rows of one kind to one sort of reader the newest so many are looked at, which costs little with many rows."""


def names_said(desk: Desk) -> list[str]:
    """Each person or kind of session that a message, a button in it or a calendar file names: there may be none."""
    with desk.program.read() as connection:
        people = connection.execute(select(person.c.id, person.c.name)).all()
    words = {str(each) for row in people for each in row} | set(texts.kinds.LABELS.values())
    spoken = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(words)), re.IGNORECASE)
    return [f"{kind}: {found}" for kind, said in _sent(desk) for found in spoken.findall(said)]


def _sent(desk: Desk) -> Iterator[tuple[str, str]]:
    made = composers(desk)
    for row in _rows(desk):
        outgoing = made[row.kind](row)
        if isinstance(outgoing, OutgoingMessage):
            yield row.kind, json.dumps([outgoing.message.text, outgoing.message.blocks])
        elif isinstance(outgoing, OutgoingFile):
            yield row.kind, f"{outgoing.filename} {outgoing.title} {outgoing.content.decode()}"


def _rows(desk: Desk) -> list[Delivery]:
    with desk.support.store.read() as connection:
        found = [delivery_of(row) for row in connection.execute(select(_ledger).order_by(_ledger.c.send_at))]
    newest: defaultdict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for row in found:
        newest[row.kind, row.rung].append(row)
    return [row for rows in newest.values() for row in rows[-_EACH:]]
