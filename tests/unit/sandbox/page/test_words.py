from collections.abc import Iterator
from typing import Any

import pytest
from nicegui import Client, ui

from sandbox.page.tab import Tab
from sandbox.page.turns import Turns
from sandbox.page.words import text_object
from sandbox.seed import Seed, SeedUser
from sandbox.server import Server
from sandbox.workspace import Workspace

PLAIN = "https://a.example"
MARKED = "https://b.example"
NAMED = "https://c.example"
TEXT = f"{PLAIN} <{MARKED}> <{NAMED}|here>"


@pytest.fixture
def tab() -> Iterator[Tab]:
    """Somebody's tab, in a page that no browser has opened."""
    server = Server(Workspace(Seed(users=[SeedUser(id="U1", name="ada", real_name="Ada")])))
    with Client(ui.page("/"), request=None) as client:
        yield Tab(server, server.workspace.users["U1"], client, Turns())


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ({"type": "mrkdwn", "text": TEXT}, [PLAIN, MARKED, NAMED]),
        ({"type": "mrkdwn", "text": TEXT, "verbatim": False}, [PLAIN, MARKED, NAMED]),
        ({"type": "mrkdwn", "text": TEXT, "verbatim": True}, [MARKED, NAMED]),
        ({"type": "plain_text", "text": TEXT}, []),
    ],
)
def test_text_object_links_as_its_type_and_verbatim_say(tab: Tab, text: dict[str, Any], links: list[str]) -> None:
    drawn = text_object(tab, text)

    assert [each.props["href"] for each in drawn.descendants() if each.tag == "a"] == links
