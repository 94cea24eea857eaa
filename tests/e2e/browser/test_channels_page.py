"""Channels on the page: their messages with what can be done to them, their names, and who is in them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.client import SandboxClient
from tests.acting.teams import Team, wait_until
from tests.builders.slack import a_seed
from tests.e2e.browser.seat import PATIENCE_MS

Look = Callable[..., Page]


@pytest.fixture
def team(page_process: SandboxClient) -> Team:
    """The small team, in a workspace with a page; its app is not connected."""
    page_process.reset(a_seed())
    return Team(page_process)


@pytest.fixture
def look(chromium: Browser, team: Team) -> Iterator[Look]:
    """Sits somebody down in front of one of their places."""
    contexts = []

    def sit(user_id: str, place: str) -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{team.workspace.url}/as/{user_id}/{place}")
        return page

    yield sit
    for context in contexts:
        context.close()


def test_a_shortcut_is_used_on_a_message_by_keyboard(team: Team, look: Look) -> None:
    team.ada.say("Lunch at noon", channel=team.general)
    page = look(team.bo.id, team.general)
    more = page.get_by_role("article").filter(has_text="Lunch at noon").get_by_role("button", name="More actions")
    more.press("Enter")
    expect(page.get_by_role("menu")).to_be_focused()

    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Quote")).to_be_focused()
    page.keyboard.press("Enter")

    wait_until(lambda: bool(team.workspace.deliveries("interactive")))
    payload = team.workspace.deliveries("interactive")[-1]["payload"]
    assert (payload["type"], payload["callback_id"]) == ("message_action", "quote")
    assert (payload["message"]["text"], payload["user"]["id"]) == ("Lunch at noon", team.bo.id)


def test_a_message_that_only_one_person_sees_offers_no_shortcut(team: Team, look: Look) -> None:
    team.ada.say("Lunch at noon", channel=team.general)
    team.web.chat_postEphemeral(channel=team.general, user=team.ada.id, text="Psst")
    page = look(team.ada.id, team.general)

    articles = page.get_by_role("article")
    expect(articles.filter(has_text="Psst")).to_be_visible()
    expect(articles.filter(has_text="Psst").get_by_role("button", name="More actions")).to_have_count(0)
    expect(articles.filter(has_text="Lunch").get_by_role("button", name="More actions")).to_have_count(1)
