"""What staff read before they send an announcement: whom it reaches and when, and what is in the way."""

from dataclasses import replace
from typing import Any

import pytest

from domain.announcements import Plan, State, Timing
from domain.audience import Audience
from domain.delivery import Tier
from handlers import texts
from handlers.ids import Action
from handlers.views.announcement_messages import reader_message
from handlers.views.announcement_preview import asked_about, preview_modal
from handlers.views.announcements import announcement_modal
from services.announcements.news import ReaderNews
from services.announcements.preview import Preview
from services.audiences.resolve import Reader
from services.channels import ChannelFacts
from tests.builders.announcements import SCHOLARS, a_content, a_look, an_announcement

LONDON = "Europe/London"


WORDS = texts.announcements


def readers(number: int) -> tuple[Reader, ...]:
    return tuple(
        Reader(person_id=f"p{each}", name=f"P{each}", slack_user_id=f"U{each}", zone=LONDON, site="")
        for each in range(number)
    )


def reach_words(
    tier: Tier, number: int, *, interrupted: int = 0, later: int = 0, is_counted: bool = True, **changes: Any
) -> list[str]:
    """What the preview says about whom it reaches, line by line, up to when it does."""
    draft = an_announcement(a_content(tier=tier, **changes), state=State.DRAFT)
    seen = Preview(
        announcement=draft,
        readers=readers(number),
        unreachable=(),
        interrupted=interrupted,
        later=later,
        is_counted=is_counted,
        has_approver=True,
        after_channel=draft.waits_for_channel,
    )
    blocks = preview_modal(seen, zone=LONDON)["blocks"]
    (said,) = [str(block["text"]["text"]) for block in blocks if "*For " in str(block)]
    return said.partition("\nWhen: ")[0].split("\n")


@pytest.mark.parametrize(
    ("interrupted", "later", "said"),
    [
        (0, 0, [WORDS.DIGEST, WORDS.INTERRUPTED_NONE]),
        (0, 1, [WORDS.DIGEST, WORDS.DIGEST_TOO_LATE_ONE, WORDS.INTERRUPTED_NONE, WORDS.LATER_ONE]),
        (
            1,
            2,
            [
                WORDS.DIGEST,
                "3 of them have no digest in time before it expires, and get a message of their own.",
                WORDS.INTERRUPTED_ONE,
                "2 of them get it later, when it suits them: after quiet hours, or in their morning.",
            ],
        ),
        (5, 0, [WORDS.DIGEST_TOO_LATE_ALL, "5 of them get a message at once."]),
    ],
)
def test_preview_of_a_notice_says_whose_digest_comes_too_late(interrupted: int, later: int, said: list[str]) -> None:
    assert reach_words(Tier.NOTICE, 5, interrupted=interrupted, later=later) == ["*For 5 people*", *said]


def test_preview_of_what_waits_for_its_channel_says_so_and_counts_nobody_as_later() -> None:
    said = reach_words(Tier.IMPORTANT, 5, later=5, channel="C1")

    assert said == [
        "*For 5 people*",
        WORDS.INTERRUPTED_NONE,
        "Whoever has not acknowledged it in the channel after 2 h gets a message of their own.",
    ]


UNCOUNTED = "For fewer than 5 people I count nobody here: the number would tell what one of them has set."


@pytest.mark.parametrize(
    ("tier", "changes", "said"),
    [
        (Tier.CRITICAL, {}, ["Each gets a message at once, or when their quiet hours end."]),
        (Tier.IMPORTANT, {}, [WORDS.FEW, "Whoever has had their messages of the day finds it in their digest."]),
        (Tier.IMPORTANT, {"plan": Plan(timing=Timing.MORNING)}, [WORDS.FEW_MORNING, WORDS.FEW_BUDGET]),
        (
            Tier.IMPORTANT,
            {"channel": "C1"},
            ["Whoever has not acknowledged it in the channel after 2 h gets a message of their own.", WORDS.FEW_BUDGET],
        ),
        (Tier.NOTICE, {}, ["It stands in their next digest; whoever's would come too late gets a message."]),
    ],
)
def test_preview_for_a_few_says_how_it_goes_and_counts_nobody(
    tier: Tier, changes: dict[str, Any], said: list[str]
) -> None:
    found = reach_words(tier, 4, is_counted=False, **changes)

    assert found == ["*For 4 people*", *said, UNCOUNTED]


