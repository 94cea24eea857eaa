"""The order of a line, the estimate of a wait, and times at which office hours can be held."""

import pytest

from domain.errors import NotFound
from domain.office_hours import (
    OVERRUN_MINUTES,
    Entry,
    EntryStatus,
    HelpTopic,
    InvalidOfficeHours,
    check_times,
    expected_wait,
    free_in,
    in_order,
    known_topics,
    own_ref,
    place_in,
)

MINUTE, HOUR = 60, 3600


def an_entry(id_: str, *, band: int = 0, number: int = 1, status: EntryStatus = EntryStatus.WAITING) -> Entry:
    return Entry(
        id=id_,
        scholar_ref=f"ref-{id_}",
        office_id="office-1",
        program_id="program-1",
        scholar_id=f"scholar-{id_}",
        status=status,
        band=band,
        number=number,
        misses=0,
        calls=0,
        version=1,
        is_told_next=False,
        words=b"sealed",
        joined_at=0,
        taken_by=None,
        served_by=None,
        taken_at=None,
    )


def test_line_is_first_come_first_served_and_who_was_helped_before_stands_behind() -> None:
    entries = [
        an_entry("again", band=1, number=1),
        an_entry("late", number=3),
        an_entry("early", number=2),
        an_entry("gone", number=0, status=EntryStatus.LEFT),
    ]

    line = in_order(entries)

    assert [each.id for each in line] == ["early", "late", "again"]
    assert [place_in(line, each) for each in ("early", "late", "again")] == [1, 2, 3]
    with pytest.raises(NotFound):
        place_in(line, "gone")


@pytest.mark.parametrize(
    ("ahead", "free", "mine", "wait"),
    [
        (0, [0], [0], 0),
        (2, [0], [0], 20),
        (2, [0, 0], [0, 1], 10),
        (1, [0, 5], [0, 1], 5),
        (0, [8, 0], [0], 8),
        (3, [0, 0], [0], 20),
    ],
    ids=["free", "two ahead", "two helpers", "one busy", "only the busy one may", "only the first may"],
)
def test_wait_counts_everybody_ahead_with_their_full_time(
    ahead: int, free: list[int], mine: list[int], wait: int
) -> None:
    assert expected_wait(ahead, 10, free_in=free, mine=mine) == wait


@pytest.mark.parametrize(("since", "left"), [(None, 0), (0, 10), (4 * MINUTE, 6), (30 * MINUTE, OVERRUN_MINUTES)])
def test_helper_is_free_after_the_minutes_and_who_runs_over_takes_a_little_more(since: int | None, left: int) -> None:
    now = 100 * HOUR

    assert free_in(10, None if since is None else now - since, now) == left


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (0, 0, "end"),
        (-2 * HOUR, -HOUR, "start"),
        (-HOUR, HOUR, "start"),
        (HOUR, 0, "end"),
        (0, 9 * MINUTE, "end"),
        (0, 13 * HOUR, "end"),
        (61 * 24 * HOUR, 61 * 24 * HOUR + HOUR, "start"),
    ],
    ids=["empty", "past", "begun in the past", "turned round", "too short", "too long", "too far"],
)
def test_times_at_which_nobody_could_be_helped_are_refused_at_their_field(starts: int, ends: int, field: str) -> None:
    now = 10_000 * HOUR

    with pytest.raises(InvalidOfficeHours) as refused:
        check_times(now + starts, now + ends, 10, now=now)

    assert refused.value.field == field


def test_times_that_fit_are_taken() -> None:
    check_times(HOUR, 2 * HOUR, 10, now=0)


def test_two_peoples_references_to_one_thing_have_nothing_in_common() -> None:
    refs = {own_ref("thing", "ada"), own_ref("thing", "bo"), own_ref("other", "ada")}

    assert len(refs) == 3
    assert own_ref("thing", "ada") == own_ref("thing", "ada")
    assert own_ref("1", "1a") != own_ref("11", "a")


def test_topics_that_have_left_the_list_are_left_out() -> None:
    assert known_topics(["statistics", "alchemy", "debugging"]) == (HelpTopic.DEBUGGING, HelpTopic.STATISTICS)
    assert len({topic.label for topic in HelpTopic}) == len(HelpTopic)
