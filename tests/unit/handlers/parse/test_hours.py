from datetime import date

import pytest

from domain.days import DateSpan, InvalidDays
from domain.errors import DomainError, Faulty
from domain.focus import FocusArea
from domain.hours import Absence, DateOverride, Travel, WeeklyHours, Window
from domain.kinds import COACHING, COMMUNITY
from domain.limits import OwnLimits
from domain.places import Place
from handlers import texts
from handlers.parse.away import away_form, travel_form
from handlers.parse.hours import (
    ABOUT_MAX,
    OVERRIDES_MAX,
    PLACE_MAX,
    SEND_AGENDA,
    WINDOWS_MAX,
    hours_form,
    profile_form,
)
from services.hours.own import Profile
from tests.builders.scheduling import hours_in
from tests.builders.sessions import a_form, chosen, chosen_several, typed


def the_hours(**fields: str) -> WeeklyHours:
    """The form for hours as submitted, in London unless told."""
    return hours_form(a_form({name: typed(text) for name, text in ({"zone": "Europe/London"} | fields).items()}))


def the_profile(**fields: str) -> Profile:
    """The form for the profile as submitted."""
    filled: dict[str, str | None] = {"place_of": None, **fields}
    values = {name.replace("_of", f".{COACHING}"): typed(text) for name, text in filled.items()}
    return profile_form(a_form(values | {"focus": chosen_several("career")}), [COACHING])


def refusal_of(**fields: str) -> tuple[str | None, str]:
    """Where and what somebody is told who submits these hours."""
    with pytest.raises(DomainError) as refusal:
        the_hours(**fields)
    return refusal.value.field, refusal.value.message


def test_hours_form_is_read_as_people_write() -> None:
    hours = the_hours(
        zone=" Europe/London ", monday="9-12, 13:00 - 17:00", overrides="2027-1-19 off\n\n2027-01-20: 10-11"
    )

    assert hours == hours_in(
        "Europe/London", {0: "9:00-12:00, 13:00-17:00"}, {"2027-01-19": "off", "2027-01-20": "10:00-11:00"}
    )


TOO_SHORT = "Sessions take 45 minutes; these hours are shorter."


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"monday": "9-9:40"}, {"monday": TOO_SHORT}),
        ({"monday": "9-12, 13-13:40", "friday": "8-8:05"}, {"monday": TOO_SHORT, "friday": TOO_SHORT}),
        ({"overrides": "2027-01-05: 9-9:40"}, {"overrides": f"2027-01-05: s{TOO_SHORT[1:]}"}),
        ({"monday": "9-9:45"}, {}),
        ({"monday": "9-9:30, 9:30-10"}, {}),
        ({"monday": "23:30-24:00", "tuesday": "0:00-0:30"}, {}),
        ({"overrides": "2027-01-05: 9-9:30\n2027-01-05: 9:30-10\n2027-01-06: off"}, {}),
    ],
)
def test_hours_in_which_no_session_fits_are_told_at_their_field(fields: dict[str, str], faults: dict[str, str]) -> None:
    form = a_form({name: typed(text) for name, text in ({"zone": "Europe/London"} | fields).items()})

    told = {}
    try:
        hours_form(form, shortest=45)
    except Faulty as faulty:
        told = {fault.field: fault.message for fault in faulty.faults}

    assert told == faults


@pytest.mark.parametrize("placeholder", [texts.hours.DAY_PLACEHOLDER, texts.hours.ASIDE_PLACEHOLDER])
def test_the_placeholder_of_a_day_is_what_can_be_typed(placeholder: str) -> None:
    by_clock, _, by_halves = placeholder.partition(" (")[0].partition(" or ")

    assert [
        hours_form(a_form({"zone": typed("UTC"), "monday": typed(day)})).windows != () for day in (by_clock, by_halves)
    ] == [
        True,
        True,
    ]


def test_empty_hours_form_is_a_week_off() -> None:
    assert the_hours() == WeeklyHours(zone="Europe/London")


def test_windows_that_overlap_become_one() -> None:
    assert the_hours(friday="9-12, 11-13, 13-14") == hours_in("Europe/London", {4: "9-14"})


