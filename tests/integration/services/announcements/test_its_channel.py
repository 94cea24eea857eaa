"""What became of the message of record in its channel, and what its author hears of that. On each engine."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.announcements import InChannel, Plan, State
from domain.delivery import (
    ChannelClosed,
    Delivery,
    DeliveryError,
    MessageRefused,
    OutcomeUnknown,
    Outgoing,
    OutgoingMessage,
    RateLimited,
    RecipientGone,
    Suppressed,
    Tier,
)
from domain.ports import Message
from domain.times import epoch_seconds
from handlers.views.announcement_messages import staff_message
from services.announcements.correct import retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.details import details
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.announcements.news import reader_news, staff_news
from services.announcements.own import is_in_channel, stays_in_channel
from services.delivery.reconciling import UNKNOWN
from tests.builders.announcements import Desk, a_content, later
from tests.builders.leaving import membership_over, touch
from tests.builders.people import put_person
from tests.fakes.clock import NOON
from tests.fixtures.desks import label
from tests.looking.dispatching import Office

HOUR = timedelta(hours=1)
CHANNEL = "C1"
LOST = OutcomeUnknown("reset")


@pytest.fixture
def office(desk: Desk) -> Office:
    """Sends what the desk has written. What staff hear has its words, and the other messages have theirs."""
    office = Office.open(desk.house.stores, clock=desk.house.clock, has_support=False)

    def to_reader(row: Delivery) -> Outgoing | Suppressed:
        news = reader_news(desk.house.desk, row)
        return news if isinstance(news, Suppressed) else OutgoingMessage(Message(text=row.kind))

    def to_staff(row: Delivery) -> Outgoing | Suppressed:
        news = staff_news(desk.house.desk, row)
        if isinstance(news, Suppressed):
            return news
        return OutgoingMessage(staff_message(AnnouncementMessage(row.kind), news))

    for kind in (AnnouncementMessage.TOLD, AnnouncementMessage.RECORD, AnnouncementMessage.REWRITE):
        office.composers[kind] = to_reader
    office.composers[AnnouncementMessage.TROUBLE] = to_staff
    return office


def sent(desk: Desk, *, tier: Tier = Tier.IMPORTANT, lasts: timedelta | None = None) -> Announcement:
    """One with a message of record, which Slack has not been asked to show yet."""
    plan = Plan(expires_at=desk.house.clock.now() + lasts) if lasts else Plan()
    return desk.sent(a_content(tier=tier, channel=CHANNEL, plan=plan))


def heard(desk: Desk, office: Office) -> list[str]:
    """Of which troubles Sam heard in messages that went."""
    follow_up(desk.house.desk)
    office.run(seconds=5)
    follow_up(desk.house.desk)
    office.run(seconds=5)
    asked = select(ledger.c.rung).where(ledger.c.kind == AnnouncementMessage.TROUBLE, ledger.c.state == "sent")
    with desk.house.desk.program.read() as connection:
        return sorted(connection.execute(asked).scalars())


def said(office: Office) -> str:
    """What Sam was written, in one."""
    return " ".join(each.text for each in office.messenger.accepted if each.channel != CHANNEL)


def in_details(desk: Desk, found: Announcement) -> InChannel | None:
    """What staff see of its channel."""
    return details(desk.house.desk, desk.sam, found.id).in_channel


def test_one_that_stands_in_its_channel_is_no_trouble(desk: Desk, office: Office) -> None:
    found = sent(desk)
    office.run(seconds=2)

    assert (heard(desk, office), in_details(desk, found)) == ([], None)


@pytest.mark.parametrize(
    ("refusal", "trouble"),
    [
        (ChannelClosed("not_in_channel"), InChannel.CLOSED),
        (RecipientGone("channel_not_found"), InChannel.CLOSED),
        (MessageRefused("msg_too_long"), InChannel.REFUSED),
    ],
)
def test_channel_that_takes_it_not_is_told_once_with_the_reason(
    desk: Desk, office: Office, refusal: DeliveryError, trouble: InChannel
) -> None:
    found = sent(desk)
    office.messenger.fail(refusal)
    office.run(seconds=2)

    assert (heard(desk, office), in_details(desk, found)) == ([trouble], trouble)
    assert stays_in_channel(desk.house.desk, found) is None


def test_closed_channel_is_not_told_once_more_when_it_is_over(desk: Desk, office: Office) -> None:
    sent(desk, lasts=9 * HOUR)
    office.messenger.fail(ChannelClosed("is_archived"))
    office.run(seconds=5)
    before = heard(desk, office)

    later(desk, 10 * HOUR)

    assert (before, heard(desk, office)) == (["channel"], ["channel"])


def test_closed_channel_is_no_trouble_once_more_where_only_who_has_left_has_not_had_it(
    desk: Desk, office: Office
) -> None:
    sent(desk, lasts=9 * HOUR)
    office.messenger.fail(ChannelClosed("is_archived"))
    office.run(seconds=5)
    of_bo = (ledger.c.kind == AnnouncementMessage.TOLD) & (ledger.c.person_id == "bo")
    with desk.house.desk.program.write() as connection:
        connection.execute(update(ledger).where(of_bo).values(state="dead", last_error="msg_too_long"))
    membership_over(desk.house.stores.program, "bo")
    before = heard(desk, office)

    later(desk, 10 * HOUR)

    assert (before, heard(desk, office)) == (["channel"], ["channel"])


def test_what_was_over_before_it_could_go_says_so_of_its_channel_and_blames_nobody(desk: Desk, office: Office) -> None:
    found = sent(desk, lasts=HOUR)
    later(desk, 2 * HOUR)
    office.run(seconds=2)

    assert (heard(desk, office), in_details(desk, found)) == (["partly"], InChannel.LATE)
    assert ("2 of 2 have not" in said(office), "does not stand there" in said(office)) == (True, True)
    assert ("all the same" in said(office), "I am not in it" in said(office)) == (False, False)


def test_lost_answer_is_told_as_not_known_and_shown(desk: Desk, office: Office) -> None:
    found = sent(desk, tier=Tier.NOTICE)
    office.messenger.fail(LOST, is_done=True)
    office.run(seconds=60)

    assert (heard(desk, office), in_details(desk, found)) == (["unsure"], InChannel.UNSURE)
    assert ("I do not know whether it stands" in said(office), "could not be posted" in said(office)) == (True, False)


def test_retraction_says_that_something_may_stand_in_the_channel_that_it_did_not_change(
    desk: Desk, office: Office
) -> None:
    found = sent(desk, tier=Tier.NOTICE)
    office.messenger.fail(LOST, is_done=True)
    office.run(seconds=60)
    retract(desk.house.desk, desk.sue, found.id)

    now = desk.now(found)

    assert (is_in_channel(desk.house.desk, now), stays_in_channel(desk.house.desk, now)) == (True, InChannel.UNSURE)
    assert (heard(desk, office), in_details(desk, found)) == (["unsure"], InChannel.UNSURE)


@pytest.mark.parametrize("is_closed", [True, False])
def test_retraction_just_after_the_trouble_leaves_its_author_only_what_may_stand_there(
    desk: Desk, office: Office, *, is_closed: bool
) -> None:
    found = sent(desk, tier=Tier.NOTICE)
    office.messenger.fail(ChannelClosed("is_archived") if is_closed else LOST, is_done=not is_closed)
    office.run(seconds=60)
    follow_up(desk.house.desk)
    retract(desk.house.desk, desk.sue, found.id)

    assert heard(desk, office) == ([] if is_closed else ["unsure"])


def test_one_that_was_taken_back_while_it_was_to_go_again_may_stand_there(desk: Desk, office: Office) -> None:
    found = sent(desk)
    office.messenger.fail(LOST, is_done=True)
    office.run(seconds=30)  # it is known now that nobody will know, and the next try is ahead
    before = (desk.rows(AnnouncementMessage.RECORD), in_details(desk, found))
    retract(desk.house.desk, desk.sam, found.id)

    assert (len(before[0]), before[1]) == (1, None)
    assert (heard(desk, office), len([each for each in office.messenger.accepted if each.channel == CHANNEL])) == (
        ["unsure"],
        1,
    )
    assert desk.now(found).state is State.RETRACTED


@pytest.mark.parametrize("trouble", [LOST, RateLimited(7200)])
def test_one_that_was_over_while_it_was_to_go_again_may_stand_there(
    desk: Desk, office: Office, trouble: DeliveryError
) -> None:
    found = sent(desk, lasts=3 * HOUR)
    office.messenger.fail(trouble, is_done=True)
    office.run(seconds=30)
    later(desk, 4 * HOUR)
    office.run(seconds=30)

    told = heard(desk, office)

    assert ("unsure" in told, in_details(desk, found)) == (True, InChannel.UNSURE)
    assert ("does not stand there" in said(office), "all the same" in said(office)) == (False, False)


def test_nobody_waits_for_a_channel_of_which_nobody_knows(desk: Desk) -> None:
    sent(desk)
    before = {each[2] for each in desk.rows(AnnouncementMessage.TOLD)}
    with desk.house.desk.program.write() as connection:
        given_up = {"state": "dead", "last_error": UNKNOWN, "intent_at": 1, "lost_answers": 10}
        connection.execute(update(ledger).where(ledger.c.kind == AnnouncementMessage.RECORD).values(given_up))

    follow_up(desk.house.desk)

    assert (before, {each[2] for each in desk.rows(AnnouncementMessage.TOLD)}) == (
        {label(epoch_seconds(NOON + 2 * HOUR))},
        {label(epoch_seconds(NOON))},
    )


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_one_that_went_again_after_a_lost_answer_may_stand_twice_which_is_told_once_and_shown(
    desk: Desk, office: Office, *, is_taken_back: bool
) -> None:
    found = sent(desk)
    office.messenger.fail(LOST, is_done=True)
    office.run(seconds=90)
    if is_taken_back:
        retract(desk.house.desk, desk.sue, found.id)
    told = [heard(desk, office), heard(desk, office)]

    assert (told, in_details(desk, found)) == ([["twice"]] * 2, InChannel.TWICE)
    assert said(office).count("It may stand in <#C1> more than once") == 1
    assert stays_in_channel(desk.house.desk, desk.now(found)) is InChannel.TWICE


def test_retraction_changes_only_the_newest_of_two_and_leaves_its_words_to_be_told(desk: Desk, office: Office) -> None:
    found = sent(desk)
    office.messenger.fail(LOST, is_done=True)
    office.run(seconds=90)
    retract(desk.house.desk, desk.sam, found.id)
    heard(desk, office)

    in_channel = [each.text for each in office.messenger.accepted if each.channel == CHANNEL]

    assert in_channel == [AnnouncementMessage.RECORD, AnnouncementMessage.REWRITE]
    assert is_in_channel(desk.house.desk, desk.now(found))


def test_one_that_may_stand_twice_can_be_pressed_there_and_no_message_comes_earlier(desk: Desk, office: Office) -> None:
    sent(desk)
    before = desk.rows(AnnouncementMessage.TOLD)
    office.messenger.fail(LOST, is_done=True)
    office.run(seconds=90)
    put_person(desk.house.stores.program, "eve")
    touch(desk.house.stores.program)
    heard(desk, office)
    welcome_newcomers(desk.house.desk)

    first = [each for each in desk.rows(AnnouncementMessage.TOLD) if each[0] != "eve"]
    (eve,) = [each for each in desk.rows(AnnouncementMessage.TOLD) if each[0] == "eve"]

    assert first == before
    assert eve[2] > label(epoch_seconds(NOON + HOUR))


def test_one_that_went_again_and_was_refused_then_may_stand_there_from_the_first_try(
    desk: Desk, office: Office
) -> None:
    found = sent(desk)
    office.messenger.fail(LOST, is_done=True)
    office.run(seconds=30)
    office.messenger.closed[CHANNEL] = "is_archived"
    office.run(seconds=60)

    assert (heard(desk, office), in_details(desk, found)) == (["unsure"], InChannel.UNSURE)


def test_lost_answer_is_not_forgotten_when_the_message_is_freed(desk: Desk, office: Office) -> None:
    found = sent(desk, tier=Tier.NOTICE)
    office.messenger.fail(LOST, is_done=True)
    office.run(seconds=60)
    before = heard(desk, office)
    office.program.requeue_held()
    office.run(seconds=5)

    assert (before, heard(desk, office)) == (["unsure"], ["twice", "unsure"])
    assert in_details(desk, found) is InChannel.TWICE
