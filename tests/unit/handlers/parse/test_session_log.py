"""The forms after a session as values; what cannot be read is told at its field."""

from typing import Any

import pytest

from domain.booking import TextTooLong
from domain.errors import DomainError, Faulty, NotFound
from domain.focus import FocusArea
from domain.session_log import NEXT_STEP_MAX, RATING_WORDS_MAX, Outcome
from domain.times import TimeRepeated, TimeSkipped, UnknownZone
from handlers.ids import Field, Modal
from handlers.ids.fields import day_field, pass_field
from handlers.parse.booking import UnreadableForm
from handlers.parse.session_log import (
    FormState,
    chosen_outcome,
    form_state,
    has_actual,
    log_session_form,
    rate_session_form,
)
from handlers.parse.state import UnreadableText
from handlers.request import Kind, Request
from services.session_log.rating import NoScore
from tests.builders.bookings import instant
from tests.builders.payloads import an_envelope
from tests.builders.people import a_person
from tests.builders.sessions import NEW_YORK, a_form, a_moment, a_time, chosen, chosen_several, typed

STATE = f"mine.1:{NEW_YORK}:list"


def values(
    outcome: str | None = "happened",
    *,
    began: str | None = "2027-01-12 10:05",
    ended: str | None = "10:40",
    areas: tuple[str, ...] = (),
    next_step: str | None = None,
) -> dict[str, dict[str, object]]:
    filled = {
        Field.OUTCOME: chosen(outcome),
        **a_moment(Field.BEGAN, began, NEW_YORK),
        **a_time(Field.ENDED, ended, NEW_YORK),
        Field.FOCUS: chosen_several(*areas),
        Field.NEXT_STEP: typed(next_step),
    }
    return {str(name): element for name, element in filled.items()}


def request(filled: dict[str, dict[str, object]], *, state: str = STATE, modal: Modal = Modal.LOG) -> Request:
    envelope = an_envelope(Kind.SUBMISSION, modal, body={"view": a_form(filled, state=state)})
    return Request(envelope=envelope, person=a_person())


def faults(filled: dict[str, dict[str, object]]) -> dict[str | None, type[Exception]]:
    with pytest.raises(Faulty) as refused:
        log_session_form(request(filled))
    return {fault.field: type(fault) for fault in refused.value.faults}


def test_log_form_reads_its_times_in_the_zone_it_was_opened_in() -> None:
    command = log_session_form(request(values(areas=("career",), next_step=" Write. ")))

    assert (command.ref, command.outcome) == ("mine", Outcome.HAPPENED)
    assert (command.started, command.ended) == (instant("2027-01-12T15:05Z"), instant("2027-01-12T15:40Z"))
    assert (command.focus_areas, command.next_step) == ((FocusArea.CAREER,), "Write.")


@pytest.mark.parametrize("outcome", ["no_show", "staff_absent"])
def test_log_form_of_what_did_not_happen_reads_no_times(outcome: str) -> None:
    command = log_session_form(request(values(outcome, began=None, ended=None)))

    assert (command.outcome.value, command.started, command.ended) == (outcome, None, None)


@pytest.mark.parametrize(
    ("began", "ended", "told"),
    [
        ("2027-03-14 02:30", "04:00", {Field.BEGAN: TimeSkipped}),
        ("2027-03-14 01:30", "02:30", {Field.ENDED: TimeSkipped}),
        ("2026-11-01 01:30", "03:00", {Field.BEGAN: TimeRepeated}),
        ("2026-11-01 00:30", "01:30", {Field.ENDED: TimeRepeated}),
    ],
)
def test_log_form_names_the_gap_and_asks_which_of_two_times_each_at_its_field(
    began: str, ended: str, told: dict[str, type[Exception]]
) -> None:
    assert faults(values(began=began, ended=ended)) == told


def test_log_form_takes_which_one_is_meant_of_a_time_that_happens_twice() -> None:
    which = {pass_field(Field.BEGAN): chosen("first"), pass_field(Field.ENDED): chosen("second")}

    command = log_session_form(request(values(began="2026-11-01 01:30", ended="01:30") | which))

    assert (command.started, command.ended) == (instant("2026-11-01T05:30Z"), instant("2026-11-01T06:30Z"))


def test_log_form_tells_everything_that_cannot_be_read_at_once() -> None:
    filled = values(began=None, ended=None, next_step="x" * (NEXT_STEP_MAX + 1))

    assert faults(filled) == {
        day_field(Field.BEGAN): DomainError,
        Field.ENDED: DomainError,
        Field.NEXT_STEP: TextTooLong,
    }


@pytest.mark.parametrize(
    ("filled", "error"),
    [
        (values(None), DomainError),
        (values("vanished"), UnreadableForm),
        (values(areas=("witchcraft",)), UnreadableForm),
        (values(next_step="a\x00b"), UnreadableText),
    ],
    ids=["no outcome", "unknown outcome", "unknown topic", "no text"],
)
def test_log_form_that_cannot_be_read_is_refused(
    filled: dict[str, dict[str, object]], error: type[DomainError]
) -> None:
    with pytest.raises(error):
        log_session_form(request(filled))


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ("", NotFound),
        ("mine.1", UnknownZone),
        ("mine:Europe/London:", NotFound),
        ("mine.1:Mars/Base:", UnknownZone),
        ("<x>.1:Europe/London:", NotFound),
    ],
)
def test_log_form_with_a_state_of_somebody_elses_making_is_refused(state: str, error: type[DomainError]) -> None:
    with pytest.raises(error):
        log_session_form(request(values(), state=state))


def test_state_of_the_form_reads_back_as_it_was_written() -> None:
    written = FormState(pressed="mine.7", zone=NEW_YORK, origin="details").written()

    read = form_state(request({}, state=written))

    assert (read.ref, read.zone, read.origin) == ("mine", NEW_YORK, "details")


def test_form_without_the_fields_of_what_happened_is_known() -> None:
    with_times: dict[str, Any] = a_form(values())
    without: dict[str, Any] = a_form({Field.OUTCOME: chosen("happened")})

    assert (has_actual(with_times), has_actual(without)) == (True, False)
    assert chosen_outcome(without) is Outcome.HAPPENED


def test_rating_form_reads_number_and_words() -> None:
    command = rate_session_form(
        request({Field.SCORE: chosen("10"), Field.WORDS: typed(" Good. ")}, state="mine.1", modal=Modal.RATING)
    )

    assert (command.ref, command.score, command.words) == ("mine", 10, "Good.")


@pytest.mark.parametrize("score", [None, "", "x", "1.5", "-1", "\u0663", "9" * 5000])
def test_rating_form_without_a_number_is_refused_at_its_field(score: str | None) -> None:
    with pytest.raises(NoScore) as refused:
        rate_session_form(request({Field.SCORE: chosen(score)}, state="mine.1", modal=Modal.RATING))

    assert refused.value.field == Field.SCORE


def test_rating_form_with_too_many_words_is_refused_at_its_field() -> None:
    long = typed("x" * (RATING_WORDS_MAX + 1))

    with pytest.raises(TextTooLong) as refused:
        rate_session_form(request({Field.SCORE: chosen("5"), Field.WORDS: long}, state="mine.1", modal=Modal.RATING))

    assert refused.value.field == Field.WORDS
