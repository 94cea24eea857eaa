"""Digests whose process is killed by signal while they are planned or written. On each engine."""

from datetime import UTC, datetime, timedelta

from domain.delivery import Tier
from tests.acting.replicas import announced, go_on, killed_after_posts, killed_before, started
from tests.fakes.clock import NOON
from tests.looking.cohorts import Cohort

ANNOUNCEMENTS = ("announcements",)
MORNING = datetime(2027, 1, 12, 8, 30, tzinfo=UTC)
"""When the digests of the day after noon go."""
FIRST, SECOND = "Library hours", "Printer moved"


def test_process_killed_while_it_puts_a_notice_into_digests_leaves_it_there_once_for_everybody(cohort: Cohort) -> None:
    """Before what waits is written, before the digests are, and before all of it is committed."""
    announced(cohort, title=FIRST, tier=Tier.NOTICE)
    for words in ("INSERT INTO digest_item", "INSERT INTO delivery", "INSERT INTO audit"):
        killed_before(cohort, words, "tick", *ANNOUNCEMENTS)
    left_behind = len(cohort.rows())

    with started(cohort, name="last") as last:
        go_on(cohort, last, ticks=ANNOUNCEMENTS)
    at_noon = cohort.told()
    with started(cohort, name="in the morning", now=MORNING) as morning:
        go_on(cohort, morning)

    assert (left_behind, at_noon) == (0, cohort.each(0))
    assert cohort.told() == cohort.told(words=FIRST) == cohort.each(1)


def test_processes_killed_while_digests_are_made_and_sent_give_nobody_two_none_or_an_empty_one(
    cohort: Cohort,
) -> None:
    """One had taken up what three people wait for and sent nothing; the next had sent twenty.

    A notice that comes meanwhile is told to each once too: today where the digest had not gone, else tomorrow.
    """
    announced(cohort, title=FIRST, tier=Tier.NOTICE)
    with started(cohort, name="at noon") as first:
        first.do("tick", *ANNOUNCEMENTS)
    with started(cohort, name="maker", now=MORNING) as maker:
        maker.stand_still_behind("digest_item", "send", times=3)
        maker.kill()
    cohort.let_marks_end()
    with started(cohort, name="recoverer", now=MORNING) as recoverer:
        recoverer.do("tick", "reconcile")
    killed_after_posts(cohort, 19, now=MORNING)
    before = cohort.told()
    announced(cohort, title=SECOND, tier=Tier.NOTICE)
    with started(cohort, name="the same day", now=MORNING) as same_day:
        go_on(cohort, same_day, ticks=("announcements", "digests"))
    today = cohort.told()
    with started(cohort, name="the next day", now=MORNING + timedelta(days=1)) as next_day:
        go_on(cohort, next_day, ticks=("digests",))

    assert 20 <= sum(before.values()) < 60
    assert today == cohort.each(1)
    assert cohort.told(words=FIRST) == cohort.each(1)
    assert cohort.told(words=SECOND) == cohort.each(1)
    assert {FIRST in str(post) or SECOND in str(post) for post in cohort.posts()} == {True}
    assert max(cohort.told().values()) == 2


def test_planner_of_the_week_killed_before_it_has_noted_so_plans_each_digest_once(cohort: Cohort) -> None:
    """On Sunday the digests of Monday are planned, for everybody; with nothing to tell none of them is sent."""
    sunday = NOON - timedelta(days=1)
    killed_before(cohort, "INSERT INTO planned", "tick", "digests", now=sunday)
    left_behind = len(cohort.rows())
    with started(cohort, name="planner", now=sunday) as planner:
        planner.do("tick", "digests")
    planned = cohort.rows("digest")

    with started(cohort, name="on Monday", now=MORNING - timedelta(days=1)) as monday:
        go_on(cohort, monday, ticks=("digests",))

    assert left_behind == len(planned) == len({row.person_id for row in planned})
    assert cohort.told() == cohort.each(0)
    assert cohort.states("digest") == {"suppressed"}
