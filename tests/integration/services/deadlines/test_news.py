"""What is looked at again at the moment of sending: met, gone, overtaken, quiet hours; the last rung waits for none."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from domain.delivery import Deferred, Delivery, OutgoingMessage, Suppressed
from handlers.outbox_deadlines import deadline_composers
from services.deadlines.change import close
from services.deadlines.facts import Deadline
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.meet import mark_done
from services.deadlines.plan import plan_deadlines
from storage.delivery.rows import delivery_of
from storage.program import deadline_ledger
from storage.program.people_queries import membership
from tests.builders.deadlines import a_content, a_deadline, in_london
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)


def row_of(house: House, deadline: Deadline, who: str, rung: str) -> Delivery:
    table = deadline_ledger.ledger
    wanted = table.select().where(table.c.object_id == deadline.id, table.c.person_id == who, table.c.rung == rung)
    with house.stores.program.read() as connection:
        return delivery_of(connection.execute(wanted).one())


def composed(house: House, deadline: Deadline, who: str, rung: str) -> object:
    return deadline_composers(house.desk)[DeadlineMessage.REMINDER](row_of(house, deadline, who, rung))


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
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "ada").values(removed_at=0))

    assert composed(house, deadline, "ada", "48h") == Suppressed("gone")


def test_closed_deadline_tells_nobody_what_was_on_its_way(house: House) -> None:
    deadline = planned(house)

    close(house.desk, house.person("sam"), deadline.id)

    assert composed(house, deadline, "ada", "48h") == Suppressed("closed")


def test_rung_that_a_newer_one_has_overtaken_is_not_sent_though_that_is_not_planned_yet(house: House) -> None:
    deadline = planned(house)

    house.clock.advance(timedelta(hours=28))

    assert composed(house, deadline, "ada", "48h") == Suppressed("a newer one is due")


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
