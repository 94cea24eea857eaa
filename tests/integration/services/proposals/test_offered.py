"""A scholar sees what they have been offered and can accept; nobody else does."""

from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.places import Place
from services.hours.own import Profile, save_profile
from services.proposals.answer import accept_time, decline_times, proposed_times
from services.proposals.offered import place_offered, times_offered_to
from services.proposals.propose import ProposalRefs, propose_times
from services.proposals.withdraw import withdraw_times
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_proposal, instant
from tests.fixtures.desks import House
from tests.looking.queries import queries_of

TOMORROW_TWO = "2027-01-12T14:00Z"


def offered(house: House, *, by: str = "cleo", scholar: str = "ada", key: str = "") -> ProposalRefs:
    times = a_proposal(TOMORROW_TEN, TOMORROW_TWO, key=key or f"{by} {scholar}")
    return propose_times(house.support, house.person(by), house.person(scholar), times)


def ids_for(house: House, scholar: str = "ada") -> list[str]:
    return [times.id for times in times_offered_to(house.support, house.person(scholar))]


def test_what_one_is_offered_is_what_a_press_would_show_the_newest_first(house: House) -> None:
    older = offered(house)
    house.clock.advance(timedelta(seconds=1))
    newer = offered(house, by="dev")
    ada = house.person("ada")

    shown = times_offered_to(house.support, ada)

    assert shown == tuple(proposed_times(house.support, ada, refs.id) for refs in (newer, older))
    assert ids_for(house, "bo") == []


def test_what_was_answered_or_taken_back_is_not_offered_any_more(sqlite_house: House) -> None:
    accepted, declined, withdrawn = (offered(sqlite_house, key=key) for key in ("a", "d", "w"))
    ada, cleo = sqlite_house.person("ada"), sqlite_house.person("cleo")

    accept_time(sqlite_house.support, ada, accepted.id, instant(TOMORROW_TEN), request_key="accept")
    decline_times(sqlite_house.support, ada, declined.id)
    withdraw_times(sqlite_house.support, cleo, withdrawn.staff_ref)

    assert ids_for(sqlite_house) == []


def test_what_has_passed_is_not_offered_any_more(sqlite_house: House) -> None:
    offered(sqlite_house)
    sqlite_house.clock.advance(timedelta(hours=23))
    [shown] = times_offered_to(sqlite_house.support, sqlite_house.person("ada"))
    sqlite_house.clock.advance(timedelta(hours=3))

    assert shown.starts == (instant(TOMORROW_TWO),)
    assert ids_for(sqlite_house) == []


@leaving.apart
def test_what_somebody_offers_whom_the_scholar_may_not_meet_any_more_is_not_shown(
    sqlite_house: House, apart: leaving.Change
) -> None:
    offered(sqlite_house)
    apart(sqlite_house.stores.program)

    assert ids_for(sqlite_house) == []


def test_the_number_of_queries_does_not_grow_with_the_offers(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    counts = []
    for key in ("a", "b", "c"):
        offered(sqlite_house, key=key)
        stores = sqlite_house.stores
        with queries_of(stores.program) as of_people, queries_of(stores.confidential) as of_times:
            times_offered_to(sqlite_house.support, ada)
        counts.append((len(of_times), len(of_people)))

    assert counts == [(1, 1)] * 3


def test_the_place_is_that_of_the_scholars_site_and_for_them_alone(sqlite_house: House) -> None:
    refs = offered(sqlite_house)
    ada = sqlite_house.person("ada")
    before = place_offered(sqlite_house.support, ada, refs.id)
    attic, cellar = Place(kind="room", detail="Attic"), Place(kind="room", detail="Cellar")
    places = {"coaching": {"": cellar, ada.site: attic}}
    profile = Profile(about="", focus_areas=(), places=places)
    save_profile(sqlite_house.support, sqlite_house.person("cleo"), profile, request_key="profile")

    assert (before, place_offered(sqlite_house.support, ada, refs.id)) == (None, attic)
    with pytest.raises(NotFound):
        place_offered(sqlite_house.support, sqlite_house.person("bo"), refs.id)