def test_hours_are_kept_in_the_zone_that_was_typed_in_whatever_case() -> None:
    assert [the_hours(zone=zone).zone for zone in ("america/los_angeles", "America/Los Angeles", "utc")] == [
        "America/Los_Angeles",
        "America/Los_Angeles",
        "UTC",
    ]


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"tuesday": "17-9"}, "tuesday", "These hours end before they start."),
        ({"tuesday": "9-9"}, "tuesday", "These hours end before they start."),
        ({"wednesday": "nine to five"}, "wednesday", "I could not read this."),
        ({"wednesday": "9-12, soon"}, "wednesday", "Time range 2: I could not read this."),
        ({"thursday": "9-25"}, "thursday", "There is no such time of day."),
        ({"thursday": "9:02-12"}, "thursday", "Please use times in steps of 5 minutes"),
        ({"friday": "x" * (WINDOWS_MAX + 1)}, "friday", "Please shorten this by 1 character"),
        ({"zone": "berlin"}, "zone", "Did you mean Europe/Berlin"),
        ({"zone": "Europe/Berlim"}, "zone", "Did you mean Europe/Berlin"),
        ({"zone": ""}, "zone", "I do not know that time zone."),
        ({"zone": "../../etc/passwd"}, "zone", "I do not know that time zone."),
        ({"overrides": "2027-02-30: 9-12"}, "overrides", "Line 1:"),
        ({"overrides": "2027-01-05: 9-12\n2027-01-06"}, "overrides", "Line 2: please write a date and its hours"),
        ({"overrides": "2027-01-05: 9-12\n2027-01-05: off"}, "overrides", "Line 2: this date is already listed above."),
        ({"overrides": "2027-01-05 off\n2027-01-06 off\n2027-01-05: 9-12"}, "overrides", "Line 3: this date is"),
        ({"overrides": "2027-01-05: 12-9"}, "overrides", "Line 1: These hours end before they start."),
        ({"overrides": "x" * (OVERRIDES_MAX + 1)}, "overrides", "Please shorten this by 1 character"),
    ],
)
def test_hours_that_cannot_be_read_are_told_at_their_field(fields: dict[str, str], field: str, says: str) -> None:
    at, sentence = refusal_of(**fields)

    assert at == field
    assert says in sentence
    assert sentence.endswith((".", "?"))


def test_all_hours_that_cannot_be_read_are_told_at_once_each_at_its_field() -> None:
    with pytest.raises(Faulty) as refusal:
        the_hours(monday="17-9", tuesday="9-12", friday="9-25", overrides="soon", zone="Europe/Berlim")

    assert {fault.field: fault.message.split(".")[0] for fault in refusal.value.faults} == {
        "monday": "These hours end before they start",
        "friday": "There is no such time of day",
        "overrides": "Line 1: please write a date and its hours, like 2027-01-05: 10:00-12:00, or 2027-01-06: off",
        "zone": "I do not know that time zone",
    }


def test_everything_of_a_profile_that_cannot_be_read_is_told_at_once() -> None:
    with pytest.raises(Faulty) as refusal:
        the_profile(about="x" * (ABOUT_MAX + 1), place_of="room:", site_places_of="Oxford")

    assert [fault.field for fault in refusal.value.faults] == ["about", "site_places.coaching", "place.coaching"]


def test_dates_that_fit_as_typed_but_not_as_written_out_are_refused_now() -> None:
    line = "2027-{month}-{day}:0-1"
    lines = [line.format(month=month, day=day) for month in range(1, 10) for day in range(1, 29)]
    overrides = "\n".join(lines)[:OVERRIDES_MAX].rpartition("\n")[0]

    at, sentence = refusal_of(overrides=overrides)

    assert at == "overrides"
    assert sentence.startswith("Please shorten this by")


def test_date_may_stand_twice_when_it_means_the_same() -> None:
    twice = the_hours(overrides="2027-01-05: 9-12\n2027-01-05: 14-16\n2027-01-06: off\n2027-01-06: off")

    assert twice == hours_in("Europe/London", {}, {"2027-01-05": "9-12, 14-16", "2027-01-06": "off"})


