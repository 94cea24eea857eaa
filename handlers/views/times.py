"""Days and times to choose from, as menus list them."""

from datetime import date

from domain.times import zone
from handlers import texts
from handlers.views.menus import Choice
from handlers.views.when import day_label, start_label
from services.scheduling.facts import Offer, OfferedStart

_PART_HOURS = 6


def shown_day(offer: Offer, day: str | None) -> str:
    """The chosen ISO date if it still has times, else the first that has."""
    return day if day is not None and day in offer.days else next(iter(offer.days))


def day_choices(offer: Offer) -> list[Choice]:
    """The days that have times; by month when there are very many."""
    return [_day(date.fromisoformat(day)) for day in offer.days]


def start_choices(offer: Offer, day: str) -> list[Choice]:
    """The times of a day in the reader's zone, those of the other side behind; by part of the day when very many."""
    return [_start(each, offer.zone) for each in offer.days[day]]


def _day(day: date) -> Choice:
    return Choice(text=day_label(day), value=day.isoformat(), group=f"{day:%B %Y}")


def _start(offered: OfferedStart, zone_name: str) -> Choice:
    hour = offered.starts.astimezone(zone(zone_name)).hour
    return Choice(
        text=start_label(offered, zone_name),
        value=str(int(offered.starts.timestamp())),
        group=texts.PARTS_OF_DAY[hour // _PART_HOURS],
    )
