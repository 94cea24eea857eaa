"""Hours, profile and places: what is saved is read back, and scholars are offered it at once."""

from datetime import timedelta

import pytest

from domain.focus import FocusArea
from domain.hours import InvalidHours, WeeklyHours
from domain.limits import OwnLimits
from domain.people import Role
from domain.places import Place
from domain.times import UnknownZone, zone
from services.booking.book import book_session
from services.hours.own import Profile, own_hours, own_profile, save_hours, save_profile
from services.offers.facts import StaffCard
from services.offers.offer import offer_times
from services.sessions.own import session_details
from tests.builders.bookings import a_wish, starts_in
from tests.builders.people import put_membership, put_person, travel
from tests.builders.scheduling import LOS_ANGELES, hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House

SPLIT_WEEK = hours_in(
    LOS_ANGELES,
    {0: "9:00-12:00, 13:00-17:00", 2: "22:00-24:00", 6: "0:00-0:30"},
    {"2027-01-20": "10:00-12:00, 14:00-15:00", "2027-01-21": "off"},
)


def starts_with_cleo(house: House) -> list[str]:
    return starts_in(offer_times(house.support, house.person("ada"), staff_id="cleo"))


def test_save_hours_reads_back_whole(house: House) -> None:
    cleo = house.person("cleo")

    save_hours(house.support, cleo, SPLIT_WEEK)
    once = own_hours(house.support, cleo)
    save_hours(house.support, cleo, SPLIT_WEEK)

    assert (once, own_hours(house.support, cleo)) == (SPLIT_WEEK, SPLIT_WEEK)


@pytest.mark.parametrize(
    ("at_home", "abroad", "hours_later"),
    [
        (LOS_ANGELES, "Asia/Kolkata", 8),  # still the 11th at home, the 12th abroad
        ("Pacific/Kiritimati", LOS_ANGELES, 0),  # the 12th at home, still the 11th abroad
        ("Etc/GMT+12", "Pacific/Kiritimati", 23),  # the 11th at home, the 13th abroad
    ],
)
def test_saving_unchanged_hours_while_abroad_keeps_todays_date(
    house: House, at_home: str, abroad: str, hours_later: int
) -> None:
    travel(house.stores.program, "cleo", abroad)
    house.clock.advance(timedelta(hours=hours_later))
    today = house.clock.now().astimezone(zone(at_home)).date()
    ahead = hours_in(at_home, WEEKDAYS, {today.isoformat(): "off"})
    save_hours(house.support, house.person("cleo"), ahead)
    shown = own_hours(house.support, house.person("cleo"))

    save_hours(house.support, house.person("cleo"), shown)

    assert (shown, own_hours(house.support, house.person("cleo"))) == (ahead, ahead)


def test_own_hours_of_somebody_who_set_none_are_empty_in_their_zone(sqlite_house: House) -> None:
    put_person(sqlite_house.stores.program, "fay", Role.COACH, zone=LOS_ANGELES)

    assert own_hours(sqlite_house.support, sqlite_house.person("fay")) == WeeklyHours(zone=LOS_ANGELES)


def test_save_hours_unites_windows_that_overlap_or_touch(sqlite_house: House) -> None:
    cleo = sqlite_house.person("cleo")

    save_hours(sqlite_house.support, cleo, hours_in(LONDON, {0: "9:00-11:00, 10:00-12:00, 12:00-13:00"}))

    assert own_hours(sqlite_house.support, cleo) == hours_in(LONDON, {0: "9:00-13:00"})


def test_save_hours_is_what_scholars_are_offered_from_then_on(sqlite_house: House) -> None:
    cleo = sqlite_house.person("cleo")

    save_hours(sqlite_house.support, cleo, hours_in(LONDON, {2: "9:00-10:30"}))

    assert starts_with_cleo(sqlite_house)[:3] == ["2027-01-13T09:00Z", "2027-01-13T09:30Z", "2027-01-20T09:00Z"]


