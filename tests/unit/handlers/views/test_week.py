"""The week at a glance as its owner reads it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.days import DateSpan
from domain.hours import WeeklyHours, parse_windows
from domain.hours.glance import DayPlan, Differs
from domain.ports import View
from domain.rules import Phase
from handlers import texts
from handlers.ids import Action
from handlers.views.booking import booking_form
from handlers.views.week import own_times_modal, week_modal
from services.hours.away import Away
from services.hours.week import GlanceDay, LeftOut, WeekGlance
from services.offers.own_times import OwnTimes
from tests.builders.scheduling import hours_in
from tests.builders.sessions import COACHING_KIND, TUESDAY, an_offer
from tests.unit.handlers.views.largest.hours import an_empty_glance

MONDAY = date(2027, 1, 11)


def a_glance(*, first: date = MONDAY, hours: WeeklyHours | None = None, **plan: object) -> WeekGlance:
    """A week of one plan for every day."""
    given = {"zone": "Europe/London", "windows": (), "aside": (), "differs": ()} | plan
    plans = [DayPlan(day=first + timedelta(days=number), **given) for number in range(7)]  # type: ignore[arg-type]
    return WeekGlance(
        hours=hours or hours_in("Europe/London", {0: "9-12"}),
        first=first,
        today=MONDAY,
        days=tuple(GlanceDay(plan=each, sessions=0) for each in plans),
        phases=(),
        set_aside_kinds=(),
    )


def lines(view: View) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


def buttons(view: View) -> dict[str, str]:
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return {each["action_id"]: each.get("value", "") for row in rows for each in row}


def test_a_day_says_its_hours_its_sessions_and_why_it_differs() -> None:
    glance = a_glance(
        windows=parse_windows("9-12, 13-17"),
        aside=(("mentor", parse_windows("14-15")),),
        differs=((Differs.PHASE, "Research & <more>"), (Differs.TRAVEL, "Europe/Berlin")),
    )
    with_sessions = replace(glance.days[0], sessions=2)

    first, second, *_ = lines(week_modal(replace(glance, days=(with_sessions, *glance.days[1:]))))

    assert first.splitlines() == [
        "*Mon 11 Jan* (today): 9:00-12:00, 13:00-17:00 · 2 sessions",
        "_Hours of this phase: Research &amp; &lt;more&gt;_",
        "_In another zone: Europe/Berlin_",
        "_Set aside: mentor, 14:00-15:00_",
    ]
    assert second.splitlines()[0] == "*Tue 12 Jan*: 9:00-12:00, 13:00-17:00"


def test_a_day_says_what_the_programs_phase_leaves_out_and_until_when() -> None:
    days = DateSpan(first=MONDAY, last=MONDAY + timedelta(days=4))
    phase = Phase(name="Training <b>", days=days, without=("coaching",))
    glance = a_glance(windows=parse_windows("9-12"))
    left_out = replace(glance.days[0], left_out=LeftOut(phase=phase, kinds=(COACHING_KIND,)))

    first, second, *_ = lines(week_modal(replace(glance, days=(left_out, *glance.days[1:]))))

    assert first.splitlines()[1:] == [
        "_In Training &lt;b&gt;, until Fri 15 Jan, the program does not offer: Scholar support (coach)_"
    ]
    assert second == "*Tue 12 Jan*: 9:00-12:00"


def test_a_week_turns_forward_and_back_but_not_before_today() -> None:
    this, next_but_part, next_week = (
        {
            action: value
            for action, value in buttons(week_modal(a_glance(first=MONDAY + timedelta(days=days)))).items()
            if action.startswith(Action.SHOW_WEEK)
        }
        for days in (0, 3, 7)
    )

    assert this == {"week.show:later": "2027-01-18"}
    assert next_but_part == {"week.show:earlier": "2027-01-11", "week.show:later": "2027-01-21"}
    assert next_week == {"week.show:earlier": "2027-01-11", "week.show:later": "2027-01-25"}


def test_a_week_of_somebody_without_hours_says_where_to_begin() -> None:
    assert lines(week_modal(an_empty_glance()))[-1] == texts.hours.NO_HOURS
    assert texts.hours.NO_HOURS not in lines(week_modal(a_glance()))


def test_own_times_are_told_kind_by_kind() -> None:
    own = OwnTimes(kind=COACHING_KIND, sentence="Scholars are offered 2.", shares=("2 are free", "1 is taken"), free=2)

    assert lines(own_times_modal([own, replace(own, shares=())])) == [
        "*Scholar support (coach)*\nScholars are offered 2.\n• 2 are free\n• 1 is taken",
        "*Scholar support (coach)*\nScholars are offered 2.",
    ]


def test_the_booking_form_says_until_when_somebody_is_away_and_labels_the_colleagues_times() -> None:
    first, last = date(2027, 1, 12), date(2027, 1, 15)
    notes = (
        Away(name="Cleo", first=first, last=last, colleague="Dev", has_begun=True),
        Away(name="Cleo", first=first, last=last, colleague=""),
        Away(name="Cleo", first=first, last=first, colleague="<Dev>"),
    )
    offer = an_offer(staff_id="cleo", starts=[TUESDAY])
    (start,) = offer.days["2027-01-12"]
    offer = replace(offer, away=notes, days={"2027-01-12": (replace(start, with_name="Dev"),)})

    view = booking_form(offer)

    assert [block["elements"][0]["text"] for block in view["blocks"] if block["type"] == "context"] == [
        "*Cleo* is away until Fri 15 Jan. Dev takes sessions meanwhile.",
        "*Cleo* is away from Tue 12 Jan to Fri 15 Jan.",
        "*Cleo* is away on Tue 12 Jan. &lt;Dev&gt; takes sessions meanwhile.",
    ]
    assert "10:00 GMT with Dev" in str(view)


def test_a_day_has_the_times_of_office_hours_in_its_zone() -> None:
    glance = a_glance(windows=parse_windows("9-12"), zone="Europe/Berlin")
    noon = datetime(2027, 1, 11, 12, tzinfo=UTC)
    spans = ((noon, noon + timedelta(hours=2)), (noon + timedelta(hours=4), noon + timedelta(hours=4.5)))
    helping = replace(glance.days[0], sessions=1, office_hours=spans)

    first, *_ = lines(week_modal(replace(glance, days=(helping, *glance.days[1:]))))

    assert first == "*Mon 11 Jan* (today): 9:00-12:00 · 1 session · office hours 13:00-15:00, 17:00-17:30"
    early = replace(helping, office_hours=((noon - timedelta(hours=4), noon),), meeting=(noon - timedelta(hours=4.5),))
    morning, *_ = lines(week_modal(replace(glance, days=(early, *glance.days[1:]))))
    assert "office hours 9:00-13:00" in morning
    assert morning.endswith(texts.calendars.MEETS.format(times="7:30"))
    many = replace(helping, office_hours=spans * 20)
    assert lines(week_modal(replace(glance, days=(many, *glance.days[1:]))))[0].endswith("17:00-17:30, and 34 more")
