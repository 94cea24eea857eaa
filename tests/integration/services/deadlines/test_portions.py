"""What changes a deadline of more people than one portion: true for all at once, told to each in steps."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.audience import Audience
from domain.deadlines import Ladder, parse_ladder
from domain.delivery import Delivery, DeliveryState, Suppressed
from domain.nudges import NUDGE_PAUSE
from domain.times import epoch_seconds
from services import portions
from services.deadlines.change import change, close, reopen
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import Deadline
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.look import deadline_for_staff
from services.deadlines.meet import mark_done
from services.deadlines.news import CLOSED, GONE, NOT_A_RUNG, OTHER_TIME, ReminderNews, reminder_news
from services.deadlines.nudge import nudge
from services.deadlines.plan import plan_deadlines
from services.deadlines.snooze import snooze
from storage.delivery.rows import delivery_of
from storage.program import deadline_ledger, deadline_people_queries
from tests.builders.deadlines import SCHOLARS, a_change, a_deadline, a_key, due_of, in_london, state_of
from tests.builders.people import put_scholars
from tests.fixtures.desks import House, replica

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
A_DAY = timedelta(days=1)
WEEK_BEFORE = DUE - 7 * A_DAY
PORTION = 10
PEOPLE = 30
ALL = PEOPLE + 2
FIRST, LAST = "ada", "p0029"
"""In the order of ids: of the first portion, and of the last."""
UNSENT = (DeliveryState.PENDING,)
_ledger = deadline_ledger.ledger


@pytest.fixture
def large(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A program with four portions of scholars."""
    monkeypatch.setattr(portions, "PORTION", PORTION)
    put_scholars(house.stores.program, PEOPLE)
    return house


def a_week_before(house: House, *, is_told: bool = True) -> Deadline:
    """The first reminder is out, or is just about to go."""
    deadline = a_deadline(house)
    house.clock.advance(WEEK_BEFORE - house.clock.now())
    plan_deadlines(house.desk)
    if is_told:
        tell(house, deadline)
        house.clock.advance(timedelta(hours=1))
    return deadline


def tell(house: House, deadline: Deadline) -> None:
    """What is planned has gone."""
    with house.stores.program.write() as connection:
        is_it = (_ledger.c.object_id == deadline.id) & (_ledger.c.state == DeliveryState.PENDING.value)
        connection.execute(update(_ledger).where(is_it).values(state="sent", told_at=1, intent_at=1))


def told(house: House, deadline: Deadline, word: str, *states: DeliveryState, kind: str = "") -> Counter[str]:
    """How many rows each person has whose rung begins with this word; pending ones unless told."""
    wanted = [state.value for state in states or UNSENT]
    asked = select(_ledger.c.person_id).where(
        _ledger.c.object_id == deadline.id,
        _ledger.c.kind == (kind or DeadlineMessage.REMINDER.value),
        _ledger.c.state.in_(wanted),
        _ledger.c.rung.startswith(word),
    )
    with house.stores.program.read() as connection:
        return Counter(str(each) for each in connection.execute(asked).scalars())


def rewritten(house: House, deadline: Deadline) -> Counter[str]:
    return told(house, deadline, "", kind=DeadlineMessage.REWRITE)


def is_once_each(found: Counter[str], *, of: int = ALL) -> bool:
    return (len(found), set(found.values())) == (of, {1})


def ticks(house: House) -> None:
    for each in (house, replica(house), house):
        plan_deadlines(each.desk)


def row_of(house: House, deadline: Deadline, who: str) -> Delivery:
    """The only row of somebody, as if it were no quiet hour."""
    asked = _ledger.select().where(_ledger.c.object_id == deadline.id, _ledger.c.person_id == who)
    with house.stores.program.read() as connection:
        return delivery_of(connection.execute(asked).one())


def news_for(house: House, deadline: Deadline, who: str) -> ReminderNews | Suppressed:
    return reminder_news(house.desk, row_of(house, deadline, who))


