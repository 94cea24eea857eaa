"""A handover to somebody, or of somebody, who will have gone by then; and one that has been answered."""

import pytest
from sqlalchemy import update

from domain.errors import DomainError, NotFound
from domain.handover import Consent, GoneByThen
from services.booking.sweep import sweep_changed_programs
from services.handover.look import handovers_of
from services.handover.withdraw import withdraw_handover
from storage.program.people_queries import membership
from tests.builders.handovers import answered, handed_over, met, stored
from tests.builders.leaving import recused, touch
from tests.fixtures.desks import House

DAY_BEFORE, THE_DAY = "2027-01-13", "2027-01-14"
PAIR = pytest.mark.parametrize("who", ["ada", "dev"])


def leaves_after(house: House, who: str, last_day: str) -> None:
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == who).values(ends_on=last_day))
    touch(house.stores.program)


@PAIR
def test_handover_is_refused_where_either_has_gone_when_the_day_begins(house: House, who: str) -> None:
    met(house)
    leaves_after(house, who, DAY_BEFORE)

    with pytest.raises(GoneByThen) as refused:
        handed_over(house)

    assert (refused.value.field, stored(house)) == ("first", [])


@PAIR
def test_handover_stands_where_either_is_there_on_the_day_alone(house: House, who: str) -> None:
    met(house)
    leaves_after(house, who, THE_DAY)

    assert handed_over(house).to_id == "dev"


@PAIR
@pytest.mark.parametrize(("last_day", "left"), [(DAY_BEFORE, 0), (THE_DAY, 1)])
def test_sweep_lets_a_handover_lapse_once_either_will_have_gone_when_the_day_begins(
    house: House, who: str, last_day: str, left: int
) -> None:
    met(house)
    handed_over(house)
    leaves_after(house, who, last_day)

    sweep_changed_programs(house.desk)

    assert len(stored(house)) == left


@pytest.mark.parametrize("said", ["of what was earlier", "of a session"])
def test_handover_cannot_be_taken_back_once_anything_has_been_answered(house: House, said: str) -> None:
    _, after = met(house)
    handed = handed_over(house)
    (before,) = handovers_of(house.support, house.person("cleo")).given
    if said == "of a session":
        answered(house, handed, keep=[after])
    else:
        answered(house, handed, Consent.GIVEN)

    (now,) = handovers_of(house.support, house.person("cleo")).given
    with pytest.raises(DomainError):
        withdraw_handover(house.support, house.person("cleo"), handed.from_ref)

    assert (before.can_take_back, now.can_take_back, len(stored(house))) == (True, False, 1)


def test_handover_of_somebody_whom_one_may_not_meet_any_more_cannot_be_taken_back(house: House) -> None:
    met(house)
    handed = handed_over(house)
    recused(house.stores.program)

    with pytest.raises(NotFound):
        withdraw_handover(house.support, house.person("cleo"), handed.from_ref)

    assert len(stored(house)) == 1
