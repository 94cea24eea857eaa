"""What staff read of the message of record in its channel, where it is not as it was meant."""

from dataclasses import replace

import pytest

from domain.announcements import InChannel
from domain.delivery import Tier
from handlers import texts
from handlers.views.announcement_form import correction_form
from handlers.views.announcement_messages import staff_message
from handlers.views.announcements import announcement_modal
from handlers.views.blocks import section
from services.announcements.deliveries import AnnouncementMessage, Trouble
from services.announcements.facts import Announcement
from services.announcements.news import StaffNews
from tests.builders.announcements import TEXT, a_content, a_look, an_announcement
from tests.builders.people import a_person

LONDON = "Europe/London"
WORDS = texts.announcements


def staff_news(found: Announcement) -> StaffNews:
    return StaffNews(announcement=found, person=a_person("sam"), readers=60, open_=3, trouble="")


@pytest.mark.parametrize("tier", [Tier.IMPORTANT, Tier.NOTICE])
def test_closed_channel_promises_no_message_to_who_has_it_in_a_digest(tier: Tier) -> None:
    one = an_announcement(a_content(tier=tier))
    news = StaffNews(announcement=one, person=a_person("sam"), readers=60, open_=5, trouble=Trouble.CHANNEL)

    message = staff_message(AnnouncementMessage.TROUBLE, news)
    over = staff_message(AnnouncementMessage.TROUBLE, replace(news, is_over=True))

    assert message.text == f"{over.text} Everybody it is for gets it all the same, in a message or a digest."


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Trouble.CHANNEL, "It could not be posted in <#C1>: I am not in it, may not write there, or it is archived."),
        (Trouble.REFUSED, "It could not be posted in <#C1>: Slack did not take it."),
        (Trouble.UNSURE, "I do not know whether it stands in <#C1>: Slack's answer was lost"),
        (Trouble.TWICE, "It may stand in <#C1> more than once: Slack's answer was lost, so I posted it again."),
    ],
)
def test_author_hears_why_it_does_not_stand_in_its_channel_or_that_nobody_knows(trouble: Trouble, words: str) -> None:
    one = an_announcement(a_content(channel="C1"))
    news = replace(staff_news(one), trouble=trouble)

    assert words in staff_message(AnnouncementMessage.TROUBLE, news).text


@pytest.mark.parametrize(
    ("unserved", "said"),
    [
        (0, "It was over before it could be posted in <#C1>, so it does not stand there. " + WORDS.HAD_BY_ALL),
        (
            3,
            (
                "It was over before everybody had it: 3 of 60 have not. Who that is opens on a press. It was over "
                "before it could be posted in <#C1>, so it does not stand there."
            ),
        ),
    ],
)
def test_one_that_was_over_too_soon_says_that_its_channel_has_it_not_either(unserved: int, said: str) -> None:
    one = an_announcement(a_content(channel="C1"))
    news = replace(staff_news(one), trouble=Trouble.PARTLY, unserved=unserved, in_channel=InChannel.LATE)

    assert staff_message(AnnouncementMessage.TROUBLE, news).text == f"Plans are due: {said}"


@pytest.mark.parametrize("trouble", list(InChannel))
def test_details_say_what_is_wrong_in_its_channel(trouble: InChannel) -> None:
    look = replace(a_look(channel="C1"), in_channel=trouble)

    shown = [block.get("text", {}).get("text", "") for block in announcement_modal(look, zone=LONDON)["blocks"]]

    assert WORDS.IN_CHANNEL[trouble].format(channel="<#C1>") in shown


def test_form_for_another_text_says_what_that_will_not_change() -> None:
    with_one, without = (
        correction_form(TEXT, is_critical=False, state="a1.3", warning=each) for each in ("It may stand there.", "")
    )

    assert section("It may stand there.") in with_one["blocks"]
    assert len(without["blocks"]) == len(with_one["blocks"]) - 1
