from dataclasses import replace

from domain.focus import COACHING_AREAS, COMMUNITY_AREAS, FocusArea
from domain.hours import WEEKDAYS, WeeklyHours
from domain.hours.edits import phase_key
from domain.kinds import COACHING, COMMUNITY
from domain.people import SUPPORT_ROLES, Role
from domain.places import Place
from domain.ports import View
from handlers import texts
from handlers.parse.hours import hours_form, profile_form
from handlers.views.hours import aside_form, dates_form, phase_form, profile_modal, week_form
from services.hours.own import Profile
from tests.builders.people import a_person
from tests.builders.scheduling import hours_in
from tests.builders.sessions import a_form, chosen_several, typed
from tests.unit.handlers.views.largest.hours import full_profile, full_week


def initial_texts(view: View) -> dict[str, str]:
    """What each text field begins with."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {
        block["block_id"]: block["element"].get("initial_value", "")
        for block in inputs
        if block["element"]["type"] == "plain_text_input"
    }


def untouched(view: View) -> dict[str, object]:
    """The form submitted as it was opened."""
    values = {}
    for block in (block for block in view["blocks"] if block["type"] == "input"):
        element = block["element"]
        if element["type"] not in ("plain_text_input", "multi_static_select", "checkboxes"):
            continue
        options = [option["value"] for option in element.get("initial_options", ())]
        is_text = element["type"] == "plain_text_input"
        values[block["block_id"]] = typed(element.get("initial_value")) if is_text else chosen_several(*options)
    return a_form(values)


def test_week_form_has_a_line_for_each_day_as_people_write_hours() -> None:
    hours = hours_in("Europe/London", {0: "9-12, 13-17", 4: "9-12"}, {"2027-01-19": "off"})

    assert initial_texts(week_form(hours)) == {
        "zone": "Europe/London",
        **dict.fromkeys(WEEKDAYS, ""),
        "monday": "9:00-12:00, 13:00-17:00",
        "friday": "9:00-12:00",
    }


def test_dates_form_has_a_line_for_each_date() -> None:
    hours = hours_in("Europe/London", {0: "9-12"}, {"2027-01-19": "off", "2027-01-20": "10-11"})

    assert initial_texts(dates_form(hours)) == {"overrides": "2027-01-19: off\n2027-01-20: 10:00-11:00"}


def test_forms_of_the_fullest_hours_read_back_as_they_were() -> None:
    week = full_week()

    assert hours_form(untouched(week_form(week))).windows == week.windows
    assert hours_form(untouched(week_form(week))).zone == week.zone
    assert hours_form(untouched(dates_form(week))).overrides == week.overrides


def test_week_form_without_hours_reads_back_as_a_week_off() -> None:
    assert hours_form(untouched(week_form(WeeklyHours(zone="UTC")))) == WeeklyHours(zone="UTC")


def of_all_sorts() -> WeeklyHours:
    """Hours of a phase on Tuesdays and set aside on Wednesdays, beside those of Mondays."""
    week = hours_in("Europe/London", {0: "9-12"})
    (monday,) = week.windows
    phase = replace(monday, weekday=1, phase="Research")
    return replace(week, windows=(monday, phase, replace(monday, weekday=2, purpose="mentor")))


def test_each_form_shows_the_windows_it_is_for() -> None:
    hours = of_all_sorts()

    shown = {
        name: {day for day, text in initial_texts(form).items() if text and day in WEEKDAYS}
        for name, form in (
            ("week", week_form(hours)),
            ("own phase", phase_form(hours, "Research")),
            ("same phase", phase_form(hours, "Extension")),
            ("aside", aside_form(hours, "mentor")),
        )
    }

    assert shown == {"week": {"monday"}, "own phase": {"tuesday"}, "same phase": {"monday"}, "aside": {"wednesday"}}


def test_an_empty_line_is_a_day_off_in_a_week_and_nothing_set_aside_in_hours_set_aside() -> None:
    forms = (week_form(of_all_sorts()), phase_form(of_all_sorts(), "Research"), aside_form(of_all_sorts(), "mentor"))

    said = [
        {block["element"]["placeholder"]["text"] for block in form["blocks"] if block.get("block_id") in WEEKDAYS}
        for form in forms
    ]
    assert said == [{texts.hours.DAY_PLACEHOLDER}, {texts.hours.DAY_PLACEHOLDER}, {texts.hours.ASIDE_PLACEHOLDER}]


def test_phase_form_says_whether_it_has_hours_of_its_own_and_carries_no_name() -> None:
    forms = [phase_form(of_all_sorts(), name) for name in ("Research", "Extension")]

    assert [form["blocks"][1]["element"]["initial_option"]["value"] for form in forms] == ["own", "same"]
    assert [form["private_metadata"] for form in forms] == [phase_key("Research"), phase_key("Extension")]


def test_profile_modal_of_the_fullest_profile_reads_back_as_it_was() -> None:
    profile = full_profile()

    read = profile_form(untouched(profile_modal(a_person(roles=SUPPORT_ROLES), profile)), [COACHING, COMMUNITY])

    assert (read.places, read.limits, read.has_agenda) == (profile.places, profile.limits, True)
    assert read.about == profile.about.strip()
    assert set(read.focus_areas) == set(profile.focus_areas)


def test_profile_modal_of_one_kind_asks_for_one_place() -> None:
    profile = Profile(
        about="Tea.",
        focus_areas=(FocusArea.CAREER,),
        places={
            COACHING: {"": Place(kind="room", detail="4.12"), "Oxford": Place(kind="link", detail="https://x.org")}
        },
    )

    view = profile_modal(a_person(roles={Role.COACH}), profile)

    assert initial_texts(view) == {
        "about": "Tea.",
        "place.coaching": "room: 4.12",
        "site_places.coaching": "Oxford: link: https://x.org",
        "per_day": "",
        "per_week": "",
    }
    assert [block["label"]["text"] for block in view["blocks"]] == [
        texts.hours.PROFILE_ABOUT,
        texts.hours.PROFILE_FOCUS,
        texts.hours.PROFILE_PLACE,
        texts.hours.PROFILE_SITES,
        texts.hours.PER_DAY,
        texts.hours.PER_WEEK,
        texts.hours.AGENDA,
    ]


def test_profile_modal_of_both_kinds_asks_for_a_place_of_each() -> None:
    profile = Profile(about="", focus_areas=(), places={COACHING: {}, COMMUNITY: {}})

    view = profile_modal(a_person(roles=SUPPORT_ROLES), profile)

    topics = [option["value"] for option in view["blocks"][1]["element"]["options"]]
    assert view["blocks"][2]["label"]["text"] == "Where you meet: Scholar support (coach)"
    assert [block["block_id"] for block in view["blocks"][2:]] == [
        "place.coaching",
        "site_places.coaching",
        "place.community",
        "site_places.community",
        "per_day",
        "per_week",
        "agenda",
    ]
    assert topics == [area.value for area in (*COACHING_AREAS, *COMMUNITY_AREAS)]
