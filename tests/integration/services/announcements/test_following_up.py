"""After sending: acknowledging, the ladder of each reader by itself, the list for staff, correcting and taking back."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import update

from domain.announcements import ChangedMeanwhile, Plan, State, Timing
from domain.audience import Audience
from domain.delivery import DeliveryState, Tier, channel_address
from domain.errors import NotFound
from domain.people import Role
from domain.times import epoch_seconds
from services.announcements.acknowledge import acknowledge
from services.announcements.correct import AllHaveRead, Correct, NudgedAlready, correct, nudge, retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up
from services.announcements.look import details, hours_to_reach, overview
from services.announcements.own import read, told_to
from services.announcements.send import approve, send
from services.audiences.resolve import resolve
from storage.program import opt_in_queries
from storage.program.people_queries import membership
from tests.builders.announcements import SCHOLARS, TEXT, Desk, a_content
from tests.builders.people import PROGRAM, put_membership, put_person
from tests.fixtures.desks import replica
from tests.looking.queries import queries_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OTHER = replace(TEXT, body="The room has changed.")


def told(desk: Desk, *, after: timedelta = timedelta(), kind: str = AnnouncementMessage.TOLD) -> None:
    """As if everything that is due of a kind had been sent so long after now."""
    desk.house.clock.advance(after)
    now = epoch_seconds(desk.house.clock.now())
    is_due = (ledger.c.kind == kind) & (ledger.c.state == "pending") & (ledger.c.send_at <= now)
    with desk.house.desk.program.write() as connection:
        sent = update(ledger).where(is_due).values(state="sent", told_at=now, intent_at=1, channel="D1", ts="1.1")
        connection.execute(sent)


def press(desk: Desk, person_id: str, found: Announcement) -> bool:
    """Somebody acknowledges it; whether they had before."""
    return acknowledge(desk.house.desk, desk.house.person(person_id), found.id).was_before


def later(desk: Desk, by: timedelta) -> None:
    """Time passes, and what comes with it happens twice, which is once."""
    desk.house.clock.advance(by)
    follow_up(desk.house.desk)
    follow_up(desk.house.desk)


def second_messages(desk: Desk, *states: DeliveryState) -> list[str]:
    """Who has a row of the second rung."""
    return [row[0] for row in desk.rows(AnnouncementMessage.TOLD, *states) if row[1] == "again"]


def test_acknowledging_twice_says_when_it_was_first(desk: Desk) -> None:
    found = desk.sent()
    first = acknowledge(desk.house.desk, desk.house.person("ada"), found.id)
    desk.house.clock.advance(HOUR)

    again = acknowledge(desk.house.desk, desk.house.person("ada"), found.id)

    assert (first.was_before, again.was_before, again.at) == (False, True, first.at)


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
        with pytest.raises(NotFound):
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

    later(desk, 24 * HOUR)

    assert [row[0] for row in desk.rows(AnnouncementMessage.LIST)] == ["sam"]
    shown = details(desk.house.desk, desk.sue, found.id)
    assert (shown.line.acknowledged, shown.line.readers) == (1, 2)
    assert [(each.name, each.told_at is not None) for each in shown.missing] == [("Bo", True)]


def test_list_of_a_critical_one_goes_to_both_and_when_both_have_left_to_all_staff(desk: Desk) -> None:
    desk.sent(a_content(tier=Tier.CRITICAL))
    told(desk)
    later(desk, 24 * HOUR)

    assert [row[0] for row in desk.rows(AnnouncementMessage.LIST)] == ["sam", "sue"]


def test_no_list_when_everybody_has_acknowledged(desk: Desk) -> None:
    found = desk.sent()
    for reader in ("ada", "bo"):
        press(desk, reader, found)

    later(desk, 24 * HOUR)

    assert desk.rows(AnnouncementMessage.LIST) == []


def test_nothing_follows_what_asks_for_no_acknowledgement(desk: Desk) -> None:
    desk.sent(a_content(needs_ack=False))
    told(desk)

    later(desk, 30 * HOUR)

    assert (second_messages(desk), desk.rows(AnnouncementMessage.LIST)) == ([], [])


def test_nudge_goes_once_an_hour_to_those_alone_who_have_not_acknowledged(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    press(desk, "ada", found)
    desk.house.clock.advance(MINUTE)
    number = nudge(desk.house.desk, desk.sam, found.id)

    with pytest.raises(NudgedAlready):
        nudge(desk.house.desk, desk.sue, found.id)

    assert (number, [row[0] for row in desk.rows(AnnouncementMessage.TOLD)]) == (1, ["bo"])
    desk.house.clock.advance(HOUR)
    press(desk, "bo", found)
    with pytest.raises(AllHaveRead):
        nudge(desk.house.desk, desk.sam, found.id)


def test_new_text_changes_what_is_out_and_nobody_is_told_twice(desk: Desk) -> None:
    found = desk.sent(a_content(channel="C1", needs_ack=False))
    told(desk, kind=AnnouncementMessage.RECORD)
    with desk.house.desk.program.write() as connection:
        of_ada = (ledger.c.person_id == "ada") & (ledger.c.kind == AnnouncementMessage.TOLD)
        connection.execute(update(ledger).where(of_ada).values(state="sent", told_at=1, intent_at=1))
    before = desk.rows(AnnouncementMessage.TOLD)

    now = desk.now(found)
    correct(desk.house.desk, desk.sue, Correct(request_key="c", id=found.id, version=now.version, text=OTHER))

    assert desk.now(found).text == OTHER
    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == [channel_address("C1"), "ada"]
    assert desk.rows(AnnouncementMessage.TOLD) == before == [("bo", "first", "2027-01-11T12:00Z")]


def test_same_text_once_more_changes_nothing(desk: Desk) -> None:
    found = desk.sent()
    told(desk)

    correct(desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=TEXT))

    assert desk.rows(AnnouncementMessage.REWRITE) == []


def test_new_text_over_somebody_elses_is_refused(desk: Desk) -> None:
    found = desk.sent()
    correct(desk.house.desk, desk.sue, Correct(request_key="a", id=found.id, version=found.version, text=OTHER))

    with pytest.raises(ChangedMeanwhile):
        correct(desk.house.desk, desk.sam, Correct(request_key="b", id=found.id, version=found.version, text=TEXT))


def test_new_text_of_a_critical_one_needs_a_second_yes_too(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.CRITICAL))
    told(desk)
    command = Correct(request_key="c", id=found.id, version=found.version, text=OTHER)
    draft = correct(desk.house.desk, desk.sam, command)
    waiting = send(desk.house.desk, desk.sam, draft.id, version=draft.version)
    follow_up(desk.house.desk)
    before = desk.now(found).text

    approve(desk.house.desk, desk.sue, draft.id, version=waiting.version)
    follow_up(desk.house.desk)

    assert (before, desk.now(found).text, desk.now(draft).state) == (TEXT, OTHER, State.APPLIED)
    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == ["ada", "bo"]


def test_retraction_stops_what_has_not_gone_changes_what_has_and_says_how_many_had_it(desk: Desk) -> None:
    found = desk.sent()
    with desk.house.desk.program.write() as connection:
        of_ada = (ledger.c.person_id == "ada") & (ledger.c.kind == AnnouncementMessage.TOLD)
        connection.execute(update(ledger).where(of_ada).values(state="sent", told_at=1, intent_at=1))

    had = retract(desk.house.desk, desk.sue, found.id)

    assert (had, desk.now(found).state) == (1, State.RETRACTED)
    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD, DeliveryState.CANCELED)] == ["bo"]
    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == ["ada"]
    assert told_to(desk.house.desk, desk.house.person("ada")) == ()
    assert retract(desk.house.desk, desk.sam, found.id) == 1


@pytest.mark.parametrize("tier", [Tier.IMPORTANT, Tier.CRITICAL])
def test_retraction_of_what_has_not_gone_out_calls_it_off(desk: Desk, tier: Tier) -> None:
    at = desk.house.clock.now() + HOUR
    found = desk.draft(a_content(tier=tier, plan=Plan(expires_at=at + 9 * HOUR)))
    send(desk.house.desk, desk.sam, found.id, version=found.version)

    had = retract(desk.house.desk, desk.sam, found.id)
    follow_up(desk.house.desk)

    assert (had, desk.now(found).state) == (0, State.DRAFT)
    assert desk.rows(AnnouncementMessage.TOLD) == []


def test_expiry_before_all_had_it_is_told_to_its_author_once(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))

    later(desk, 2 * HOUR)
    later(desk, 2 * HOUR)

    assert [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)] == [("sam", "partly.3")]


def test_closed_channel_is_told_to_its_author_once_and_everybody_is_served(desk: Desk) -> None:
    desk.sent(a_content(channel="C1"))
    with desk.house.desk.program.write() as connection:
        is_record = ledger.c.kind == AnnouncementMessage.RECORD
        connection.execute(update(ledger).where(is_record).values(state="dead", last_error="is_archived"))

    later(desk, MINUTE)
    later(desk, MINUTE)

    assert [row[0] for row in desk.rows(AnnouncementMessage.TROUBLE)] == ["sam"]
    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD)] == ["ada", "bo"]


def test_own_list_has_what_waits_first_and_drops_what_expired(desk: Desk) -> None:
    desk.sent(a_content(text=replace(TEXT, title="Old"), plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    waiting = desk.sent(a_content(text=replace(TEXT, title="Waits")))
    desk.house.clock.advance(2 * HOUR)
    desk.sent(a_content(text=replace(TEXT, title="News"), needs_ack=False))
    ada = desk.house.person("ada")
    before = [(each.announcement.text.title, each.waits) for each in told_to(desk.house.desk, ada)]

    press(desk, "ada", waiting)

    after = [(each.announcement.text.title, each.waits) for each in told_to(desk.house.desk, ada)]
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

    own, others = (details(desk.house.desk, staff, found.id) for staff in (desk.sam, desk.sue))

    assert ([each.name for each in own.missing], others.missing, others.is_private) == (["Bo"], (), True)
    with pytest.raises(NotFound):
        resolve(desk.house.desk, desk.sue, Audience(behind_announcement=found.id))


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
        lambda: told_to(desk.house.desk, desk.house.person("ada")),
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
    _leave(desk, "sam", Role.STAFF)

    later(desk, 24 * HOUR)

    assert [row[0] for row in desk.rows(AnnouncementMessage.LIST)] == ["sue"]


def _leave(desk: Desk, person_id: str, role: Role) -> None:
    is_it = (membership.c.person_id == person_id) & (membership.c.role == role.value)
    with desk.house.desk.program.write() as connection:
        connection.execute(update(membership).where(is_it).values(removed_at=1))
