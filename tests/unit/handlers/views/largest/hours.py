"""Hours with everything set that can be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from domain.days import DateSpan
from domain.focus import COACHING_AREAS, COMMUNITY_AREAS
from domain.hours import Absence, DateOverride, Travel, WeeklyHours, WeeklyWindow, Window
from domain.hours.glance import DayPlan, Differs
from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS
from domain.limits import DAY_MAX, WEEK_MAX, OwnLimits
from domain.people import SUPPORT_ROLES, Role
from domain.places import Place
from domain.ports import View
from domain.rules import Phase
from domain.rules.values import NAME_MAX
from handlers.parse.hours import ABOUT_MAX, OVERRIDES_MAX, PLACE_MAX
from handlers.views.away import away_form, away_saved, travel_form
from handlers.views.hours import aside_form, dates_form, phase_form, profile_modal, week_form
from handlers.views.week import own_times_modal, week_modal
from services.hours.away import HelpingThen
from services.hours.own import Profile
from services.hours.week import GlanceDay, LeftOut, WeekGlance
from services.offers.own_times import OwnTimes
from tests.builders.people import a_person
from tests.builders.sessions import COMMUNITY_KIND
from tests.unit.handlers.views.largest.filling import COACHES, DAY, LONGEST_ZONE, MIDNIGHT, long


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
        limits=OwnLimits(per_day=DAY_MAX, per_week=WEEK_MAX),
        has_agenda=True,
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
            meeting=(MIDNIGHT,) * 9,
            left_out=LeftOut(
                phase=Phase(
                    name="x" * NAME_MAX,
                    days=DateSpan(first=date(2027, 9, 22), last=date(2027, 9, 30)),
                    without=(COMMUNITY_KIND.key,),
                ),
                kinds=DEFAULT_KINDS,
            ),
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

HUNDRED_DAYS = [MIDNIGHT + DAY * number for number in range(100)]

VIEWS: Mapping[str, View] = {
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
    "away_saved": away_saved(full_spans(), HUNDRED_DAYS, HelpingThen(planned=tuple(HUNDRED_DAYS), is_open=True)),
    "away_saved with nothing": away_saved(WeeklyHours(zone="UTC"), [], HelpingThen()),
    "profile_modal": profile_modal(a_person(roles=SUPPORT_ROLES), full_profile()),
    "profile_modal with nothing": profile_modal(
        a_person(roles={Role.COACH}), Profile(about="", focus_areas=(), places={COACHING: {}})
    ),
}
