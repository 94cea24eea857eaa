from datetime import UTC, datetime

import pytest

from domain.booking import REASON_MAX, WORDS_MAX
from domain.errors import DomainError
from domain.focus import FocusArea
from domain.series import Repeat
from handlers.ids import ANYONE, Field, Modal
from handlers.parse.booking import book_session, cancel_session, move_session
from handlers.parse.state import UnreadableText
from handlers.request import Kind, Request
from services.booking.commands import BookSession, CancelSession, MoveSession
from tests.builders.payloads import a_request, a_submission
from tests.builders.sessions import a_form, chosen, chosen_several, typed

START = "1799748000"
TEN = datetime(2027, 1, 12, 10, tzinfo=UTC)
UNREADABLE = "I could not read that form. Please close it and open it again."
GONE = "That is no longer there. Type /support to see what is current."


def a_booking(**fields: dict[str, object]) -> Request:
    """The booking form as submitted, with these fields changed."""
    filled = {
        "kind": chosen("coaching"),
        "staff:coaching": chosen("cleo"),
        "day:coaching.cleo": chosen("2027-01-12"),
        "start:coaching.cleo.2027-01-12": chosen(START),
        "focus:coaching": chosen_several(),
        "words": typed(None),
    }
    suffixed = {block_id.partition(":")[0]: block_id for block_id in filled}
    changed = {suffixed.get(name, name): value for name, value in fields.items()}
    return a_request(Kind.SUBMISSION, Modal.BOOK, body=a_submission(a_form(filled | changed)))


def a_change(state: str, *, start: str | None = START, reason: str | None = None) -> Request:
    """The form for moving (or, without a start, canceling) as submitted."""
    form = a_form({"start:coaching.cleo.2027-01-12": chosen(start), "reason": typed(reason)}, state=state)
    return a_request(Kind.SUBMISSION, Modal.MOVE, body=a_submission(form))


def test_booking_form_becomes_a_command() -> None:
    request = a_booking(focus=chosen_several("career", "well_being"), words=typed("  Whether to apply.\n"))

    assert book_session(request) == BookSession(
        request_key=request.envelope.once_key(),
        kind="coaching",
        staff_id="cleo",
        starts=TEN,
        focus_areas=(FocusArea.CAREER, FocusArea.WELL_BEING),
        words="Whether to apply.",
    )


@pytest.mark.parametrize(
    ("value", "repeat"),
    [("1.1", Repeat()), ("1.3", Repeat(times=3)), ("2.4", Repeat(every_weeks=2, times=4)), (None, Repeat())],
)
def test_repeat_is_read_and_an_older_form_books_once(value: str | None, repeat: Repeat) -> None:
    asked = a_booking() if value is None else a_booking(**{"repeat:coaching": chosen(value)})

    assert book_session(asked).repeat == repeat


@pytest.mark.parametrize("value", ["", "1", "3.2", "1.0", "1.100", "x.y", "1.2.3"])
def test_repeat_that_no_menu_of_ours_has_is_refused(value: str) -> None:
    with pytest.raises(DomainError) as refusal:
        book_session(a_booking(**{"repeat:coaching": chosen(value)}))

    assert refusal.value.field == Field.REPEAT


@pytest.mark.parametrize(("value", "and_following"), [("this", False), ("following", True), (None, False)])
def test_cancel_form_says_whether_those_that_follow_are_meant(value: str | None, and_following: bool) -> None:  # noqa: FBT001
    form = a_form({"which": chosen(value), "reason": typed(None)}, state="s1.1")

    assert cancel_session(a_request(Kind.SUBMISSION, Modal.CANCEL, body=a_submission(form))).and_following is (
        and_following
    )


@pytest.mark.parametrize("staff", [ANYONE, None])
def test_booking_with_anyone_names_nobody(staff: str | None) -> None:
    assert book_session(a_booking(staff=chosen(staff))).staff_id is None


