"""Announcements whose process is killed by signal, or has rivals that start at the same instant. On each engine."""

from contextlib import ExitStack
from datetime import timedelta

from domain.announcements import Plan, Timing
from domain.delivery import Tier
from services.announcements.acknowledge import acknowledge
from services.announcements.deliveries import AnnouncementMessage
from services.delivery.watch import NO_ACCESS
from tests.acting.replicas import TITLE, announced, as_if_sent, go_on, killed_after_posts, killed_before, started
from tests.builders.deadlines import a_content as a_deadline_content
from tests.builders.deadlines import a_deadline, in_london
from tests.fakes.clock import NOON
from tests.looking.cohorts import EVERY_FURTHER, POST, Cohort

TOLD = AnnouncementMessage.TOLD.value
ANNOUNCEMENTS = ("announcements",)
STAFF = ("sam", "sue")


def test_broadcast_whose_process_is_killed_in_the_middle_reaches_each_of_sixty_once(cohort: Cohort) -> None:
    """The thirty-eighth post was taken and not written down; after the restart its place is found by reading back."""
    announced(cohort)
    with started(cohort) as first:
        first.do("tick", *ANNOUNCEMENTS)
    killed_after_posts(cohort, 37)
    before, in_doubt = cohort.told(), [row for row in cohort.rows() if row.state == "sending"]

    with started(cohort, name="second") as second:
        go_on(cohort, second)

    assert (38 <= sum(before.values()) < 60, max(before.values()), in_doubt != []) == (True, 1, True)
    assert cohort.told() == cohort.each(1)
    assert cohort.states() == {"sent"}
    assert cohort.places() == cohort.places_in_ledger()


def test_broadcast_whose_process_is_killed_before_it_asks_slack_is_neither_lost_nor_sent_twice(cohort: Cohort) -> None:
    """It was written down that the twentieth post would be sent, and it was not: it is not there to be read back."""
    announced(cohort)
    with started(cohort) as first:
        first.do("tick", *ANNOUNCEMENTS)
        first.stand_still("before_post", 20, deed="send")
        first.kill()
    before, in_doubt = cohort.told(), [row for row in cohort.rows() if row.state == "sending"]

    with started(cohort, name="second") as second:
        go_on(cohort, second)

    assert (sum(before.values()), max(before.values()), in_doubt != []) == (19, 1, True)
    assert cohort.told() == cohort.each(1)
    assert cohort.places() == cohort.places_in_ledger()


def test_broadcast_of_which_two_answers_are_lost_on_the_way_reaches_each_of_sixty_once(cohort: Cohort) -> None:
    """The workspace takes the post and closes the socket; the process waits a little after each, and reads back."""
    announced(cohort)
    with started(cohort) as first:
        first.do("tick", *ANNOUNCEMENTS)
        cohort.workspace.fault(POST, "lost_reply", after=10, times=2)
        for _ in range(2):
            first.do("send")
            first.do("wait", 1)
        go_on(cohort, first)

    assert cohort.told() == cohort.each(1)
    assert cohort.states() == {"sent"}
    assert cohort.places() == cohort.places_in_ledger()


def test_process_that_slept_through_its_lease_sends_nothing_that_another_has_sent(cohort: Cohort) -> None:
    """It wakes with rows in hand that were taken from it and sent."""
    announced(cohort)
    with started(cohort, name="sleeper") as sleeper, started(cohort, name="other") as other:
        sleeper.do("tick", *ANNOUNCEMENTS)
        sleeper.stand_still("once_taken", 1, deed="send")
        in_hand = [row for row in cohort.rows() if row.state == "claimed"]
        go_on(cohort, other)
        before = cohort.told()
        sleeper.wake()

    assert in_hand != []
    assert before == cohort.told() == cohort.each(1)
    assert cohort.states() == {"sent"}


def test_process_that_is_killed_again_and_again_while_it_freezes_the_audience_tells_everybody_once(
    cohort: Cohort,
) -> None:
    """Before the readers are written, before their messages are, and before all of it is committed."""
    announced(cohort)
    left_behind = []
    for words in ("INSERT INTO announcement_reader", "INSERT INTO delivery", "INSERT INTO audit"):
        killed_before(cohort, words, "tick", *ANNOUNCEMENTS)
        left_behind.append(len(cohort.rows()))

    with started(cohort, name="last") as last:
        go_on(cohort, last, ticks=ANNOUNCEMENTS)

    assert left_behind == [0, 0, 0]
    assert cohort.told() == cohort.each(1)
    assert cohort.states() == {"sent"}


