"""Who is told what about a deadline, and when: in portions, and armed anew for those whom a change concerns."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from domain.audience import Audience, NobodyFound
from domain.deadlines import Due, DueKind, PastDue
from domain.people import Role
from domain.times import TimeRepeated, TimeSkipped, epoch_seconds
from services.audit import trail
from services.deadlines.asking import Ask, ask, grant
from services.deadlines.change import change, close, reopen
from services.deadlines.extend import Extend, extend
from services.deadlines.look import deadline_for_staff, details, waiting_requests
from services.deadlines.meet import mark_done, mark_not_done
from services.deadlines.plan import plan_deadlines
from services.deadlines.snooze import NoLaterReminder, SnoozedEnough, snooze
from services.deadlines.write import Write, publish, write
from storage.program.deadline_ledger import ledger
from tests.builders.deadlines import (
    a_change,
    a_content,
    a_deadline,
    a_key,
    due_of,
    in_london,
    ledger_of,
    state_of,
)
from tests.builders.people import put_membership, put_person
from tests.fixtures.desks import House, replica
from tests.looking.queries import queries_of

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
LAST = DUE - timedelta(hours=3)


def go_to(house: House, instant: datetime) -> None:
    house.clock.advance(instant - house.clock.now())
    plan_deadlines(house.desk)


def rungs_of(house: House, deadline: object, person_id: str) -> list[str]:
    return [rung for who, rung, _, _ in ledger_of(house, deadline) if who == person_id]  # type: ignore[arg-type]


def test_rungs_are_planned_shortly_before_they_go_and_once(house: House) -> None:
    deadline = a_deadline(house)

    go_to(house, DUE - timedelta(days=7, minutes=4))
    plan_deadlines(replica(house).desk)

    assert ledger_of(house, deadline) == [
        ("ada", "7d", "01-18 17:00", "pending"),
        ("bo", "7d", "01-18 17:00", "pending"),
    ]


def test_rung_of_a_day_before_keeps_the_wall_time_over_a_change_of_clocks(house: House) -> None:
    deadline = a_deadline(house, a_content(due=in_london("2027-03-28"), ladder="1d"))

    go_to(house, datetime(2027, 3, 27, 17, tzinfo=UTC))

    assert due_of(house, deadline, "ada") == datetime(2027, 3, 28, 16, tzinfo=UTC)
    assert ledger_of(house, deadline)[0] == ("ada", "last 1d", "03-27 17:00", "pending")


def test_after_an_outage_all_rungs_that_were_missed_are_there_for_the_newest_to_win(house: House) -> None:
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("bo"), deadline.id)

    go_to(house, DUE - timedelta(hours=20))

    assert [row[1] for row in ledger_of(house, deadline)] == ["24h", "48h", "7d"]
    assert {row[0] for row in ledger_of(house, deadline)} == {"ada"}


def test_extension_arms_the_ladder_of_that_person_alone_and_names_who_granted_it(house: House) -> None:
    deadline = a_deadline(house)
    go_to(house, DUE - timedelta(hours=24))
    wish = Ask(request_key=a_key(), deadline_id=deadline.id, until=DUE + timedelta(hours=48))
    ask(house.desk, house.person("ada"), wish)
    (waiting,) = waiting_requests(house.desk, house.person("sam"))

    grant(house.desk, house.person("sam"), waiting[0])
    others = state_of(house, deadline, "bo")
    go_to(house, DUE + timedelta(hours=48, minutes=-1))

    ada, bo = (state_of(house, deadline, each) for each in ("ada", "bo"))
    rows = [(rung, at) for who, rung, at, _ in ledger_of(house, deadline) if who == "ada"]
    assert (ada.due_at - bo.due_at, others.due_at) == (48 * 3600, bo.due_at)
    assert {at for rung, at in rows if rung == "48h"} == {"01-23 17:00", "01-25 17:00"}
    assert [at for rung, at in rows if rung == "last 3h"] == ["01-27 14:00"]
    assert ("bo", "+1h") in {(who, rung) for who, rung, _, _ in ledger_of(house, deadline)}
    assert ("Sam", "extended", "Ada") in {
        (each.by, each.deed, each.about) for each in trail(house.desk, house.person("sam"), deadline.id)
    }


def test_rows_planned_for_the_old_time_are_superseded_and_come_back_with_it(house: House) -> None:
    deadline = a_deadline(house)
    go_to(house, DUE - timedelta(days=7, minutes=4))
    staff = house.person("sam")
    later = a_change(deadline, due=in_london("2027-01-26"))

    moved = change(house.desk, staff, later).deadline
    states = {state for *_, state in ledger_of(house, deadline)}
    change(house.desk, staff, a_change(moved, due=deadline.due))
    plan_deadlines(house.desk)

    assert states == {"superseded"}
    assert [(rung, state) for who, rung, _, state in ledger_of(house, deadline) if who == "ada"] == [
        ("7d", "pending"),
        (f"moved {epoch_seconds(house.clock.now())}", "pending"),
    ]


def test_row_that_slack_may_have_shown_does_not_come_back_with_its_time(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    go_to(house, DUE - timedelta(hours=48, minutes=3))
    is_adas = (ledger.c.object_id == deadline.id) & (ledger.c.person_id == "ada")
    with house.stores.program.write() as connection:
        connection.execute(update(ledger).where(is_adas).values(intent_at=1))

    for day in ("2027-01-26", "2027-01-25"):
        now = deadline_for_staff(house.desk, sam, deadline.id)
        change(house.desk, sam, a_change(now, due=in_london(day)))
        plan_deadlines(house.desk)
    go_to(house, DUE - timedelta(hours=48))

    states = {who: state for who, rung, _, state in ledger_of(house, deadline) if rung == "48h"}
    assert states == {"ada": "superseded", "bo": "pending"}


def test_change_of_the_time_keeps_a_later_extension_and_is_told_to_the_others(house: House) -> None:
    deadline = a_deadline(house)
    staff = house.person("sam")
    extend(
        house.desk,
        staff,
        Extend(request_key=a_key(), id=deadline.id, until=DUE + timedelta(days=5), person_ids=("ada",)),
    )
    plan_deadlines(house.desk)
    command = a_change(deadline, due=in_london("2027-01-27"))

    change(house.desk, staff, command)
    plan_deadlines(house.desk)

    now = epoch_seconds(house.clock.now())
    assert due_of(house, deadline, "ada") == DUE + timedelta(days=5)
    assert due_of(house, deadline, "bo") == DUE + timedelta(days=2)
    assert (rungs_of(house, deadline, "ada"), rungs_of(house, deadline, "bo")) == (
        [f"extended {now}"],
        [f"moved {now}"],
    )


def test_extension_for_all_leaves_out_who_has_met_it(house: House) -> None:
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("bo"), deadline.id)
    command = Extend(request_key=a_key(), id=deadline.id, until=DUE + timedelta(days=1))

    first, again = (extend(house.desk, house.person("sam"), command) for _ in range(2))

    assert (first, again, due_of(house, deadline, "bo")) == (1, 1, DUE)


def test_closed_one_tells_nobody_and_opened_again_only_what_is_ahead(house: House) -> None:
    deadline = a_deadline(house)
    go_to(house, DUE - timedelta(days=7, minutes=4))

    close(house.desk, house.person("sam"), deadline.id)
    closed = {state for *_, state in ledger_of(house, deadline)}
    go_to(house, DUE - timedelta(hours=30))
    reopen(house.desk, house.person("sam"), deadline.id)
    go_to(house, DUE - timedelta(hours=24))

    assert closed == {"superseded"}
    assert rungs_of(house, deadline, "ada") == ["24h", "7d"]


def test_late_joiner_gets_it_with_the_rungs_ahead_and_only_where_that_is_wanted(house: House) -> None:
    takes, does_not = a_deadline(house), a_deadline(house, a_content(title="Bio", takes_newcomers=False))
    put_person(house.stores.program, "gus", Role.SCHOLAR)

    go_to(house, DUE - timedelta(days=3))
    go_to(house, DUE - timedelta(hours=48))

    assert (takes.people, details(house.desk, house.person("sam"), takes.id).deadline.people) == (2, 3)
    assert rungs_of(house, takes, "gus") == ["48h"]
    assert rungs_of(house, does_not, "gus") == []


def test_snooze_puts_off_what_lies_between_but_never_the_last_rung(house: House) -> None:
    deadline = a_deadline(house, a_content(ladder="48h, 36h, 12h, 6h, 3h"))
    ada = house.person("ada")
    go_to(house, DUE - timedelta(hours=48))

    until = snooze(house.desk, ada, deadline.id, by=timedelta(days=3), request_key=a_key())
    go_to(house, DUE - timedelta(hours=24))
    last = snooze(house.desk, ada, deadline.id, by=timedelta(hours=16), request_key=a_key())
    with pytest.raises(SnoozedEnough):
        snooze(house.desk, ada, deadline.id, by=timedelta(days=1), request_key=a_key())
    go_to(house, DUE - timedelta(hours=3))
    with pytest.raises(NoLaterReminder):
        snooze(house.desk, ada, deadline.id, by=timedelta(days=1), request_key=a_key())

    assert (until, last) == (DUE - timedelta(hours=24), DUE - timedelta(hours=8))
    puts_off = [f"snoozed {epoch_seconds(each)}" for each in (until, last)]
    assert rungs_of(house, deadline, "ada") == ["48h", "6h", "last 3h", *puts_off]


def test_reminder_put_off_for_longer_than_the_last_rung_is_ahead_comes_with_it(house: House) -> None:
    deadline = a_deadline(house)
    go_to(house, DUE - timedelta(hours=20))

    until = snooze(house.desk, house.person("ada"), deadline.id, by=timedelta(days=1), request_key=a_key())

    assert (until, state_of(house, deadline, "ada").snoozed_until) == (LAST, epoch_seconds(LAST))


def test_reminder_put_off_until_a_rung_is_that_rung(house: House) -> None:
    deadline = a_deadline(house, a_content(ladder="48h, 24h, 3h"))
    go_to(house, DUE - timedelta(hours=48))
    snooze(house.desk, house.person("ada"), deadline.id, by=timedelta(days=1), request_key=a_key())

    go_to(house, DUE - timedelta(hours=24))

    assert rungs_of(house, deadline, "ada") == ["24h", "48h"]


def test_reminder_that_is_asked_for_before_the_next_puts_nothing_off_and_uses_nothing_up(house: House) -> None:
    deadline = a_deadline(house)
    ada = house.person("ada")
    go_to(house, DUE - timedelta(days=7))

    for _ in range(3):
        until = snooze(house.desk, ada, deadline.id, by=timedelta(days=1), request_key=a_key())
        go_to(house, until)

    assert state_of(house, deadline, "ada").snoozes == 0
    asked_for = [f"snoozed {epoch_seconds(DUE - timedelta(days=days))}" for days in (6, 5, 4)]
    assert rungs_of(house, deadline, "ada") == ["7d", *asked_for]
    go_to(house, DUE - timedelta(hours=48))
    assert "48h" in rungs_of(house, deadline, "ada")


def test_reminder_that_is_planned_and_has_not_gone_is_put_off_too(house: House) -> None:
    """Quiet hours may hold it until morning, while the one after it is days ahead."""
    deadline, ada = a_deadline(house), house.person("ada")
    go_to(house, DUE - timedelta(days=7, minutes=3))
    assert rungs_of(house, deadline, "ada") == ["7d"]

    snooze(house.desk, ada, deadline.id, by=timedelta(days=1), request_key=a_key())

    assert state_of(house, deadline, "ada").snoozes == 1


def test_done_and_taken_back_goes_on_with_what_is_ahead(house: House) -> None:
    deadline = a_deadline(house)
    ada = house.person("ada")
    first, second = (mark_done(house.desk, ada, deadline.id) for _ in range(2))
    go_to(house, DUE - timedelta(hours=30))
    mark_not_done(house.desk, ada, deadline.id)

    go_to(house, DUE - timedelta(hours=24))

    assert (first.was_before, second.was_before, second.at) == (False, True, first.at)
    assert rungs_of(house, deadline, "ada") == ["24h"]


def test_per_site_is_due_at_each_ones_own_wall_time(house: House) -> None:
    put_person(house.stores.program, "gus", Role.SCHOLAR, zone="America/Los_Angeles", site="Berkeley")
    due = Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=17 * 60)

    deadline = a_deadline(house, a_content(due=due))

    assert due_of(house, deadline, "ada") == DUE
    assert due_of(house, deadline, "gus") == DUE + timedelta(hours=8)


def test_per_site_goes_by_where_each_one_is_on_that_day(house: House) -> None:
    """Rosters hold phases to come, and those that have been."""
    for who, first_day in (("ada", "2027-03-01"), ("bo", "2027-01-20")):
        put_membership(
            house.stores.program,
            who,
            Role.SCHOLAR,
            zone="America/Los_Angeles",
            site="Berkeley",
            first_day=first_day,
        )

    deadline = a_deadline(house, a_content(due=Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=17 * 60)))

    assert due_of(house, deadline, "ada") == DUE
    assert due_of(house, deadline, "bo") == DUE + timedelta(hours=8)


@pytest.mark.parametrize(
    ("content", "error", "field"),
    [
        (a_content(due=in_london("2027-01-10")), PastDue, "due"),
        (a_content(due=in_london("2027-03-28", 90)), TimeSkipped, "due"),
        (a_content(due=in_london("2027-10-31", 90)), TimeRepeated, "due"),
        (a_content(audience=Audience(roles=(Role.GRADER,))), NobodyFound, "who"),
    ],
)
def test_what_cannot_be_set_is_told_at_its_field_and_nothing_is_saved(
    house: House, content: object, error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as refused:
        write(house.desk, house.person("sam"), Write(request_key=a_key(), content=content))  # type: ignore[arg-type]

    assert refused.value.field == field  # type: ignore[attr-defined]
    with house.stores.program.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM deadline").scalar() == 0


def test_short_notice_is_said_before_it_stands_and_can_be_set_all_the_same(house: House) -> None:
    staff = house.person("sam")

    shown = write(house.desk, staff, Write(request_key=a_key(), content=a_content(due=in_london("2027-01-13"))))
    deadline = publish(house.desk, staff, shown.deadline.id, version=shown.deadline.version, request_key=a_key())

    assert (shown.lead_days, shown.rule_days, deadline.state) == (2, 7, "open")


@pytest.mark.parametrize(("minutes", "short_by"), [(0, None), (1, 6)])
def test_notice_is_short_from_the_first_minute_on(house: House, minutes: int, short_by: int | None) -> None:
    go_to(house, DUE - timedelta(days=7) + timedelta(minutes=minutes))

    shown = write(house.desk, house.person("sam"), Write(request_key=a_key(), content=a_content()))

    assert shown.lead_days == short_by


@pytest.mark.parametrize("people", [3, 40])
def test_number_of_queries_does_not_grow_with_people(sqlite_house: House, people: int) -> None:
    house = sqlite_house
    for number in range(people):
        put_person(house.stores.program, f"p{number}", Role.SCHOLAR)
    draft = write(house.desk, house.person("sam"), Write(request_key=a_key(), content=a_content())).deadline
    staff = house.person("sam")

    with queries_of(house.stores.program) as asked:
        publish(house.desk, staff, draft.id, version=draft.version, request_key=a_key())
    house.clock.advance(DUE - timedelta(days=7) - house.clock.now())
    with queries_of(house.stores.program) as planned:
        plan_deadlines(house.desk)

    assert (len(asked) <= 12, len(planned) <= 12) == (True, True)
    assert len(ledger_of(house, draft)) == people + 2
