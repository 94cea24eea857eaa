"""A phase of the program that leaves a kind out: named, with its dates, wherever nothing is offered for that reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.kinds import COMMUNITY, DEFAULT_KINDS, RESEARCH
from domain.rules import ProgramRules
from domain.series import Repeat, SeriesNotFree
from services.booking.book import book_session
from services.hours.own import save_hours
from services.hours.week import LeftOut, week_glance
from services.offers.gone import TimeGone
from services.offers.offer import offer_times
from services.offers.own_times import explain_own
from services.proposals.propose import TimeNotFree, propose_times
from tests.builders.bookings import a_proposal, a_wish
from tests.builders.rules import a_phase, closed_days, set_rules
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House

TRAINING = a_phase("2027-01-11", "2027-02-20", without=(COMMUNITY, RESEARCH))
NAMED = "Training (Mon 11 Jan 2027 to Sat 20 Feb 2027)"
COMMUNITY_KIND = DEFAULT_KINDS[1]


@pytest.fixture
def in_training(house: House) -> House:
    set_rules(house.stores.program, lambda rules: replace(rules, phases=(TRAINING,)))
    return house


@pytest.fixture
def one(sqlite_house: House) -> House:
    set_rules(sqlite_house.stores.program, lambda rules: replace(rules, phases=(TRAINING,)))
    return sqlite_house


def with_phase_from(first: str) -> Callable[[ProgramRules], ProgramRules]:
    def edit(rules: ProgramRules) -> ProgramRules:
        return replace(rules, phases=(a_phase(first, "2027-02-20", without=(COMMUNITY,)),))

    return edit


def test_nothing_offered_names_the_phase_and_its_dates(in_training: House) -> None:
    offer = offer_times(in_training.support, in_training.person("ada"), kind=COMMUNITY)

    assert (offer.days, offer.why_empty) == (
        {},
        f"These sessions are not offered in {NAMED}. Please choose another kind, or look again when that is over.",
    )


def test_a_phase_beside_other_reasons_has_its_share(sqlite_house: House) -> None:
    one = sqlite_house
    save_hours(one.support, one.person("eli"), hours_in(LONDON, {1: "9-9:45"}, {"2027-01-11": "16-16:45"}))
    book_session(one.support, one.person("bo"), a_wish("2027-01-11T16:00Z", kind=COMMUNITY, staff="eli"))
    set_rules(one.stores.program, with_phase_from("2027-01-12"))

    offer = offer_times(one.support, one.person("ada"), kind=COMMUNITY)

    named = "Training (Tue 12 Jan 2027 to Sat 20 Feb 2027)"
    assert offer.why_empty.startswith(
        "None of the 5 times in the next 28 days can be booked: 4 are in "
        f"{named}, when these sessions are not offered and 1 is taken."
    )


def test_own_times_name_the_phase_and_do_not_call_it_closed(one: House) -> None:
    own = explain_own(one.support, one.person("eli"), COMMUNITY_KIND)

    shares = " ".join(own.shares)
    assert (own.free, f"in {NAMED}, in which the program does not offer it" in shares, "closed" in shares) == (
        0,
        True,
        False,
    )


def test_a_refused_booking_names_the_phase(in_training: House) -> None:
    with pytest.raises(TimeGone) as refused:
        book_session(
            in_training.support, in_training.person("ada"), a_wish("2027-01-12T10:00Z", kind=COMMUNITY, staff="eli")
        )

    assert refused.value.message.startswith(f"These sessions are not offered in {NAMED}.")


def test_a_time_of_ones_own_in_a_phase_without_the_kind_is_refused_by_its_name(one: House) -> None:
    own = a_proposal(own=["2027-01-12T10:00Z"], kind=COMMUNITY)

    with pytest.raises(TimeNotFree) as refused:
        propose_times(one.support, one.person("eli"), one.person("ada"), own)

    assert f"These sessions are not offered in {NAMED}." in refused.value.message


def test_closed_days_go_before_a_phase(one: House) -> None:
    set_rules(one.stores.program, lambda rules: replace(rules, closed=(closed_days("2027-01-12"),)))

    own = explain_own(one.support, one.person("eli"), COMMUNITY_KIND)

    assert [each for each in own.shares if "the program is closed" in each] != []


def test_a_series_says_on_which_dates_a_phase_leaves_it_out(one: House) -> None:
    set_rules(one.stores.program, with_phase_from("2027-01-18"))
    wish = replace(a_wish("2027-01-12T10:00Z", kind=COMMUNITY, staff="eli"), repeat=Repeat(every_weeks=1, times=2))

    with pytest.raises(SeriesNotFree) as refused:
        book_session(one.support, one.person("ada"), wish)

    assert "not offered in that phase of the program" in refused.value.message


def test_the_week_at_a_glance_says_what_of_the_hours_is_not_offered(in_training: House) -> None:
    eli, cleo = (week_glance(in_training.support, in_training.person(each)) for each in ("eli", "cleo"))

    on_monday = LeftOut(phase=TRAINING, kinds=tuple(k for k in DEFAULT_KINDS if k.key == COMMUNITY))
    assert [each.left_out for each in eli.days] == [*[on_monday] * 5, None, None]  # no hours on the weekend
    assert {each.left_out for each in cleo.days} == {None}  # nothing is set aside
    assert eli.days[0].plan.day == date(2027, 1, 11)
