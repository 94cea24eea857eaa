"""Why a start is not on offer."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.slots import WAIVED_IF_LISTED, NotOffered, Refusal, check_offered, free_starts, is_offered, why_not
from domain.slots.refusal import duration_words
from domain.slots.why import Reason, reasons
from domain.times import instant_of
from tests.builders.scheduling import LOS_ANGELES, a_kind, a_staff_member, at, hours_in

LONDON = "Europe/London"
NOW = datetime.fromisoformat("2027-01-04T08:00Z")
TEN, ELEVEN = at("2027-01-04T10:00Z"), at("2027-01-04T11:00Z")
NEXT_MONDAY = TEN + 7 * 86_400
COACH = replace(
    a_staff_member(hours_in(LONDON, weekly={0: "9-13"}), busy=((ELEVEN, ELEVEN + 1800),)), until=NEXT_MONDAY + 1800
)
KIND = a_kind(length=30, notice=90, horizon_days=14)


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (at("2027-01-04T07:30Z"), Refusal.PAST),
        (at("2027-01-04T09:00Z"), Refusal.INSIDE_NOTICE),
        (at("2027-01-04T09:30Z"), None),
        (TEN, None),
        (TEN + 300, Refusal.OFF_GRID),
        (ELEVEN, Refusal.STAFF_BUSY),
        (at("2027-01-04T12:00Z"), Refusal.SCHOLAR_BUSY),
        (at("2027-01-04T13:00Z"), Refusal.OUTSIDE_HOURS),
        (at("2027-01-04T12:45Z"), Refusal.OUTSIDE_HOURS),
        (at("2027-01-05T10:00Z"), Refusal.OUTSIDE_HOURS),
        (NEXT_MONDAY, None),
        (NEXT_MONDAY + 1800, Refusal.AFTER_LAST_DAY),
        (NEXT_MONDAY + 7 * 86_400, Refusal.PAST_HORIZON),
    ],
)
def test_why_not_gives_the_first_reason(start: int, reason: Refusal | None) -> None:
    own = (at("2027-01-04T12:10Z"), at("2027-01-04T12:20Z"))

    assert why_not(start, COACH, KIND, now=NOW, scholar_busy=(own,)) is reason


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (TEN - 86_400, "That time has passed. Please choose a later one."),
        (TEN - 3600, "That is too soon: please book at least 90 minutes ahead, so choose a later time."),
        (TEN + 21 * 86_400, "That is more than 14 days ahead. Please choose an earlier time."),
        (NEXT_MONDAY + 1800, "The two of you can no longer meet by then. Please choose an earlier time."),
        (TEN + 8 * 3600, "That time is outside the hours on offer. Please choose one of the times in the list."),
        (TEN + 60, "Sessions do not start at that minute. Please choose one of the times in the list."),
        (ELEVEN, "That time has just been taken. Please choose another one."),
    ],
)
def test_check_offered_refuses_in_words_at_the_start(start: int, sentence: str) -> None:
    with pytest.raises(NotOffered) as refused:
        check_offered(start, COACH, KIND, now=NOW)

    assert (refused.value.message, refused.value.field) == (sentence, "start")


def test_check_offered_past_a_horizon_of_one_day_says_so_in_hours() -> None:
    with pytest.raises(NotOffered) as refused:
        check_offered(TEN + 21 * 86_400, COACH, replace(KIND, horizon_days=1), now=NOW)

    assert refused.value.message == "That is more than 24 hours ahead. Please choose an earlier time."


def test_check_offered_for_a_scholar_with_a_session_then_says_so() -> None:
    with pytest.raises(NotOffered) as refused:
        check_offered(TEN, COACH, KIND, now=NOW, scholar_busy=((TEN, ELEVEN),))

    assert refused.value.message == "You have another session then. Please choose another time, or move that one first."
    assert refused.value.reason is Refusal.SCHOLAR_BUSY


def test_check_offered_of_a_free_start_lets_it_pass() -> None:
    check_offered(TEN, COACH, KIND, now=NOW)

    assert is_offered(TEN, COACH, KIND, now=NOW)


@pytest.mark.parametrize(("late", "reason"), [(0, None), (0.001, Refusal.INSIDE_NOTICE), (1, Refusal.INSIDE_NOTICE)])
def test_t27_notice_at_equality_is_kept_and_any_later_not(late: float, reason: Refusal | None) -> None:
    coach = a_staff_member(hours_in(LOS_ANGELES, dates={"2027-03-14": "10-12"}))
    now = datetime.fromisoformat("2027-03-13T18:00Z") + timedelta(seconds=late)

    assert why_not(at("2027-03-14T18:00Z"), coach, a_kind(notice=24 * 60), now=now) is reason


@pytest.mark.parametrize(("early", "reason"), [(0, None), (1, Refusal.PAST_HORIZON)])
def test_horizon_at_equality_is_kept_and_a_second_earlier_not(early: int, reason: Refusal | None) -> None:
    now = instant_of(TEN) - timedelta(days=KIND.horizon_days, seconds=early)

    assert why_not(TEN, COACH, KIND, now=now) is reason


def test_start_at_this_very_instant_without_notice_is_offered() -> None:
    assert why_not(TEN, COACH, replace(KIND, notice_minutes=0), now=instant_of(TEN)) is None


@pytest.mark.parametrize(("offset", "is_free"), [(-30, True), (-25, False), (30, True), (25, False)])
def test_buffers_of_both_sessions_are_added(offset: int, *, is_free: bool) -> None:
    kind = a_kind(length=20, step=5, before=5, after=5)
    taken = kind.busy(ELEVEN)
    coach = a_staff_member(hours_in(LONDON, weekly={0: "9-13"}), busy=(taken,))

    assert is_offered(ELEVEN + offset * 60, coach, kind, now=NOW) is is_free


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 minutes"), (1, "1 minute"), (60, "1 hour"), (90, "90 minutes"), (1440, "24 hours")]
)
def test_duration_words_are_whole_hours_where_they_can(minutes: int, words: str) -> None:
    assert duration_words(minutes) == words


def test_what_their_own_calendar_takes_is_not_offered_and_is_a_reason_of_its_own() -> None:
    staff = replace(COACH, busy=(), outside=((TEN + 300, TEN + 600),))

    assert why_not(TEN, staff, KIND, now=NOW) is Refusal.OWN_CALENDAR
    assert TEN not in free_starts(staff, KIND, first=TEN, last=TEN + 3600)
    assert TEN in free_starts(replace(staff, outside=()), KIND, first=TEN, last=TEN + 3600)
    assert reasons(staff, KIND, now=NOW)[TEN] is Reason.OWN_CALENDAR
    assert why_not(TEN, staff, KIND, now=NOW, waived=WAIVED_IF_LISTED) is None
