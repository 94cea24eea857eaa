"""All routes, from one list of features."""

from domain.ports import Clock
from handlers import booking, home, hours, members, proposals, sessions, support
from handlers.router import Route
from services.desk import Desk


def all_routes(desk: Desk) -> list[Route]:
    """Every id the product answers to."""
    features = (support, booking, sessions, hours, proposals, home, members)
    return [route for feature in features for route in feature.routes(desk)]