def test_three_replicas_that_start_at_the_same_instant_send_an_announcement_and_a_reminder_once_each(
    cohort: Cohort,
) -> None:
    """Nothing is planned yet: all three freeze, plan and send at once."""
    due = in_london("2027-01-12", 12 * 60 + 30)
    a_deadline(cohort.house, a_deadline_content(due=due, ladder="24h, 3h"))
    announced(cohort)

    with ExitStack() as stack:
        now = NOON + timedelta(minutes=30)
        replicas = [stack.enter_context(started(cohort, name=f"replica {number}", now=now)) for number in range(3)]
        go_on(cohort, *replicas, ticks=("announcements", "deadlines"))

    assert cohort.told() == cohort.each(2)
    assert sorted({(row.kind, row.rung) for row in cohort.rows()}) == [(TOLD, "first"), ("deadline.reminder", "24h")]
    assert cohort.places() == cohort.places_in_ledger()


def test_token_that_is_lost_in_the_middle_stops_sending_and_after_the_cure_each_is_told_once(cohort: Cohort) -> None:
    """The process lives on and asks nothing more; a second one that is killed meanwhile changes nothing."""
    announced(cohort)
    with started(cohort) as first:
        first.do("tick", *ANNOUNCEMENTS)
        cohort.workspace.fault(POST, "error", error="token_revoked", after=20, times=EVERY_FURTHER)
        first.do("send")
        asked, health = len(cohort.workspace.calls(POST)), first.do("health")
        first.do("send")
        asked_again = len(cohort.workspace.calls(POST))
        with started(cohort, name="second") as second:
            second.do("send")
            second.kill()
        before, is_alive = cohort.told(), first.process.is_alive()
        cohort.workspace.clear_faults()
        first.do("wait", 2)
        go_on(cohort, first, ticks=ANNOUNCEMENTS)

    assert (asked_again, NO_ACCESS in str(health), is_alive) == (asked, True, True)
    assert (sum(before.values()), max(before.values())) == (20, 1)
    assert cohort.told() == cohort.each(1, **dict.fromkeys(STAFF, 1))
    assert cohort.told(words=TITLE) == cohort.each(1)


def test_wait_that_slack_asks_for_is_kept_by_three_replicas_and_by_one_that_is_killed_and_starts_anew(
    cohort: Cohort,
) -> None:
    """The tenth post is refused for thirty seconds."""
    announced(cohort)
    with ExitStack() as stack:
        replicas = [stack.enter_context(started(cohort, name=f"replica {number}")) for number in range(3)]
        replicas[0].do("tick", *ANNOUNCEMENTS)
        cohort.workspace.fault(POST, "ratelimited", seconds=30, after=9)
        for each in replicas:
            each.begin("send")
        assert [each.answer() for each in replicas] == [None] * 3
        asked = len(cohort.workspace.calls(POST))
        replicas[0].kill()
        replicas[0] = stack.enter_context(started(cohort, name="started anew"))
        for each in replicas:
            each.do("send")
        asked_within, before = len(cohort.workspace.calls(POST)), len(cohort.posts())
        cohort.workspace.advance(31)
        go_on(cohort, *replicas)

    assert (asked_within, before) == (asked, 9)
    assert cohort.told() == cohort.each(1)
    assert {(row.state, row.attempt) for row in cohort.rows()} == {("sent", 0)}


def test_press_whose_process_is_killed_stops_the_ladder_of_who_pressed_once_it_stands_and_of_nobody_else(
    cohort: Cohort,
) -> None:
    """One press was not committed, one was; a third comes between planning and sending, of which a third is killed."""
    id_ = announced(cohort)
    as_if_sent(cohort)
    killed_before(cohort, "SELECT announcement_reader.acknowledged_at", "acknowledge", "p00", id_)
    with started(cohort, name="killed after a press") as victim:
        victim.do("acknowledge", "p01", id_)
        victim.kill()
    later = NOON + timedelta(hours=5)
    killed_before(cohort, "INSERT INTO delivery", "tick", *ANNOUNCEMENTS, now=later)
    with started(cohort, name="planner", now=later) as planner:
        planner.do("tick", *ANNOUNCEMENTS)
        was_before = [planner.do("acknowledge", who, id_) for who in ("p01", "p02")]
    killed_after_posts(cohort, 19, now=later)

    with started(cohort, name="last", now=later) as last:
        go_on(cohort, last, ticks=ANNOUNCEMENTS)

    assert was_before == [True, False]
    assert cohort.told() == cohort.each(1, p01=0, p02=0)
    assert {row.person_id for row in cohort.rows() if row.rung == "again"} == {*cohort.people} - {"p01"}


