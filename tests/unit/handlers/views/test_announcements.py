"""Announcements in words: what staff read of theirs before and after sending, and what readers see."""

from dataclasses import replace

import pytest

from domain.announcements import WHY_MAX, State
from domain.delivery import Tier
from handlers import texts
from handlers.ids import Action
from handlers.texts.announcements import AnswerWords
from handlers.views.announcement_messages import reader_message, staff_message
from handlers.views.announcement_preview import preview_modal
from handlers.views.announcements import announcement_modal
from handlers.views.blocks import quoted, section
from handlers.views.told import home_told, home_waiting
from services.announcements.deliveries import AnnouncementMessage, Trouble
from services.announcements.facts import Announcement
from services.announcements.news import ReaderNews, StaffNews
from services.announcements.own import OwnAnnouncements, Told
from services.announcements.preview import Preview
from tests.builders.announcements import TEXT, a_content, a_look, an_announcement
from tests.builders.people import a_person
from tests.fakes.clock import NOON

LONDON = "Europe/London"


WORDS = texts.announcements


def test_preview_shows_a_whole_refusal_however_much_of_it_slack_reads_as_markup() -> None:
    refused = an_announcement(state=State.DRAFT, refusal="&" * WHY_MAX)
    seen = Preview(announcement=refused, readers=(), unreachable=(), interrupted=0, later=0, has_approver=True)

    blocks = preview_modal(seen, zone=LONDON)["blocks"]

    assert blocks[1:3] == [section(WORDS.REFUSED_BECAUSE), quoted("&" * WHY_MAX)]
    assert quoted("&" * WHY_MAX)["text"]["text"] == "&" * WHY_MAX


def staff_news(found: Announcement) -> StaffNews:
    return StaffNews(announcement=found, person=a_person("sam"), readers=60, open_=3, trouble="")


def test_message_to_staff_begins_with_the_title_and_names_nobody() -> None:
    message = staff_message(AnnouncementMessage.LIST, staff_news(an_announcement()))

    said = "57 of 60 have acknowledged it; 3 have not yet. Who that is opens on a press."
    assert message.text == f"Plans are due: {said}"
    assert message.blocks[0]["text"]["text"] == f"*Plans are due*\n{said}"
    one = staff_message(AnnouncementMessage.LIST, replace(staff_news(an_announcement()), readers=4))
    assert "1 of 4 has acknowledged it; 3 have not yet." in one.text


@pytest.mark.parametrize(
    ("kind", "trouble", "unserved"),
    [
        (AnnouncementMessage.LIST, "", 0),
        (AnnouncementMessage.TROUBLE, Trouble.PARTLY, 1),
        (AnnouncementMessage.TROUBLE, Trouble.PARTLY, 2),
    ],
)
def test_message_about_another_ones_private_list_promises_no_names(
    kind: AnnouncementMessage, trouble: str, unserved: int
) -> None:
    news = replace(staff_news(an_announcement()), trouble=trouble, unserved=unserved)

    said = [staff_message(kind, replace(news, is_private=private)).text for private in (False, True)]

    assert said[0] == said[1] + WORDS.WHO_OPENS


@pytest.mark.parametrize(
    ("corrects", "words", "buttons"),
    [
        ("", WORDS.OF_A_CRITICAL_ONE, [Action.OPEN_ANNOUNCEMENT, Action.SEND_AS_IMPORTANT]),
        ("a0", WORDS.OF_A_TEXT, [Action.OPEN_ANNOUNCEMENT]),
    ],
    ids=["new", "another text"],
)
def test_author_of_what_nobody_has_said_yes_to_can_send_it_as_important_unless_it_is_another_text(
    corrects: str, words: AnswerWords, buttons: list[Action]
) -> None:
    message = staff_message(AnnouncementMessage.UNANSWERED, staff_news(an_announcement(corrects=corrects)))

    assert message.text == f"Plans are due: {words.unanswered}"
    assert [each["action_id"] for each in message.blocks[1]["elements"]] == buttons


