"""Deadlines whose process is killed by signal and stays down: the newest rung alone, and none for who has met it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from services.deadlines.asking import Ask, ask
from services.deadlines.facts import Deadline
from services.deadlines.look import waiting_requests
from services.deadlines.meet import mark_done
from services.deadlines.reasons import reason_of
from tests.acting.replicas import go_on, killed_after_posts, killed_before, started
from tests.builders.deadlines import a_content, a_deadline, due_of
from tests.looking.cohorts import Cohort

DEADLINES = ("deadlines",)
DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
"""That of the builder's deadline."""
DONE = ("p00", "p59")
WHY = "My mother is ill"


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


def rungs_sent(cohort: Cohort, kind: str = "") -> dict[str, int]:
    """How many messages of each rung have gone."""
    return Counter(row.rung for row in cohort.rows(kind) if row.state == "sent")


def test_process_killed_a_week_before_and_down_until_the_last_day_tells_the_newest_rung_once_to_who_is_open(
    cohort: Cohort,
) -> None:
    _deadline, before = killed_in_the_first_rung(cohort)

    with started(cohort, name="after the outage", now=DUE - timedelta(hours=20)) as last:
        go_on(cohort, last, ticks=DEADLINES)

    assert cohort.told() == one_more(cohort, before)
    assert rungs_sent(cohort, "deadline.reminder") == {"7d": sum(before.values()), "24h": 58}
    assert cohort.places() == cohort.places_in_ledger()


def test_process_killed_before_and_down_for_three_days_across_the_due_time_tells_once_that_it_is_overdue(
    cohort: Cohort,
) -> None:
    _deadline, before = killed_in_the_first_rung(cohort)

    with started(cohort, name="after the outage", now=DUE + timedelta(days=3)) as last:
        go_on(cohort, last, ticks=DEADLINES)

    assert cohort.told() == one_more(cohort, before)
    assert rungs_sent(cohort, "deadline.reminder") == {"7d": sum(before.values()), "+1h": 58}


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
    assert rungs_sent(cohort, "deadline.reminder") == {"24h": 58}


def test_wish_for_more_time_whose_process_is_killed_between_its_two_stores_is_one_request_with_its_reason(
    few: Cohort,
) -> None:
    """The reason is committed in the confidential store first; the same form, delivered again, finds it there."""
    deadline = a_deadline(few.house, a_content())
    wish = Ask(request_key="a form", deadline_id=deadline.id, until=DUE + timedelta(days=2), reason=WHY)
    killed_before(few, "INSERT INTO extension_request", "ask", "p00", wish)
    half = waiting_requests(few.house.desk, few.house.person("sam"))
    killed_before(few, "INSERT INTO delivery", "ask", "p00", wish)
    for name in ("delivered again", "and again"):
        with started(few, name=name) as replica:
            replica.do("ask", "p00", wish)
            replica.kill()

    with started(few, name="last") as last:
        go_on(few, last)

    (request,) = waiting_requests(few.house.desk, few.house.person("sam"))
    assert half == ()
    assert reason_of(few.house.desk, few.house.person("sam"), request[0]).words == WHY
    assert few.told() == few.each(0, sam=1, sue=1)


def test_extension_whose_process_is_killed_arms_the_ladder_of_that_person_alone_and_once(few: Cohort) -> None:
    """Everybody had been told a day before; whoever has two days more is told again a day before theirs."""
    deadline = a_deadline(few.house, a_content())
    wish = Ask(request_key="a form", deadline_id=deadline.id, until=DUE + timedelta(hours=48))
    ask(few.house.desk, few.house.person("p00"), wish)
    (request,) = waiting_requests(few.house.desk, few.house.person("sam"))
    day_before = DUE - timedelta(hours=24)
    with started(few, now=day_before) as first:
        go_on(few, first, ticks=DEADLINES)
    killed_before(few, "INSERT INTO delivery", "grant", "sam", request[0], now=day_before)
    untouched = due_of(few.house, deadline, "p00")
    with started(few, name="decider", now=day_before) as decider:
        is_theirs = [decider.do("grant", who, request[0]) for who in ("sam", "sue")]
        decider.kill()

    later = DUE + timedelta(hours=24)
    with started(few, name="planner", now=later) as planner:
        planner.do("tick", *DEADLINES)
        planner.kill()
    with started(few, name="last", now=later) as last:
        go_on(few, last, ticks=DEADLINES)

    assert (untouched, due_of(few.house, deadline, "p00")) == (DUE, DUE + timedelta(hours=48))
    assert is_theirs == [True, False]
    assert rungs_sent(few, "deadline.reminder") == {"24h": 31, "+1h": 29}
    assert few.told(kind="deadline.reminder") == few.each(2)
    assert few.told(kind="deadline.answered") == few.each(0, p00=1)
