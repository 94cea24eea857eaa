"""Offering times and answering, a line each."""

import pytest

from domain.errors import DomainError
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from services.sessions.facts import SessionDetails
from tests.builders.bookings import TOMORROW_TEN, a_proposal, instant
from tests.fixtures.desks import House

TOMORROW_TWO = "2027-01-12T14:00Z"


def proposed(house: House, *starts: str, scholar: str = "ada") -> str:
    """Let Cleo offer times, two tomorrow unless told; returns the id."""
    times = a_proposal(*(starts or (TOMORROW_TWO, TOMORROW_TEN)))
    return propose_times(house.support, house.person("cleo"), house.person(scholar), times).id


def accepted(
    house: House, proposal_id: str, start: str = TOMORROW_TEN, *, by: str = "ada", key: str = "a"
) -> SessionDetails:
    """Take one of the times."""
    return accept_time(house.support, house.person(by), proposal_id, instant(start), request_key=key)


def refused(
    error: type[DomainError], house: House, proposal_id: str, start: str = TOMORROW_TEN, *, by: str = "ada"
) -> str:
    """Try to take one, in vain; returns what is said."""
    with pytest.raises(error) as refusal:
        accepted(house, proposal_id, start, by=by, key=f"{by} {start} again")
    return refusal.value.message