@pytest.mark.parametrize(
    ("hidden", "said"),
    [
        (1, "For a private list with 1 person on it. Who that is only its owner sees."),
        (2, "For a private list with 2 people on it. Who they are only its owner sees."),
    ],
)
def test_preview_for_somebody_elses_private_list_says_how_many_are_on_it(hidden: int, said: str) -> None:
    draft = an_announcement(state=State.DRAFT)
    seen = Preview(
        announcement=draft, readers=(), unreachable=(), interrupted=0, later=0, has_approver=True, hidden=hidden
    )

    assert said in str(preview_modal(seen, zone=LONDON))


ALL = "Everybody in #general reads it there, also who is not among them."


BEHIND, LIST = Audience(everyone=True, behind_deadline="d1"), Audience(list_id="l1")


@pytest.mark.parametrize(
    ("audience", "hidden", "others", "said"),
    [
        (SCHOLARS, 0, 0, []),
        (SCHOLARS, 0, 1, ["1 person in #general is not among them, and reads it there too."]),
        (BEHIND, 0, 2, ["2 people in #general are not among them, and read it there too."]),
        (SCHOLARS, 0, None, []),
        (BEHIND, 0, None, [ALL]),
        (LIST, 0, None, [ALL]),
        (LIST, 3, 9, [ALL]),
    ],
)
def test_preview_says_who_reads_it_in_the_channel_though_it_is_not_for_them(
    audience: Audience, hidden: int, others: int | None, said: list[str]
) -> None:
    draft = an_announcement(a_content(audience=audience, channel="C1"), state=State.DRAFT)
    seen = Preview(
        announcement=draft, readers=(), unreachable=(), interrupted=0, later=0, has_approver=True, hidden=hidden
    )
    facts = ChannelFacts(name="general", is_there=True, is_archived=False, has_bot=True, outside=0, others=others)

    blocks = preview_modal(seen, zone=LONDON, channel=facts)["blocks"]

    assert [block["text"]["text"] for block in blocks if "#general" in str(block)] == said


@pytest.mark.parametrize(
    ("corrects", "said"), [("", WORDS.NO_APPROVER), ("a0", WORDS.NO_APPROVER_CORRECTS)], ids=["new", "another text"]
)
def test_preview_of_what_nobody_could_say_yes_to_says_what_is_left_to_do(corrects: str, said: str) -> None:
    draft = an_announcement(a_content(tier=Tier.CRITICAL), state=State.DRAFT, corrects=corrects)
    seen = Preview(announcement=draft, readers=(), unreachable=(), interrupted=0, later=0, has_approver=False)

    view = preview_modal(seen, zone=LONDON)

    assert said in str(view)
    assert "submit" not in view


@pytest.mark.parametrize("has_approver", [True, False])
def test_preview_of_a_new_text_that_can_never_go_out_offers_to_copy_it_or_throw_it_away(*, has_approver: bool) -> None:
    draft = an_announcement(a_content(tier=Tier.CRITICAL), state=State.DRAFT, corrects="a0")
    seen = Preview(
        announcement=draft,
        readers=(),
        unreachable=(),
        interrupted=0,
        later=0,
        has_approver=has_approver,
        is_current=False,
    )

    view = preview_modal(seen, zone=LONDON)

    assert "submit" not in view
    buttons = [each["action_id"] for each in view["blocks"][-1]["elements"]]
    assert buttons == [Action.DUPLICATE_ANNOUNCEMENT, Action.KEEP_TEMPLATE, Action.DISCARD_ANNOUNCEMENT]
    said = [
        words in str(view)
        for words in (WORDS.TROUBLES["outdone"], WORDS.SAVED, WORDS.CORRECTS, WORDS.NO_APPROVER_CORRECTS)
    ]
    assert said == [True, False, False, False]


def a_preview(number: int, **changes: Any) -> Preview:
    """Of a draft for so many readers, all of whom get a message at once."""
    draft = an_announcement(a_content(**changes), state=State.DRAFT)
    return Preview(
        announcement=draft,
        readers=readers(number),
        unreachable=(),
        interrupted=0 if draft.waits_for_channel else number,
        later=number if draft.waits_for_channel else 0,
        after_channel=draft.waits_for_channel,
        has_approver=True,
    )


def facts(**changes: bool) -> ChannelFacts:
    """Of a channel that everybody is in."""
    known = {"is_there": True, "is_archived": False, "has_bot": True} | changes
    return ChannelFacts(name="general", outside=0, others=0, **known)


def test_preview_and_question_say_where_else_it_stands_whatever_its_tier() -> None:
    for tier in Tier.CRITICAL, Tier.NOTICE:
        seen = a_preview(3, tier=tier, channel="C1")

        assert "Also in <#C1>." in str(preview_modal(seen, zone=LONDON))
        assert "Also in <#C1>." in str(asked_about(seen, LONDON))


