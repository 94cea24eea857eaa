"""The tutorial quotes the product in its own words, and speaks of people who are there."""

import re
from datetime import date

from bot.demo.cast import Row, roster_rows
from bot.demo.play import AFTERWARDS
from domain.people import Role
from tests.looking.documents import ROOT, text
from tests.looking.words import words_by_name

PAGE = text(ROOT / "docs" / "tutorial" / "first-session.md")
ROWS = roster_rows(date(2027, 1, 11))
TABS = {"Home", "Messages"}
"""Slack's own words."""


def first(role: Role) -> Row:
    return next(row for row in ROWS if row["role"] == role)


def words_of_the_product() -> set[str]:
    return {value for value in words_by_name().values() if isinstance(value, str)}


def test_tutorial_quotes_what_the_demo_says_at_the_end() -> None:
    scholar, coach = first(Role.SCHOLAR), first(Role.COACH)

    said = AFTERWARDS.format(
        scholar=scholar["name"],
        coach=coach["name"],
        scholar_tab="http://127.0.0.1:.../as/...",
        coach_tab="http://127.0.0.1:.../as/...",
        url="http://127.0.0.1:...",
        now="...",
    )

    assert f"```\n{said.strip()}\n```" in PAGE


def test_tutorial_names_people_of_the_roster_and_buttons_of_the_product() -> None:
    named = set(re.findall(r"\*\*([^*]+)\*\*", PAGE.replace("\n", " ")))

    assert named - {row["name"] for row in ROWS} - words_of_the_product() - TABS == set()
    assert first(Role.SCHOLAR)["name"] in named


def test_tutorial_quotes_forms_and_messages_by_the_beginning_of_their_words() -> None:
    quoted = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", PAGE))

    assert {each for each in quoted if not any(word.startswith(each) for word in words_of_the_product())} == set()
    assert len(quoted) > len(TABS)


def test_mentor_who_looks_in_is_the_scholars_own() -> None:
    (mentor,) = {row["name"] for row in ROWS if row["email"] == first(Role.SCHOLAR)["mentor"]}

    assert f"**{mentor}**, {first(Role.SCHOLAR)['name'].split()[0]}'s mentor" in PAGE