def test_save_hours_of_a_date_replace_that_days_and_several_unite(sqlite_house: House) -> None:
    """Cases 32 and 33."""
    cleo = sqlite_house.person("cleo")
    dates = {"2027-01-12": "10:00-12:00, 14:00-15:00", "2027-01-13": "off", "2027-01-14": "9:00-10:00, 9:30-10:30"}

    save_hours(sqlite_house.support, cleo, hours_in(LONDON, {1: "9:00-17:00", 2: "9:00-17:00", 3: "9:00-17:00"}, dates))

    assert starts_with_cleo(sqlite_house)[:7] == [
        "2027-01-12T10:00Z",
        "2027-01-12T10:30Z",
        "2027-01-12T11:00Z",
        "2027-01-12T14:00Z",
        "2027-01-14T09:00Z",
        "2027-01-14T09:30Z",
        "2027-01-19T09:00Z",
    ]


def test_save_hours_leaves_sessions_that_are_booked_as_they_are(sqlite_house: House) -> None:
    booked = book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish()).booked

    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON))

    assert session_details(sqlite_house.support, sqlite_house.person("ada"), booked.scholar_ref).booked == booked


def test_hours_in_an_unknown_zone_name_the_nearest() -> None:
    with pytest.raises(UnknownZone) as refused:
        hours_in("Europe/Lodnon", {0: "9:00-17:00"})

    assert (refused.value.field, refused.value.message) == (
        "zone",
        "I do not know that time zone. Did you mean Europe/London?",
    )


def test_save_hours_with_a_date_that_has_passed_is_refused_and_nothing_saved(sqlite_house: House) -> None:
    cleo = sqlite_house.person("cleo")
    before = own_hours(sqlite_house.support, cleo)

    with pytest.raises(InvalidHours) as refused:
        save_hours(sqlite_house.support, cleo, hours_in(LONDON, {}, {"2026-01-20": "off", "2027-01-20": "off"}))

    assert (refused.value.field, refused.value.message) == (
        "overrides",
        "2026-01-20 has passed. Please write dates from today on.",
    )
    assert own_hours(sqlite_house.support, cleo) == before


def test_save_hours_from_a_form_opened_before_midnight_keeps_the_new_days(house: House) -> None:
    cleo = house.person("cleo")
    shown = hours_in(LONDON, {0: "9:00-17:00"}, {"2027-01-11": "off", "2027-01-12": "10:00-11:00"})
    save_hours(house.support, cleo, shown)
    house.clock.advance(timedelta(hours=13))

    save_hours(house.support, cleo, shown)

    assert own_hours(house.support, cleo) == hours_in(LONDON, {0: "9:00-17:00"}, {"2027-01-12": "10:00-11:00"})


def test_save_hours_of_an_old_form_that_comes_again_brings_no_old_week_back(house: House) -> None:
    cleo, monday, friday = house.person("cleo"), hours_in(LONDON, {0: "9-12"}), hours_in(LONDON, {4: "9-12"})
    save_hours(house.support, cleo, monday, request_key="first")
    save_hours(house.support, cleo, friday, request_key="second")

    save_hours(house.support, cleo, monday, request_key="first")
    stands = own_hours(house.support, cleo)
    save_hours(house.support, cleo, monday, request_key="third")

    assert (stands, own_hours(house.support, cleo)) == (friday, monday)


def test_save_hours_that_is_refused_leaves_no_key_so_that_the_corrected_form_counts(sqlite_house: House) -> None:
    past = hours_in(LONDON, {}, {"2026-01-20": "off"})

    with pytest.raises(InvalidHours):
        save_hours(sqlite_house.support, sqlite_house.person("cleo"), past, request_key="first")

    assert sqlite_house.keys() == []


def test_save_profile_of_an_old_form_that_comes_again_brings_no_old_words_back(house: House) -> None:
    cleo = house.person("cleo")
    old, new = (Profile(about=about, focus_areas=(), places={}) for about in ("Old words", "New words"))
    save_profile(house.support, cleo, old, request_key="first")
    save_profile(house.support, cleo, new, request_key="second")

    save_profile(house.support, cleo, old, request_key="first")

    assert own_profile(house.support, cleo).about == "New words"