def extends(house: House, deadline: Deadline) -> int:
    return extend(house.desk, house.person("sam"), Extend(request_key=a_key(), id=deadline.id, until=DUE + A_DAY))


def changes(
    house: House,
    deadline: Deadline,
    *,
    day: str = "",
    ladder: Ladder | None = None,
    audience: Audience | None = None,
) -> tuple[int, int]:
    now = deadline_for_staff(house.desk, house.person("sam"), deadline.id)
    due, rungs = in_london(day) if day else now.due, ladder or now.ladder
    command = a_change(now, due=due, ladder=rungs, audience=audience)
    done = change(house.desk, house.person("sam"), command)
    return done.joined, done.left


def moves(house: House, deadline: Deadline) -> None:
    changes(house, deadline, day="2027-01-27")


@pytest.mark.parametrize(
    ("act", "word", "due"),
    [(extends, "extended", DUE + A_DAY), (moves, "moved", DUE + 2 * A_DAY)],
)
def test_other_time_holds_for_all_at_once_and_is_told_to_each_once(
    large: House, act: Callable[[House, Deadline], object], word: str, due: datetime
) -> None:
    deadline = a_week_before(large)

    act(large, deadline)
    at_once = (len(rewritten(large, deadline)), due_of(large, deadline, FIRST), due_of(large, deadline, LAST))
    ticks(large)

    assert at_once == (PORTION, due, due)
    assert is_once_each(told(large, deadline, word))
    assert is_once_each(rewritten(large, deadline))


@pytest.mark.parametrize("act", [extends, moves])
def test_reminder_of_the_old_time_is_not_sent_to_who_is_in_no_portion_yet(
    large: House, act: Callable[[House, Deadline], object]
) -> None:
    deadline = a_week_before(large, is_told=False)

    act(large, deadline)
    told_now = news_for(large, deadline, LAST)
    ticks(large)

    assert told_now == OTHER_TIME
    assert is_once_each(told(large, deadline, "7d", DeliveryState.SUPERSEDED))


def test_closing_stops_everybody_at_once_and_takes_back_what_was_planned_in_portions(large: House) -> None:
    deadline = a_week_before(large, is_told=False)

    close(large.desk, large.person("sam"), deadline.id)
    at_once = ({news_for(large, deadline, who) for who in (FIRST, LAST)}, len(told(large, deadline, "7d")))
    ticks(large)

    assert at_once == ({CLOSED}, ALL - PORTION)
    assert is_once_each(told(large, deadline, "7d", DeliveryState.SUPERSEDED))
    with large.stores.program.read() as connection:
        planned = connection.execute(
            select(deadline_people_queries.person.c.person_id).where(
                deadline_people_queries.person.c.next_at.is_not(None)
            )
        )
        assert planned.all() == []


def test_one_that_is_opened_again_while_it_is_stopped_reminds_everybody(large: House) -> None:
    deadline = a_week_before(large, is_told=False)

    close(large.desk, large.person("sam"), deadline.id)
    reopen(large.desk, large.person("sam"), deadline.id)
    ticks(large)
    large.clock.advance(5 * A_DAY)
    ticks(large)

    assert told(large, deadline, "7d") == Counter()
    assert is_once_each(told(large, deadline, "48h"))


def test_nudge_reaches_each_who_has_not_met_it_once(large: House) -> None:
    deadline = a_week_before(large)
    mark_done(large.desk, large.person(FIRST), deadline.id)

    number = nudge(large.desk, large.person("sam"), deadline.id).people
    mark_done(large.desk, large.person("bo"), deadline.id)
    at_once = len(told(large, deadline, "nudge"))
    ticks(large)

    assert (number, at_once) == (ALL - 1, PORTION)
    assert is_once_each(told(large, deadline, "nudge"), of=ALL - 1)


