"""As much to book as there can be: forms to book, to move, in a hurry."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from domain.focus import FocusArea
from domain.kinds import DEFAULT_KINDS, SERIES_MAX, SessionKind
from domain.ports import Message, View
from domain.rules.values import CONTACTS_MAX
from handlers.parse.hours import ABOUT_MAX
from handlers.views.booking import booking_form, move_form
from handlers.views.invitations import invitation_message
from handlers.views.urgent import stand_ins_form, urgent_done, urgent_form, urgent_without_times
from services.offers.facts import Offer, OfferedStart, StaffCard
from services.urgent.offer import NoTimes, UrgentOffer
from tests.builders.people import a_person
from tests.builders.sessions import NEW_YORK, URGENT_KIND, a_card, an_offer
from tests.unit.handlers.views.largest.details import DETAILS
from tests.unit.handlers.views.largest.filling import (
    CELL,
    CELLS_A_DAY,
    COACHES,
    DAY,
    LONGEST_ZONE,
    MARKUP,
    MIDNIGHT,
    REF,
    long,
)

LONGEST = replace(DEFAULT_KINDS[0], series_max=SERIES_MAX, open_per_scholar=SERIES_MAX)


def full_card(number: int) -> StaffCard:
    """Somebody who said all they could about themselves."""
    name = f"{chr(65 + number % 26)}{number} {long(100)}"[:100]
    return a_card(f"coach-{number}", name=name, about=long(ABOUT_MAX), focus_areas=tuple(FocusArea))


def full_offer(
    *, coaches: int = COACHES, days: int = 90, staff_id: str | None = None, kind: SessionKind = DEFAULT_KINDS[0]
) -> Offer:
    """As many people, days and times a day as there can be."""
    first_day = [MIDNIGHT + CELL * number for number in range(CELLS_A_DAY)]
    later = [MIDNIGHT + DAY * number + timedelta(hours=12) for number in range(1, days)]
    cards = sorted((full_card(number) for number in range(coaches)), key=lambda card: card.name)
    return an_offer(
        kind=kind,
        staff=cards,
        staff_id=staff_id,
        starts=[*first_day, *later],
        zone_name=LONGEST_ZONE,
        staff_zone=NEW_YORK,
    )


def urgent_offer(*, starts: int) -> UrgentOffer:
    """So many times for somebody in a hurry, under the longest contacts."""
    times = tuple(OfferedStart(starts=MIDNIGHT + DAY * number, staff_zone=NEW_YORK) for number in range(starts))
    return UrgentOffer(kind=URGENT_KIND, starts=times, zone=LONGEST_ZONE, contacts=long(CONTACTS_MAX))


VIEWS: Mapping[str, View] = {
    "booking_form": booking_form(full_offer()),
    "booking_form of a named coach": booking_form(full_offer(staff_id="coach-199"), day="2027-01-12"),
    "booking_form of a program's usual size": booking_form(full_offer(coaches=5, days=28)),
    "booking_form with nothing": booking_form(an_offer(staff=(), starts=(), why_empty="x" * 3000)),
    "booking_form with a year of days": booking_form(full_offer(days=366)),
    "move_form": move_form(DETAILS, full_offer(), state=REF),
    "move_form with nothing": move_form(DETAILS, an_offer(starts=()), state=REF),
    "urgent_form": urgent_form(urgent_offer(starts=10)),
    "urgent_form with nothing": urgent_form(urgent_offer(starts=0)),
    "urgent_without_times": urgent_without_times(NoTimes(contacts=long(CONTACTS_MAX), is_away=True)),
    "urgent_done": urgent_done(DETAILS, long(CONTACTS_MAX)),
    "stand_ins_form": stand_ins_form(
        [a_person(f"coach-{number}", name=f"{number} {MARKUP}" * 9) for number in range(COACHES)],
        ["coach-1"],
        version=9,
    ),
    "booking_form of long series": booking_form(full_offer(kind=LONGEST)),
}

MESSAGES: Mapping[str, Message] = {
    "invitation_message": invitation_message(),
}
