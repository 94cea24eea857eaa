"""What is looked at again at the moment of sending: met, gone, overtaken, quiet hours; the last rung waits for none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from domain.delivery import Deferred, Delivery, OutgoingMessage, Suppressed
from domain.people import Role
from domain.times import epoch_seconds
from handlers.outbox_deadlines import deadline_composers
from services.deadlines.asking import Ask, ask, refuse
from services.deadlines.change import close
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import Deadline
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.look import waiting_requests
from services.deadlines.meet import mark_done
from services.deadlines.news import ReminderNews, reminder_news, rest_until
from services.deadlines.nudge import nudge
from services.deadlines.plan import plan_deadlines
from services.deadlines.snooze import snooze
from storage.delivery.rows import delivery_of
from storage.program import deadline_ledger, deadline_people_queries
from storage.program.people_queries import membership
from tests.builders.deadlines import a_content, a_deadline, a_key, in_london
from tests.builders.people import put_person
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
LAST, A_DAY = DUE - timedelta(hours=3), timedelta(days=1)


def row_of(house: House, deadline: Deadline, who: str, rung: str) -> Delivery:
    table = deadline_ledger.ledger
    wanted = table.select().where(table.c.object_id == deadline.id, table.c.person_id == who, table.c.rung == rung)
    with house.stores.program.read() as connection:
        return delivery_of(connection.execute(wanted).one())


def row_about(house: House, request_id: str, who: str) -> Delivery:
    table = deadline_ledger.ledger
    with house.stores.program.read() as connection:
        wanted = table.select().where(table.c.object_id == request_id, table.c.person_id == who)
        return delivery_of(connection.execute(wanted).one())


def leave(house: House, who: str) -> None:
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == who).values(removed_at=0))


def composed(house: House, deadline: Deadline, who: str, rung: str) -> object:
    return deadline_composers(house.desk)[DeadlineMessage.REMINDER](row_of(house, deadline, who, rung))


def may_rest(house: House, deadline: Deadline) -> datetime | None:
    """Until when Ada is offered to put off what comes."""
    with house.stores.program.read() as connection:
        own = deadline_people_queries.own(connection, "ada", deadline.id)
    assert own is not None
    return rest_until(own, house.clock.now())


def planned(house: House, content: object = None, *, at: datetime = DUE - timedelta(hours=48)) -> Deadline:
    deadline = a_deadline(house, content)  # type: ignore[arg-type]
    house.clock.advance(at - house.clock.now())
    plan_deadlines(house.desk)
    return deadline


def test_who_meets_it_between_planning_and_sending_hears_nothing_and_the_others_do(house: House) -> None:
    deadline = planned(house)

    mark_done(house.desk, house.person("ada"), deadline.id)

    assert composed(house, deadline, "ada", "48h") == Suppressed("completed")
    assert isinstance(composed(house, deadline, "bo", "48h"), OutgoingMessage)


def test_who_has_left_hears_nothing(house: House) -> None:
    deadline = planned(house)
    leave(house, "ada")

    assert composed(house, deadline, "ada", "48h") == Suppressed("gone")


def test_closed_deadline_tells_nobody_what_was_on_its_way(house: House) -> None:
    deadline = planned(house)

    close(house.desk, house.person("sam"), deadline.id)

    assert composed(house, deadline, "ada", "48h") == Suppressed("closed")


def test_rung_that_a_newer_one_has_overtaken_is_not_sent_though_that_is_not_planned_yet(house: House) -> None:
    deadline = planned(house)

    house.clock.advance(timedelta(hours=28))

    assert composed(house, deadline, "ada", "48h") == Suppressed("a newer one is due")


def test_rung_in_hand_rests_while_its_reader_has_put_it_off_but_the_last_one_does_not(house: House) -> None:
    deadline = planned(house, a_content(ladder="48h, 24h"))
    until = snooze(house.desk, house.person("ada"), deadline.id, by=timedelta(days=1), request_key=a_key())
    resting = composed(house, deadline, "ada", "48h")
    house.clock.advance(until - house.clock.now() - timedelta(minutes=3))
    plan_deadlines(house.desk)

    assert resting == Suppressed("put off")
    assert isinstance(composed(house, deadline, "ada", "last 24h"), OutgoingMessage)
    assert isinstance(composed(house, deadline, "bo", "48h"), OutgoingMessage)


def test_rung_at_the_very_end_of_the_rest_goes(house: House) -> None:
    deadline = planned(house, a_content(ladder="48h, 24h, 3h"))
    snooze(house.desk, house.person("ada"), deadline.id, by=A_DAY, request_key=a_key())

    house.clock.advance(A_DAY)
    plan_deadlines(house.desk)

    assert isinstance(composed(house, deadline, "ada", "24h"), OutgoingMessage)


def test_reminder_offers_to_be_put_off_until_the_last_one_and_twice_at_most(house: House) -> None:
    deadline = planned(house, a_content(ladder="48h, 40h, 30h, 3h"))
    offered = [may_rest(house, deadline)]
    for _ in range(2):
        snooze(house.desk, house.person("ada"), deadline.id, by=timedelta(hours=10), request_key=a_key())
        house.clock.advance(timedelta(hours=10))
        plan_deadlines(house.desk)
        offered.append(may_rest(house, deadline))

    assert offered == [LAST, LAST, None]


def test_reminder_offers_nothing_to_put_off_when_the_last_one_goes(house: House) -> None:
    deadline = planned(house, at=LAST - timedelta(minutes=1))
    before = may_rest(house, deadline)

    house.clock.advance(timedelta(minutes=1))

    assert (before, may_rest(house, deadline)) == (LAST, None)


def test_last_rung_comes_in_quiet_hours_and_the_others_wait(house: House) -> None:
    due = in_london("2027-01-26", 2 * 60)
    deadline = planned(house, a_content(due=due, ladder="3h, 2h"), at=datetime(2027, 1, 25, 23, tzinfo=UTC))
    held = composed(house, deadline, "ada", "3h")
    house.clock.advance(timedelta(hours=1))
    plan_deadlines(house.desk)

    assert isinstance(composed(house, deadline, "ada", "last 2h"), OutgoingMessage)
    # Quiet until 8:00, when it would be overdue: a rung gives way to that.
    assert isinstance(held, OutgoingMessage)


def test_rung_that_can_wait_for_the_end_of_quiet_hours_does(house: House) -> None:
    due = in_london("2027-01-26", 12 * 60)
    deadline = planned(house, a_content(due=due, ladder="13h, 2h"), at=datetime(2027, 1, 25, 23, tzinfo=UTC))

    assert composed(house, deadline, "ada", "13h") == Deferred(until=datetime(2027, 1, 26, 8, tzinfo=UTC))


def test_request_that_is_decided_or_of_no_staff_of_theirs_asks_nobody_any_more(house: House) -> None:
    for who in ("sue", "tim"):
        put_person(house.stores.program, who, Role.STAFF)
    deadline = a_deadline(house)
    ask(house.desk, house.person("ada"), Ask(request_key=a_key(), deadline_id=deadline.id, until=DUE + A_DAY))
    ((request, *_),) = waiting_requests(house.desk, house.person("sam"))
    asked = {who: replace(row_about(house, request, "sam"), person_id=who) for who in ("sam", "sue", "tim")}
    leave(house, "tim")
    before = [asks(house, row) for row in asked.values()]

    refuse(house.desk, house.person("sam"), request, answer="No.")

    assert before == [True, True, False]
    assert deadline_composers(house.desk)[DeadlineMessage.ASKED](asked["sue"]) == Suppressed("answered")


def asks(house: House, row: Delivery) -> bool:
    return isinstance(deadline_composers(house.desk)[DeadlineMessage.ASKED](row), OutgoingMessage)


def test_nudge_at_the_very_instant_says_that_it_is_overdue(house: House) -> None:
    deadline = a_deadline(house)
    said = []
    for at in (DUE - A_DAY, DUE):
        house.clock.advance(at - house.clock.now())
        nudge(house.desk, house.person("sam"), deadline.id)
        said.append(reminder_news(house.desk, row_of(house, deadline, "ada", f"nudge {epoch_seconds(at)}")))

    assert [isinstance(each, ReminderNews) and each.what for each in said] == ["nudge", "overdue"]


def test_only_the_news_of_the_time_itself_says_that_a_request_needs_no_answer_any_more(house: House) -> None:
    deadline, until = a_deadline(house), DUE + A_DAY
    ask(house.desk, house.person("ada"), Ask(request_key=a_key(), deadline_id=deadline.id, until=until))
    at = epoch_seconds(house.clock.now())
    extend(house.desk, house.person("sam"), Extend(request_key=a_key(), id=deadline.id, until=until))
    plan_deadlines(house.desk)
    news = reminder_news(house.desk, row_of(house, deadline, "ada", f"extended {at}"))
    house.clock.advance(until - timedelta(days=7) - house.clock.now())
    plan_deadlines(house.desk)
    rung = reminder_news(house.desk, row_of(house, deadline, "ada", "7d"))

    assert [isinstance(each, ReminderNews) and each.has_overtaken for each in (news, rung)] == [True, False]
