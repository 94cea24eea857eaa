"""Announcements to more readers than one portion: written in steps that nobody waits for, and whole after a kill."""

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import update

from domain.announcements import Plan, State, Timing
from domain.delivery import DeliveryState, Tier
from domain.times import epoch_seconds
from services.announcements.correct import Correct, correct, nudge, retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.follow_up import follow_up
from services.announcements.publish import publish_due
from services.announcements.send import send
from services.portions import PORTION
from storage.program import attention_queries
from tests.acting.portions import killed_in_the_second_portion
from tests.builders.announcements import TEXT, Desk, a_content, request_key, told
from tests.builders.people import put_scholars
from tests.fixtures.desks import label, replica

PEOPLE = 1_200
"""More than two portions, so that a kill leaves some of them untold."""
ALL = PEOPLE + 2
OTHER = replace(TEXT, body="The room has changed.")


@pytest.fixture
def large(desk: Desk) -> Desk:
    """A program with three portions of scholars."""
    put_scholars(desk.house.stores.program, PEOPLE)
    return desk


def readers(desk: Desk, kind: str, *states: DeliveryState) -> Counter[str]:
    """How many rows of a kind each reader has."""
    return Counter(who for who, *_ in desk.rows(kind, *states))


def is_once_each(found: Counter[str]) -> bool:
    return (len(found), set(found.values())) == (ALL, {1})


def test_sender_killed_between_two_portions_leaves_the_rest_to_the_next_one(large: Desk) -> None:
    house, draft = large.house, large.draft()
    send(house.desk, large.sam, draft.id, version=draft.version)
    killed_in_the_second_portion(house, "announcements")
    before = readers(large, AnnouncementMessage.TOLD)

    follow_up(house.desk)
    follow_up(replica(house).desk)

    assert (large.now(draft).state, large.now(draft).readers, len(before)) == (State.SENT, ALL, PORTION)
    assert is_once_each(readers(large, AnnouncementMessage.TOLD))


@pytest.mark.parametrize(
    ("plan", "tier", "kind"),
    [
        (Plan(), Tier.NOTICE, attention_queries.DIGEST),
        (Plan(timing=Timing.MORNING), Tier.IMPORTANT, AnnouncementMessage.TOLD),
    ],
)
def test_everybody_is_told_once_in_whatever_way(large: Desk, plan: Plan, tier: Tier, kind: str) -> None:
    large.sent(a_content(plan=plan, tier=tier))

    follow_up(large.house.desk)

    assert is_once_each(readers(large, kind))


def test_retraction_answers_after_one_portion_and_the_ticks_go_on(large: Desk) -> None:
    found = large.sent()
    has_gone = (ledger.c.kind == AnnouncementMessage.TOLD) & (ledger.c.person_id < "p0600")
    with large.house.desk.program.write() as connection:
        connection.execute(update(ledger).where(has_gone).values(state="sent", told_at=1, intent_at=1))

    had = retract(large.house.desk, large.sam, found.id)
    stopped = readers(large, AnnouncementMessage.TOLD, DeliveryState.CANCELED)
    for _ in range(2):
        follow_up(large.house.desk)

    assert (had, large.now(found).state, len(stopped)) == (602, State.RETRACTED, PORTION)
    assert readers(large, AnnouncementMessage.TOLD) == Counter()
    assert (len(rewritten := readers(large, AnnouncementMessage.REWRITE)), set(rewritten.values())) == (602, {1})
    assert retract(large.house.desk, large.sue, found.id) == 602


def test_one_that_is_taken_back_while_readers_are_told_is_told_to_nobody_more(large: Desk) -> None:
    draft = large.draft()
    send(large.house.desk, large.sam, draft.id, version=draft.version)
    publish_due(large.house.desk)

    retract(large.house.desk, large.sam, draft.id)
    for _ in range(2):
        follow_up(large.house.desk)

    assert readers(large, AnnouncementMessage.TOLD, *DeliveryState).total() == PORTION
    assert readers(large, AnnouncementMessage.TOLD) == Counter()


def test_new_text_and_nudge_reach_everybody_once(large: Desk) -> None:
    found = large.sent()
    told(large)

    command = Correct(request_key=request_key(), id=found.id, version=large.now(found).version, text=OTHER)
    correct(large.house.desk, large.sam, command)
    number = nudge(large.house.desk, large.sam, found.id)
    for _ in range(2):
        follow_up(large.house.desk)

    assert number == ALL
    assert is_once_each(readers(large, AnnouncementMessage.REWRITE))
    assert is_once_each(readers(large, AnnouncementMessage.TOLD))


def test_everybody_is_brought_forward_where_the_channel_does_not_take_it(large: Desk) -> None:
    large.sent(a_content(channel="C1"))
    follow_up(large.house.desk)
    with large.house.desk.program.write() as connection:
        is_record = ledger.c.kind == AnnouncementMessage.RECORD
        connection.execute(update(ledger).where(is_record).values(state="dead"))

    follow_up(large.house.desk)
    follow_up(large.house.desk)

    assert is_once_each(readers(large, AnnouncementMessage.TOLD))
    assert {at for *_, at in large.rows(AnnouncementMessage.TOLD)} == {label(epoch_seconds(large.house.clock.now()))}
