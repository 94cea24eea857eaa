"""Somebody is away or travels: nothing is offered with them, or elsewhere, and a colleague takes their place."""

from dataclasses import replace
from datetime import date

import pytest

from domain.days import DateSpan
from domain.hours import Absence, Travel, WeeklyHours
from domain.people import Role
from domain.series import Repeat, SeriesNotFree
from domain.waiting import TimesAreFree
from services.booking.book import book_session
from services.hours.away import Away, booked_within, colleagues_of
from services.hours.own import change_hours, own_hours, save_hours
from services.offers.gone import TimeGone
from services.offers.offer import offer_times
from services.proposals.offered import times_offered_to
from services.proposals.propose import TimeNotFree, propose_times
from services.sessions.own import session_details
from services.waiting.join import waits_of
from tests.acting.waiting_line import waits
from tests.builders.bookings import TOMORROW_TEN, a_proposal, a_wish, instant, starts_in
from tests.builders.groups import a_group_wish, set_up
from tests.builders.people import put_membership, put_person, put_recusal
from tests.builders.rules import a_phase, closed_days, set_rules
from tests.builders.scheduling import LOS_ANGELES, hours_in
from tests.fixtures.desks import LONDON, House
from tests.looking.queries import queries_of

BERLIN = "Europe/Berlin"
TUESDAY = "2027-01-12"


def span(first: str, last: str | None = None) -> DateSpan:
    return DateSpan(first=date.fromisoformat(first), last=date.fromisoformat(last or first))


def change(house: House, staff: str, **parts: object) -> WeeklyHours:
    return change_hours(house.support, house.person(staff), lambda hours: replace(hours, **parts))  # type: ignore[arg-type]


def go_away(house: House, staff: str = "cleo", colleague: str = "dev", days: DateSpan | None = None) -> None:
    change(house, staff, absences=(Absence(days=days or span(TUESDAY), colleague=colleague),))


def on(day: str, offer_starts: list[str]) -> list[str]:
    return [start for start in offer_starts if start.startswith(day)]


def test_everything_that_changes_hours_is_read_back_as_it_was_saved(house: House) -> None:
    week = hours_in(LONDON, {0: "9-12"}, {"2027-01-20": "off"})
    hours = replace(
        week,
        windows=(
            *week.windows,
            *(replace(one, phase="Research", weekday=3) for one in week.windows),
            *(replace(one, purpose="mentor", weekday=4) for one in week.windows),
        ),
        travels=(Travel(days=span("2027-01-18", "2027-01-19"), zone=BERLIN),),
        absences=(Absence(days=span("2027-02-01", "2027-02-05"), colleague="dev"), Absence(days=span("2027-03-01"))),
        own_phases=("Extension", "Research"),
    )

    save_hours(house.support, house.person("cleo"), hours)

    assert own_hours(house.support, house.person("cleo")) == hours


def test_hours_of_everybody_are_one_question_whatever_is_in_them(house: House) -> None:
    go_away(house)
    change(house, "dev", travels=(Travel(days=span(TUESDAY), zone=BERLIN),), own_phases=("Research",))
    ada = house.person("ada")
    house.desk.rules.of(ada)

    with queries_of(house.stores.program) as of_program, queries_of(house.stores.confidential) as of_support:
        offer_times(house.support, ada, staff_id="cleo")

    assert (len(of_program), len(of_support)) == (1, 2)


def test_what_is_over_is_not_shown_any_more_and_stays_as_history(sqlite_house: House) -> None:
    past = Absence(days=span("2027-01-04", "2027-01-05"))
    going_on = Absence(days=span("2027-01-10", "2027-01-12"))
    change(sqlite_house, "cleo", absences=(past, going_on))

    assert own_hours(sqlite_house.support, sqlite_house.person("cleo")).absences == (going_on,)


def test_travel_offers_the_same_wall_times_in_the_other_zone_with_its_clock(sqlite_house: House) -> None:
    change(sqlite_house, "cleo", travels=(Travel(days=span(TUESDAY), zone=LOS_ANGELES),))

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), staff_id="cleo")

    assert (on(TUESDAY, starts_in(offer))[0], on("2027-01-13", starts_in(offer))[0]) == (
        "2027-01-12T17:00Z",
        "2027-01-13T00:00Z",
    )
    assert {each.staff_zone for each in offer.days[TUESDAY]} == {LOS_ANGELES}
    assert offer.days["2027-01-14"][0].staff_zone == LONDON


