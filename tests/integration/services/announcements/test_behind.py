"""What is for those who have not done something: whoever has done it since hears nothing of it, and nobody new does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.announcements import Plan, Timing
from domain.audience import Audience
from domain.delivery import Delivery, Suppressed, Tier
from domain.people import Role
from services.announcements.correct import AllHaveRead, Correct, correct, nudge, retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.details import details
from services.announcements.digest import section
from services.announcements.facts import Announcement
from services.announcements.follow_up import welcome_newcomers
from services.announcements.look import overview
from services.announcements.news import NOT_BEHIND, ReaderNews, reader_news
from services.deadlines.change import change
from services.deadlines.meet import mark_done
from services.deadlines.plan import plan_deadlines
from storage.delivery.rows import delivery_of
from tests.builders.announcements import TEXT, Desk, a_content, later, press, told
from tests.builders.deadlines import a_change, a_deadline
from tests.builders.leaving import touch
from tests.builders.people import put_person
from tests.looking.queries import queries_of

HOUR = timedelta(hours=1)
Done = Callable[[str], object]


def behind_deadline(desk: Desk) -> tuple[Audience, Done]:
    deadline = a_deadline(desk.house)

    def meets(who: str) -> object:
        return mark_done(desk.house.desk, desk.house.person(who), deadline.id)

    return Audience(behind_deadline=deadline.id), meets


def behind_announcement(desk: Desk) -> tuple[Audience, Done]:
    other = desk.sent()

    def acknowledges(who: str) -> object:
        return press(desk, who, other)

    return Audience(behind_announcement=other.id), acknowledges


@pytest.fixture(params=[behind_deadline, behind_announcement], ids=["not met", "not acknowledged"])
def narrowed(desk: Desk, request: pytest.FixtureRequest) -> tuple[Audience, Done]:
    """An audience of those who have not done something, and how somebody does it."""
    found: tuple[Audience, Done] = request.param(desk)
    return found


def newest(desk: Desk, found: Announcement, who: str, kind: AnnouncementMessage = AnnouncementMessage.TOLD) -> Delivery:
    asked = select(ledger).where(ledger.c.object_id == found.id, ledger.c.kind == kind, ledger.c.person_id == who)
    with desk.house.desk.program.read() as connection:
        planned = connection.execute(asked.order_by(ledger.c.planned_at)).all()
    assert len(planned) == len({row.planned_at for row in planned})  # or which is the newest were chance
    return delivery_of(planned[-1])


def is_told(desk: Desk, row: Delivery) -> bool:
    """Whether it would go now, and not for another reason than the one at hand."""
    news = reader_news(desk.house.desk, row)
    assert news == Suppressed(NOT_BEHIND) or isinstance(news, ReaderNews)
    return isinstance(news, ReaderNews)


def test_whoever_has_done_it_before_their_morning_hears_nothing(desk: Desk, narrowed: tuple[Audience, Done]) -> None:
    audience, does = narrowed
    found = desk.sent(a_content(audience=audience, plan=Plan(timing=Timing.MORNING)))

    does("ada")

    assert [is_told(desk, newest(desk, found, who)) for who in ("ada", "bo")] == [False, True]


@pytest.mark.parametrize("rung", ["second", "nudge"])
def test_whoever_has_done_it_since_the_first_message_gets_no_other(
    desk: Desk, narrowed: tuple[Audience, Done], rung: str
) -> None:
    audience, does = narrowed
    found = desk.sent(a_content(audience=audience))
    told(desk, after=timedelta(minutes=1))

    if rung == "nudge":
        later(desk, timedelta(minutes=1))  # or else both would have been planned for the same instant
        nudge(desk.house.desk, desk.sam, found.id)
    else:
        later(desk, 4 * HOUR)
    does("ada")

    rows = [newest(desk, found, who) for who in ("ada", "bo")]
    assert [(row.rung == "first", is_told(desk, row)) for row in rows] == [(False, False), (False, True)]


def test_whoever_has_done_it_is_missing_from_no_list_and_no_number(desk: Desk, narrowed: tuple[Audience, Done]) -> None:
    audience, does = narrowed
    put_person(desk.house.stores.program, "eve")
    found = desk.sent(a_content(audience=audience))
    told(desk)
    desk.house.clock.advance(HOUR)
    does("ada")

    shown = details(desk.house.desk, desk.sam, found.id)
    line = next(each for each in overview(desk.house.desk, desk.sam).sent if each.announcement.id == found.id)
    number = nudge(desk.house.desk, desk.sam, found.id)

    assert ([each.name for each in shown.missing.readers], shown.done_meanwhile) == (["Bo"], 1)
    assert [(each.acknowledged, each.readers) for each in (shown.line, line)] == [(0, 1)] * 2
    assert (number, [who for who, rung, _ in desk.rows(AnnouncementMessage.TOLD) if rung != "first"]) == (1, ["bo"])


def test_who_is_taken_off_the_deadline_need_not_do_it_any_more_either(desk: Desk) -> None:
    house = desk.house
    deadline = a_deadline(house)
    found = desk.sent(a_content(audience=Audience(behind_deadline=deadline.id)))
    told(desk)

    change(house.desk, desk.sam, a_change(deadline, audience=Audience(people=("bo",))))

    shown = details(house.desk, desk.sam, found.id)
    assert ([each.name for each in shown.missing.readers], shown.done_meanwhile) == (["Bo"], 1)


def test_all_have_read_it_once_those_have_who_have_not_done_it(desk: Desk, narrowed: tuple[Audience, Done]) -> None:
    audience, does = narrowed
    found = desk.sent(a_content(audience=audience))
    told(desk)
    desk.house.clock.advance(HOUR)
    does("ada")
    press(desk, "bo", found)

    shown = details(desk.house.desk, desk.sam, found.id)

    assert (shown.line.acknowledged, shown.line.readers, shown.missing.readers, shown.reached[100]) == (1, 1, (), 1.0)
    with pytest.raises(AllHaveRead):
        nudge(desk.house.desk, desk.sam, found.id)


def test_who_has_read_it_and_done_it_counts_with_those_who_have_read_it(
    desk: Desk, narrowed: tuple[Audience, Done]
) -> None:
    audience, does = narrowed
    found = desk.sent(a_content(audience=audience))
    press(desk, "ada", found)
    does("ada")

    shown = details(desk.house.desk, desk.sam, found.id)

    assert (shown.line.acknowledged, shown.line.readers, shown.done_meanwhile) == (1, 2, 0)


def test_whoever_has_done_it_finds_it_in_no_digest(desk: Desk, narrowed: tuple[Audience, Done]) -> None:
    audience, does = narrowed
    found = desk.sent(a_content(audience=audience, tier=Tier.NOTICE))

    does("ada")

    assert in_digest(desk, found, "ada", "bo") == [False, True]


def test_whoever_has_done_it_reads_what_became_of_a_message_they_have(
    desk: Desk, narrowed: tuple[Audience, Done]
) -> None:
    audience, does = narrowed
    found = desk.sent(a_content(audience=audience))
    told(desk)
    does("ada")

    text = replace(TEXT, body="The room has changed.")
    correct(desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=text))
    changed = is_told(desk, newest(desk, found, "ada", AnnouncementMessage.REWRITE))
    retract(desk.house.desk, desk.sam, found.id)

    assert (changed, in_digest(desk, found, "ada")) == (True, [True])


def in_digest(desk: Desk, found: Announcement, *who: str) -> list[bool]:
    """Whether the digests of these people would tell it now."""
    lines = [section(desk.house.desk, desk.house.person(each), {found.id: [""]}).news for each in who]
    return [[line.object_id for line in each] == [found.id] for each in lines]


def test_whoever_comes_later_is_told_of_the_thing_itself_and_not_that_they_have_not_done_it(
    desk: Desk, narrowed: tuple[Audience, Done]
) -> None:
    audience, _ = narrowed
    found = desk.sent(a_content(audience=replace(audience, roles=(Role.SCHOLAR,))))
    put_person(desk.house.stores.program, "new")
    touch(desk.house.stores.program)
    plan_deadlines(desk.house.desk)

    welcome_newcomers(desk.house.desk)

    told_to = [row[0] for row in desk.rows(AnnouncementMessage.TOLD)]
    assert told_to.count("new") == bool(audience.behind_announcement)  # the one that others have not acknowledged
    assert desk.now(found).readers == 2


def test_those_behind_are_not_looked_for_again_while_the_roster_has_not_changed(desk: Desk) -> None:
    audience, _ = behind_deadline(desk)
    desk.sent(a_content(audience=audience))

    with queries_of(desk.house.desk.program) as asked:
        welcome_newcomers(desk.house.desk)

    assert len(asked) == 1
