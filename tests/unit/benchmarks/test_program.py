"""The program that scheduling is measured in has what it says: every rule at work, and times left to book."""

from collections import Counter
from itertools import pairwise

import pytest

from benchmarks.areas import waiting
from benchmarks.floors.slots_case import NOW
from benchmarks.house import Size, coaches
from benchmarks.program.hours import full_hours, plain_hours
from benchmarks.program.rules import FULL, HALF, MANAGEMENT, PLAIN, TRAINING, all_rules, no_rules
from benchmarks.program.sessions import MOST_OF_COACH, number_of_sessions, session_rows
from benchmarks.program.stored import WITH, both_programs
from benchmarks.program.waiting import EACH_TENTH, waiting_rows
from storage.confidential.waiting import Waiting
from storage.engine import table_of

SMALL, LARGE = both_programs(6, 60), both_programs(6, 10_000)


def test_one_program_has_every_rule_and_the_other_none() -> None:
    own = [each for each in coaches(SMALL) if each.program == WITH]

    rules, none = all_rules(own), no_rules()

    assert (FULL.is_capped, FULL.before_seconds > 0, FULL.after_seconds > 0, FULL.is_shared_out) == (True,) * 4
    assert (bool(rules.closed), bool(rules.phases), rules.lead_limit > 0, set(rules.weights.values())) == (
        True, True, True, {HALF},
    )  # fmt: skip
    assert (PLAIN.is_capped, PLAIN.before_seconds, PLAIN.after_seconds, PLAIN.is_shared_out) == (False, 0, 0, False)
    assert (none.closed, none.phases, none.lead_limit, none.weights) == ((), (), 0, {})
    assert [FULL.length_minutes, FULL.step_minutes] == [PLAIN.length_minutes, PLAIN.step_minutes]


def test_coaches_have_all_that_can_become_of_hours() -> None:
    hours = [full_hours(each, 6) for each in coaches(Size(1, 6, 1))]

    assert all(each.overrides and each.purposes == (MANAGEMENT.key,) for each in hours)
    assert [sum(bool(one.travels) for one in hours), sum(bool(one.absences) for one in hours)] == [2, 2]
    assert {one.own_phases for one in hours} == {(), (TRAINING,)}
    assert not any(plain_hours(each).overrides for each in coaches(Size(1, 6, 1)))


@pytest.mark.parametrize(("size", "sessions"), [(SMALL, 180), (LARGE, 6 * MOST_OF_COACH)])
def test_scholars_have_three_sessions_each_as_far_as_coaches_have_hours(size: Size, sessions: int) -> None:
    rows = list(session_rows(size, WITH))

    each = Counter(str(row["scholar_id"]) for row in rows)
    times = Counter((row["staff_id"], row["starts_at"]) for row in rows)
    own = [sorted(int(str(row["starts_at"])) for row in rows[at : at + 3]) for at in range(0, sessions, 3)]
    assert (len(rows), number_of_sessions(size), set(each.values())) == (sessions, sessions, {3})
    assert max(times.values()) == 1
    assert min(second - first for starts in own for first, second in pairwise(starts)) >= FULL.length_seconds


def test_sessions_lie_within_what_counts_as_load_by_shares() -> None:
    rows = list(session_rows(SMALL, WITH))

    now = int(NOW.timestamp())
    carried = Counter(str(row["staff_id"]) for row in rows)
    assert min(int(str(row["starts_at"])) for row in rows) > now - 28 * 86_400
    assert [carried[f"coach-0-{number}"] for number in range(6)] == [40, 20, 40, 20, 40, 20]


def test_line_is_in_the_order_in_which_they_joined_and_holds_what_the_table_does() -> None:
    rows = list(waiting_rows(WITH, range(0, 60, EACH_TENTH), staff_id="coach-0-3"))

    assert [(row["scholar_id"], row["place"]) for row in rows] == [
        (f"scholar-0-{number}", place) for place, number in enumerate(range(0, 60, 10), start=1)
    ]
    assert {row["staff_id"] for row in rows} == {"coach-0-3"}
    assert set(rows[0]) == set(table_of(Waiting).c.keys())


def test_scholars_who_wait_for_what_is_canceled_and_those_who_cancel_have_no_session() -> None:
    busy = {str(row["scholar_id"]) for row in session_rows(waiting.SIZE, WITH)}

    last = waiting.FIRST_WAITING + max(waiting.LINES)
    numbers = (waiting.FIRST_WAITING, last - 1, waiting.FIRST_BOOKING, waiting.SIZE.scholars - 1)
    assert busy.isdisjoint(f"scholar-{WITH}-{number}" for number in numbers)
    assert (last <= waiting.FIRST_BOOKING, min(waiting.LINES[1:]) > waiting.ROUNDS + 2) == (True, True)