def test_list_for_staff_whose_process_is_killed_comes_once_with_how_many_have_not_read_it(cohort: Cohort) -> None:
    """Killed before it is written, right behind, and once it was sent and not written down.

    The second messages have gone by then: while one is on its way there is no list.
    """
    id_ = announced(cohort)
    as_if_sent(cohort)
    for who in cohort.people[3:]:
        acknowledge(cohort.house.desk, cohort.house.person(who), id_)
    with started(cohort, name="second", now=NOON + timedelta(hours=5)) as second:
        go_on(cohort, second, ticks=ANNOUNCEMENTS)
    cohort.let_marks_end()
    day_after = NOON + timedelta(hours=25)
    killed_before(cohort, "INSERT INTO delivery", "tick", *ANNOUNCEMENTS, now=day_after)
    with started(cohort, name="lister", now=day_after) as lister:
        lister.do("tick", *ANNOUNCEMENTS)
        lister.kill()
    killed_after_posts(cohort, 0, now=day_after)

    with started(cohort, name="last", now=day_after) as last:
        go_on(cohort, last, ticks=ANNOUNCEMENTS)

    assert cohort.told() == cohort.each(0, p00=1, p01=1, p02=1, sam=1)
    assert "57 of 60 have" in cohort.last_to("sam")


def test_announcement_whose_time_ends_while_the_process_is_down_is_told_to_its_author_and_not_sent(
    cohort: Cohort,
) -> None:
    """One had reached a third when the process was killed; of another nothing had gone.

    Of the first one its author gets the list too, for which nobody was there while it held.
    """
    ends = NOON + timedelta(hours=2)
    announced(cohort, plan=Plan(expires_at=ends))
    announced(cohort, plan=Plan(timing=Timing.AT, at=NOON + timedelta(hours=1), expires_at=ends), title="Never sent")
    with started(cohort) as first:
        first.do("tick", *ANNOUNCEMENTS)
    killed_after_posts(cohort, 19)
    killed_before(cohort, "INSERT INTO delivery", "tick", *ANNOUNCEMENTS, now=NOON + timedelta(hours=1))
    before = cohort.told()

    with started(cohort, name="after the outage", now=ends + timedelta(hours=1)) as last:
        go_on(cohort, last, ticks=ANNOUNCEMENTS)

    assert 20 <= sum(before.values()) < 60
    assert cohort.told() == before | cohort.of(sam=3)
    assert cohort.told(words="Never sent") == cohort.each(0, sam=1)  # its author, who reads what was not sent
    assert sorted(row.rung for row in cohort.rows(AnnouncementMessage.TROUBLE)) == ["expired", "partly"]


def test_urgent_announcement_overtakes_a_broadcast_whose_process_is_killed(cohort: Cohort) -> None:
    """What the dead process had in hand is read back; of what had not gone, the critical one goes first.

    It is due a minute later than the others, so that its tier alone can put it first. Sam hears that Sue has said yes.
    """
    announced(cohort)
    with started(cohort) as first:
        first.do("tick", *ANNOUNCEMENTS)
    killed_after_posts(cohort, 9)
    before = len(cohort.posts())
    announced(cohort, tier=Tier.CRITICAL, title="The building is closed")

    with started(cohort, name="second", now=NOON + timedelta(minutes=1)) as second:
        second.do("tick", *ANNOUNCEMENTS)
        cohort.let_marks_end()
        second.do("send")
        first_sixty = cohort.posts()[before : before + 60]
        go_on(cohort, second)

    assert {"The building is closed" in str(post) for post in first_sixty} == {True}
    assert cohort.told() == cohort.each(2, sam=1)
