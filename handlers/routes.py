"""All routes, from one list of features."""

from handlers import (
    away,
    booking,
    calendars,
    details,
    group_edit,
    groups,
    handover,
    holds,
    home,
    hours,
    invitations,
    lines,
    office_hours,
    peers,
    program,
    proposals,
    rating,
    session_log,
    sessions,
    support,
    urgent,
    waiting,
)
from handlers.router import Route
from services.desk import Desk


def all_routes(desk: Desk) -> list[Route]:
    """Every id the product answers to."""
    features = (
        support,
        booking,
        urgent,
        sessions,
        hours,
        proposals,
        invitations,
        session_log,
        rating,
        office_hours,
        lines,
        peers,
        details,
        groups,
        group_edit,
        handover,
        away,
        calendars,
        holds,
        waiting,
        home,
        program,
    )
    return [route for feature in features for route in feature.routes(desk)]