def test_words_at_the_limit_are_kept_whole() -> None:
    assert book_session(a_booking(words=typed("x" * WORDS_MAX))).words == "x" * WORDS_MAX


def test_signs_that_turn_the_direction_of_a_text_are_closed_at_its_end() -> None:
    assert book_session(a_booking(words=typed("see \u202epdf\u2066."))).words == "see \u202epdf\u2066.\u2069\u202c"


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "\udc00\ud83d"])
def test_words_that_cannot_be_kept_as_typed_are_refused_at_their_field(text: str) -> None:
    with pytest.raises(UnreadableText) as refusal:
        book_session(a_booking(words=typed(text)))

    assert refusal.value.field == Field.WORDS


@pytest.mark.parametrize(
    ("field", "value", "at", "sentence"),
    [
        ("start", chosen(None), "start", "Please choose a time."),
        (
            "words",
            typed("x" * (WORDS_MAX + 7)),
            "words",
            f"Please shorten this by 7 characters: {WORDS_MAX} fit here.",
        ),
        ("start", chosen("tomorrow"), None, UNREADABLE),
        ("start", chosen("-1"), None, UNREADABLE),
        ("start", chosen("1e9"), None, UNREADABLE),
        ("start", chosen(""), None, UNREADABLE),
        ("start", chosen("9" * 12), None, UNREADABLE),
        ("start", chosen("9" * 5000), None, UNREADABLE),
        ("start", chosen("\u0661\u0662"), None, UNREADABLE),
        ("start", chosen("1799748000\n"), None, UNREADABLE),
        ("focus", chosen_several("career", "astrology"), None, UNREADABLE),
        ("staff", chosen("x' OR 1=1"), "staff", GONE),
        ("staff", chosen("cleo\x00"), "staff", GONE),
        ("staff", chosen("x" * 65), "staff", GONE),
        ("staff", chosen(""), "staff", GONE),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(
    field: str, value: dict[str, object], at: str | None, sentence: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        book_session(a_booking(**{field: value}))

    assert (refusal.value.field, refusal.value.message) == (at, sentence)


def test_latest_start_that_can_be_written_is_read() -> None:
    assert book_session(a_booking(start=chosen("9" * 11))).starts.year == 5138


def test_empty_form_is_refused_and_not_a_crash() -> None:
    body = a_submission({"id": "V1", "hash": "1.a", "type": "modal"})

    with pytest.raises(DomainError, match="Please choose a time"):
        book_session(a_request(Kind.SUBMISSION, Modal.BOOK, body=body))


def test_move_form_becomes_a_command() -> None:
    request = a_change("s1.3", reason=" A cold. ")

    assert move_session(request) == MoveSession(
        request_key=request.envelope.once_key(), ref="s1", version=3, starts=TEN, reason="A cold."
    )


def test_cancel_form_becomes_a_command() -> None:
    request = a_change("s1.3", start=None, reason=None)

    assert cancel_session(request) == CancelSession(
        request_key=request.envelope.once_key(), ref="s1", version=3, reason=""
    )


@pytest.mark.parametrize("parse", [move_session, cancel_session])
def test_reason_over_the_limit_is_told_at_its_field(parse: object) -> None:
    assert callable(parse)

    with pytest.raises(DomainError) as refusal:
        parse(a_change("s1.1", reason="x" * (REASON_MAX + 1)))

    assert (refusal.value.field, refusal.value.message) == (
        "reason",
        f"Please shorten this by 1 character: {REASON_MAX} fit here.",
    )


@pytest.mark.parametrize(
    "state",
    ["", "s1", ".", "s1.", ".1", "s1.x", "s1.-1", "s1.1.5x", "s1." + "9" * 10, "s1." + "9" * 5000, "s 1.1", "s1\x00.1"],
)
def test_reference_that_we_cannot_have_made_is_not_found(state: str) -> None:
    with pytest.raises(DomainError) as refusal:
        move_session(a_change(state))

    assert refusal.value.message == GONE
