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


def test_process_killed_while_it_puts_a_notice_into_digests_leaves_it_there_once_for_everybody(few: Cohort) -> None:
    """Before what waits is written, before the digests are, and before all of it is committed."""
    announced(few, title=FIRST, tier=Tier.NOTICE)
    for words in ("INSERT INTO digest_item", "INSERT INTO delivery", "INSERT INTO audit"):
        killed_before(few, words, "tick", *ANNOUNCEMENTS)
    left_behind = len(few.rows())

    with started(few, name="last") as last:
        go_on(few, last, ticks=ANNOUNCEMENTS)
    at_noon = few.told()
    with started(few, name="in the morning", now=MORNING) as morning:
        go_on(few, morning)

    assert (left_behind, at_noon) == (0, few.each(0))
    assert few.told() == few.told(words=FIRST) == few.each(1)


def test_processes_killed_while_digests_are_made_and_sent_give_nobody_two_none_or_an_empty_one(
    few: Cohort,
) -> None:
    """One had taken up what three people wait for and sent nothing; the next had sent twenty.

    A notice that comes meanwhile is told to each once too: today where the digest had not gone, else tomorrow.
    """
    announced(few, title=FIRST, tier=Tier.NOTICE)
    with started(few, name="at noon") as first:
        first.do("tick", *ANNOUNCEMENTS)
    with started(few, name="maker", now=MORNING) as maker:
        maker.stand_still("behind", "digest_item", 3, deed="send")
        maker.kill()
    killed_after_posts(few, 19, now=MORNING)
    before = few.told()
    announced(few, title=SECOND, tier=Tier.NOTICE)
    with started(few, name="the same day", now=MORNING) as same_day:
        go_on(few, same_day, ticks=("announcements", "digests"))
    today = few.told()
    with started(few, name="the next day", now=MORNING + timedelta(days=1)) as next_day:
        go_on(few, next_day, ticks=("digests",))

    assert 20 <= sum(before.values()) < 30
    assert today == few.each(1)
    assert few.told(words=FIRST) == few.each(1)
    assert few.told(words=SECOND) == few.each(1)
    assert {FIRST in str(post) or SECOND in str(post) for post in few.posts()} == {True}
    assert max(few.told().values()) == 2


def test_planner_of_the_week_killed_before_it_has_noted_so_plans_each_digest_once(few: Cohort) -> None:
    """On Sunday the digests of Monday are planned, for everybody; with nothing to tell none of them is sent."""
    sunday = NOON - timedelta(days=1)
    killed_before(few, "INSERT INTO planned", "tick", "digests", now=sunday)
    left_behind = len(few.rows())
    with started(few, name="planner", now=sunday) as planner:
        planner.do("tick", "digests")
    planned = few.rows("digest")

    with started(few, name="on Monday", now=MORNING - timedelta(days=1)) as monday:
        go_on(few, monday, ticks=("digests",))

    assert left_behind == len(planned) == len({row.person_id for row in planned})
    assert few.told() == few.each(0)
    assert few.states("digest") == {"suppressed"}
