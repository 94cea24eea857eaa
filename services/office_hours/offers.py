"""A scholar offers help on topics, changes that, and withdraws it at once."""

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.office_hours import HelpTopic, TransferStatus, known_topics
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.office_hours.line import is_repeated
from storage.confidential import office_hours_queries as queries

_MAY_BE_PEER = frozenset({Role.SCHOLAR, Role.COACH, Role.COMMUNITY_MANAGER, Role.ALUMNUS})
"""Whoever holds any other role judges somebody."""


def own_offer(desk: SupportDesk, scholar: Person) -> tuple[HelpTopic, ...]:
    """On what this scholar offers help now; for them alone."""
    with desk.store.read() as connection:
        return known_topics(queries.topics_offered(connection, scholar.id).split(","))


def offer_help(desk: SupportDesk, scholar: Person, topics: Sequence[HelpTopic], *, request_key: str) -> None:
    """Offer help on these topics from now on, or on none any more. The same request again changes nothing."""
    with desk.store.write() as connection:
        desk.store.lock(connection, scholar.id)
        if is_repeated(desk, connection, scholar, request_key):
            return
        if not topics:
            _withdraw(connection, scholar)
            return
        queries.put_offer(
            connection,
            {
                "person_id": scholar.id,
                "program_id": scholar.program_id,
                "topics": ",".join(topics),
                "updated_at": epoch_seconds(desk.clock.now()),
            },
        )


def withdraw_help(desk: SupportDesk, scholar: Person) -> None:
    """Offer help on nothing any more, at once: what they were being asked is withdrawn too. Twice is once."""
    with desk.store.write() as connection:
        desk.store.lock(connection, scholar.id)
        _withdraw(connection, scholar)


def may_be_peer(person: Person) -> bool:
    """Whether somebody may help others as a peer: a scholar who judges nobody."""
    return person.has(Role.SCHOLAR) and person.roles <= _MAY_BE_PEER


def _withdraw(connection: Connection, scholar: Person) -> None:
    """Who is just about to accept holds the same lock; who just suggests them finds the offer gone when they accept."""
    queries.delete_offer(connection, scholar.id)
    for transfer in queries.open_transfers_to(connection, scholar.id):
        queries.change_transfer(connection, transfer, TransferStatus.WITHDRAWN)