def test_nudge_is_not_taken_back_by_more_time_that_was_given_before(large: House) -> None:
    deadline = a_week_before(large)

    extends(large, deadline)
    large.clock.advance(NUDGE_PAUSE)
    nudge(large.desk, large.person("sam"), deadline.id)
    ticks(large)

    assert is_once_each(told(large, deadline, "nudge"))
    assert is_once_each(told(large, deadline, "extended"))


def test_nudge_that_is_not_all_written_ends_when_it_is_closed(large: House) -> None:
    deadline = a_week_before(large)

    nudge(large.desk, large.person("sam"), deadline.id)
    close(large.desk, large.person("sam"), deadline.id)
    reopen(large.desk, large.person("sam"), deadline.id)
    ticks(large)

    assert told(large, deadline, "nudge", *DeliveryState).total() == PORTION
    assert told(large, deadline, "nudge") == Counter()


def test_second_change_before_the_first_is_all_told_is_what_everybody_hears(large: House) -> None:
    deadline = a_week_before(large)

    extends(large, deadline)
    moves(large, deadline)
    ticks(large)

    assert is_once_each(told(large, deadline, "moved"))
    assert told(large, deadline, "extended") == Counter()
    assert is_once_each(told(large, deadline, "7d v3", kind=DeadlineMessage.REWRITE))


def test_reminders_put_off_before_ones_portion_rest_all_the_same(large: House) -> None:
    deadline = a_week_before(large)
    last = large.person(LAST)

    extends(large, deadline)
    until = snooze(large.desk, last, deadline.id, by=A_DAY, request_key=a_key())
    ticks(large)

    state = state_of(large, deadline, LAST)
    assert (state.snoozed_until, state.next_at) == (epoch_seconds(until), epoch_seconds(until))
    assert is_once_each(rewritten(large, deadline))
    assert LAST not in told(large, deadline, "extended")


def test_who_meets_it_before_their_portion_hears_nothing_of_the_new_time(large: House) -> None:
    deadline = a_week_before(large)

    extends(large, deadline)
    mark_done(large.desk, large.person(LAST), deadline.id)
    ticks(large)

    assert is_once_each(told(large, deadline, "extended"), of=ALL - 1)
    assert is_once_each(rewritten(large, deadline))  # of LAST to what says that they have met it


def test_reminder_that_falls_due_in_an_outage_after_other_reminders_were_set_reaches_everybody(large: House) -> None:
    deadline = a_week_before(large)

    changes(large, deadline, ladder=parse_ladder("5d, 3h"))
    large.clock.advance(4 * A_DAY)
    ticks(large)

    assert is_once_each(told(large, deadline, "5d"))


def test_reminder_that_is_none_any_more_is_not_sent_to_who_is_in_no_portion_yet(large: House) -> None:
    deadline = a_week_before(large, is_told=False)

    changes(large, deadline, ladder=parse_ladder("5d, 3h"))
    told_now = news_for(large, deadline, LAST)
    with large.stores.program.read() as connection:
        until = epoch_seconds(DUE)
        planned = [
            each.state.person_id for each in deadline_people_queries.to_plan(connection, until=until, at_most=ALL)
        ]
    ticks(large)

    assert told_now == NOT_A_RUNG
    assert (len(planned), LAST in planned) == (PORTION, False)
    assert is_once_each(told(large, deadline, "7d", DeliveryState.SUPERSEDED))


def test_who_does_not_belong_any_more_hears_nothing_from_that_moment_and_may_come_back(large: House) -> None:
    deadline = a_week_before(large, is_told=False)

    left = changes(large, deadline, audience=Audience(people=(FIRST,)))
    told_now = news_for(large, deadline, LAST)
    ticks(large)
    taken_back = told(large, deadline, "7d", DeliveryState.SUPERSEDED)
    back = changes(large, deadline, audience=SCHOLARS)
    large.clock.advance(5 * A_DAY)
    ticks(large)

    assert (left, back, told_now) == ((0, ALL - 1), (ALL - 1, 0), GONE)
    assert is_once_each(taken_back, of=ALL - 1)
    assert is_once_each(told(large, deadline, "48h"))
