"""Whether an invitation is still true when it is sent, and the scholar who wants no further one."""

from domain.delivery import Delivery, Suppressed
from domain.errors import NotFound
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from storage.confidential import invitation_queries


def invitation_news(desk: SupportDesk, delivery: Delivery) -> Suppressed | None:
    """Why the scholar need not be invited any more; None when they are still to be."""
    scholar = desk.people.person(delivery.person_id)
    if scholar is None or not scholar.has(Role.SCHOLAR):
        return Suppressed("gone")
    with desk.store.read() as connection:
        if invitation_queries.has_come(connection, scholar.id):
            return Suppressed("came by themselves")
        return Suppressed("declined") if invitation_queries.has_declined(connection, scholar.id) else None


def decline_invitations(desk: SupportDesk, scholar: Person) -> None:
    """Never invite this scholar again. Twice is once. Raises `NotFound` for somebody who was not invited."""
    with desk.store.write() as connection:
        at = epoch_seconds(desk.clock.now())
        if not invitation_queries.decline(connection, scholar.id, at=at):
            raise NotFound
