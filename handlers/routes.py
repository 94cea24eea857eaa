"""All routes, from one list of features."""

from handlers import away, booking, home, hours, proposals, sessions, support
from handlers.router import Route
from services.desk import Desk


def all_routes(desk: Desk) -> list[Route]:
    """Every id the product answers to."""
    features = (support, booking, sessions, hours, away, proposals, home)
    return [route for feature in features for route in feature.routes(desk)]
