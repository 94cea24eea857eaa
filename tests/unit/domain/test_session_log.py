"""What a log may say, and when it may be said."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.booking import AlreadyCanceled, BookingStatus
from domain.kinds import DEFAULT_KINDS
from domain.people import SUPPORT_ROLES
from domain.sealing import RecordClass
from domain.session_log import (
    CORRECTABLE,
    LENGTH_MAX_SECONDS,
    Actual,
    LoggedForGood,
    NotOverYet,
    OddTimes,
    Outcome,
    check_actual,
    check_over,
    log_class,
)
from tests.builders.scheduling import a_kind
from tests.builders.sessions import COACHING_KIND, COMMUNITY_KIND, a_booked

BOOKED = a_booked()
START, END = BOOKED.starts_at, BOOKED.ends_at
HOUR, DAY = 3600, 86_400
LATER = END + 3 * DAY


def test_logs_of_coaching_and_of_the_community_manager_are_sealed_apart() -> None:
    assert log_class(COACHING_KIND) is RecordClass.COACHING_LOG
    assert log_class(COMMUNITY_KIND) is RecordClass.COMMUNITY_LOG


def test_log_class_goes_by_the_role_and_not_by_the_key_of_a_kind() -> None:
    assert log_class(a_kind()) is RecordClass.COACHING_LOG


def test_every_kind_and_every_support_role_has_a_class() -> None:
    assert {log_class(kind) for kind in DEFAULT_KINDS} == {RecordClass.COACHING_LOG, RecordClass.COMMUNITY_LOG}
    assert {kind.taken_by for kind in DEFAULT_KINDS} == SUPPORT_ROLES


def test_only_what_happened_has_happened() -> None:
    assert [outcome for outcome in Outcome if outcome.has_happened] == [Outcome.HAPPENED]


@pytest.mark.parametrize("after", [0, 1, int(CORRECTABLE.total_seconds()) - 1])
def test_session_can_be_logged_from_its_end_until_14_days_later(after: int) -> None:
    check_over(BOOKED, now=END + after, closed=LoggedForGood)


@pytest.mark.parametrize(
    ("now", "error"),
    [(END - 1, NotOverYet), (END + int(timedelta(days=14).total_seconds()), LoggedForGood)],
)
def test_session_can_not_be_logged_before_or_after(now: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_over(BOOKED, now=now, closed=LoggedForGood)


def test_session_that_was_canceled_is_refused_whatever_the_time() -> None:
    canceled = a_booked(status=BookingStatus.CANCELED)

    with pytest.raises(AlreadyCanceled):
        check_over(canceled, now=START - DAY, closed=LoggedForGood)


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        (START, END),
        (START + 1, START + 2),
        (START - DAY, START - DAY + HOUR),
        (END + DAY - HOUR, END + DAY),
        (START, START + 8 * HOUR),
    ],
    ids=["as planned", "a moment", "a day before", "a day after", "eight hours"],
)
def test_times_within_reason_are_taken(began: int, ended: int) -> None:
    check_actual(Actual(started_at=began, ended_at=ended), (START, END), now=LATER)


@pytest.mark.parametrize(
    ("began", "ended", "now", "field", "says"),
    [
        (START, START, LATER, "ended", "after the start"),
        (END, START, LATER, "ended", "after the start"),
        (START, END + 1, END, "ended", "still to come"),
        (START - DAY - 1, START, LATER, "began", "a day before"),
        (END + DAY - HOUR, END + DAY + 1, LATER, "ended", "a day after"),
        (START, START + 8 * HOUR + 1, LATER, "ended", "eight hours"),
    ],
    ids=["nothing", "reversed", "future", "too early", "too late", "too long"],
)
def test_times_that_cannot_be_are_told_at_their_field(began: int, ended: int, now: int, field: str, says: str) -> None:
    with pytest.raises(OddTimes, match=says) as refusal:
        check_actual(Actual(started_at=began, ended_at=ended), (START, END), now=now)

    assert refusal.value.field == field


@given(
    began=st.integers(START - 3 * DAY, END + 3 * DAY),
    length=st.integers(-DAY, DAY),
    now=st.integers(END, END + 20 * DAY),
)
def test_times_that_are_taken_are_a_session_near_its_plan(began: int, length: int, now: int) -> None:
    actual = Actual(started_at=began, ended_at=began + length)
    try:
        check_actual(actual, (START, END), now=now)
    except OddTimes:
        return
    assert 0 < length <= LENGTH_MAX_SECONDS
    assert actual.ended_at <= now
    assert START - DAY <= began <= actual.ended_at <= END + DAY
