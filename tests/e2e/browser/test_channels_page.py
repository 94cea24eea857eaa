"""Channels on the page: their messages with what can be done to them, their names, and who is in them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.client import SandboxClient
from tests.acting.teams import Team, wait_until
from tests.builders.blocks import Payload, a_modal, plain
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


def test_a_channel_is_archived_and_opened_again_by_keyboard(team: Team, look: Look) -> None:
    page = look(team.bo.id, team.general)
    # The field to write in takes the focus once the page has loaded, which would close a menu opened before.
    expect(page.get_by_role("combobox", name="Write to #general")).to_be_focused()
    choose(page, "Archive")

    expect(page.get_by_text("This channel is archived.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Write to #general")).to_have_count(0)
    expect(page.get_by_role("region", name="Archived").get_by_role("link", name="general")).to_be_visible()
    page.get_by_role("button", name="Open it again").press("Enter")

    expect(page.get_by_role("combobox", name="Write to #general")).to_be_visible()
    expect(page.get_by_role("region", name="Channels").get_by_role("link", name="general")).to_be_visible()


def test_an_app_is_taken_out_and_brought_in_while_somebody_types(team: Team, look: Look) -> None:
    page = look(team.bo.id, team.general)
    expect(page.get_by_text("3 members")).to_be_visible()
    page.get_by_role("combobox", name="Write to #general").fill("Half a sentence")

    choose(page, "Take Helper out")
    expect(page.get_by_text("2 members")).to_be_visible()
    choose(page, "Bring Helper in")

    expect(page.get_by_text("3 members")).to_be_visible()
    expect(page.get_by_role("combobox", name="Write to #general")).to_have_value("Half a sentence")


def test_who_is_taken_out_of_a_channel_sees_nothing_of_it_any_more(team: Team, look: Look) -> None:
    team.ada.say("Lunch at noon", channel=team.general)
    page = look(team.bo.id, team.general)
    expect(page.get_by_text("Lunch at noon")).to_be_visible()

    team.workspace.remove(team.general, team.bo.id)

    expect(page.get_by_text("You are not in this channel.")).to_be_visible()
    expect(page.get_by_text("Lunch at noon")).to_have_count(0)


def test_channels_tell_what_is_unread_and_what_of_it_is_for_the_reader(team: Team, look: Look) -> None:
    team.workspace.invite(team.channel("random"), team.bot)
    page = look(team.bo.id, team.general)
    channels = page.get_by_role("region", name="Channels")
    expect(channels.get_by_role("link", name="random")).to_be_visible()

    team.ada.say("Hello", channel=team.channel("random"))
    expect(channels.get_by_role("img", name="1 unread")).to_be_visible()
    team.web.chat_postMessage(channel=team.channel("random"), text="For <@" + team.bo.id + ">")

    expect(channels.get_by_label("1 for you")).to_have_text("1")
    channels.get_by_role("link", name="random").click()
    expect(channels.get_by_label("1 for you")).to_have_count(0)


def test_a_message_that_was_changed_says_so(team: Team, look: Look) -> None:
    ts = team.post("Lunch at noon")
    page = look(team.bo.id, team.general)
    article = page.get_by_role("article").filter(has_text="Lunch at")
    expect(article).not_to_contain_text("(edited)")

    team.web.chat_update(channel=team.general, ts=ts, text="Lunch at one")

    expect(article).to_contain_text("Lunch at one")
    expect(article).to_contain_text("(edited)")


def test_the_menu_of_a_channel_ends_with_what_closes_it(team: Team, look: Look) -> None:
    page = look(team.bo.id, team.general)
    page.get_by_role("button", name="This channel").click()

    entries = page.get_by_role("menuitem")
    expect(entries).to_contain_text(["Take Helper out", "Archive"])
    tops = [entry.evaluate("element => element.getBoundingClientRect().top") for entry in entries.all()]
    assert tops == sorted(tops)


def test_menus_of_channels_offer_what_slack_offers(team: Team, look: Look) -> None:
    team.web.chat_postMessage(channel=team.ada.id, text="Hello")
    chosen_from: dict[str, Payload] = {
        "Any": {"type": "conversations_select"},
        "Only public": {"type": "conversations_select", "filter": {"include": ["public"]}},
        "Channel": {"type": "channels_select"},
    }
    blocks = [
        {"type": "input", "label": plain(label), "element": element | {"action_id": "chosen"}}
        for label, element in chosen_from.items()
    ]
    team.web.views_open(trigger_id=team.trigger(), view=a_modal(*blocks, submit=plain("Done")))
    page = look(team.ada.id, team.general)
    offered = {}
    for label in chosen_from:
        page.get_by_role("dialog").get_by_label(label).click()
        expect(page.get_by_role("option").first).to_be_visible()
        offered[label] = page.get_by_role("option").all_inner_texts()
        page.get_by_role("option").first.click()

    public = ["#general", "#random"]
    assert offered == {"Any": [*public, "#secret", "#team", "Helper"], "Only public": public, "Channel": public}
    values = [each["chosen"] for each in team.ada.modal()["state"]["values"].values()]
    assert [each.get("selected_conversation") or each.get("selected_channel") for each in values] == [team.general] * 3


def choose(page: Page, words: str) -> None:
    """Choose in the menu of the channel, by keyboard."""
    page.get_by_role("button", name="This channel").press("Enter")
    expect(page.get_by_role("menu")).to_be_focused()
    page.get_by_role("menuitem", name=words).press("Enter")
