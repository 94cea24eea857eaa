"""Taking an announcement back: who had it, wherever, is counted and finds out; nobody else hears of it at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.announcements import Plan, Rung, State
from domain.attention import DIGEST
from domain.delivery import DeliveryState, Tier
from domain.times import epoch_seconds
from services.announcements.correct import retract
from services.announcements.deliveries import AnnouncementMessage, ledger, put, told
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up
from services.announcements.own import told_to
from services.announcements.send import send
from tests.builders.announcements import TEXT, Desk, a_content, digest_of, press
from tests.looking.attention import items, let_wait

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTICE = a_content(tier=Tier.NOTICE)


def let_have(desk: Desk, *people: str) -> None:
    """The messages of these have gone."""
    is_theirs = ledger.c.person_id.in_(people) & (ledger.c.kind == AnnouncementMessage.TOLD)
    with desk.house.desk.program.write() as connection:
        connection.execute(update(ledger).where(is_theirs).values(state="sent", told_at=1, intent_at=1))


def test_retraction_stops_what_has_not_gone_changes_what_has_and_says_how_many_had_it(desk: Desk) -> None:
    found = desk.sent()
    with desk.house.desk.program.write() as connection:
        of_ada = (ledger.c.person_id == "ada") & (ledger.c.kind == AnnouncementMessage.TOLD)
        connection.execute(update(ledger).where(of_ada).values(state="sent", told_at=1, intent_at=1))

    had = retract(desk.house.desk, desk.sue, found.id)

    assert (had, desk.now(found).state) == (1, State.RETRACTED)
    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD, DeliveryState.CANCELED)] == ["bo"]
    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == ["ada"]
    assert told_to(desk.house.desk, desk.house.person("ada")).told == ()
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


@pytest.mark.parametrize(
    ("messages", "digests", "presses", "had"),
    [
        pytest.param([], [], [], 0, id="nobody"),
        pytest.param([], ["ada"], [], 1, id="in a digest"),
        pytest.param(["bo"], ["ada"], [], 2, id="in a digest or a message"),
        pytest.param(["ada"], ["ada"], ["ada"], 1, id="one person in every way"),
        pytest.param([], [], ["bo"], 1, id="read elsewhere, as a press says"),
    ],
)
def test_retraction_counts_whoever_had_it_wherever_once(
    desk: Desk, messages: Sequence[str], digests: Sequence[str], presses: Sequence[str], had: int
) -> None:
    found = desk.sent(NOTICE)
    for person_id in digests:
        digest_of(desk, person_id)
    for person_id in messages:
        written_to(desk, found, person_id)
    for person_id in presses:
        press(desk, person_id, found)

    assert retract(desk.house.desk, desk.sam, found.id) == had


def written_to(desk: Desk, found: Announcement, person_id: str) -> None:
    """Somebody has had a message of it, as whose digest comes too late has."""
    now = desk.house.clock.now()
    with desk.house.desk.program.write() as connection:
        put(desk.house.desk, connection, [told(found, person_id, rung=Rung.FIRST, send_at=now, base=now)])
    let_have(desk, person_id)


def test_whoever_had_it_in_a_digest_reads_in_the_next_one_that_it_was_taken_back_and_nobody_else_does(
    desk: Desk,
) -> None:
    found = desk.sent(NOTICE)
    before = digest_of(desk, "ada")

    retract(desk.house.desk, desk.sue, found.id)

    assert before == [("Plans are due", "Please hand in your research plan by Friday.", False)]
    assert [digest_of(desk, "ada"), digest_of(desk, "bo")] == [[("Plans are due", "", True)], []]
    assert digest_of(desk, "ada") == []


def test_whoever_acknowledged_it_from_a_digest_reads_that_it_was_taken_back_too(desk: Desk) -> None:
    found = desk.sent(NOTICE)
    digest_of(desk, "ada")
    press(desk, "ada", found)

    retract(desk.house.desk, desk.sue, found.id)

    assert digest_of(desk, "ada") == [("Plans are due", "", True)]


def test_whoever_has_a_message_that_says_so_does_not_read_it_in_a_digest_again(desk: Desk) -> None:
    found = desk.sent(NOTICE)
    digest_of(desk, "ada")
    written_to(desk, found, "ada")

    retract(desk.house.desk, desk.sue, found.id)

    assert digest_of(desk, "ada") == []
    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == ["ada"]


def test_what_was_over_before_it_was_taken_back_is_no_news(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.NOTICE, plan=Plan(expires_at=desk.house.clock.now() + 2 * DAY)))
    digest_of(desk, "ada")
    desk.house.clock.advance(2 * DAY)

    assert retract(desk.house.desk, desk.sue, found.id) == 1
    assert [each for each in items(desk.house) if each[2]] == []


def test_digest_tells_the_most_urgent_first_and_nothing_that_is_over(desk: Desk) -> None:
    for tier, title, holds in (
        (Tier.NOTICE, "A notice", 9 * DAY),
        (Tier.NOTICE, "Over", 2 * DAY),
        (Tier.IMPORTANT, "Put off", 9 * DAY),
    ):
        plan = Plan(expires_at=desk.house.clock.now() + holds)
        found = desk.sent(a_content(tier=tier, text=replace(TEXT, title=title), plan=plan))
        let_wait(desk.house, "ada", object_id=found.id)
        desk.house.clock.advance(HOUR)
    late = desk.house.clock.now() + 3 * DAY
    with desk.house.desk.program.write() as connection:
        connection.execute(update(ledger).where(ledger.c.kind == DIGEST).values(send_at=epoch_seconds(late)))
    desk.house.clock.advance(3 * DAY)

    assert [title for title, _, _ in digest_of(desk, "ada")] == ["Put off", "A notice"]
