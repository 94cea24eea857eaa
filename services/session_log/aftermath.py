"""What the details of a session say once it is over."""

from domain.booking import Booked
from domain.errors import DomainError
from domain.people import Person, Role
from domain.session_log import RATED_KINDS, LoggedForGood, check_over
from services.desk import SupportDesk
from services.session_log.ended import now_of
from services.session_log.facts import Aftermath
from services.session_log.record import read_log
from storage.confidential import session_log_queries


def aftermath(desk: SupportDesk, person: Person, booked: Booked) -> Aftermath | None:
    """For one of the two, whose right to see the session has been established; None while it is not over."""
    if not booked.is_open or booked.ends_at > now_of(desk):
        return None
    is_for_scholar = person.id == booked.scholar_id
    with desk.store.read() as connection:
        log = read_log(desk, connection, booked)
        is_rated = is_for_scholar and bool(session_log_queries.last_ratings(connection, booked.id))
    is_open = _is_open(desk, booked)
    is_to_be_rated = booked.kind in RATED_KINDS and (is_rated or log is None or log.outcome.has_happened)
    return Aftermath(
        log=log,
        is_for_scholar=is_for_scholar,
        can_log=is_open and not is_for_scholar,
        can_rate=is_open and is_for_scholar and is_to_be_rated and person.has(Role.SCHOLAR),
        is_answered=is_rated if is_for_scholar else log is not None,
    )


def _is_open(desk: SupportDesk, booked: Booked) -> bool:
    try:
        check_over(booked, now=now_of(desk), closed=LoggedForGood)
    except DomainError:
        return False
    return True
