"""A new text reaches whoever had the old one in a digest alone: in their next digest, once, and nobody else."""

from dataclasses import replace
from datetime import timedelta

from domain.announcements import Plan, Rung
from domain.delivery import Tier
from services.announcements.correct import Correct, correct, retract
from services.announcements.deliveries import AnnouncementMessage, put, told
from services.announcements.digest import section
from services.announcements.facts import Announcement
from tests.builders import announcements
from tests.builders.announcements import TEXT, Desk, a_content, digest_of, later, press
from tests.looking.attention import items

DAY = timedelta(days=1)
NOTICE = a_content(tier=Tier.NOTICE)
OLD = ("Plans are due", TEXT.body, False)


def say(desk: Desk, found: Announcement, body: str) -> None:
    """Sue gives it another text."""
    text, version = replace(TEXT, body=body), desk.now(found).version
    correct(desk.house.desk, desk.sue, Correct(request_key=body, id=found.id, version=version, text=text))


def changed(body: str) -> tuple[str, str, bool]:
    """How a digest has it."""
    return ("Changed: Plans are due", body, False)


def test_whoever_had_it_in_a_digest_reads_the_new_text_in_the_next_one(desk: Desk) -> None:
    found = desk.sent(NOTICE)
    before = digest_of(desk, "ada")

    say(desk, found, "The room has changed.")

    assert before == [OLD]
    assert digest_of(desk, "ada") == [changed("The room has changed.")]
    assert digest_of(desk, "ada") == []


def test_whoever_has_not_had_it_reads_the_new_text_as_news(desk: Desk) -> None:
    found = desk.sent(NOTICE)

    say(desk, found, "The room has changed.")

    assert digest_of(desk, "bo") == [("Plans are due", "The room has changed.", False)]


def test_what_waits_for_another_reason_besides_is_no_mere_change_of_what_its_reader_had(desk: Desk) -> None:
    found = desk.sent(NOTICE)
    rungs = [["text 2"], ["first 1", "text 2"], [""]]

    read = [section(desk.house.desk, desk.house.person("ada"), {found.id: each}).news for each in rungs]

    assert [line.has_changed for (line,) in read] == [True, False, False]


def test_whoever_acknowledged_the_old_text_reads_the_new_one_too(desk: Desk) -> None:
    found = desk.sent(NOTICE)
    digest_of(desk, "ada")
    press(desk, "ada", found)

    say(desk, found, "The room has changed.")

    assert digest_of(desk, "ada") == [changed("The room has changed.")]


def test_of_several_new_texts_the_latest_is_told_and_each_that_comes_later_again(desk: Desk) -> None:
    found = desk.sent(NOTICE)
    digest_of(desk, "ada")
    say(desk, found, "One.")
    say(desk, found, "Two.")
    first = digest_of(desk, "ada")

    say(desk, found, "Three.")

    assert (first, digest_of(desk, "ada")) == ([changed("Two.")], [changed("Three.")])


def test_whoever_has_a_message_that_changes_does_not_read_it_in_a_digest_again(desk: Desk) -> None:
    found, now = desk.sent(NOTICE), desk.house.clock.now()
    digest_of(desk, "ada")
    with desk.house.desk.program.write() as connection:
        put(desk.house.desk, connection, [told(found, "ada", rung=Rung.FIRST, send_at=now, base=now)])
    announcements.told(desk)

    say(desk, found, "The room has changed.")

    assert digest_of(desk, "ada") == []


def test_what_was_taken_back_after_it_changed_says_only_that(desk: Desk) -> None:
    found = desk.sent(NOTICE)
    digest_of(desk, "ada")
    say(desk, found, "The room has changed.")

    retract(desk.house.desk, desk.sue, found.id)

    assert digest_of(desk, "ada") == [("Plans are due", "", True)]


def test_new_text_of_what_is_over_is_no_news(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.NOTICE, plan=Plan(expires_at=desk.house.clock.now() + 2 * DAY)))
    digest_of(desk, "ada")
    desk.house.clock.advance(2 * DAY)

    say(desk, found, "The room has changed.")

    assert [each for each in items(desk.house) if each[2]] == []


def test_what_all_had_in_a_digest_expires_without_a_word_though_a_new_text_waits_for_the_next(desk: Desk) -> None:
    ends = desk.house.clock.now() + 3 * DAY
    found = desk.sent(a_content(tier=Tier.NOTICE, plan=Plan(expires_at=ends)))
    assert [digest_of(desk, who) for who in ("ada", "bo")] == [[OLD], [OLD]]
    say(desk, found, "The room has changed.")
    waiting = [person for person, _, _, is_told in items(desk.house) if not is_told]

    later(desk, 4 * DAY)

    assert sorted(waiting) == ["ada", "bo"]
    assert desk.rows(AnnouncementMessage.TROUBLE) == []
