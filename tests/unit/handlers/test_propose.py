"""What is missing from a form for proposing is said at the field that lacks it, and nothing else is."""

import pytest

from domain.errors import DomainError
from handlers import texts
from handlers.ids import Modal
from handlers.proposals import submit
from handlers.request import Kind
from services.desk import Desk
from tests.builders.payloads import a_request, a_submission
from tests.builders.sessions import a_form, chosen_user


def test_proposal_to_nobody_asks_for_a_scholar_and_not_for_times_which_follow_the_choice(idle_desk: Desk) -> None:
    form = a_form({"scholar": chosen_user(None)})

    with pytest.raises(DomainError) as refusal:
        submit(idle_desk, a_request(Kind.SUBMISSION, Modal.PROPOSE, body=a_submission(form)))

    assert (refusal.value.message, refusal.value.field) == (texts.proposals.PROPOSE_NOBODY, "scholar")
