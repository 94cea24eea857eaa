"""A membership is one from its first midnight on, and not any more at the midnight after its last day."""

import pytest

from domain.days import Term
from services.events.invited import in_force
from storage.program.event_queries import StandingFacts

FACTS = StandingFacts(
    cohort="2027",
    phase="research",
    stream="",
    role="scholar",
    site="London",
    zone="Europe/London",
    starts_on="2027-01-11",
    ends_on="2027-01-15",
)
BEGIN, END = Term(FACTS.starts_on, FACTS.ends_on, FACTS.zone).instants


@pytest.mark.parametrize(("now", "is_one"), [(BEGIN - 1, False), (BEGIN, True), (END - 1, True), (END, False)])
def test_membership_is_in_force_from_its_first_instant_up_to_its_last(now: int, *, is_one: bool) -> None:
    assert in_force(FACTS, now) is is_one
