"""What somebody's own calendar takes is offered to nobody and booked by nobody; what stands already stays."""

from datetime import timedelta

import pytest

from domain.booking import SlotTaken
from domain.errors import DomainError
from domain.groups import HostsBusy
from domain.kinds import DEFAULT_KINDS
from services.booking.book import book_session
from services.booking.change import move_session
from services.feeds.own import remove_feed
from services.feeds.reading import read_feeds
from services.groups.setup import set_up_group
from services.hours.week import week_glance
from services.offers.offer import offer_times
from services.offers.own_times import explain_own
from services.proposals.answer import accept_time
from services.proposals.own_calendar import meets_own_calendar
from services.proposals.propose import propose_times
from tests.acting.calendars import AT_TEN, feed_id_of, known_of, with_calendar
from tests.builders.bookings import TOMORROW_TEN, a_move, a_proposal, a_wish, instant, starts_in
from tests.builders.calendars import ADDRESS, a_calendar, an_entry
from tests.builders.groups import a_group_wish, an_edit, edit, ref_of, set_up
from tests.builders.people import TEAM
from tests.fixtures.desks import House

COACHING, *_ = DEFAULT_KINDS
TOMORROW_TWO = "2027-01-12T14:00Z"
CLEO = "cleo"
TEN_MINUTES = timedelta(minutes=10)


def offered(house: House, who: str | None = CLEO) -> list[str]:
    return starts_in(offer_times(house.support, house.person("ada"), staff_id=who))


def test_what_the_calendar_takes_is_not_offered_and_comes_back_with_it(house: House) -> None:
    before = offered(house)
    assert TOMORROW_TEN in before
    reader = with_calendar(house)

    assert TOMORROW_TEN not in offered(house)
    assert set(offered(house)) < set(before)

    remove_feed(house.support, house.person(CLEO), feed_id_of(house))
    assert known_of(house) == []
    assert offered(house) == before
    assert reader.asked == [ADDRESS]


def test_what_the_calendar_takes_is_not_booked(house: House) -> None:
    with_calendar(house)

    with pytest.raises(DomainError) as refused:
        book_session(house.support, house.person("ada"), a_wish())

    assert refused.value.message.startswith(str(SlotTaken()))
    assert house.bookings() == []


def test_anyone_is_somebody_whose_calendar_is_free(house: House) -> None:
    with_calendar(house)
    with_calendar(house, an_entry(":20270112T110000Z", ":20270112T120000Z"), who="dev")

    book_session(house.support, house.person("ada"), a_wish(staff=None))

    assert house.bookings() == [("ada", "dev", TOMORROW_TEN, "booked")]


def test_session_does_not_move_to_what_the_calendar_takes(house: House) -> None:
    booked = book_session(house.support, house.person("ada"), a_wish(TOMORROW_TWO))
    with_calendar(house)

    with pytest.raises(DomainError) as refused:
        move_session(house.support, house.person("ada"), a_move(booked.ref, TOMORROW_TEN))

    assert refused.value.field == "start"

    assert house.bookings() == [("ada", CLEO, TOMORROW_TWO, "booked")]


def test_session_that_stands_already_stays(house: House) -> None:
    book_session(house.support, house.person("ada"), a_wish())
    with_calendar(house)

    assert house.bookings() == [("ada", CLEO, TOMORROW_TEN, "booked")]


def test_entry_of_our_own_file_does_not_stand_in_its_own_way(house: House) -> None:
    booked = book_session(house.support, house.person("ada"), a_wish())
    with house.stores.confidential.read() as connection:
        staff_ref = connection.exec_driver_sql("select staff_ref from booking").scalar()
    reader = with_calendar(house, an_entry(":20270112T100000Z", ":20270112T104500Z", uid=f"{staff_ref}@scholarbot"))
    move_session(house.support, house.person("ada"), a_move(booked.ref, TOMORROW_TWO))

    assert known_of(house) == []
    assert TOMORROW_TEN in offered(house)

    reader.contents[ADDRESS] = a_calendar(an_entry(":20270112T100000Z", ":20270112T104500Z", uid="else@scholarbot"))
    house.clock.advance(TEN_MINUTES)
    read_feeds(house.desk, reader)
    assert known_of(house) == ["2027-01-12T10:00Z/10:45Z"]


def test_time_that_a_coach_offers_by_hand_is_theirs_to_offer(house: House) -> None:
    with_calendar(house)
    ada, times = house.person("ada"), a_proposal(own=[TOMORROW_TEN])
    proposal = propose_times(house.support, house.person(CLEO), ada, times)

    accept_time(house.support, ada, proposal.id, instant(TOMORROW_TEN), request_key="accept")

    assert house.bookings() == [("ada", CLEO, TOMORROW_TEN, "booked")]


