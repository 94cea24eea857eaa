"""After sending: acknowledging, the ladder of each reader by itself, the list for staff, correcting and taking back."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from domain.announcements import NotForYou, Plan, Timing
from domain.audience import Audience
from domain.delivery import Tier
from domain.errors import NotFound
from domain.people import Role
from services.announcements.acknowledge import acknowledge
from services.announcements.correct import retract
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.details import details
from services.announcements.follow_up import follow_up
from services.announcements.look import overview
from services.announcements.own import read, told_to
from services.announcements.preview import preview
from services.announcements.reach import hours_to_reach
from services.announcements.send import send
from services.audiences.resolve import resolve
from storage.program import opt_in_queries
from tests.builders.announcements import (
    SCHOLARS,
    TEXT,
    Desk,
    a_content,
    ladder_ends,
    later,
    leave,
    press,
    second_messages,
    told,
)
from tests.builders.people import PROGRAM, put_membership, put_person
from tests.fixtures.desks import replica
from tests.looking.queries import queries_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OTHER = replace(TEXT, body="The room has changed.")


def test_acknowledging_twice_says_when_it_was_first(desk: Desk) -> None:
    found = desk.sent()
    first = acknowledge(desk.house.desk, desk.house.person("ada"), found.id)
    desk.house.clock.advance(HOUR)

    again = acknowledge(desk.house.desk, desk.house.person("ada"), found.id)

    assert (first.was_before, again.was_before, again.at) == (False, True, first.at)


def test_nobody_gets_the_second_message_at_the_very_instant_at_which_it_is_over(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + 4 * HOUR)))
    told(desk)

    later(desk, 4 * HOUR)

    assert second_messages(desk) == []


def test_acknowledging_at_the_same_instant_from_two_devices_is_one(desk: Desk) -> None:
    found = desk.sent()
    barrier, answers = Barrier(2), list[bool]()

    def from_a_device() -> None:
        house = replica(desk.house)
        barrier.wait()
        answers.append(acknowledge(house.desk, house.person("ada"), found.id).was_before)

    threads = [Thread(target=from_a_device) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False, True]


@pytest.mark.parametrize("who", ["cleo", "max", "sam"])
def test_whoever_it_was_not_for_can_neither_acknowledge_nor_read_it(desk: Desk, who: str) -> None:
    found = desk.sent()

    for deed in (acknowledge, read):
        with pytest.raises(NotForYou):
            deed(desk.house.desk, desk.house.person(who), found.id)


def test_second_message_goes_four_hours_after_the_first_to_those_alone_who_have_not_acknowledged(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    press(desk, "ada", found)
    later(desk, 4 * HOUR - MINUTE)
    early = second_messages(desk)

    later(desk, MINUTE)

    assert (early, second_messages(desk)) == ([], ["bo"])


def test_second_message_is_counted_from_the_first_of_each_reader_and_not_from_the_sending(desk: Desk) -> None:
    desk.sent()
    told(desk, after=3 * HOUR)
    later(desk, HOUR)

    assert second_messages(desk) == []
    later(desk, 3 * HOUR)
    assert second_messages(desk) == ["ada", "bo"]


def test_nobody_gets_a_second_message_while_the_first_waits(desk: Desk) -> None:
    desk.sent()

    later(desk, 30 * HOUR)

    assert second_messages(desk) == []


def test_list_goes_to_staff_once_and_names_nobody_in_the_row(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    press(desk, "ada", found)

    ladder_ends(desk)

    assert [row[0] for row in desk.rows(AnnouncementMessage.LIST)] == ["sam"]
    shown = details(desk.house.desk, desk.sue, found.id)
    assert (shown.line.acknowledged, shown.line.readers) == (1, 2)
    assert [(each.name, each.told_at is not None) for each in shown.missing.readers] == [("Bo", True)]


def test_list_of_a_critical_one_goes_to_both_and_when_both_have_left_to_all_staff(desk: Desk) -> None:
    desk.sent(a_content(tier=Tier.CRITICAL))
    told(desk)
    ladder_ends(desk)

    assert [row[0] for row in desk.rows(AnnouncementMessage.LIST)] == ["sam", "sue"]


def test_no_list_when_everybody_has_acknowledged(desk: Desk) -> None:
    found = desk.sent()
    for reader in ("ada", "bo"):
        press(desk, reader, found)

    ladder_ends(desk)

    assert desk.rows(AnnouncementMessage.LIST) == []


def test_nothing_follows_what_asks_for_no_acknowledgement(desk: Desk) -> None:
    desk.sent(a_content(needs_ack=False))
    told(desk)

    later(desk, 30 * HOUR)

    assert (second_messages(desk), desk.rows(AnnouncementMessage.LIST)) == ([], [])


def test_own_list_has_what_waits_first_and_drops_what_expired(desk: Desk) -> None:
    desk.sent(a_content(text=replace(TEXT, title="Old"), plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    waiting = desk.sent(a_content(text=replace(TEXT, title="Waits")))
    desk.house.clock.advance(2 * HOUR)
    desk.sent(a_content(text=replace(TEXT, title="News"), needs_ack=False))
    ada = desk.house.person("ada")
    before = [(each.announcement.text.title, each.waits) for each in told_to(desk.house.desk, ada).told]

    press(desk, "ada", waiting)

    after = [(each.announcement.text.title, each.waits) for each in told_to(desk.house.desk, ada).told]
    assert before == [("Waits", True), ("News", False)]
    assert after == [("News", False), ("Waits", False)]


def test_audience_of_those_who_have_not_acknowledged(desk: Desk) -> None:
    found = desk.sent(a_content(audience=Audience(roles=(Role.SCHOLAR, Role.COACH))))
    press(desk, "ada", found)

    def names(audience: Audience) -> list[str]:
        return [each.name for each in resolve(desk.house.desk, desk.sam, audience).readers]

    assert names(Audience(behind_announcement=found.id)) == ["Bo", "Cleo", "Dev"]
    assert names(replace(SCHOLARS, behind_announcement=found.id)) == ["Bo"]


def test_who_is_on_a_private_list_stays_with_its_owner_whatever_is_asked(desk: Desk) -> None:
    with desk.house.desk.program.write() as connection:
        values = {"id": "l1", "program_id": PROGRAM, "owner_id": "sam", "title": "Grants", "about": "", "created_at": 1}
        opt_in_queries.add_list(connection, values)
        opt_in_queries.join(connection, "l1", "bo", program_id=PROGRAM, at=2)
    found = desk.sent(a_content(audience=Audience(list_id="l1")))

    again = Audience(behind_announcement=found.id)
    draft = desk.draft(a_content(audience=again))
    hop = desk.sent(a_content(audience=again))

    own, others = (details(desk.house.desk, staff, found.id) for staff in (desk.sam, desk.sue))
    of_hop = details(desk.house.desk, desk.sue, hop.id)

    assert [preview(desk.house.desk, staff, draft).hidden for staff in (desk.sam, desk.sue)] == [0, 1]
    assert ([each.name for each in own.missing.readers], others.missing.readers, others.is_private) == (
        ["Bo"],
        (),
        True,
    )
    assert (of_hop.missing.readers, of_hop.is_private) == ((), True)
    for each in (found, hop):
        with pytest.raises(NotFound):
            resolve(desk.house.desk, desk.sue, Audience(behind_announcement=each.id))


def test_report_counts_from_the_sending_to_the_reader_who_makes_up_the_share(desk: Desk) -> None:
    for number in range(8):
        put_person(desk.house.stores.program, f"s{number}")
    found = desk.sent()
    for number in range(7):
        desk.house.clock.advance(HOUR)
        press(desk, f"s{number}", found)

    reached = details(desk.house.desk, desk.sam, found.id).reached

    assert reached == {50: 5.0, 90: None, 100: None}
    assert hours_to_reach(desk.house.desk, desk.sam) == {Tier.IMPORTANT: {50: 5.0, 90: None, 100: None}}


def test_staff_of_another_program_see_nothing_of_it(desk: Desk) -> None:
    found = desk.sent()
    stranger = replace(desk.sue, program_id="other")

    assert overview(desk.house.desk, stranger).sent == ()
    with pytest.raises(NotFound):
        details(desk.house.desk, stranger, found.id)


@pytest.mark.parametrize("timing", [Timing.NOW, Timing.MORNING])
def test_questions_do_not_grow_with_the_readers(desk: Desk, timing: Timing) -> None:
    _questions(desk, timing)  # the first time rules are read
    few = _questions(desk, timing)
    for number in range(40):
        put_person(desk.house.stores.program, f"s{number}")

    assert _questions(desk, timing) == few


def test_looking_for_what_is_due_takes_no_turn_and_asks_the_same_however_many_there_are(desk: Desk) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            desk.sent(a_content(channel="C1"))
        told(desk)
        with queries_of(desk.house.desk.program) as asked:
            follow_up(desk.house.desk)
        counts.append((len(asked), [each for each in asked if not each.lstrip().startswith("SELECT")]))

    assert counts == [(counts[0][0], []), (counts[0][0], [])]


def _questions(desk: Desk, timing: Timing) -> list[int]:
    found = desk.draft(a_content(plan=Plan(timing=timing)))
    send(desk.house.desk, desk.sam, found.id, version=found.version)
    counts = []
    for deed in (
        lambda: follow_up(desk.house.desk),
        lambda: details(desk.house.desk, desk.sam, found.id),
        lambda: told_to(desk.house.desk, desk.house.person("ada")).told,
    ):
        with queries_of(desk.house.desk.program) as asked:
            deed()
        counts.append(len(asked))
    retract(desk.house.desk, desk.sam, found.id)
    return counts


def test_list_goes_to_all_staff_when_its_author_has_left(desk: Desk) -> None:
    desk.sent(a_content(takes_newcomers=False))
    told(desk)
    put_membership(desk.house.stores.program, "sam", Role.COACH)
    leave(desk, "sam", Role.STAFF)

    ladder_ends(desk)

    assert [row[0] for row in desk.rows(AnnouncementMessage.LIST)] == ["sue"]
