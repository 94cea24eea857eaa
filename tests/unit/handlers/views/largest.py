"""Every view and message the product can make, each made of the most that its data can be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.booking import REASON_MAX, WORDS_MAX, BookingStatus
from domain.days import DateSpan
from domain.focus import COACHING_AREAS, COMMUNITY_AREAS, FocusArea
from domain.hours import Absence, DateOverride, Travel, WeeklyHours, WeeklyWindow, Window
from domain.hours.glance import DayPlan, Differs
from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS
from domain.people import SUPPORT_ROLES, Role
from domain.places import Place
from domain.ports import Message, View
from handlers import texts
from handlers.ids import Action
from handlers.parse.hours import ABOUT_MAX, OVERRIDES_MAX, PLACE_MAX
from handlers.sessions import OFFERS_LISTED
from handlers.views.away import away_form, away_saved, travel_form
from handlers.views.blocks import button
from handlers.views.booking import booking_form, move_form
from handlers.views.help import help_message
from handlers.views.home import home_view
from handlers.views.hours import aside_form, dates_form, phase_form, profile_modal, week_form
from handlers.views.messages import session_message, welcome_message
from handlers.views.notice import notice, noticed
from handlers.views.proposals import (
    declined_message,
    declined_modal,
    declined_notice,
    propose_form,
    proposed_modal,
    times_message,
    times_modal,
    withdrawn_message,
)
from handlers.views.sessions import cancel_form, details_modal, done_modal, sessions_modal
from handlers.views.week import own_times_modal, week_modal
from services.scheduling.explain import OwnTimes
from services.scheduling.facts import Offer, StaffCard
from services.scheduling.hours import Profile
from services.scheduling.propose import TIMES_MAX
from services.scheduling.sessions import LISTED
from services.scheduling.week import GlanceDay, WeekGlance
from services.scheduling.withdraw import OfferedTimes
from tests.builders.people import a_person
from tests.builders.sessions import (
    COMMUNITY_KIND,
    NEW_YORK,
    a_booked,
    a_card,
    a_line,
    a_named,
    an_offer,
    some_details,
    some_news,
    some_times,
)

MARKUP = "<!channel> & <@U1> *_~`>"
COACHES = 200
DAY = timedelta(days=1)
CELL = timedelta(minutes=5)
CELLS_A_DAY = 288
MIDNIGHT = datetime(2027, 1, 12, tzinfo=UTC)
LONGEST_ZONE = "America/Argentina/ComodRivadavia"


def long(length: int) -> str:
    """Text full of what Slack reads as markup."""
    return (MARKUP * length)[:length]


def full_card(number: int) -> StaffCard:
    """Somebody who said all they could about themselves."""
    name = f"{chr(65 + number % 26)}{number} {long(100)}"[:100]
    return a_card(f"coach-{number}", name=name, about=long(ABOUT_MAX), focus_areas=tuple(FocusArea))


def full_offer(*, coaches: int = COACHES, days: int = 90, staff_id: str | None = None) -> Offer:
    """As many people, days and times a day as there can be."""
    first_day = [MIDNIGHT + CELL * number for number in range(CELLS_A_DAY)]
    later = [MIDNIGHT + DAY * number + timedelta(hours=12) for number in range(1, days)]
    cards = sorted((full_card(number) for number in range(coaches)), key=lambda card: card.name)
    return an_offer(
        staff=cards, staff_id=staff_id, starts=[*first_day, *later], zone_name=LONGEST_ZONE, staff_zone=NEW_YORK
    )


def full_week() -> WeeklyHours:
    """Every other five minutes of a week, and as many dates that differ as the field takes."""
    windows = [
        WeeklyWindow(weekday=weekday, start_minute=start, end_minute=start + 5)
        for weekday in range(7)
        for start in range(0, 1440, 10)
    ]
    days = OVERRIDES_MAX // len("2027-01-12: off\n")
    overrides = [DateOverride(day=(MIDNIGHT + DAY * number).date()) for number in range(days)]
    return WeeklyHours(zone=LONGEST_ZONE, windows=tuple(windows), overrides=tuple(overrides))


def full_profile() -> Profile:
    """Everything said, for both kinds, at as many sites as the field takes."""
    place = Place(kind="phone", detail=long(PLACE_MAX - len("phone: ")))
    line = "site-00: room: " + "x" * 34
    sites = {
        f"site-{number:02}": Place(kind="room", detail="x" * 34) for number in range(OVERRIDES_MAX // len(line) - 1)
    }
    places = {"": place} | sites
    return Profile(
        about=long(ABOUT_MAX),
        focus_areas=(*COACHING_AREAS, *COMMUNITY_AREAS),
        places={COACHING: places, COMMUNITY: places},
    )


def full_spans() -> WeeklyHours:
    """A hundred travels and absences."""
    days = [date(2027, 1, 1) + DAY * 3 * number for number in range(100)]
    spans = [DateSpan(first=day, last=day + DAY) for day in days]
    return WeeklyHours(
        zone=LONGEST_ZONE,
        travels=tuple(Travel(days=span, zone=LONGEST_ZONE) for span in spans),
        absences=tuple(Absence(days=span, colleague="coach-1") for span in spans),
    )


def full_glance() -> WeekGlance:
    """A week in which everything differs, with many phases and kinds to set hours aside for."""
    week = full_week()
    windows = tuple(
        Window(start_minute=one.start_minute, end_minute=one.end_minute) for one in week.windows if one.weekday == 0
    )
    days = tuple(
        GlanceDay(
            plan=DayPlan(
                day=date(2027, 9, 22) + DAY * number,
                zone=LONGEST_ZONE,
                windows=windows,
                aside=(("mentor", windows),),
                differs=tuple((what, long(100)) for what in Differs),
            ),
            sessions=100,
        )
        for number in range(7)
    )
    return WeekGlance(
        hours=week,
        first=days[0].plan.day,
        today=date(2027, 1, 1),
        days=days,
        phases=tuple(f"{number} {long(100)}" for number in range(20)),
        set_aside_kinds=tuple(replace(COMMUNITY_KIND, key=f"kind-{number}") for number in range(20)),
    )


def an_empty_glance() -> WeekGlance:
    """A week of somebody who has set nothing."""
    plans = [
        DayPlan(day=date(2027, 1, 4) + DAY * number, zone="UTC", windows=(), aside=(), differs=())
        for number in range(7)
    ]
    return WeekGlance(
        hours=WeeklyHours(zone="UTC"),
        first=plans[0].day,
        today=plans[0].day,
        days=tuple(GlanceDay(plan=plan, sessions=0) for plan in plans),
        phases=(),
        set_aside_kinds=(),
    )


FULL_TIMES = OwnTimes(kind=COMMUNITY_KIND, sentence="x" * 200, shares=("x" * 200,) * 13, free=1)
LINES = [a_line(f"{number:022}", version=10**8) for number in range(LISTED)]
NAMED = [a_named(line, kind=COMMUNITY_KIND, other_name=long(100)) for line in LINES]
STARTS = [MIDNIGHT + DAY * number for number in range(TIMES_MAX)]
REF = f"{'x' * 22}.{10**8}"
BUTTONS = [
    button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING, style="primary"),
    button(texts.proposals.PROPOSE, Action.OPEN_PROPOSE),
    button(texts.hours.TITLE, Action.OPEN_HOURS),
]
DETAILS = some_details(
    kind=COMMUNITY_KIND,
    other_name=long(100),
    other_zone=NEW_YORK,
    place=Place(kind="room", detail=long(PLACE_MAX)),
    focus_areas=tuple(FocusArea),
    words=long(WORDS_MAX),
    reason=long(REASON_MAX),
)
CANCELED = some_details(
    a_booked(status=BookingStatus.CANCELED), other_name=long(100), words=long(WORDS_MAX), reason=long(REASON_MAX)
)
ON_OFFER = OfferedTimes(ref="x" * 22, scholar_name=long(100), starts=tuple(STARTS), zone=NEW_YORK)
TIMES = some_times("x" * 22, starts=STARTS, staff_name=long(100), staff_zone=NEW_YORK)

VIEWS: Mapping[str, View] = {
    "booking_form": booking_form(full_offer()),
    "booking_form of a named coach": booking_form(full_offer(staff_id="coach-199"), day="2027-01-12"),
    "booking_form of a program's usual size": booking_form(full_offer(coaches=5, days=28)),
    "booking_form with nothing": booking_form(an_offer(staff=(), starts=(), why_empty="x" * 3000)),
    "booking_form with a year of days": booking_form(full_offer(days=366)),
    "move_form": move_form(DETAILS, full_offer(), state=REF),
    "move_form with nothing": move_form(DETAILS, an_offer(starts=()), state=REF),
    "propose_form": propose_form("U" * 11, kinds=DEFAULT_KINDS, offer=full_offer(days=366)),
    "propose_form with times of other days": propose_form(
        "U" * 11,
        kinds=DEFAULT_KINDS,
        offer=full_offer(days=366),
        chosen=[str(int((MIDNIGHT + DAY * number + timedelta(hours=12)).timestamp())) for number in range(1, 6)],
    ),
    "propose_form before the choice": propose_form(None, kinds=DEFAULT_KINDS, offer=None),
    "propose_form with nothing": propose_form("U1", kinds=DEFAULT_KINDS, offer=an_offer(starts=())),
    "proposed_modal": proposed_modal("x" * 22),
    "times_modal": times_modal(TIMES, Place(kind="room", detail=long(PLACE_MAX))),
    "declined_modal": declined_modal(),
    "sessions_modal": sessions_modal(
        NAMED,
        buttons=BUTTONS,
        has_more=True,
        offered=[TIMES] * OFFERS_LISTED,
        has_more_offered=True,
        on_offer=[ON_OFFER] * OFFERS_LISTED,
        has_more_on_offer=True,
    ),
    "sessions_modal with nothing": sessions_modal([], buttons=BUTTONS),
    "details_modal": details_modal(DETAILS),
    "details_modal of a canceled one": details_modal(CANCELED),
    "done_modal": done_modal(DETAILS, title=texts.booking.BOOKED_TITLE, sentence=texts.booking.BOOKED),
    "cancel_form": cancel_form(DETAILS, state=REF),
    "week_modal": week_modal(full_glance()),
    "week_modal with nothing": week_modal(an_empty_glance()),
    "own_times_modal": own_times_modal([FULL_TIMES] * 10),
    "week_form": week_form(full_week()),
    "week_form with nothing": week_form(WeeklyHours(zone="UTC")),
    "phase_form": phase_form(full_week(), long(100)),
    "aside_form": aside_form(full_week(), "mentor"),
    "dates_form": dates_form(full_week()),
    "travel_form": travel_form(full_spans()),
    "travel_form with nothing": travel_form(WeeklyHours(zone="UTC")),
    "away_form": away_form(full_spans(), [a_person(f"coach-{n}", name=long(100)) for n in range(COACHES)]),
    "away_form with nothing": away_form(WeeklyHours(zone="UTC"), []),
    "away_saved": away_saved(full_spans(), [MIDNIGHT + DAY * number for number in range(100)]),
    "away_saved with nothing": away_saved(WeeklyHours(zone="UTC"), []),
    "profile_modal": profile_modal(a_person(roles=SUPPORT_ROLES), full_profile()),
    "profile_modal with nothing": profile_modal(
        a_person(roles={Role.COACH}), Profile(about="", focus_areas=(), places={COACHING: {}})
    ),
    "notice": notice("x" * 3000, title="x" * 30),
    "noticed": noticed(move_form(DETAILS, full_offer(), state=REF), "x" * 3000),
    "home_view": home_view(zone=LONGEST_ZONE, ahead=LINES, today=LINES),
    "home_view with nothing": home_view(zone=LONGEST_ZONE, ahead=[], today=[]),
    "home_view with a next day": home_view(zone=LONGEST_ZONE, ahead=LINES[:1], today=[], following=LINES[:1]),
    "home_view of others": home_view(zone=LONGEST_ZONE),
}
MESSAGES: Mapping[str, Message] = {
    "session_message": session_message(
        texts.messages.SESSION_CANCELED, some_news("x" * 22, version=10**8), rebook=True
    ),
    "session_message of a move": session_message(texts.messages.SESSION_MOVED, some_news("x" * 22, before=MIDNIGHT)),
    "times_message": times_message(TIMES),
    "declined_message": declined_message("x" * 22),
    "declined_notice": declined_notice(),
    "withdrawn_message": withdrawn_message(),
    "welcome_message": welcome_message(frozenset({Role.SCHOLAR})),
    "welcome_message in support": welcome_message(SUPPORT_ROLES),
    "welcome_message of others": welcome_message(frozenset({Role.MENTOR})),
    "help_message": help_message(frozenset(Role)),
}


def texts_of(value: Any) -> list[str]:
    """Every text inside."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return [text for each in inside for text in texts_of(each)]
