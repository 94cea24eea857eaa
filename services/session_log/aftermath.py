"""What the details of a session, of two or of several, say once it is over."""

from domain.booking import Booked
from domain.errors import DomainError
from domain.people import Person, Role
from domain.session_log import RATED_KINDS, LoggedForGood, Outcome, check_over
from services.desk import SupportDesk
from services.session_log.ended import now_of
from services.session_log.facts import Aftermath
from services.session_log.record import read_log
from services.session_log.several import hosted_session, seat_session
from services.sessions.sight import may_see_part
from storage.confidential import group_queries, session_log_queries


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


def aftermath_of_several(desk: SupportDesk, person: Person, ref: str) -> Aftermath | None:
    """The same of a group session. None also while it is off, and for who has, or had, no part in it to the end.

    The log is for those who held it; who has a seat may answer, unless the log says that it did not happen.
    """
    with desk.store.read() as connection:
        part = group_queries.part_of(connection, ref, person.id)
        if part is None or not part.is_open or part.ends_at > now_of(desk) or not may_see_part(person, part):
            return None
        of_part = hosted_session if part.is_host else seat_session
        booked = of_part(connection, person, ref)
        logs = session_log_queries.last_logs(connection, part.group_id)
        log = read_log(desk, connection, booked) if part.is_host else None
        is_rated = not part.is_host and bool(session_log_queries.last_ratings(connection, part.id))
    is_open = _is_open(desk, booked)
    has_happened = not logs or Outcome(logs[0].outcome).has_happened
    return Aftermath(
        log=log,
        is_for_scholar=not part.is_host,
        can_log=is_open and part.is_host and all(each.author_id == person.id for each in logs),
        can_rate=is_open and not part.is_host and (is_rated or has_happened),
        is_answered=bool(logs) if part.is_host else is_rated,
    )


def _is_open(desk: SupportDesk, booked: Booked) -> bool:
    try:
        check_over(booked, now=now_of(desk), closed=LoggedForGood)
    except DomainError:
        return False
    return True
