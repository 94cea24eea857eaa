"""Deadlines whose process is killed by signal and stays down: the newest rung alone, and none for who has met it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from services.deadlines.facts import Deadline
from services.deadlines.meet import mark_done
from tests.acting.replicas import go_on, killed_after_posts, killed_before, started
from tests.builders.deadlines import a_content, a_deadline
from tests.looking.cohorts import Cohort

DEADLINES = ("deadlines",)
DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
"""That of the builder's deadline."""
DONE = ("p00", "p59")


def killed_in_the_first_rung(cohort: Cohort) -> tuple[Deadline, dict[str, int]]:
    """A week before, the process is killed with a third told; two meet it then. Returns it, and who had been told."""
    deadline = a_deadline(cohort.house, a_content())
    week_before = DUE - timedelta(days=7)
    with started(cohort, now=week_before) as first:
        first.do("tick", *DEADLINES)
    killed_after_posts(cohort, 19, now=week_before)
    before = cohort.told()
    for who in DONE:
        mark_done(cohort.house.desk, cohort.house.person(who), deadline.id)
    assert 20 <= sum(before.values()) < 60
    return deadline, before


def one_more(cohort: Cohort, before: dict[str, int]) -> dict[str, int]:
    """Everybody has one message more than before, but for who has met it."""
    return {who: number + 1 for who, number in before.items()} | cohort.of(
        **{who: before[account] for who in DONE for account in cohort.of(**{who: 0})}
    )


def rungs_sent(cohort: Cohort) -> dict[str, int]:
    """How many messages of each rung have gone."""
    return Counter(row.rung for row in cohort.rows() if row.state == "sent")


def test_process_killed_a_week_before_and_down_until_the_last_day_tells_the_newest_rung_once_to_who_is_open(
    cohort: Cohort,
) -> None:
    _deadline, before = killed_in_the_first_rung(cohort)

    with started(cohort, name="after the outage", now=DUE - timedelta(hours=20)) as last:
        go_on(cohort, last, ticks=DEADLINES)

    assert cohort.told() == one_more(cohort, before)
    assert rungs_sent(cohort) == {"7d": sum(before.values()), "24h": 58}
    assert cohort.places() == cohort.places_in_ledger()


def test_process_killed_before_and_down_for_three_days_across_the_due_time_tells_once_that_it_is_overdue(
    cohort: Cohort,
) -> None:
    _deadline, before = killed_in_the_first_rung(cohort)

    with started(cohort, name="after the outage", now=DUE + timedelta(days=3)) as last:
        go_on(cohort, last, ticks=DEADLINES)

    assert cohort.told() == one_more(cohort, before)
    assert rungs_sent(cohort) == {"7d": sum(before.values()), "+1h": 58}


def test_planner_killed_before_its_rows_are_written_and_before_they_are_committed_leaves_each_rung_once(
    cohort: Cohort,
) -> None:
    """The one who meets it between planning and sending hears nothing."""
    deadline = a_deadline(cohort.house, a_content())
    now = DUE - timedelta(hours=24)
    killed_before(cohort, "INSERT INTO delivery", "tick", *DEADLINES, now=now)
    killed_before(cohort, "UPDATE deadline_person", "tick", *DEADLINES, now=now)
    left_behind = len(cohort.rows())
    with started(cohort, name="planner", now=now) as planner:
        planner.do("tick", *DEADLINES)
        planner.kill()
    for who in DONE:
        mark_done(cohort.house.desk, cohort.house.person(who), deadline.id)

    with started(cohort, name="last", now=now) as last:
        go_on(cohort, last, ticks=DEADLINES)

    assert left_behind == 0
    assert cohort.told() == cohort.each(1, **dict.fromkeys(DONE, 0))
    assert rungs_sent(cohort) == {"24h": 58}
