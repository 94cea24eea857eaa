"""The form to wait, as Slack sends it or as somebody bends it."""

from typing import Any

import pytest

from domain.errors import DomainError, NotFound
from handlers.ids import ANYONE
from handlers.parse.booking import UnreadableForm
from handlers.parse.waiting import wait_for_form, wished
from handlers.request import Kind, Request
from services.waiting.join import WaitFor
from tests.builders.payloads import an_envelope
from tests.builders.people import a_person
from tests.builders.sessions import a_form, chosen


def a_day(day: str | None) -> dict[str, object]:
    return {"type": "datepicker", "selected_date": day}


def submitted(**fields: Any) -> Request:
    values = {"kind": chosen("coaching"), "staff:coaching": chosen("cleo"), "from_day": a_day(None)} | fields
    view = a_form(values)
    return Request(envelope=an_envelope(Kind.SUBMISSION, "modal.wait", body={"view": view}), person=a_person())


def test_form_is_read_whole() -> None:
    request = submitted(from_day=a_day("2027-01-12"), until_day=a_day("2027-01-14"))

    assert wait_for_form(request) == WaitFor(
        request_key=request.envelope.once_key(),
        kind="coaching",
        staff_id="cleo",
        from_day="2027-01-12",
        until_day="2027-01-14",
    )


def test_days_and_person_may_be_left_open() -> None:
    read = wait_for_form(submitted(**{"staff:coaching": chosen(ANYONE)}))

    assert (read.staff_id, read.from_day, read.until_day) == (None, "", "")


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"kind": chosen(None)}, DomainError, "kind"),
        ({"staff:coaching": chosen("<@U1>")}, NotFound, "staff"),
        ({"until_day": a_day("tomorrow")}, UnreadableForm, None),
        ({"from_day": a_day("2027-02-30")}, UnreadableForm, None),
    ],
)
def test_what_no_form_can_hold_is_refused(fields: dict[str, Any], error: type[DomainError], field: str | None) -> None:
    with pytest.raises(DomainError) as refused:
        wait_for_form(submitted(**fields))

    assert (type(refused.value), refused.value.field) == (error, field)


def test_what_stands_in_a_booking_form_is_taken_along() -> None:
    assert wished(a_form({"kind": chosen("coaching"), "staff:coaching": chosen("cleo")})) == ("coaching", "cleo")
    assert wished(a_form({"kind": chosen("coaching"), "staff:coaching": chosen(ANYONE)})) == ("coaching", None)
    assert wished(None) == (None, None)