def test_save_profile_reads_back_and_keeps_the_hours(house: House) -> None:
    cleo = house.person("cleo")
    profile = Profile(
        about="Ten years of research.\nAsk me about grants.",
        focus_areas=(FocusArea.CAREER, FocusArea.GRANT_PROPOSALS),
        places={
            "coaching": {
                "": Place(kind="link", detail="https://meet.example.org/cleo"),
                "London": Place(kind="room", detail="4.12"),
            },
            "research": {},
        },
        limits=OwnLimits(per_day=4, per_week=15),
        has_agenda=True,
    )
    hours = own_hours(house.support, cleo)

    save_profile(house.support, cleo, profile)

    assert (own_profile(house.support, cleo), own_hours(house.support, cleo)) == (profile, hours)


def test_save_profile_before_any_hours_leaves_the_zone_of_the_roster(sqlite_house: House) -> None:
    fay = sqlite_house.person(put_person(sqlite_house.stores.program, "fay", Role.COACH, zone=LOS_ANGELES))

    save_profile(sqlite_house.support, fay, Profile(about="New here", focus_areas=(), places={}))

    assert own_hours(sqlite_house.support, fay) == WeeklyHours(zone=LOS_ANGELES)


def test_save_profile_is_shown_to_scholars_who_choose(sqlite_house: House) -> None:
    cleo = sqlite_house.person("cleo")
    save_hours(sqlite_house.support, cleo, hours_in(LOS_ANGELES, {0: "9:00-17:00"}))

    save_profile(
        sqlite_house.support, cleo, Profile(about="Ask me", focus_areas=(FocusArea.CAREER,), places={"coaching": {}})
    )

    assert offer_times(sqlite_house.support, sqlite_house.person("ada")).staff == (
        StaffCard(id="cleo", name="Cleo", zone=LOS_ANGELES, about="Ask me", focus_areas=(FocusArea.CAREER,)),
        StaffCard(id="dev", name="Dev", zone=LONDON, about="", focus_areas=()),
    )


@pytest.mark.parametrize(("site", "place"), [("London", "4.12"), ("Berkeley", "somewhere else")])
def test_place_of_a_session_is_that_of_the_scholars_site_or_else_the_one_for_all(
    sqlite_house: House, site: str, place: str
) -> None:
    zoe = sqlite_house.person(put_person(sqlite_house.stores.program, "zoe", site=site))
    rooms = {"": Place(kind="room", detail="somewhere else"), "London": Place(kind="room", detail="4.12")}
    save_profile(
        sqlite_house.support,
        sqlite_house.person("cleo"),
        Profile(about="", focus_areas=(), places={"coaching": rooms}),
    )

    details = book_session(sqlite_house.support, zoe, a_wish())

    assert details.place == Place(kind="room", detail=place)


def test_places_are_kept_by_kind_for_somebody_in_both_roles(sqlite_house: House) -> None:
    put_membership(sqlite_house.stores.program, "eli", Role.COACH)
    eli = sqlite_house.person("eli")
    places = {
        "coaching": {"": Place(kind="room", detail="4.12")},
        "community": {"": Place(kind="phone", detail="+1 555 0100")},
        "research": {"": Place(kind="room", detail="1.05")},
    }

    save_profile(sqlite_house.support, eli, Profile(about="", focus_areas=(), places=places))

    assert own_profile(sqlite_house.support, eli).places == places


def test_save_profile_from_a_form_of_one_kind_keeps_the_places_of_the_other(house: House) -> None:
    put_membership(house.stores.program, "eli", Role.COACH)
    eli = house.person("eli")
    room, phone = {"": Place(kind="room", detail="4.12")}, {"": Place(kind="phone", detail="+1 555 0100")}
    both = Profile(about="", focus_areas=(), places={"coaching": room, "community": phone})
    save_profile(house.support, eli, both)
    opened_before = Profile(about="", focus_areas=(), places={"community": {}})

    save_profile(house.support, eli, opened_before)

    assert own_profile(house.support, eli).places == {"coaching": room, "community": {}, "research": {}}