def test_fullest_day_can_be_written_out() -> None:
    windows = ", ".join(
        f"{hour}:{minute:02}-{hour}:{minute + 5:02}" for hour in range(24) for minute in range(0, 60, 10)
    )

    hours = the_hours(monday=windows)

    assert len(hours.windows) == 144
    assert len(windows) <= WINDOWS_MAX


def test_override_is_a_date_and_its_windows() -> None:
    assert the_hours(overrides="2027-01-20: 10-11").overrides == (
        DateOverride(day=date(2027, 1, 20), windows=(Window(start_minute=600, end_minute=660),)),
    )


def test_profile_form_is_read_as_people_write() -> None:
    profile = the_profile(about=" Tea.\nPlans. ", place_of="4.12", site_places_of="Oxford: https://x.org/me")

    assert profile == Profile(
        about="Tea.\nPlans.",
        focus_areas=(FocusArea.CAREER,),
        places={
            COACHING: {"Oxford": Place(kind="link", detail="https://x.org/me"), "": Place(kind="room", detail="4.12")}
        },
    )


def test_profile_form_from_before_another_kind_was_taken_leaves_its_places_open() -> None:
    form = a_form({"place.coaching": typed("4.12"), "focus": chosen_several("career")})

    assert profile_form(form, [COACHING, COMMUNITY]).places == {COACHING: {"": Place(kind="room", detail="4.12")}}


def test_profile_form_reads_what_somebody_sets_for_themselves() -> None:
    form = a_form({"per_day": typed(" 4 "), "per_week": typed("no limit"), "agenda": chosen_several(SEND_AGENDA)})

    profile = profile_form(form, [])

    assert (profile.limits, profile.has_agenda) == (OwnLimits(per_day=4, per_week=0), True)


def test_profile_form_without_limits_and_tick_has_neither() -> None:
    profile = profile_form(a_form({"per_day": typed(None), "agenda": chosen_several()}), [])

    assert (profile.limits, profile.has_agenda) == (OwnLimits(), False)


@pytest.mark.parametrize(("field", "most"), [("per_day", 100), ("per_week", 500)])
@pytest.mark.parametrize("written", ["0", "{over}", "2.5", "-3", "many", "x" * 21])
def test_limit_that_is_none_is_told_at_its_field(field: str, most: int, written: str) -> None:
    with pytest.raises(DomainError) as refusal:
        profile_form(a_form({field: typed(written.format(over=most + 1))}), [])

    assert refusal.value.field == field
    assert profile_form(a_form({field: typed(str(most))}), []).limits.is_set


def test_profile_form_without_places_has_none() -> None:
    assert the_profile(about="Tea.").places == {COACHING: {}}


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"about": "x" * (ABOUT_MAX + 1)}, "about", "Please shorten this by 1 character"),
        ({"place_of": "room:"}, "place.coaching", "Please write a place like"),
        ({"place_of": "x" * (PLACE_MAX + 1)}, "place.coaching", "Please shorten this by 1 character"),
        ({"place_of": "x" * PLACE_MAX}, "place.coaching", "Please shorten this by 6 characters"),
        ({"site_places_of": "Oxford"}, "site_places.coaching", "Line 1: please write a site once"),
        ({"site_places_of": "Oxford: 1\nOxford: 2"}, "site_places.coaching", "Line 2: please write a site once"),
        ({"site_places_of": "x" * (OVERRIDES_MAX + 1)}, "site_places.coaching", "Please shorten this by 1 character"),
        ({"site_places_of": "a: " + "x" * (OVERRIDES_MAX - 3)}, "site_places.coaching", "Please shorten this by 6"),
    ],
)
def test_profile_that_cannot_be_read_is_told_at_its_field(fields: dict[str, str], field: str, says: str) -> None:
    with pytest.raises(DomainError) as refusal:
        the_profile(**fields)

    assert refusal.value.field == field
    assert says in refusal.value.message


def test_crafted_topic_is_refused() -> None:
    with pytest.raises(DomainError, match="I could not read that form"):
        profile_form(a_form({"focus": chosen_several("astrology")}), [COACHING])


COPYING = {"monday": typed("9-12"), "tuesday": typed("14-15"), "friday": typed("8-9")}