def test_details_show_the_clock_of_where_they_will_be(sqlite_house: House) -> None:
    change(sqlite_house, "cleo", travels=(Travel(days=span(TUESDAY), zone=LOS_ANGELES),))
    ada = sqlite_house.person("ada")

    abroad, at_home = (
        book_session(sqlite_house.support, ada, a_wish(start)).booked
        for start in ("2027-01-12T18:00Z", "2027-01-14T10:00Z")
    )

    assert [session_details(sqlite_house.support, ada, each.scholar_ref).other_zone for each in (abroad, at_home)] == [
        LOS_ANGELES,
        LONDON,
    ]


def test_a_colleague_takes_the_times_of_who_is_away_on_those_days_alone(house: House) -> None:
    save_hours(house.support, house.person("dev"), hours_in(LONDON, dict.fromkeys(range(5), "10-11, 18-19")))
    go_away(house)

    offer = offer_times(house.support, house.person("ada"), staff_id="cleo")

    assert {f"{each.starts:%H:%M}": each.with_name for each in offer.days[TUESDAY]} == {"10:00": "Dev", "18:00": "Dev"}
    assert {each.with_name for each in offer.days["2027-01-13"]} == {""}
    assert "18:00" not in {f"{each.starts:%H:%M}" for each in offer.days["2027-01-13"]}
    assert offer.away == (Away(name="Cleo", first=date(2027, 1, 12), last=date(2027, 1, 12), colleague="Dev"),)


def test_booking_a_time_of_who_is_away_books_the_colleague(house: House) -> None:
    go_away(house)

    booked = book_session(house.support, house.person("ada"), a_wish(TOMORROW_TEN, staff="cleo"))

    assert (booked.booked.staff_id, booked.other_name) == ("dev", "Dev")
    assert house.cells()["cleo"] == 0


def test_a_repeated_booking_with_the_colleague_is_the_same_one(house: House) -> None:
    go_away(house)
    wish = a_wish(TOMORROW_TEN, staff="cleo", key="twice")

    refs = {book_session(house.support, house.person("ada"), wish).ref for _ in range(2)}

    assert (len(refs), len(house.bookings())) == (1, 1)


def test_a_series_goes_to_the_colleague_if_each_of_its_dates_does(house: House) -> None:
    go_away(house, days=span(TUESDAY, "2027-01-19"))
    twice, thrice = (replace(a_wish(TOMORROW_TEN, staff="cleo"), repeat=Repeat(times=times)) for times in (2, 3))

    with pytest.raises(SeriesNotFree) as refused:
        book_session(house.support, house.person("ada"), thrice)
    before = house.bookings()
    book_session(house.support, house.person("ada"), twice)

    assert (refused.value.field, before) == ("repeat", [])
    assert "Cleo is away on Tue 12 Jan 2027, 10:00" in refused.value.message
    assert {(staff, start) for _, staff, start, _ in house.bookings()} == {
        ("dev", "2027-01-12T10:00Z"),
        ("dev", "2027-01-19T10:00Z"),
    }


@pytest.mark.parametrize("why", ["recused", "mentor", "nobody", "away too", "another role"])
def test_without_a_colleague_whom_the_scholar_may_meet_the_time_is_not_there(sqlite_house: House, why: str) -> None:
    program = sqlite_house.stores.program
    go_away(sqlite_house, colleague={"nobody": "", "another role": "eli"}.get(why, "dev"))
    if why == "recused":
        put_recusal(program, "dev", "ada")
    if why == "mentor":
        put_membership(program, "ada", Role.SCHOLAR, mentor="dev", first_day="2027-01-02")
    if why == "away too":
        go_away(sqlite_house, "dev", "cleo")
    ada = sqlite_house.person("ada")

    offer = offer_times(sqlite_house.support, ada, staff_id="cleo")
    with pytest.raises(TimeGone):
        book_session(sqlite_house.support, ada, a_wish(TOMORROW_TEN, staff="cleo"))

    assert TUESDAY not in offer.days
    assert offer.away[0].colleague == ("Dev" if why == "away too" else "")
    assert sqlite_house.bookings() == []


def test_anyone_is_never_somebody_who_is_away(sqlite_house: House) -> None:
    go_away(sqlite_house)
    ada, bo = sqlite_house.person("ada"), sqlite_house.person("bo")

    taken_by = book_session(sqlite_house.support, ada, a_wish(TOMORROW_TEN, staff=None)).booked.staff_id
    with pytest.raises(TimeGone):
        book_session(sqlite_house.support, bo, a_wish(TOMORROW_TEN, staff=None))

    assert taken_by == "dev"


def test_sessions_booked_in_an_absence_are_found_for_who_saves_it(house: House) -> None:
    ada, cleo = house.person("ada"), house.person("cleo")
    for start in ("2027-01-12T10:00Z", "2027-01-13T16:00Z", "2027-01-14T09:00Z"):
        book_session(house.support, ada, a_wish(start))

    found = booked_within(house.support, cleo, span(TUESDAY, "2027-01-13"))

    assert found == (instant("2027-01-12T10:00Z"), instant("2027-01-13T16:00Z"))


