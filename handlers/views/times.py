"""Days and times to choose from, as menus list them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from domain.daytime import off_hours
from domain.times import zone
from handlers import texts
from handlers.parse.proposals import is_own, own_start
from handlers.views.menus import Choice
from handlers.views.when import day_label, start_label, when_plain
from services.offers.facts import Offer, OfferedStart

_PART_HOURS = 6


def shown_day(offer: Offer, day: str | None) -> str:
    """The chosen ISO date if it still has times, else the first with one by day, else the first that has any."""
    if day is not None and day in offer.days:
        return day
    tz = zone(offer.scholar_zone)
    by_day = (each for each, starts in offer.days.items() if any(off_hours(one.starts, tz) is None for one in starts))
    return next(by_day, next(iter(offer.days)))


def day_choices(offer: Offer) -> list[Choice]:
    """The days that have times; by month when there are very many."""
    return [_day(date.fromisoformat(day)) for day in offer.days]


def start_choices(offer: Offer, day: str) -> list[Choice]:
    """The times of a day in the reader's zone, those of the other side behind; by part of the day when very many.

    What is early, late or at night for the scholar stands last, and says so.
    """
    tz = zone(offer.scholar_zone)
    by_day = sorted(offer.days[day], key=lambda each: off_hours(each.starts, tz) is not None)
    return [_start(each, offer) for each in by_day]


def kept_choices(offer: Offer, shown: str, chosen: Collection[str]) -> list[Choice]:
    """The times chosen before, of days other than the one that is shown, each with its day."""
    kept = [
        (date.fromisoformat(day), each)
        for day, starts in offer.days.items()
        if day != shown
        for each in starts
        if _value(each) in chosen
    ]
    choices = [(day, _start(offered, offer)) for day, offered in kept]
    return [
        replace(choice, text=f"{day_label(day)}, {choice.text}", group=texts.proposals.CHOSEN_BEFORE)
        for day, choice in choices
    ]


def own_choices(chosen: Collection[str], zone_name: str) -> list[Choice]:
    """The times of one's own among those chosen so far, each with its day. Raises `UnreadableForm` for what is none."""
    return [
        Choice(text=when_plain(own_start(each), zone_name), value=each, group=texts.proposals.OWN)
        for each in chosen
        if is_own(each)
    ]


def _day(day: date) -> Choice:
    return Choice(text=day_label(day), value=day.isoformat(), group=f"{day:%B %Y}")


def _start(offered: OfferedStart, offer: Offer) -> Choice:
    is_off = off_hours(offered.starts, zone(offer.scholar_zone)) is not None
    hour = offered.starts.astimezone(zone(offer.zone)).hour
    return Choice(
        text=start_label(offered, offer.zone, scholar_zone=offer.scholar_zone),
        value=_value(offered),
        group=texts.booking.EARLY_OR_LATE if is_off else texts.booking.PARTS_OF_DAY[hour // _PART_HOURS],
    )


def _value(offered: OfferedStart) -> str:
    return str(int(offered.starts.timestamp()))
