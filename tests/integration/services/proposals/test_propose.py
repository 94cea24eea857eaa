"""Somebody in support offers times, the scholar takes one with a press; nothing is booked without it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.booking import SlotTaken
from domain.delivery import Delivery, Suppressed
from domain.errors import DomainError, StoreAway, StoreBusy
from domain.kinds import DEFAULT_KINDS, UnknownKind
from domain.people import Person, Role
from services.booking.book import book_session
from services.booking.commands import ProposeTimes
from services.hours.own import save_hours
from services.proposals.answer import (
    ProposedTimes,
    decline_times,
    proposed_times,
    times_news,
)
from services.proposals.propose import (
    NoTimes,
    NotYours,
    TimeNotFree,
    TooManyTimes,
    offer_to,
    propose_times,
    scholar_for,
)
from services.session_news.deliveries import SessionMessage
from storage.program.people_queries import membership
from tests.acting.proposals import TOMORROW_TWO, accepted, proposed
from tests.builders.bookings import TOMORROW_TEN, a_proposal, a_wish, instant, starts_in
from tests.builders.people import TEAM, account_of, an_account, put_membership, put_person, put_recusal, travel
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House, ledger_rows

COACHING, COMMUNITY, *_ = DEFAULT_KINDS


def test_propose_without_a_time_asks_for_one(sqlite_house: House) -> None:
    cleo, ada = sqlite_house.person("cleo"), sqlite_house.person("ada")
    nothing = ProposeTimes(request_key="nothing")

    with pytest.raises(NoTimes) as refused:
        propose_times(sqlite_house.support, cleo, ada, nothing)

    assert (refused.value.field, sqlite_house.messages(), sqlite_house.keys()) == ("starts", [], [])


def test_propose_tells_the_scholar_and_books_nothing(house: House) -> None:
    proposal_id = proposed(house)

    shown = proposed_times(house.support, house.person("ada"), proposal_id)

    assert shown == ProposedTimes(
        id=proposal_id,
        starts=(instant(TOMORROW_TEN), instant(TOMORROW_TWO)),
        zone=LONDON,
        staff_name="Cleo",
        staff_zone=LONDON,
        kind=COACHING,
    )
    assert house.messages() == [("session.proposed", "ada", "times", "2027-01-11T12:00Z")]
    assert (house.bookings(), house.cells()) == ([], {})


def test_times_and_the_session_booked_of_them_have_the_clock_of_the_hours(sqlite_house: House) -> None:
    travel(sqlite_house.stores.program, "cleo", "Asia/Kolkata")
    proposal_id = proposed(sqlite_house)
    offered = proposed_times(sqlite_house.support, sqlite_house.person("ada"), proposal_id)

    booked = accepted(sqlite_house, proposal_id)

    assert (offered.staff_zone, booked.other_zone) == (LONDON, LONDON)


def test_times_of_somebody_without_hours_have_the_clock_of_the_person(sqlite_house: House) -> None:
    gus = sqlite_house.person(put_person(sqlite_house.stores.program, "gus", Role.COACH, zone="Asia/Kolkata"))
    ada = sqlite_house.person("ada")
    proposal_id = propose_times(sqlite_house.support, gus, ada, a_proposal(own=[TOMORROW_TEN])).id

    assert proposed_times(sqlite_house.support, ada, proposal_id).staff_zone == "Asia/Kolkata"


def test_times_of_ones_own_may_lie_outside_hours_grid_and_notice(house: House) -> None:
    own = ("2027-01-11T12:20Z", "2027-01-16T21:05Z")  # in twenty minutes; and on a Saturday night
    command = a_proposal(own=own)

    proposal_id = propose_times(house.support, house.person("cleo"), house.person("ada"), command).id

    shown = proposed_times(house.support, house.person("ada"), proposal_id)
    assert shown.starts == tuple(map(instant, own))
    assert accepted(house, proposal_id, own[1]).booked.starts == instant(own[1])
    assert house.bookings() == [("ada", "cleo", own[1], "booked")]


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ("2027-01-11T11:55Z", "Mon 11 Jan 2027, 11:55: That time has passed. Please choose a later one."),
        ("2027-02-09T10:00Z", "Tue 9 Feb 2027, 10:00: That is more than 28 days ahead. Please choose an earlier time."),
        ("2027-01-16T21:02Z", "Sat 16 Jan 2027, 21:02: Sessions start in steps of 5 minutes."),
        ("2027-01-13T10:00Z", "Wed 13 Jan 2027, 10:00: One of you has something else then."),
        ("2027-01-14T10:00Z", "Thu 14 Jan 2027, 10:00: One of you has something else then."),
    ],
    ids=["past", "past the horizon", "between cells", "the scholar is busy", "the coach is busy"],
)
def test_times_of_ones_own_that_cannot_be_are_named_at_their_field(sqlite_house: House, own: str, problem: str) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish("2027-01-13T10:00Z", staff="dev"))
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish("2027-01-14T10:00Z", staff="cleo"))
    before = sqlite_house.messages()

    with pytest.raises(TimeNotFree) as refusal:
        propose_times(
            sqlite_house.support, sqlite_house.person("cleo"), sqlite_house.person("ada"), a_proposal(own=(own,))
        )

    assert (refusal.value.message, refusal.value.field) == (problem, "own")
    assert sqlite_house.messages() == before


def test_at_most_five_times_are_offered_at_once(sqlite_house: House) -> None:
    own = tuple(f"2027-01-16T{hour:02}:00Z" for hour in range(5))

    with pytest.raises(TooManyTimes) as refusal:
        propose_times(
            sqlite_house.support,
            sqlite_house.person("cleo"),
            sqlite_house.person("ada"),
            a_proposal(TOMORROW_TEN, own=own),
        )

    assert refusal.value.field == "own"


@pytest.mark.parametrize("trouble", [StoreBusy, StoreAway])
def test_news_of_times_waits_while_a_store_is_away(sqlite_house: House, trouble: type[DomainError]) -> None:
    proposed(sqlite_house)
    (row,) = ledger_rows(sqlite_house, SessionMessage.PROPOSED)

    def away(_ids: object) -> list[Person]:
        raise trouble

    people = sqlite_house.support.people
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "people", away)
        with pytest.raises(trouble):
            times_news(sqlite_house.support, row)


def test_times_news_shows_the_times_that_are_still_ahead(sqlite_house: House) -> None:
    proposed(sqlite_house)
    row = proposal_row(sqlite_house)
    sqlite_house.clock.advance(timedelta(hours=22))
    first_has_passed = times_news(sqlite_house.support, row)
    sqlite_house.clock.advance(timedelta(hours=4))

    all_have_passed = times_news(sqlite_house.support, row)

    assert isinstance(first_has_passed, ProposedTimes)
    assert (first_has_passed.starts, all_have_passed) == ((instant(TOMORROW_TWO),), Suppressed("answered"))


def test_times_news_to_somebody_who_is_no_scholar_any_more_is_not_told(house: House) -> None:
    proposed(house)
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "ada").values(ends_on="2027-01-10"))
    put_membership(house.stores.program, "ada", Role.ALUMNUS, first_day="2027-01-11")

    assert times_news(house.support, proposal_row(house)) == Suppressed("gone")


def test_times_news_after_an_answer_is_not_told(sqlite_house: House) -> None:
    proposal_id = proposed(sqlite_house)
    decline_times(sqlite_house.support, sqlite_house.person("ada"), proposal_id)

    assert times_news(sqlite_house.support, proposal_row(sqlite_house)) == Suppressed("answered")


@pytest.mark.parametrize("starts", [(TOMORROW_TEN,), (TOMORROW_TWO, TOMORROW_TEN), ("2027-01-12T18:00Z",)])
def test_propose_a_time_that_is_not_free_for_both_is_refused_at_the_times(
    sqlite_house: House, starts: tuple[str, ...]
) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish(TOMORROW_TEN, staff="dev"))

    with pytest.raises(SlotTaken) as refusal:
        proposed(sqlite_house, *starts)

    assert refusal.value.field == "starts"
    assert [row for row in sqlite_house.messages() if row[0] == "session.proposed"] == []


def test_scholar_for_finds_a_scholar_whom_one_may_meet(sqlite_house: House) -> None:
    found = scholar_for(sqlite_house.support, sqlite_house.person("cleo"), account_of("ada"), TEAM)

    assert found == sqlite_house.person("ada")


@pytest.mark.parametrize("account", ["rita", "mina", "sam", "dev", "nobody", "deleted"])
def test_scholar_for_anybody_else_gives_one_answer_whatever_the_reason(sqlite_house: House, account: str) -> None:
    store = sqlite_house.stores.program
    put_person(store, "rita")
    put_recusal(store, "cleo", "rita")
    put_person(store, "mina", mentor="cleo")
    put_person(store, "deleted", account=an_account("deleted", is_deleted=True))

    with pytest.raises(NotYours) as refusal:
        scholar_for(sqlite_house.support, sqlite_house.person("cleo"), account_of(account), TEAM)

    assert (refusal.value.field, refusal.value.message) == ("scholar", str(NotYours()))


def test_propose_by_somebody_in_both_roles_is_of_the_kind_they_choose(sqlite_house: House) -> None:
    put_membership(sqlite_house.stores.program, "eli", Role.COACH)
    save_hours(sqlite_house.support, sqlite_house.person("eli"), hours_in(LONDON, WEEKDAYS))
    eli, ada = sqlite_house.person("eli"), sqlite_house.person("ada")
    offers = [offer_to(sqlite_house.support, eli, ada, kind=kind) for kind in (None, "coaching", "community")]
    times = a_proposal(TOMORROW_TEN, kind="community")

    proposal_id = propose_times(sqlite_house.support, eli, ada, times).id

    assert [offer.kind for offer in offers] == [COACHING, COACHING, COMMUNITY]
    assert {offer.kinds for offer in offers} == {(COACHING, COMMUNITY)}
    assert accepted(sqlite_house, proposal_id).kind == COMMUNITY


def test_propose_of_a_kind_one_does_not_take_is_refused(sqlite_house: House) -> None:
    cleo, ada = sqlite_house.person("cleo"), sqlite_house.person("ada")

    with pytest.raises(UnknownKind):
        propose_times(sqlite_house.support, cleo, ada, a_proposal(kind="community"))


def test_offer_to_is_what_is_free_for_both_in_the_zone_of_who_proposes(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish("2027-01-12T09:00Z", staff="dev"))
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish("2027-01-12T11:00Z", staff="cleo"))

    offer = offer_to(sqlite_house.support, sqlite_house.person("cleo"), sqlite_house.person("ada"))

    assert (offer.zone, starts_in(offer)[:4]) == (
        LONDON,
        ["2027-01-11T16:00Z", "2027-01-12T10:00Z", "2027-01-12T12:00Z", "2027-01-12T12:30Z"],
    )


def proposal_row(house: House) -> Delivery:
    (row,) = ledger_rows(house, "session.proposed")
    return row