@pytest.mark.parametrize(
    ("closed", "words", "can_send"),
    [
        ({"is_archived": True}, WORDS.CHANNEL_ARCHIVED.format(name="general"), False),
        ({"has_bot": False}, WORDS.CHANNEL_NOT_IN, True),
        ({"is_there": False}, WORDS.CHANNEL_NOT_IN, True),
    ],
)
def test_closed_channel_is_not_counted_on_and_an_archived_one_is_to_be_changed_first(
    closed: dict[str, bool], words: str, *, can_send: bool
) -> None:
    seen = replace(a_preview(3, channel="C1"), interrupted=3, later=0, after_channel=False)

    view = preview_modal(seen, zone=LONDON, channel=facts(**closed))

    for shown in str(view), str(asked_about(seen, LONDON, facts(**closed))):
        assert (words in shown, "<#C1>" in shown, "in the channel after" in shown) == (True, False, False)
        assert WORDS.INTERRUPTED.format(number=3) in shown
    assert ("submit" in view) is can_send


def test_preview_for_nobody_cannot_be_sent() -> None:
    assert "submit" in preview_modal(a_preview(1), zone=LONDON)
    assert "submit" not in preview_modal(a_preview(0), zone=LONDON)


def test_another_ones_private_list_cannot_be_sent_to_and_the_preview_says_what_is_left_to_do() -> None:
    view = preview_modal(replace(a_preview(0), hidden=2), zone=LONDON)

    assert ("submit" in view, WORDS.HIDDEN_OTHERS in str(view)) == (False, True)
    assert WORDS.HIDDEN_OTHERS not in str(preview_modal(a_preview(1), zone=LONDON))
    assert WORDS.HIDDEN_OTHERS not in str(asked_about(replace(a_preview(0), hidden=2), LONDON))


def test_preview_accounts_for_everybody_where_the_daily_limit_leaves_some_to_their_digest() -> None:
    seen = replace(a_preview(59), interrupted=0, later=10, in_digest=49)

    shown = str(preview_modal(seen, zone=LONDON))

    assert "49 of them have had their messages of the day, and read it in their next digest." in shown


@pytest.mark.parametrize(("later", "said"), [(1, WORDS.LATER_MORNING_ONE), (59, WORDS.LATER_MORNING.format(number=59))])
def test_preview_of_a_morning_says_whose_morning_and_nothing_of_interrupting(later: int, said: str) -> None:
    assert reach_words(Tier.IMPORTANT, 59, later=later, plan=Plan(timing=Timing.MORNING)) == ["*For 59 people*", said]


def test_readers_button_stands_out_for_readers_and_not_before_it_is_sent() -> None:
    read = reader_message(ReaderNews(announcement=an_announcement(), zone=LONDON, acknowledged_at=None, is_again=False))
    seen = preview_modal(a_preview(1), zone=LONDON)["blocks"]

    (shown,) = [each for block in seen for each in block.get("elements", ()) if WORDS.ACKNOWLEDGE in str(each)]

    assert (read.blocks[-1]["elements"][0]["style"], shown.get("style")) == ("primary", None)


@pytest.mark.parametrize(
    ("view", "question", "deed"),
    [
        (preview_modal(a_preview(1), zone=LONDON), "Throw this away?", "Discard"),
        (announcement_modal(a_look(state=State.SENT), zone=LONDON), "Take this back?", "Take it back"),
        (announcement_modal(a_look(state=State.PLANNED), zone=LONDON), "Call this off?", "Call it off"),
    ],
    ids=["discard", "retract", "call off"],
)
def test_what_is_asked_once_more_is_a_question_and_its_button_says_what_it_does(
    view: dict[str, Any], question: str, deed: str
) -> None:
    buttons = [each for block in view["blocks"] for each in block.get("elements", ()) if "confirm" in each]
    (asked,) = [each["confirm"] for each in buttons]

    assert (asked["title"]["text"], asked["confirm"]["text"]) == (question, deed)


def test_preview_says_who_is_asked_for_the_second_yes() -> None:
    critical = an_announcement(a_content(tier=Tier.CRITICAL), state=State.DRAFT)
    seen = replace(a_preview(1), announcement=critical)

    said = [str(preview_modal(each, zone=LONDON)) for each in (replace(seen, asked="S*e"), seen, a_preview(1))]

    assert [WORDS.ASKS_ONE.format(name="S\u2217e") in each for each in said] == [True, False, False]
    assert [WORDS.ASKS_ALL in each for each in said] == [False, True, False]
