"""A deadline that stands is changed: what people have says so, who asked for time hears, nothing unheard is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from domain.audience import Audience
from domain.deadlines import RequestState, parse_ladder
from domain.delivery import Delivery, OutgoingMessage, Suppressed, Way
from domain.people import Role
from handlers import texts
from handlers.outbox_deadlines import deadline_composers
from handlers.views.blocks import section
from services.deadlines.asking import Ask, ask, refuse
from services.deadlines.change import change, close, reopen
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import Deadline, NotDue, WasClosed
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.look import deadline_for_staff, own_details, waiting_requests
from services.deadlines.meet import mark_done, mark_done_for, mark_not_done, mark_not_done_for
from services.deadlines.plan import plan_deadlines
from services.deadlines.snooze import snooze
from storage.delivery.rows import delivery_of
from storage.program import deadline_ledger
from tests.builders.deadlines import a_change, a_content, a_deadline, a_key, due_of, in_london, ledger_of
from tests.builders.people import put_person
from tests.fixtures.desks import House
from tests.looking.attention import mark_sent

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
A_DAY = timedelta(days=1)
_ledger = deadline_ledger.ledger


def asks(house: House, deadline: Deadline, who: str, until: datetime) -> None:
    ask(house.desk, house.person(who), Ask(request_key=a_key(), deadline_id=deadline.id, until=until))


def told(house: House, deadline: Deadline, *, at: datetime = DUE - timedelta(hours=48)) -> None:
    """The time has come, and everything that is planned by then is out."""
    house.clock.advance(at - house.clock.now())
    plan_deadlines(house.desk)
    with house.stores.program.write() as connection:
        is_about_it = _ledger.c.object_id == deadline.id
        connection.execute(update(_ledger).where(is_about_it).values(state="sent", told_at=1, intent_at=1))


def rewrites(house: House, deadline: Deadline) -> list[Delivery]:
    wanted = _ledger.select().where(_ledger.c.object_id == deadline.id, _ledger.c.kind == DeadlineMessage.REWRITE.value)
    with house.stores.program.read() as connection:
        return sorted(map(delivery_of, connection.execute(wanted)), key=lambda each: each.person_id)


def says(house: House, row: Delivery) -> str:
    composed = deadline_composers(house.desk)[row.kind](row)
    assert isinstance(composed, OutgoingMessage)
    return str(composed.message.blocks[0]["text"]["text"])


def test_request_that_the_new_time_satisfies_ends_and_who_has_asked_hears_it_with_the_time(house: House) -> None:
    deadline = a_deadline(house)
    asks(house, deadline, "ada", DUE + A_DAY)
    asks(house, deadline, "bo", DUE + 3 * A_DAY)

    change(house.desk, house.person("sam"), a_change(deadline, due=in_london("2027-01-26")))
    plan_deadlines(house.desk)

    over = own_details(house.desk, house.person("ada"), deadline.id).request
    assert over is not None
    assert over.state is RequestState.OVER
    assert [name for _, name, _, _ in waiting_requests(house.desk, house.person("sam"))] == ["Bo"]
    ada, bo = (row_of(house, deadline, who, "moved") for who in ("ada", "bo"))
    assert "You had asked for more time; that needs no answer any more." in says(house, ada)
    assert "asked for more time" not in says(house, bo)


def row_of(house: House, deadline: Deadline, who: str, rung: str) -> Delivery:
    """The row of theirs whose rung begins so."""
    wanted = _ledger.select().where(
        _ledger.c.object_id == deadline.id,
        _ledger.c.kind == DeadlineMessage.REMINDER.value,
        _ledger.c.person_id == who,
        _ledger.c.rung.startswith(rung),
    )
    with house.stores.program.read() as connection:
        return replace(delivery_of(connection.execute(wanted).one()), way=Way.UPDATE)  # as if it were no quiet hour


def test_new_title_changes_the_last_reminder_of_each_who_has_not_met_it_and_tells_nobody(house: House) -> None:
    deadline = a_deadline(house)
    told(house, deadline, at=DUE - 7 * A_DAY)
    told(house, deadline)
    before = ledger_of(house, deadline)
    mark_done(house.desk, house.person("bo"), deadline.id)

    change(house.desk, house.person("sam"), a_change(deadline, text=replace(deadline.text, title="Plan of research")))
    plan_deadlines(house.desk)

    (row,) = [each for each in rewrites(house, deadline) if each.rung.endswith(f" v{deadline.version + 1}")]
    assert (row.person_id, row.way, row.after) == ("ada", Way.UPDATE, row_of(house, deadline, "ada", "48h").key)
    assert says(house, row).startswith("Reminder: *Plan of research*\n")
    assert [each for each in ledger_of(house, deadline) if each[1] in ("7d", "48h")] == before


def test_words_that_stand_in_no_message_change_none(house: House) -> None:
    deadline = a_deadline(house)
    told(house, deadline)

    change(house.desk, house.person("sam"), a_change(deadline, text=replace(deadline.text, words="Two pages at most.")))

    assert rewrites(house, deadline) == []


def test_other_time_changes_what_people_have_and_is_told_once_besides(house: House) -> None:
    deadline = a_deadline(house)
    told(house, deadline, at=DUE - timedelta(hours=3))

    change(house.desk, house.person("sam"), a_change(deadline, due=in_london("2027-01-27")))
    plan_deadlines(house.desk)

    ada, bo = rewrites(house, deadline)
    assert (ada.person_id, bo.person_id) == ("ada", "bo")
    assert says(house, ada).startswith("Reminder: *Research plan*\ndue <!date^1801069200^")
    assert moves(house, deadline) == [("ada", "01-25 14:00", "pending"), ("bo", "01-25 14:00", "pending")]


def moves(house: House, deadline: Deadline) -> list[tuple[str, str, str]]:
    """Who is told of another time, when, and whether that has gone."""
    rows = ledger_of(house, deadline)
    return [(who, at, state) for who, rung, at, state in rows if rung.startswith("moved ") and " v" not in rung]


def test_time_that_comes_back_is_told_again(house: House) -> None:
    deadline = a_deadline(house)
    for day in ("2027-01-26", "2027-01-25", "2027-01-26"):
        now = deadline_for_staff(house.desk, house.person("sam"), deadline.id)
        change(house.desk, house.person("sam"), a_change(now, due=in_london(day)))
        told(house, deadline, at=house.clock.now() + timedelta(hours=1))

    assert [at for who, at, _ in moves(house, deadline) if who == "ada"] == [
        "01-11 12:00",
        "01-11 13:00",
        "01-11 14:00",
    ]


def test_whoever_was_given_less_than_all_have_now_goes_by_what_all_have_from_then_on(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    extend(house.desk, sam, Extend(request_key=a_key(), id=deadline.id, until=DUE + A_DAY, person_ids=("ada",)))

    for day in ("2027-01-28", "2027-01-27"):
        now = deadline_for_staff(house.desk, sam, deadline.id)
        change(house.desk, sam, a_change(now, due=in_london(day)))

    assert [due_of(house, deadline, who) for who in ("ada", "bo")] == [DUE + 2 * A_DAY] * 2
    assert not own_details(house.desk, house.person("ada"), deadline.id).deadline.is_extended


def test_request_for_more_than_was_given_still_waits(house: House) -> None:
    deadline, staff = a_deadline(house), house.person("sam")
    asks(house, deadline, "ada", DUE + A_DAY)
    asks(house, deadline, "bo", DUE + 3 * A_DAY)

    extend(house.desk, staff, Extend(request_key=a_key(), id=deadline.id, until=DUE + 2 * A_DAY))

    assert [name for _, name, _, _ in waiting_requests(house.desk, staff)] == ["Bo"]


def test_more_time_changes_the_last_reminder_of_whom_it_is_given_to(house: House) -> None:
    deadline = a_deadline(house)
    told(house, deadline)
    until = DUE + A_DAY
    extend(
        house.desk,
        house.person("sam"),
        Extend(request_key=a_key(), id=deadline.id, until=until, person_ids=("ada",)),
    )

    assert [row.person_id for row in rewrites(house, deadline)] == ["ada"]


def test_reminder_is_not_changed_back_once_it_is_met(house: House) -> None:
    deadline = a_deadline(house)
    told(house, deadline)
    change(house.desk, house.person("sam"), a_change(deadline, text=replace(deadline.text, title="Plan of research")))
    mark_done(house.desk, house.person("ada"), deadline.id)

    ada = [each for each in rewrites(house, deadline) if each.person_id == "ada"]

    assert {says(house, each) for each in ada} == {"*Plan of research*\nMarked done Sat 23 Jan, 17:00 GMT."}


def ts_of(house: House, row: Delivery) -> str:
    """A timestamp for the message of a row, as Slack gives one."""
    with house.stores.program.write() as connection:
        connection.execute(update(_ledger).where(_ledger.c.key == row.key).values(channel="D1", ts=row.rung))
    return row.rung


def test_every_other_message_of_who_has_met_it_says_so_and_has_no_buttons(house: House) -> None:
    deadline, ada = a_deadline(house), house.person("ada")
    told(house, deadline, at=DUE - 7 * A_DAY)
    told(house, deadline)
    told(house, deadline, at=DUE - A_DAY)
    week, two_days, day = (row_of(house, deadline, "ada", rung) for rung in ("7d", "48h", "24h"))
    ts_of(house, two_days)
    ts_of(house, week)

    mark_done(house.desk, ada, deadline.id, pressed_in=ts_of(house, day))
    mark_done(house.desk, ada, deadline.id, pressed_in=two_days.rung)

    found = rewrites(house, deadline)
    assert {each.after for each in found} == {week.key, two_days.key}
    assert {each.person_id for each in found} == {"ada"}
    composed = [deadline_composers(house.desk)[each.kind](each) for each in found]
    said = section("*Research plan*\nMarked done Sun 24 Jan, 17:00 GMT.")
    assert [each.message.blocks for each in composed if isinstance(each, OutgoingMessage)] == [(said,), (said,)]


def test_what_staff_mark_for_somebody_is_said_in_all_they_have_and_taken_back_in_the_last(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    told(house, deadline, at=DUE - 7 * A_DAY)
    told(house, deadline)

    for _ in range(2):
        mark_done_for(house.desk, sam, deadline.id, ["ada"])
    met = rewrites(house, deadline)
    house.clock.advance(timedelta(minutes=1))
    mark_not_done_for(house.desk, sam, deadline.id, ["ada"])

    week, two_days = (row_of(house, deadline, "ada", rung) for rung in ("7d", "48h"))
    assert {each.after for each in met} == {week.key, two_days.key}
    (again,) = [each for each in rewrites(house, deadline) if each not in met]
    assert again.after == two_days.key
    assert says(house, again).startswith("Reminder: *Research plan*\n")


def test_news_that_nobody_has_heard_yet_outlives_a_change_of_the_reminders(house: House) -> None:
    planned, unplanned = (a_deadline(house, a_content(title=title, is_told=True)) for title in ("Plan", "Bio"))
    plan_deadlines(house.desk)
    fresh = a_deadline(house, a_content(title="Photo", is_told=True))

    for each in (planned, fresh):
        change(house.desk, house.person("sam"), a_change(each, ladder=parse_ladder("48h, 2h")))
        plan_deadlines(house.desk)

    expected = [(who, "set", "01-11 12:00", "pending") for who in ("ada", "bo")]
    assert ledger_of(house, planned) == ledger_of(house, fresh) == ledger_of(house, unplanned) == expected


def test_news_that_was_heard_is_not_told_again_with_other_reminders(house: House) -> None:
    deadline = a_deadline(house, a_content(is_told=True))
    told(house, deadline, at=house.clock.now())

    change(house.desk, house.person("sam"), a_change(deadline, ladder=parse_ladder("48h, 2h")))
    plan_deadlines(house.desk)

    assert {state for *_, state in ledger_of(house, deadline)} == {"sent"}


@pytest.mark.parametrize("has_gone", [False, True])
def test_closing_says_so_in_the_last_reminder_of_who_has_not_met_it_and_opening_again_what_is_due(
    house: House, *, has_gone: bool
) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    told(house, deadline)
    mark_done(house.desk, house.person("bo"), deadline.id)

    close(house.desk, sam, deadline.id)
    (closed,) = [each for each in rewrites(house, deadline) if " v" in each.rung]
    said = deadline_composers(house.desk)[closed.kind](closed)
    if has_gone:
        mark_sent(house, [closed.key])
    reopen(house.desk, sam, deadline.id)
    last = max(rewrites(house, deadline), key=lambda each: each.object_version)

    assert closed.after == row_of(house, deadline, "ada", "48h").key
    assert isinstance(said, OutgoingMessage)
    assert said.message.blocks == (section(f"*Research plan*\n{texts.due.IS_CLOSED}"),)
    assert last.after == closed.after
    assert last.key != closed.key or not has_gone
    assert says(house, last).startswith("Reminder: *Research plan*\n")


@pytest.mark.parametrize(
    "act",
    [
        lambda house, id_: own_details(house.desk, house.person("ada"), id_),
        lambda house, id_: mark_done(house.desk, house.person("ada"), id_),
        lambda house, id_: mark_not_done(house.desk, house.person("ada"), id_),
        lambda house, id_: snooze(house.desk, house.person("ada"), id_, by=A_DAY, request_key=a_key()),
    ],
)
def test_who_acts_on_what_was_closed_reads_that_and_where_to_look(
    house: House, act: Callable[[House, str], object]
) -> None:
    deadline = a_deadline(house)
    close(house.desk, house.person("sam"), deadline.id)

    with pytest.raises(WasClosed, match=r"was closed, .* Type /deadlines"):
        act(house, deadline.id)


def test_whom_it_is_not_for_reads_where_to_look_and_not_whether_it_was_closed(house: House) -> None:
    deadline = a_deadline(house)
    close(house.desk, house.person("sam"), deadline.id)

    with pytest.raises(NotDue, match=r"^That is no longer there. Type /deadlines"):
        own_details(house.desk, house.person("max"), deadline.id)


def answers(house: House) -> list[Delivery]:
    wanted = _ledger.select().where(_ledger.c.kind == DeadlineMessage.ANSWERED.value)
    with house.stores.program.read() as connection:
        return sorted(map(delivery_of, connection.execute(wanted)), key=lambda each: each.person_id)


def test_who_waits_for_more_time_hears_once_that_it_was_closed_and_nobody_else_does(house: House) -> None:
    deadline = a_deadline(house)
    asks(house, deadline, "ada", DUE + A_DAY)

    for _ in range(2):
        close(house.desk, house.person("sam"), deadline.id)

    [told_of] = answers(house)
    message = deadline_composers(house.desk)[told_of.kind](told_of)
    assert told_of.person_id == "ada"
    assert isinstance(message, OutgoingMessage)
    assert message.message.text == (
        "Closed, so your request for more time needs no answer: Research plan. "
        "Nothing is asked of you for it any more. Thank you for having asked in time."
    )
    assert waiting_requests(house.desk, house.person("sam")) == ()


def test_who_hears_of_it_when_it_stands_again_is_told_to_ask_once_more(house: House) -> None:
    deadline = a_deadline(house)
    asks(house, deadline, "ada", DUE + A_DAY)
    close(house.desk, house.person("sam"), deadline.id)
    reopen(house.desk, house.person("sam"), deadline.id)

    [told_of] = answers(house)

    assert says(house, told_of).endswith("If you still need more time, please ask once more.")


def test_answer_that_was_decided_before_it_was_closed_is_not_told_after_it(house: House) -> None:
    deadline = a_deadline(house)
    asks(house, deadline, "ada", DUE + A_DAY)
    [waiting] = waiting_requests(house.desk, house.person("sam"))
    refuse(house.desk, house.person("sam"), waiting[0], answer="Please hand in what you have.")
    close(house.desk, house.person("sam"), deadline.id)

    [answer] = answers(house)

    assert deadline_composers(house.desk)[answer.kind](answer) == Suppressed("closed")


def test_member_of_staff_who_closes_what_they_had_asked_about_themselves_is_not_told(house: House) -> None:
    put_person(house.stores.program, "sue", Role.STAFF)
    deadline = a_deadline(house, a_content(audience=Audience(people=("sam", "ada"))))
    asks(house, deadline, "sam", DUE + A_DAY)

    close(house.desk, house.person("sam"), deadline.id)

    assert answers(house) == []