def test_sessions_of_several_in_an_absence_are_found_for_who_hosts_them(house: House) -> None:
    set_up(house, "cleo", a_group_wish("2027-01-12T12:00Z", cohost="dev"))
    for start in ("2027-01-12T15:00Z", "2027-01-13T10:00Z"):
        book_session(house.support, house.person("ada"), a_wish(start))

    found = {who: booked_within(house.support, house.person(who), span(TUESDAY)) for who in ("cleo", "dev", "eli")}
    later = booked_within(house.support, house.person("dev"), span("2027-01-13"))

    assert found["cleo"] == (instant("2027-01-12T12:00Z"), instant("2027-01-12T15:00Z"))
    assert (found["dev"], found["eli"], later) == ((instant("2027-01-12T12:00Z"),), (), ())


def test_colleagues_are_those_of_the_same_role_and_program_by_name(sqlite_house: House) -> None:
    put_person(sqlite_house.stores.program, "zoe", Role.COACH)

    assert [person.id for person in colleagues_of(sqlite_house.support, sqlite_house.person("cleo"))] == ["dev", "zoe"]


def test_nothing_is_offered_or_named_on_a_closed_day_and_own_hours_in_a_phase_hold(sqlite_house: House) -> None:
    cleo = sqlite_house.person("cleo")
    late = hours_in(LONDON, dict.fromkeys(range(5), "20-21")).windows
    hours = own_hours(sqlite_house.support, cleo)
    change(sqlite_house, "cleo", windows=(*hours.windows, *(replace(one, phase="Research") for one in late)))
    retreat, research = closed_days(TUESDAY), a_phase("2027-01-14", "2027-01-14", name="Research")
    set_rules(sqlite_house.stores.program, lambda rules: replace(rules, closed=(retreat,), phases=(research,)))
    support, ada, cleo = sqlite_house.support, sqlite_house.person("ada"), sqlite_house.person("cleo")

    offer = starts_in(offer_times(support, ada, staff_id="cleo"))
    with pytest.raises(TimeNotFree, match="The program is closed on that day"):
        propose_times(support, cleo, ada, a_proposal(own=["2027-01-12T22:00Z"]))
    with pytest.raises(TimeGone, match="The program is closed on that day"):
        book_session(support, ada, a_wish(TOMORROW_TEN))

    assert (on(TUESDAY, offer), on("2027-01-14", offer)) == ([], ["2027-01-14T20:00Z"])
    assert on("2027-01-15", offer)[0] == "2027-01-15T09:00Z"


def test_own_times_may_be_named_in_ones_own_absence(sqlite_house: House) -> None:
    go_away(sqlite_house)
    ada, cleo = sqlite_house.person("ada"), sqlite_house.person("cleo")

    propose_times(sqlite_house.support, cleo, ada, a_proposal(own=["2027-01-12T22:00Z"]))

    assert [times.starts for times in times_offered_to(sqlite_house.support, ada)] == [(instant("2027-01-12T22:00Z"),)]


def test_who_comes_too_late_is_told_the_colleagues_times_meanwhile(house: House) -> None:
    go_away(house, days=DateSpan(first=date(2027, 1, 12), last=date(2027, 2, 28)))
    book_session(house.support, house.person("bo"), a_wish(TOMORROW_TEN, staff="dev"))

    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("ada"), a_wish(TOMORROW_TEN))

    assert refused.value.message.endswith("Next free: Tue 12 Jan, 11:00, 11:30, 12:00 GMT.")


def test_a_time_of_ones_own_comes_before_a_colleagues_later_one(house: House) -> None:
    go_away(house, days=DateSpan(first=date(2027, 1, 13), last=date(2027, 2, 28)))
    change(house, "cleo", overrides=hours_in(LONDON, {}, {"2027-01-12": "10:00-12:00"}).overrides)
    book_session(house.support, house.person("bo"), a_wish(TOMORROW_TEN))

    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("ada"), a_wish(TOMORROW_TEN))

    assert refused.value.message.endswith("Next free: Tue 12 Jan, 11:00 GMT; Wed 13 Jan, 09:00, 09:30 GMT.")


def test_nobody_waits_for_who_is_away_while_the_colleague_has_times(house: House) -> None:
    go_away(house, days=DateSpan(first=date(2027, 1, 11), last=date(2027, 3, 31)))

    with pytest.raises(TimesAreFree, match="Mon 11 Jan, 16:00 GMT"):
        waits(house, "ada")
    go_away(house, colleague="", days=DateSpan(first=date(2027, 1, 11), last=date(2027, 3, 31)))
    waits(house, "ada")

    assert len(waits_of(house.support, house.person("ada"))) == 1
