"""Times that are offered are answered once, whoever asks and whatever lock they hold."""

from typing import Any

import pytest

from domain.booking import ProposalStatus
from storage.confidential import proposal_queries
from storage.confidential.proposal_queries import Proposed
from tests.fixtures.engines import Stores

VALUES: dict[str, Any] = {
    "id": "times",
    "program_id": "program-1",
    "staff_id": "cleo",
    "staff_ref": "mine",
    "scholar_id": "ada",
    "kind": "coaching",
    "starts": "[300, 600]",
    "named": "[600]",
    "last_start": 600,
    "status": ProposalStatus.OPEN,
    "booking_id": None,
    "created_at": 0,
}


def stored(stores: Stores) -> Proposed:
    with stores.confidential.read() as connection:
        found = proposal_queries.proposal_by_id(connection, "times")
    assert found is not None
    return found


@pytest.mark.parametrize("first", [status for status in ProposalStatus if status is not ProposalStatus.OPEN])
def test_an_answer_to_times_that_were_answered_changes_nothing(stores: Stores, first: ProposalStatus) -> None:
    with stores.confidential.write() as connection:
        proposal_queries.add(connection, VALUES)
    as_offered = stored(stores)
    answers = []

    for status in (first, ProposalStatus.ACCEPTED, ProposalStatus.DECLINED):
        with stores.confidential.write() as connection:
            answers.append(proposal_queries.answer(connection, as_offered, status, booking_id=None))

    assert answers == [True, False, False]
    assert stored(stores) == as_offered._replace(status=first)
    assert as_offered.starts == (300, 600)
    assert as_offered.named == frozenset({600})
