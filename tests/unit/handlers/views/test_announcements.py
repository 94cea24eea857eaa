"""Announcements in words: what staff read of theirs before and after sending, and what readers see."""

from typing import Any

import pytest

from domain.announcements import State
from domain.delivery import Tier
from handlers import texts
from handlers.views.announcement_preview import preview_modal
from services.announcements.preview import Preview
from services.audiences.resolve import Reader
from tests.builders.announcements import a_content, an_announcement

LONDON = "Europe/London"
WORDS = texts.announcements


def readers(number: int) -> tuple[Reader, ...]:
    return tuple(
        Reader(person_id=f"p{each}", name=f"P{each}", slack_user_id=f"U{each}", zone=LONDON, site="")
        for each in range(number)
    )


def reach_words(tier: Tier, number: int, *, interrupted: int = 0, later: int = 0, **changes: Any) -> list[str]:
    """What the preview says about whom it reaches, line by line."""
    seen = Preview(
        announcement=an_announcement(a_content(tier=tier, **changes), state=State.DRAFT),
        readers=readers(number),
        unreachable=(),
        interrupted=interrupted,
        later=later,
        has_approver=True,
    )
    blocks = preview_modal(seen, zone=LONDON)["blocks"]
    (said,) = [str(block["text"]["text"]) for block in blocks if "*For " in str(block)]
    return said.split("\n")


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
        (4, 0, [WORDS.DIGEST_TOO_LATE_ALL, "4 of them get a message at once."]),
    ],
)
def test_preview_of_a_notice_says_whose_digest_comes_too_late(interrupted: int, later: int, said: list[str]) -> None:
    assert reach_words(Tier.NOTICE, 4, interrupted=interrupted, later=later) == ["*For 4 people*", *said]


def test_preview_of_what_waits_for_its_channel_says_so_and_counts_nobody_as_later() -> None:
    said = reach_words(Tier.IMPORTANT, 4, later=4, channel="C1")

    assert said == [
        "*For 4 people*",
        WORDS.INTERRUPTED_NONE,
        "Whoever has not acknowledged it in the channel after 2 h gets a message of their own.",
    ]