def test_times_of_ones_own_are_told_where_they_meet_ones_calendar_and_not_where_they_touch_it(house: House) -> None:
    with_calendar(house)
    before, reaches_in, lies_in, after = (
        instant(f"2027-01-12T{clock}Z") for clock in ("09:15", "09:30", "10:15", "10:30")
    )
    times = (after, lies_in, reaches_in, before)

    met = {who: meets_own_calendar(house.support, house.person(who), COACHING, times) for who in (CLEO, "dev")}

    assert met == {CLEO: (reaches_in, lies_in), "dev": ()}


def test_time_that_a_coach_offered_may_be_written_into_their_calendar_meanwhile(house: House) -> None:
    ada = house.person("ada")
    proposal = propose_times(house.support, house.person(CLEO), ada, a_proposal(TOMORROW_TEN))
    with_calendar(house)

    accept_time(house.support, ada, proposal.id, instant(TOMORROW_TEN), request_key="accept")

    assert house.bookings() == [("ada", CLEO, TOMORROW_TEN, "booked")]


def test_colleagues_calendar_stands_against_a_group_session_and_ones_own_does_not(house: House) -> None:
    with_calendar(house)
    wish = a_group_wish(TOMORROW_TEN)
    set_up_group(house.support, house.person(CLEO), TEAM, wish)

    with pytest.raises(HostsBusy) as refused:
        set_up_group(house.support, house.person("dev"), TEAM, a_group_wish("2027-01-12T10:15Z", cohost=CLEO))

    assert "One of you has something else then" in refused.value.message


def test_colleagues_calendar_alone_stands_against_a_group_session(house: House) -> None:
    with_calendar(house)

    with pytest.raises(HostsBusy):
        set_up_group(house.support, house.person("dev"), TEAM, a_group_wish(TOMORROW_TEN, cohost=CLEO))


def test_colleagues_calendar_stands_against_their_coming_to_hold_it_too(house: House) -> None:
    with_calendar(house)
    set_up(house, host="dev", wish=a_group_wish(TOMORROW_TEN))

    with pytest.raises(HostsBusy):
        edit(house, "dev", an_edit(ref_of(house, "dev"), cohost=CLEO))


def test_colleagues_calendar_stands_against_a_longer_session_and_not_against_a_shorter_one(house: House) -> None:
    set_up(house, host="dev", wish=a_group_wish(TOMORROW_TEN, cohost=CLEO))
    with_calendar(
        house,
        an_entry(":20270112T100000Z", ":20270112T103000Z", uid="over it already"),
        an_entry(":20270112T111500Z", ":20270112T120000Z", uid="after it"),
    )

    edit(house, "dev", an_edit(ref_of(house, "dev"), minutes=30, cohost=CLEO))
    with pytest.raises(HostsBusy):
        edit(house, "dev", an_edit(ref_of(house, "dev"), version=2, minutes=90, cohost=CLEO))


def test_own_calendar_does_not_stand_against_making_ones_own_session_longer(house: House) -> None:
    set_up(house, host=CLEO, wish=a_group_wish(TOMORROW_TEN))
    with_calendar(house, an_entry(":20270112T104500Z", ":20270112T120000Z"))

    longer = edit(house, CLEO, an_edit(ref_of(house, CLEO), minutes=90))

    assert longer.details.minutes == 90


def test_own_calendar_is_a_reason_of_its_own_for_its_owner_alone(house: House) -> None:
    with_calendar(house, an_entry(":20270101T000000Z", ":20270601T000000Z"))
    ada, cleo = house.person("ada"), house.person(CLEO)

    own = explain_own(house.support, cleo, house.support.kind(COACHING.key, cleo))
    offer = offer_times(house.support, ada, staff_id=CLEO)

    assert any("taken by your own calendar" in share for share in own.shares)
    assert offer.days == {}
    assert "calendar" not in offer.why_empty
    assert "taken" in offer.why_empty


def test_week_tells_its_owner_where_their_calendar_meets_a_session(house: House) -> None:
    book_session(house.support, house.person("ada"), a_wish())
    with_calendar(house, AT_TEN)

    glance = week_glance(house.support, house.person(CLEO))

    assert [[f"{each:%H:%M}" for each in day.meeting] for day in glance.days] == [[], ["10:00"], [], [], [], [], []]
