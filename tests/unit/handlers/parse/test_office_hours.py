"""Forms of office hours as Slack sends them, also bent ones."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import DomainError, Faulty, NotFound
from domain.office_hours import LINE_MAX, HelpTopic
from domain.places import Place
from handlers import texts
from handlers.ids import Field, Modal
from handlers.parse.booking import UnreadableForm
from handlers.parse.office_hours import chosen_peer, hold_form, join_form, two_refs
from handlers.request import Kind, Request
from services.office_hours.commands import HoldOfficeHours, JoinLine
from tests.builders.payloads import a_request, a_submission, a_view
from tests.builders.sessions import a_moment, a_time

NOON = datetime(2027, 1, 11, 12, tzinfo=UTC)


def submitted(
    modal: Modal, values: dict[str, Any], state: str = "", times: Mapping[str, Mapping[str, object]] | None = None
) -> Request:
    """A form with these values: a text, a chosen value, or a list of chosen values; and these dates and times."""
    elements: dict[str, dict[str, object]] = {field: {Field.VALUE: element(value)} for field, value in values.items()}
    elements |= {field: {Field.VALUE: held} for field, held in (times or {}).items()}
    view = a_view(modal, state={"values": elements}, private_metadata=state)
    return a_request(Kind.SUBMISSION, modal, body=a_submission(view))


def element(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {"selected_options": [{"value": each} for each in value]}
    if isinstance(value, tuple):
        return {"selected_option": {"value": value[0]} if value else None}
    return {"value": value}


def a_hold(*, start: str | None = None, end: str | None = "16:00", **changes: Any) -> Request:
    """The form to open office hours, or with a start, even an empty one, to plan them."""
    usual = {"minutes": ("10",), "topics": [], "place": "room 4.12"}
    times = ({} if start is None else a_moment("start", start)) | a_time("end", end)
    return submitted(Modal.HOLD_HOURS, usual | changes, times=times)


def test_form_to_join_is_read() -> None:
    request = submitted(Modal.JOIN_LINE, {"topic": ("data",), "problem": "  NaN again "}, state="hours-ref")

    assert join_form(request) == JoinLine(
        request_key=request.envelope.once_key(), office_ref="hours-ref", topic=HelpTopic.DATA, line="NaN again"
    )


def test_form_to_join_names_every_field_at_fault() -> None:
    with pytest.raises(Faulty) as refused:
        join_form(submitted(Modal.JOIN_LINE, {"topic": (), "problem": " "}, state="ref"))

    told = {fault.field: fault.message for fault in refused.value.faults}
    assert told == {"topic": texts.office_hours.NO_TOPIC, "problem": texts.office_hours.NO_PROBLEM}


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"topic": ("alchemy",), "problem": "x"}, "ref"),
        ({"topic": ("data",), "problem": "x" * (LINE_MAX + 1)}, "ref"),
        ({"topic": ("data",), "problem": "\x00"}, "ref"),
        ({"topic": ("data",), "problem": "x"}, "<ref>"),
        ({"topic": ("data",), "problem": "x"}, ""),
    ],
    ids=["topic", "long", "nul", "reference", "no reference"],
)
def test_form_to_join_that_no_honest_client_sends_is_refused(values: dict[str, Any], state: str) -> None:
    with pytest.raises(DomainError):
        join_form(submitted(Modal.JOIN_LINE, values, state=state))


def test_form_to_open_takes_a_time_of_today() -> None:
    request = a_hold(topics=["statistics"])

    assert hold_form(request, now=NOON) == HoldOfficeHours(
        request_key=request.envelope.once_key(),
        starts=None,
        ends=datetime(2027, 1, 11, 16, tzinfo=UTC),
        minutes=10,
        topics=(HelpTopic.STATISTICS,),
        place=Place(kind="room", detail="4.12"),
    )


def test_form_to_plan_takes_the_end_as_one_of_the_same_day() -> None:
    command = hold_form(a_hold(start="2027-02-01 08:00", end="16:30"), now=NOON)

    assert command.starts == datetime(2027, 2, 1, 8, tzinfo=UTC)
    assert command.ends == datetime(2027, 2, 1, 16, 30, tzinfo=UTC)


def test_form_to_plan_names_every_field_at_fault() -> None:
    request = a_hold(start="2027-03-28 01:30", end=None, minutes=(), place="")

    with pytest.raises(Faulty) as refused:
        hold_form(request, now=NOON)

    assert [fault.field for fault in refused.value.faults] == ["start", "end", "minutes", "place"]
    assert refused.value.faults[0].message.startswith("There is no 01:30 on Sun 28 Mar 2027")


def test_time_that_happens_twice_is_asked_about() -> None:
    with pytest.raises(Faulty, match="happens twice"):
        hold_form(a_hold(start="2027-10-31 01:30", end="04:00"), now=NOON)

    answered = a_hold(start="2027-10-31 00:30", end="01:30", **{"end.pass": ("second",)})
    assert hold_form(answered, now=NOON).ends == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("changes", [{"minutes": ("7",)}, {"minutes": ("ten",)}, {"topics": ["alchemy"]}])
def test_form_to_open_that_no_honest_client_sends_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises((UnreadableForm, Faulty)):
        hold_form(a_hold(**changes), now=NOON)


def test_two_references_are_read_and_anything_else_is_not_there() -> None:
    assert two_refs("line-1.entry-1") == ("line-1", "entry-1")
    for bent in ("line-1", "line-1.", ".entry", "a b.c", "line.<x>", ""):
        with pytest.raises(NotFound):
            two_refs(bent)


def test_peer_must_be_chosen() -> None:
    form = submitted(Modal.SUGGEST_PEER, {"peer": ()}).envelope.view

    with pytest.raises(DomainError) as refused:
        chosen_peer(form)

    assert (refused.value.message, refused.value.field) == (texts.office_hours.NO_PEER, "peer")
