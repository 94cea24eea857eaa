"""Events whose process is killed by signal: reminders, and seats that come free. On each engine."""

from datetime import timedelta

from services.events.deliveries import EventMessage
from storage.program import event_guest_queries
from tests.acting.replicas import go_on, killed_after_posts, killed_before, started
from tests.builders.events import STARTS, put_event, say
from tests.builders.leaving import membership_over
from tests.looking.cohorts import Cohort

DAY_BEFORE = STARTS - timedelta(days=1)


def test_reminder_whose_process_is_killed_in_the_middle_comes_once_to_each_who_said_yes(few: Cohort) -> None:
    """Of the day before some had theirs; after an outage up to the start the last one alone comes to everybody."""
    event = put_event(few.house)
    for who in few.people[:20]:
        say(few.house, who, event)
    coming = dict.fromkeys(few.people[20:], 0)
    killed_after_posts(few, 12, now=DAY_BEFORE)
    before = few.told(kind=EventMessage.REMINDER)
    with started(few, name="at once", now=DAY_BEFORE) as second:
        go_on(few, second)
    day_before = few.told(kind=EventMessage.REMINDER)
    killed_after_posts(few, 12, now=STARTS - timedelta(minutes=10))

    with started(few, name="just before", now=STARTS - timedelta(minutes=10)) as last:
        go_on(few, last)

    assert 13 <= sum(before.values()) < 20
    assert day_before == few.each(1, **coming)
    assert few.told(kind=EventMessage.REMINDER) == few.each(2, **coming)


def test_reminder_that_a_process_did_not_live_to_send_is_left_out_when_a_newer_one_is_due(few: Cohort) -> None:
    event = put_event(few.house)
    for who in few.people[:20]:
        say(few.house, who, event)
    killed_after_posts(few, 12, now=DAY_BEFORE)
    before = few.told(kind=EventMessage.REMINDER)

    with started(few, name="just before", now=STARTS - timedelta(minutes=10)) as last:
        go_on(few, last)

    assert 13 <= sum(before.values()) < 20
    assert few.told(kind=EventMessage.REMINDER) == {account: number + 1 for account, number in before.items()} | few.of(
        **dict.fromkeys(few.people[20:], 0)
    )


def test_seat_given_back_by_a_press_whose_process_is_killed_goes_to_the_first_in_line_once(few: Cohort) -> None:
    """Killed before it stands, delivered again, killed right behind, and delivered once more."""
    event = put_event(few.house, room_seats=2)
    for who in few.people[:5]:
        say(few.house, who, event)
    killed_before(few, "INSERT INTO delivery", "give_back", "p00", event.id, "press")
    untouched = standing(few, event.id)
    for name in ("delivered again", "and again"):
        with started(few, name=name) as replica:
            replica.do("give_back", "p00", event.id, "press")
            replica.kill()

    with started(few, name="last") as last:
        go_on(few, last, ticks=("events",))

    assert untouched == {"p00": "yes", "p01": "yes", "p02": "waits", "p03": "waits", "p04": "waits"}
    assert standing(few, event.id) == untouched | {"p00": "no", "p02": "yes"}
    assert few.told() == few.each(0, p02=1)
    assert sorted(row.person_id for row in few.rows(EventMessage.SEAT)) == ["p02"]


def test_seats_of_who_has_left_whose_sweep_is_killed_go_to_the_line_once(few: Cohort) -> None:
    """The first of two had been seen to; the second is in the middle of it."""
    event = put_event(few.house, room_seats=2)
    for who in few.people[:5]:
        say(few.house, who, event)
    for who in ("p00", "p01"):
        membership_over(few.stores.program, who)
    with started(few, name="swept half") as victim:
        victim.stand_still("before", "INSERT INTO delivery", 3, deed="tick", arguments=("events",))
        victim.kill()
    half = standing(few, event.id)

    with started(few, name="last") as last:
        go_on(few, last, ticks=("events",))

    assert sorted(half.values()) == ["no", "waits", "waits", "yes", "yes"]
    assert standing(few, event.id) == {"p00": "no", "p01": "no", "p02": "yes", "p03": "yes", "p04": "waits"}
    assert few.told() == few.each(0, p02=1, p03=1)


def standing(cohort: Cohort, event_id: str) -> dict[str, str]:
    """What everybody has said, or that they wait."""
    with cohort.stores.program.read() as connection:
        rows = event_guest_queries.guests_of(connection, event_id)
    return {row.person_id: "waits" if row.waits_for else row.said for row in rows}
