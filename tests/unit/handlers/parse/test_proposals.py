from datetime import UTC, datetime

import pytest

from domain.errors import DomainError, NotFound
from handlers.ids import Modal
from handlers.parse.proposals import (
    added_time,
    chosen_day,
    chosen_kind,
    is_own,
    own_start,
    propose_times_form,
    scholar_id,
)
from handlers.parse.refs import proposal_ref
from handlers.request import Kind, Request
from services.booking.commands import ProposeTimes
from services.proposals.propose import NoTimes
from tests.builders.payloads import a_request, a_submission
from tests.builders.sessions import a_form, a_moment, chosen, chosen_several, chosen_user


def a_proposal(*starts: str, scholar: str | None = "UADA") -> Request:
    """The form for proposing as submitted."""
    form = a_form({"scholar": chosen_user(scholar), "starts:UADA.2027-01-12": chosen_several(*starts)})
    return a_request(Kind.SUBMISSION, Modal.PROPOSE, body=a_submission(form))


def test_proposal_form_becomes_a_command() -> None:
    request = a_proposal("1799748000", "1799751600")

    assert propose_times_form(request) == ProposeTimes(
        request_key=request.envelope.once_key(),
        starts=(datetime(2027, 1, 12, 10, tzinfo=UTC), datetime(2027, 1, 12, 11, tzinfo=UTC)),
        kind=None,
    )
    assert scholar_id(request.envelope.view) == "UADA"


def test_proposal_without_times_is_told_at_the_times() -> None:
    with pytest.raises(NoTimes, match=r"^Please choose at least one time, or one of your own\.$") as refusal:
        propose_times_form(a_proposal())

    assert refusal.value.field == "starts"


def test_proposal_without_times_where_none_are_free_is_told_at_those_of_ones_own() -> None:
    form = a_form({"scholar": chosen_user("UADA"), **a_moment("own", None)})

    with pytest.raises(NoTimes) as refusal:
        propose_times_form(a_request(Kind.SUBMISSION, Modal.PROPOSE, body=a_submission(form)))

    assert refusal.value.field == "own"


def with_own(when: str, *chosen_before: str) -> Request:
    """The form with a time of one's own, in Los Angeles, and some that were chosen before."""
    form = a_form(
        {
            "scholar": chosen_user("UADA"),
            "starts:UADA.2027-01-12": chosen_several(*chosen_before),
            **a_moment("own", when, "America/Los_Angeles"),
        }
    )
    return a_request(Kind.SUBMISSION, Modal.PROPOSE, body=a_submission(form))


def test_times_of_ones_own_are_those_in_the_pickers_and_those_added_before() -> None:
    command = propose_times_form(with_own("2027-03-13 09:30", "own.1799748000", "1799751600"))

    assert command.starts == (datetime(2027, 1, 12, 11, tzinfo=UTC),)
    assert command.own == (datetime(2027, 1, 12, 10, tzinfo=UTC), datetime(2027, 3, 13, 17, 30, tzinfo=UTC))


def test_added_time_is_one_that_the_menu_carries_apart_from_the_free_ones() -> None:
    added = added_time(with_own("2027-03-13 09:30").envelope.view)

    assert (added, is_own(added), is_own("1799748000")) == ("own.1804959000", True, False)
    assert own_start(added) == datetime(2027, 3, 13, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "field", "sentence"),
    [
        ("2027-03-14 02:30", "own", "There is no 02:30 on Sun 14 Mar 2027"),
        ("2026-11-01 01:30", "own", "01:30 happens twice on Sun 1 Nov 2026"),
        ("2026-11-01", "own", "Please choose a time."),
        (" 09:30", "own.day", "Please choose a day."),
    ],
    ids=["in a gap", "in a fold", "no time", "no day"],
)
def test_a_time_of_ones_own_that_cannot_be_is_told_at_its_field(when: str, field: str, sentence: str) -> None:
    with pytest.raises(DomainError) as refusal:
        propose_times_form(with_own(when))

    assert refusal.value.field == field
    assert refusal.value.message.startswith(sentence)


@pytest.mark.parametrize("start", ["", "soon", "9" * 12, "own.", "own.soon"])
def test_proposal_with_a_crafted_time_is_refused(start: str) -> None:
    with pytest.raises(DomainError, match="I could not read that form"):
        propose_times_form(a_proposal("1799748000", start))


@pytest.mark.parametrize("scholar", ["", "U1\x00", "U 1", "x" * 65])
def test_proposal_to_what_is_no_account_is_told_at_the_scholar(scholar: str) -> None:
    with pytest.raises(DomainError) as refusal:
        scholar_id(a_proposal("1799748000", scholar=scholar).envelope.view)

    assert refusal.value.field == "scholar"


def test_chosen_day_is_read_whatever_stands_behind_its_field() -> None:
    assert chosen_day(a_form({"day:UADA": chosen("2027-01-12")})) == "2027-01-12"
    assert chosen_day(None) is None


def test_proposal_ref_is_an_id_and_a_start() -> None:
    assert proposal_ref("p-1_x.1799748000") == ("p-1_x", "1799748000")


@pytest.mark.parametrize("value", ["", "p1", ".1", "p 1.1", "p1\x00.1", "x" * 65 + ".1"])
def test_proposal_ref_that_we_cannot_have_made_is_not_found(value: str) -> None:
    with pytest.raises(NotFound):
        proposal_ref(value)


def test_kind_is_read_where_the_form_asks() -> None:
    form = a_form({"kind": chosen("community"), "starts:UADA.community.2027-01-12": chosen_several("1799748000")})

    command = propose_times_form(a_request(Kind.SUBMISSION, Modal.PROPOSE, body=a_submission(form)))

    assert (chosen_kind(form), command.kind) == ("community", "community")
    assert scholar_id(form) is None
