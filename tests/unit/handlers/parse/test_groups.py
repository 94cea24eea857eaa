from datetime import UTC, datetime

import pytest

from domain.errors import DomainError, Faulty, NotFound
from domain.places import Place
from handlers.ids import Modal
from handlers.parse.booking import UnreadableForm
from handlers.parse.groups import cancel_group, change_seats, edit_group, move_group, set_up_group
from handlers.request import Kind, Request
from services.groups.commands import CancelGroup, ChangeSeats, EditGroup, MoveGroup, SetUpGroup
from tests.builders.payloads import a_request, a_submission
from tests.builders.sessions import a_form, a_moment, chosen, chosen_user, typed


def a_setup(
    *,
    title: str = "Writing",
    about: str = "",
    start: str = "2027-01-13 14:00",
    length: str = "45",
    seats: str = "6",
    place: str = "",
    cohost: str | None = None,
) -> Request:
    """The form for a new session as submitted by somebody in London."""
    values = {
        "title": typed(title),
        "about": typed(about),
        **a_moment("start", start),
        "length": chosen(length),
        "seats": typed(seats),
        "place": typed(place),
        "cohost": chosen_user(cohost),
    }
    return a_request(Kind.SUBMISSION, Modal.GROUP, body=a_submission(a_form(values)))


def test_form_becomes_a_command() -> None:
    request = a_setup(about=" Bring a page. ", place="room 4.12", cohost="UDEV", length="90")

    assert set_up_group(request) == SetUpGroup(
        request_key=request.envelope.once_key(),
        title="Writing",
        about="Bring a page.",
        starts=datetime(2027, 1, 13, 14, tzinfo=UTC),
        minutes=90,
        seats=6,
        place=Place(kind="room", detail="4.12"),
        cohost="UDEV",
    )


def test_everything_that_cannot_be_read_is_told_at_once_each_at_its_field() -> None:
    with pytest.raises(Faulty) as refused:
        set_up_group(a_setup(title=" ", about="x" * 201, start="", seats="1", place="link: nowhere"))

    assert [fault.field for fault in refused.value.faults] == ["title", "about", "start.day", "seats", "place"]


@pytest.mark.parametrize(
    ("start", "says"), [("2027-03-28 01:30", "There is no 01:30"), ("2027-10-31 01:30", "happens twice")]
)
def test_time_that_clocks_skip_or_repeat_is_named(start: str, says: str) -> None:
    with pytest.raises(DomainError, match=says) as refused:
        set_up_group(a_setup(start=start))

    assert refused.value.field == "start"


@pytest.mark.parametrize("seats", ["", "1", "51", "many", "-3", "2.5", "٣"])
def test_seats_that_are_no_number_in_reach_are_refused_at_their_field(seats: str) -> None:
    with pytest.raises(DomainError, match="from 2 to 50") as refused:
        set_up_group(a_setup(seats=seats))

    assert refused.value.field == "seats"


@pytest.mark.parametrize("length", ["", "0", "7", "485", "x"])
def test_length_that_no_menu_of_ours_has_is_refused(length: str) -> None:
    with pytest.raises(UnreadableForm):
        set_up_group(a_setup(length=length))


def test_forms_of_those_who_hold_it_become_commands() -> None:
    form = a_form(
        {**a_moment("start", "2027-01-14 09:30"), "reason": typed("A clash"), "seats": typed("8")}, state="g1.3"
    )
    move, cancel, seats = (
        a_request(Kind.SUBMISSION, modal, body=a_submission(form))
        for modal in (Modal.GROUP_MOVE, Modal.GROUP_CANCEL, Modal.GROUP_SEATS)
    )

    assert move_group(move) == MoveGroup(
        request_key=move.envelope.once_key(),
        ref="g1",
        version=3,
        starts=datetime(2027, 1, 14, 9, 30, tzinfo=UTC),
        reason="A clash",
    )
    assert cancel_group(cancel) == CancelGroup(
        request_key=cancel.envelope.once_key(), ref="g1", version=3, reason="A clash"
    )
    assert change_seats(seats) == ChangeSeats(request_key=seats.envelope.once_key(), ref="g1", version=3, seats=8)


@pytest.mark.parametrize("state", ["", "g1", "g1.x", "../../g1.1", "g1.1.1 "])
def test_reference_that_we_cannot_have_made_is_not_found(state: str) -> None:
    form = a_form({"seats": typed("8")}, state=state)

    with pytest.raises(NotFound):
        change_seats(a_request(Kind.SUBMISSION, Modal.GROUP_SEATS, body=a_submission(form)))


def an_edit(
    *, title: str = "Writing", about: str = "", length: str = "45", place: str = "", cohost: str | None = None
) -> Request:
    """The form for other words as submitted."""
    values = {
        "title": typed(title),
        "about": typed(about),
        "length": chosen(length),
        "place": typed(place),
        "cohost": chosen_user(cohost),
    }
    return a_request(Kind.SUBMISSION, Modal.GROUP_EDIT, body=a_submission(a_form(values, state="g1.3")))


def test_edit_form_becomes_a_command() -> None:
    request = an_edit(title=" Writing ", about="Bring a page.", length="90", place="+1 555 0100", cohost="UDEV")

    assert edit_group(request) == EditGroup(
        request_key=request.envelope.once_key(),
        ref="g1",
        version=3,
        title="Writing",
        about="Bring a page.",
        minutes=90,
        place=Place(kind="room", detail="+1 555 0100"),
        cohost="UDEV",
    )


def test_edit_form_tells_everything_that_cannot_be_read_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        edit_group(an_edit(title=" ", about="x" * 201, place="link: nowhere"))

    assert [fault.field for fault in refused.value.faults] == ["title", "about", "place"]


def test_place_that_would_not_fit_with_its_kind_in_front_is_refused() -> None:
    with pytest.raises(DomainError, match="Please shorten this by 6 characters") as refused:
        edit_group(an_edit(place="x" * 200))

    assert refused.value.field == "place"
