"""Settings in the forms of the rules: one line in a table makes each."""

from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import DomainError, Faulty
from domain.kinds import DEFAULT_KINDS, InvalidKind, SessionKind
from domain.rules import FairShares
from handlers.parse.faults import Faults
from handlers.parse.rule_fields import settings, written
from handlers.parse.state import State
from handlers.texts.rule_fields import FAIR_FIELDS, KIND_FIELDS, How, RuleField
from tests.builders.sessions import a_form, chosen, typed

KIND = DEFAULT_KINDS[0]
NOT_SET_BY_STAFF = {"key", "taken_by", "booked_by", "is_urgent", "has_seats", "set_aside"}
"""What a kind is, and not how it is held."""


def test_every_field_of_a_kind_and_of_fair_shares_is_in_its_table_once() -> None:
    assert sorted(field.name for field in KIND_FIELDS) == sorted(
        {field.name for field in fields(SessionKind)} - NOT_SET_BY_STAFF
    )
    assert sorted(field.name for field in FAIR_FIELDS) == sorted(field.name for field in fields(FairShares))


def test_labels_of_settings_are_distinct() -> None:
    for table in (KIND_FIELDS, FAIR_FIELDS):
        assert len({field.label for field in table}) == len(table)


def filled(values: dict[str, str]) -> State:
    """A form with these settings typed, or chosen where one chooses."""
    choices = {field.name for field in KIND_FIELDS if field.how is How.YES_NO}
    return State(a_form({name: chosen(text) if name in choices else typed(text) for name, text in values.items()}))


def read(values: dict[str, str], base: SessionKind = KIND) -> SessionKind:
    """The kind that the form makes. Raises `Faulty`."""
    faults = Faults()
    kind = settings(filled(values), KIND_FIELDS, base, faults)
    faults.end()
    return kind


def faults_of(values: dict[str, str]) -> dict[str | None, str]:
    """What is told at which field."""
    with pytest.raises(Faulty) as refused:
        read(values)
    return {fault.field: fault.message for fault in refused.value.faults}


@st.composite
def kinds(draw: st.DrawFn) -> SessionKind:
    """Any kind that can be set."""
    cells = st.integers(min_value=1, max_value=96).map(lambda number: 5 * number)
    try:
        return replace(
            KIND,
            length_minutes=draw(cells),
            step_minutes=draw(cells),
            buffer_before_minutes=draw(st.integers(min_value=0, max_value=96)) * 5,
            buffer_after_minutes=draw(st.integers(min_value=0, max_value=96)) * 5,
            horizon_days=draw(st.integers(min_value=1, max_value=366)),
            notice_minutes=draw(st.integers(min_value=0, max_value=40_000)),
            cancel_notice_minutes=draw(st.integers(min_value=0, max_value=40_000)),
            open_per_scholar=draw(st.integers(min_value=1, max_value=1000)),
            per_day=draw(st.integers(min_value=0, max_value=100)),
            per_week=draw(st.integers(min_value=0, max_value=700)),
            per_month=draw(st.integers(min_value=0, max_value=3100)),
            is_offered=draw(st.booleans()),
        )
    except InvalidKind:
        assume(False)
        raise


@given(kinds())
def test_kind_is_read_back_as_it_was_written(kind: SessionKind) -> None:
    assert read({field.name: written(field, getattr(kind, field.name)) for field in KIND_FIELDS}) == kind


SHARES = (
    FairShares(),
    FairShares(sessions_a_week=0, first_days=0, invite_after_days=0),
    FairShares(sessions_a_week=50, leftover_hours=336, first_days=1, invite_after_days=366, invitations_a_day=9),
)


@pytest.mark.parametrize("fair", SHARES)
def test_fair_shares_are_read_back_as_they_were_written(fair: FairShares) -> None:
    faults = Faults()
    form = filled({field.name: written(field, getattr(fair, field.name)) for field in FAIR_FIELDS})

    assert settings(form, FAIR_FIELDS, FairShares(), faults) == fair
    faults.end()


def test_field_that_the_form_does_not_have_stays_as_it_is() -> None:
    assert read({"length_minutes": "1 h"}) == replace(KIND, length_minutes=60)


def test_faults_of_reading_and_of_what_does_not_fit_are_told_together() -> None:
    told = faults_of({"length_minutes": "47", "step_minutes": "x", "horizon_days": "1 day", "notice_minutes": "2 days"})

    assert told == {
        "step_minutes": "I could not read this. Please write a number and a unit, such as 45 min, 4 h or 2 days.",
        "length_minutes": "Please choose from 5 min to 8 h in steps of 5 min.",
        "notice_minutes": "Please choose less than 1 day, which is as far ahead as can be booked.",
    }


def test_untouched_field_that_another_one_puts_at_fault_is_told_at_its_own() -> None:
    base = replace(KIND, notice_minutes=3 * 1440)

    with pytest.raises(Faulty) as refused:
        read({"horizon_days": "2 days", "notice_minutes": "3 days"}, base)

    assert [fault.field for fault in refused.value.faults] == ["notice_minutes"]


@pytest.mark.parametrize("sent", [None, "maybe"])
def test_choice_that_no_form_has_is_refused(sent: str | None) -> None:
    faults = Faults()
    settings(State(a_form({"is_offered": chosen(sent)})), KIND_FIELDS, KIND, faults)

    with pytest.raises(DomainError, match=r"^Please choose one of the two\.$") as refused:
        faults.end()
    assert refused.value.field == "is_offered"


def test_text_that_is_far_too_long_is_refused_by_its_length() -> None:
    assert faults_of({"length_minutes": "1" * 100}) == {
        "length_minutes": "Please shorten this by 40 characters: 60 fit here."
    }


@pytest.mark.parametrize(
    ("how", "value", "text"),
    [
        (How.MINUTES, 0, "nil"),
        (How.AHEAD, 240, "4 h"),
        (How.HOURS, 48, "2 days"),
        (How.HOURS, 36, "36 h"),
        (How.DAYS, 1, "1 day"),
        (How.NUMBER, 3, "3"),
        (How.NUMBER, 0, "nil"),
        (How.YES_NO, 0, "no"),
        (How.YES_NO, 1, "yes"),
    ],
)
def test_setting_is_written_as_people_say_it(how: How, value: int, text: str) -> None:
    assert written(RuleField("x", how, "X", "", "nil"), value) == text
