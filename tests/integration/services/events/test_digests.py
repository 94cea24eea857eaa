"""A new event waits for the digest of everybody invited; quiet hours and the day's budget hold for what it brings."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.attention import Subject
from domain.audience import Audience
from domain.delivery import Deferred, OutgoingMessage
from domain.event_answers import Said
from domain.people import Role
from handlers.events_digest import digest_section
from handlers.outbox import composers
from services.attention.sections import DigestLine, Waiting
from services.events.commands import CallOff, EditEvent
from services.events.deliveries import EventMessage, ledger
from services.events.plan import call_off, edit_event
from services.events.talks import remove_talk, sign_up, withdraw_talk
from storage.engine import table_of
from storage.program import attention
from tests.builders.deliveries import a_delivery
from tests.builders.event_messages import event_rows
from tests.builders.events import STARTS, put_event, say
from tests.builders.people import put_person
from tests.fixtures.desks import House
from tests.looking.attention import book_of, items, mark_sent
from tests.looking.queries import queries_of

_item = table_of(attention.DigestItem)


def waiting(house: House) -> list[tuple[str, str, str]]:
    """Who has what waiting for their digest."""
    asked = select(_item.c.person_id, _item.c.subject, _item.c.object_id).order_by(_item.c.person_id)
    with house.stores.program.read() as connection:
        return [(person_id, subject, object_id) for person_id, subject, object_id in connection.execute(asked)]


def test_new_event_waits_for_everybody_invited_but_who_plans_it_and_sends_nothing(house: House) -> None:
    event = put_event(house, audience=Audience(roles=(Role.SCHOLAR, Role.STAFF)))

    assert waiting(house) == [(who, Subject.EVENT, event.id) for who in ("ada", "bo")]
    assert event_rows(house) == []


def test_planning_asks_the_same_however_many_are_invited(house: House) -> None:
    counts = []
    put_event(house)  # everybody's next digest is in the ledger
    for number in (1, 30):
        for each in range(number):
            put_person(house.stores.program, f"scholar-{number}-{each}")
        with queries_of(house.stores.program) as asked:
            put_event(house)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_reminder_waits_for_the_end_of_quiet_hours_and_the_last_one_gives_way_to_the_start(house: House) -> None:
    early = STARTS.replace(hour=5)
    event = put_event(house, starts=early)
    say(house, "ada", event)
    made = composers(house.desk)[EventMessage.REMINDER]
    [day, quarter] = event_rows(house, EventMessage.REMINDER)

    house.clock.advance(early - timedelta(hours=27) - house.clock.now())  # 2 in the night
    at_night = made(day)
    house.clock.advance(early - timedelta(minutes=15) - house.clock.now())
    before = made(quarter)

    assert isinstance(at_night, Deferred)
    assert isinstance(before, OutgoingMessage)


@pytest.mark.parametrize(("hour", "outcome"), [(8, OutgoingMessage), (9, Deferred)])
def test_news_in_the_night_gives_way_to_a_start_within_an_hour_of_the_morning(
    house: House, hour: int, outcome: type
) -> None:
    sam, made = house.person("sam"), composers(house.desk)
    moved, off = [put_event(house, starts=STARTS.replace(hour=hour)) for _ in range(2)]
    for each in (moved, off):
        say(house, "ada", each)
    house.clock.advance(STARTS.replace(hour=23) - timedelta(days=1) - house.clock.now())
    later = replace(moved.plan, starts=STARTS, ends=STARTS + timedelta(hours=1))
    edit_event(house.desk, sam, EditEvent(request_key="edit", event_id=moved.id, version=1, plan=later))
    call_off(house.desk, sam, CallOff(request_key="off", event_id=off.id))

    found = [made[row.kind](row) for row in event_rows(house, EventMessage.MOVED, EventMessage.CALLED_OFF)]

    assert [type(each) for each in found] == [outcome, outcome]


def test_seat_that_became_somebodys_is_told_at_once_over_the_budget_but_not_in_the_night(house: House) -> None:
    event, sent = (
        put_event(house, room_seats=1),
        [a_delivery("ada", kind="announcement.news", object_id=f"earlier-{number}") for number in range(4)],
    )
    for who in ("bo", "ada"):
        say(house, who, event)
    mark_sent(house, book_of(house).put(*sent))
    say(house, "bo", event, Said.NO)
    [seat] = event_rows(house, EventMessage.SEAT)
    made = composers(house.desk)[EventMessage.SEAT]

    by_day = made(seat)
    house.clock.advance(timedelta(hours=11))

    assert isinstance(by_day, OutgoingMessage)
    assert by_day.message.text.startswith("You have a seat now")
    assert isinstance(made(seat), Deferred)
    assert [rung for _, _, rung, _ in items(house) if rung] == []


def test_digest_has_new_events_with_their_words_and_the_week_with_ones_answers(house: House) -> None:
    fresh, known = put_event(house, text="Bring one."), put_event(house, title="Tea")
    say(house, "ada", known)

    found = digest_section(house.desk, house.person("ada"), {fresh.id: [""]})

    title = fresh.plan.title
    assert found.news == (DigestLine(object_id=fresh.id, title=title, text="Bring one.", at=STARTS, ref=fresh.id),)
    assert found.ahead == (DigestLine(object_id=known.id, title="Tea", text="You said yes.", at=STARTS, ref=known.id),)


def test_digest_with_what_was_over_the_budget_says_how_its_reader_stands_and_why_it_is_off(house: House) -> None:
    seat, off = put_event(house, text="Bring one.", room_seats=1), put_event(house, starts=STARTS + timedelta(hours=2))
    say(house, "bo", seat)
    for each in (seat, off):
        say(house, "ada", each)
    say(house, "bo", seat, Said.NO)
    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=off.id, reason="No room."))

    found = digest_section(house.desk, house.person("ada"), {seat.id: ["seat 1 9"], off.id: ["v2 9"]})

    assert [(line.title, line.text) for line in found.news] == [
        ("How to read a paper", "You said yes."),
        ("Called off: How to read a paper", "No room."),
    ]


def test_digest_does_not_tell_as_news_what_its_reader_has_said_no_to_but_for_their_own_part(house: House) -> None:
    later = STARTS + timedelta(days=20)
    near, far = put_event(house), put_event(house, starts=later, talk_slots=1, talk_minutes=5)
    sign_up(house.desk, house.person("ada"), far.id, "Cats", request_key="talk")
    for event in (near, far):
        say(house, "ada", event, Said.NO)

    plain = digest_section(house.desk, house.person("ada"), {near.id: [""], far.id: [""]})
    talk = digest_section(house.desk, house.person("ada"), {far.id: ["", "talk 9"]})

    assert plain.news == ()
    assert [(line.object_id, line.text) for line in plain.ahead] == [(near.id, "You said no.")]
    assert [line.text for line in talk.news] == ["Your lightning talk has a slot now. You said no."]


def test_digest_of_the_week_has_what_begins_within_seven_days_to_the_second(house: House) -> None:
    put_event(house, starts=STARTS + timedelta(days=7))
    found = []
    for seconds in (0, 1):
        house.clock.advance(STARTS + timedelta(seconds=seconds) - house.clock.now())
        found.append(len(digest_section(house.desk, house.person("ada"), {}).ahead))

    assert found == [0, 1]


def over_the_budget(house: House, *kinds: str) -> Waiting:
    """What waits in somebody's digest once these messages were more than their day's budget."""
    house.clock.advance(timedelta(seconds=1))
    return {row.object_id: [f"{row.rung} {int(row.due.timestamp())}"] for row in event_rows(house, *kinds)}


def says(house: House, who: str, waiting: Waiting) -> list[tuple[str, str, bool]]:
    found = digest_section(house.desk, house.person(who), waiting).news
    return [(line.title, line.text, line.can_open) for line in found]


def test_digest_says_what_has_become_of_the_readers_talk(house: House) -> None:
    event = put_event(house, text="Bring one.", talk_slots=1, talk_minutes=5)
    for who in ("bo", "ada"):
        sign_up(house.desk, house.person(who), event.id, who, request_key=who)
    withdraw_talk(house.desk, house.person("bo"), event.id, request_key="back")
    waiting = over_the_budget(house, EventMessage.SLOT)

    before = says(house, "ada", waiting)
    say(house, "ada", event)
    after = says(house, "ada", waiting)
    withdraw_talk(house.desk, house.person("ada"), event.id, request_key="back too")

    assert before == [(event.plan.title, "Your lightning talk has a slot now.", True)]
    assert after == [(event.plan.title, "Your lightning talk has a slot now. You said yes.", True)]
    assert says(house, "ada", waiting) == [(event.plan.title, "You said yes.", True)]


def test_digest_says_that_a_talk_was_taken_off_and_nothing_once_it_has_begun(house: House) -> None:
    event = put_event(house, talk_slots=1, talk_minutes=5)
    sign_up(house.desk, house.person("ada"), event.id, "Ada's", request_key="talk")
    remove_talk(house.desk, house.person("sam"), event.id, "ada", request_key="off")
    waiting = over_the_budget(house, EventMessage.SLOT)

    before = says(house, "ada", waiting)
    house.clock.advance(STARTS - house.clock.now())

    assert before == [(event.plan.title, "Your lightning talk is not on the list any more.", True)]
    assert says(house, "ada", waiting) == []


def test_digest_tells_hosts_and_who_is_replaced_though_it_is_not_for_them(house: House) -> None:
    event = put_event(house, host_id="cleo", audience=Audience(roles=(Role.SCHOLAR,)))
    hosts = over_the_budget(house, EventMessage.HOST)
    first = says(house, "cleo", hosts)
    with house.stores.program.write() as connection:
        connection.execute(ledger.update().where(ledger.c.kind == EventMessage.HOST).values(state="sent"))
    plan = replace(event.plan, host_id="ada")
    edit_event(house.desk, house.person("sam"), EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan))

    replaced = {event.id: [*hosts[event.id], "no_host v2 9"]}
    taken_over = {event.id: ["host v2 9"]}

    assert first == [(event.plan.title, "You are the host now.", True)]
    assert says(house, "cleo", hosts) == []  # that they host it is not so any more
    assert says(house, "cleo", replaced) == [(event.plan.title, "Somebody else hosts this now.", False)]
    assert says(house, "ada", taken_over) == [(event.plan.title, "You are the host now.", True)]


def test_digest_without_news_of_ones_own_asks_one_query_and_with_it_three(house: House) -> None:
    event = put_event(house, talk_slots=1, talk_minutes=5)
    sign_up(house.desk, house.person("ada"), event.id, "Ada's", request_key="talk")
    counts = []
    for rung in ("", "talk 9"):
        with queries_of(house.stores.program) as asked:
            digest_section(house.desk, house.person("ada"), {event.id: [rung]})
        counts.append(len(asked))

    assert counts[1] - counts[0] == 2
