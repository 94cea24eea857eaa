"""All routes, from one list of features."""

from handlers import (
    announcement_deeds,
    announcements,
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
    lists,
    office_hours,
    peers,
    program,
    proposals,
    rating,
    session_log,
    sessions,
    support,
    told,
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
        announcements,
        announcement_deeds,
        told,
        lists,
    )
    return [route for feature in features for route in feature.routes(desk)]
