"""Every element of Block Kit that the workspace lets an app send, on the page and reachable by its name."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from slack_sdk import WebClient

from sandbox.blockkit.elements import ELEMENTS, IN_INPUT
from sandbox.client import SandboxClient
from sandbox.page.elements import UNKNOWN
from sandbox.seed import Seed, SeedApp, SeedChannel, SeedUser
from tests.acting.teams import wait_until
from tests.e2e.browser.seat import PATIENCE_MS

MANIFEST = {
    "display_information": {"name": "Helper"},
    "features": {
        "bot_user": {"display_name": "helper"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": True},
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "users:read"]}},
    "settings": {"interactivity": {"is_enabled": True}},
}
OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("Tea", "Coffee", "Water")]
PICTURE = {"image_url": "https://example.org/cup.png", "alt_text": "A cup"}
NEEDS: dict[str, dict[str, Any]] = {
    "button": {"text": {"type": "plain_text", "text": "Press"}},
    "overflow": {"options": OPTIONS},
    "static_select": {"options": OPTIONS},
    "multi_static_select": {"options": OPTIONS},
    "checkboxes": {"options": OPTIONS},
    "radio_buttons": {"options": OPTIONS},
    "number_input": {"is_decimal_allowed": False},
    "image": PICTURE,
}
ROLES = {"checkboxes": "group", "radio_buttons": "radiogroup", "number_input": "spinbutton"} | dict.fromkeys(
    ("plain_text_input", "email_text_input", "url_text_input"), "textbox"
)
CHOSEN = {
    "static_select": "Coffee",
    "multi_static_select": ["Tea", "Water"],
    "radio_buttons": "Water",
    "checkboxes": ["Tea"],
    "datepicker": "2027-01-11",
    "timepicker": "09:30",
    "datetimepicker": 1_814_439_600,
    "plain_text_input": "A few words",
}


def element(kind: str) -> dict[str, Any]:
    """The smallest one of its kind."""
    return {"type": kind} | ({"action_id": kind} if kind != "image" else {}) | NEEDS.get(kind, {})


def label(kind: str) -> str:
    return f"Label of {kind}"


@pytest.fixture
def home(chromium: Browser, page_process: SandboxClient) -> Iterator[Page]:
    """The Home tab of an app that shows everything there is."""
    app = SeedApp(manifest=MANIFEST, bot_token="xoxb-helper", app_token="xapp-helper", signing_secret="helper")
    people = [
        SeedUser(id=id_, name=name, real_name=real_name, tz="Europe/London")
        for id_, name, real_name in (
            ("U0ADA", "ada", "Ada Okafor"),
            ("U0BO", "bo", "Bo Lind"),
            ("U0BOB", "bob", "Bob Lind"),
        )
    ]
    page_process.reset(Seed(users=people, apps=[app], channels=[SeedChannel(name="general", members=["ada"])]))
    inputs = [
        {"type": "input", "label": {"type": "plain_text", "text": label(kind)}, "element": element(kind)}
        for kind in sorted(IN_INPUT)
    ]
    others = [
        {"type": "header", "text": {"type": "plain_text", "text": "Everything there is"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "Words & <@U0ADA>"}, "accessory": element("overflow")},
        {"type": "context", "elements": [element("image"), {"type": "mrkdwn", "text": "_small words_"}]},
        {"type": "image", **PICTURE},
        {"type": "divider"},
        {"type": "actions", "elements": [element("button")]},
    ]
    web = WebClient("xoxb-helper", base_url=page_process.api_url)
    web.views_publish(user_id="U0ADA", view={"type": "home", "blocks": others + inputs})
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{page_process.url}/as/U0ADA/{page_process.state()['apps'][0]['id']}")
    expect(page.get_by_role("heading", name="Everything there is")).to_be_visible()
    yield page
    context.close()


def test_every_element_is_drawn_under_its_label(home: Page) -> None:
    found = {kind: home.get_by_role(ROLES.get(kind, "combobox"), name=label(kind)).count() for kind in IN_INPUT}  # type: ignore[arg-type]  # a role by name

    pickers = dict.fromkeys(("datepicker", "timepicker", "datetimepicker"))
    assert {kind: count for kind, count in found.items() if kind not in pickers} == dict.fromkeys(
        IN_INPUT - set(pickers), 1
    )
    assert [home.get_by_label(label(kind)).count() for kind in pickers] == [1, 1, 1]
    assert set(ELEMENTS) - IN_INPUT == {"button", "overflow", "image"}
    expect(home.get_by_role("button", name="Press")).to_be_visible()
    expect(home.get_by_role("img", name="A cup")).to_have_count(2)
    expect(home.get_by_text(UNKNOWN.partition("{")[0])).to_have_count(0)
    expect(home.get_by_text("@Ada Okafor")).to_be_visible()


def test_what_is_chosen_and_typed_reaches_the_workspace(home: Page, page_process: SandboxClient) -> None:
    home.get_by_role("combobox", name=label("static_select"), exact=True).click()
    home.get_by_role("option", name="Coffee").click()
    expect(home.get_by_role("option")).to_have_count(0)  # the menu is closed, and the next one has a Tea as well
    several = home.get_by_role("combobox", name=label("multi_static_select"))
    several.click()
    home.get_by_role("option", name="Tea").click()
    home.get_by_role("option", name="Water").click()
    home.keyboard.press("Escape")
    home.get_by_role("radio", name="Water").check()
    home.get_by_role("checkbox", name="Tea").check()
    home.get_by_label(label("datepicker")).fill("2027-01-11")
    home.get_by_label(label("timepicker")).fill("09:30")
    home.get_by_label(label("datetimepicker")).fill("2027-07-01T12:00")
    home.get_by_label(label("plain_text_input")).fill("A few words")

    expect(home.get_by_label(label("plain_text_input"))).to_have_value("A few words")
    page_process.as_user("ada").wait(home="A few words")
    wait_until(lambda: len(chosen(page_process)) == len(CHOSEN))

    assert chosen(page_process) == CHOSEN


def test_menu_of_several_says_that_nothing_is_chosen_only_until_something_is(home: Page) -> None:
    several = home.get_by_role("combobox", name=label("multi_static_select"))
    color_of = "input => getComputedStyle(input, '::placeholder').color"
    before = several.evaluate(color_of)
    several.click()
    home.get_by_role("option", name="Tea").click()
    expect(home.locator(".q-chip", has_text="Tea")).to_be_visible()

    after = several.evaluate(color_of)

    assert [color.endswith(", 0)") for color in (before, after)] == [False, True]


def test_a_person_is_chosen_by_typing_and_another_typed_over_the_first(home: Page, page_process: SandboxClient) -> None:
    people = home.get_by_role("combobox", name=label("users_select"), exact=True)
    people.click()
    people.press_sequentially("ok")
    people.press("Enter")
    expect(people).to_have_value("Ada Okafor")
    people.press_sequentially("lind")
    expect(people).to_have_value("lind")
    expect(home.get_by_role("option")).to_have_text(["Bo Lind", "Bob Lind"])
    people.press("ArrowDown")
    people.press("ArrowDown")
    people.press("Enter")
    expect(people).to_have_value("Bob Lind")
    wait_until(lambda: chosen(page_process).get("users_select") == "U0BOB")

    people.click()
    people.press_sequentially("ada")
    home.get_by_role("option", name="Ada Okafor").click()

    expect(people).to_have_value("Ada Okafor")
    wait_until(lambda: chosen(page_process).get("users_select") == "U0ADA")


def test_words_that_choose_nobody_give_way_to_the_choice_that_stands(home: Page, page_process: SandboxClient) -> None:
    people = home.get_by_role("combobox", name=label("users_select"), exact=True)
    people.click()
    people.press_sequentially("okafor")
    people.press("Enter")

    people.press_sequentially("nobody")
    people.press("Enter")
    people.press("Tab")

    expect(people).to_have_value("Ada Okafor")
    assert chosen(page_process) == {"users_select": "U0ADA"}


def chosen(workspace: SandboxClient) -> dict[str, Any]:
    """What the Home tab holds, by element; an option as its value, nothing left out but the empty."""
    values = workspace.as_user("ada").home()["state"]["values"]
    held = {kind: _plain(value) for block in values.values() for kind, value in block.items()}
    return {kind: value for kind, value in held.items() if value}


def _plain(value: dict[str, Any]) -> Any:
    [held] = [each for key, each in value.items() if key != "type"]
    if isinstance(held, list):
        return [each["value"] if isinstance(each, dict) else each for each in held]
    return held["value"] if isinstance(held, dict) else held
