"""What is made of an offer for a form: an offer makes each day's times only when they are looked at."""

from domain.people import Person
from handlers.views.times import day_choices, shown_day, start_choices
from services.desk import SupportDesk
from services.offers.facts import Offer
from services.offers.offer import offer_times


def offered_form(desk: SupportDesk, scholar: Person) -> Offer:
    """The offer, and the choices in the two menus that show it: every day, and the times of the first."""
    offer = offer_times(desk, scholar)
    day_choices(offer)
    start_choices(offer, shown_day(offer, None))
    return offer