def test_title_of_what_was_taken_back_ends_with_a_whole_word() -> None:
    title = ("word " * 30).strip()
    found = an_announcement(a_content(text=replace(TEXT, title=title)), state=State.RETRACTED)

    message = reader_message(ReaderNews(announcement=found, zone=LONDON, acknowledged_at=None, is_again=False))

    shown = message.blocks[0]["text"]["text"]
    assert shown == f"Taken back: {('word ' * 27).strip()} …"
    assert message.text == shown


@pytest.mark.parametrize("is_over", [False, True])
def test_nobody_can_be_nudged_for_what_is_over(*, is_over: bool) -> None:
    view = announcement_modal(replace(a_look(), is_over=is_over), zone=LONDON)

    assert (Action.NUDGE_READERS in str(view)) is not is_over


def test_home_has_what_waits_for_a_press_apart_from_what_has_been_read() -> None:
    waits = Told(announcement=an_announcement(id="a1"), acknowledged_at=None)
    read = Told(announcement=an_announcement(id="a2"), acknowledged_at=NOON)

    both = OwnAnnouncements(told=(read, waits), waiting=1)

    first, rest = home_waiting(both, zone=LONDON), home_told(both, zone=LONDON)

    assert ("a1" in str(first), "a2" in str(first), "a1" in str(rest), "a2" in str(rest)) == (True, False, False, True)
    assert "more" not in str(first)
    assert home_waiting(OwnAnnouncements(told=(read,), waiting=0), zone=LONDON) == []
    assert home_told(OwnAnnouncements(told=(), waiting=0), zone=LONDON) == []
    assert Action.OPEN_TOLD in str(home_told(OwnAnnouncements(told=(waits,), waiting=1), zone=LONDON))


def test_home_says_how_many_more_wait_than_it_shows() -> None:
    waits = Told(announcement=an_announcement(id="a1"), acknowledged_at=None)

    blocks = home_waiting(OwnAnnouncements(told=(waits,) * 30, waiting=45, has_more=True), zone=LONDON)

    assert len([block for block in blocks if block["type"] == "section"]) == 6
    assert WORDS.HOME_WAITING_MORE.format(number=39) in str(blocks[-1])


def test_no_critical_one_is_among_those_that_home_only_counts() -> None:
    critical = Told(announcement=an_announcement(a_content(tier=Tier.CRITICAL)), acknowledged_at=None)
    waits = Told(announcement=an_announcement(), acknowledged_at=None)

    blocks = home_waiting(OwnAnnouncements(told=(critical,) * 8 + (waits,), waiting=9), zone=LONDON)

    assert len([block for block in blocks if block["type"] == "section"]) == 8
    assert WORDS.HOME_WAITING_MORE.format(number=1) in str(blocks[-1])


@pytest.mark.parametrize(
    ("unserved", "said"),
    [
        (0, f"{WORDS.PARTLY_NONE} {WORDS.HAD_BY_ALL}"),
        (1, "It was over before everybody had it: 1 of 60 has not. Who that is opens on a press."),
        (3, "It was over before everybody had it: 3 of 60 have not. Who that is opens on a press."),
    ],
)
def test_one_that_was_over_too_soon_says_for_how_many(unserved: int, said: str) -> None:
    one = an_announcement()
    news = StaffNews(
        announcement=one, person=a_person("sam"), readers=60, open_=5, trouble=Trouble.PARTLY, unserved=unserved
    )

    message = staff_message(AnnouncementMessage.TROUBLE, news)

    assert (said in message.text, said in str(message.blocks)) == (True, True)


def test_author_reads_who_has_changed_what_waited() -> None:
    news = replace(staff_news(an_announcement()), trouble="edited", by="Sue")

    message = staff_message(AnnouncementMessage.ANSWERED, news)

    assert WORDS.EDITED.format(name="Sue") in message.text