def test_copied_hours_of_a_day_replace_those_of_the_others() -> None:
    form = a_form(COPYING | {"copy_from": chosen("monday"), "copy_to": chosen_several("tuesday", "sunday")})

    assert hours_form(form) == hours_in("UTC", {0: "9-12", 1: "9-12", 4: "8-9", 6: "9-12"})


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"copy_from": chosen("monday")}, "copy_to"), ({"copy_to": chosen_several("tuesday")}, "copy_from")],
)
def test_copying_from_nowhere_or_to_nowhere_is_told_at_the_field(
    fields: dict[str, dict[str, object]], field: str
) -> None:
    with pytest.raises(Faulty) as refusal:
        hours_form(a_form(COPYING | fields))

    assert [fault.field for fault in refusal.value.faults] == [field]


def picked(day: str | None) -> dict[str, object]:
    """What a date picker holds."""
    return {"type": "datepicker", "selected_date": day}


def test_a_day_off_that_is_picked_joins_the_dates() -> None:
    form = a_form({"overrides": typed("2027-01-20: 10-11"), "day_off": picked("2027-01-19")})

    assert hours_form(form).overrides == hours_in("UTC", {}, {"2027-01-19": "off", "2027-01-20": "10-11"}).overrides


def test_a_day_off_that_has_hours_in_the_list_is_told_at_its_field() -> None:
    with pytest.raises(Faulty) as refusal:
        hours_form(a_form({"overrides": typed("2027-01-20: 10-11"), "day_off": picked("2027-01-20")}))

    assert [(fault.field, fault.message) for fault in refusal.value.faults] == [
        ("day_off", texts.hours.DAY_OFF_HAS_HOURS)
    ]


def test_a_day_off_that_makes_the_list_too_long_to_open_again_is_told_at_the_list() -> None:
    lines = [f"2027-{month:02}-{day:02}: off" for month in range(1, 8) for day in range(1, 29)][:187]
    form = a_form({"overrides": typed("\n".join(lines)), "day_off": picked("2027-12-31")})

    with pytest.raises(Faulty) as refusal:
        hours_form(form)

    assert [fault.field for fault in refusal.value.faults] == ["overrides"]


TODAY = date(2027, 1, 11)


def an_absence(first: str | None, last: str | None, colleague: str | None = None) -> Absence:
    form = a_form({"first": picked(first), "last": picked(last), "colleague": chosen(colleague)})
    return away_form(form, today=TODAY, colleagues={"dev"})


def test_time_away_is_read_with_its_colleague() -> None:
    days = DateSpan(first=date(2027, 1, 10), last=date(2027, 1, 12))

    assert an_absence("2027-01-10", "2027-01-12", "dev") == Absence(days=days, colleague="dev")
    assert an_absence("2027-01-10", "2027-01-12") == Absence(days=days)


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ((None, None), {"first": texts.hours.NO_FIRST, "last": texts.hours.NO_LAST}),
        (("2027-01-12", "2027-01-11"), {"last": InvalidDays().message}),
        (("2027-01-01", "2027-01-10"), {"last": texts.hours.PASSED}),
        (("2027-01-12", None, "eli"), {"last": texts.hours.NO_LAST, "colleague": texts.hours.NO_COLLEAGUE}),
    ],
)
def test_time_away_that_cannot_be_is_told_at_each_field(fields: tuple[str | None, ...], faults: dict[str, str]) -> None:
    with pytest.raises(Faulty) as refusal:
        an_absence(*fields)

    assert {fault.field: fault.message for fault in refusal.value.faults} == faults


def test_travel_is_read_with_its_zone_and_faults_are_told_together() -> None:
    days = {"first": picked("2027-01-12"), "last": picked("2027-01-12")}

    travel = travel_form(a_form(days | {"zone": typed("europe/berlin")}), today=TODAY)
    with pytest.raises(Faulty) as refusal:
        travel_form(a_form({"zone": typed("Berlim")}), today=TODAY)

    assert travel == Travel(days=DateSpan(first=date(2027, 1, 12), last=date(2027, 1, 12)), zone="Europe/Berlin")
    assert [fault.field for fault in refusal.value.faults] == ["first", "last", "zone"]
