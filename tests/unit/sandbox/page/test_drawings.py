from collections.abc import Iterator

import pytest
from nicegui import Client, ui
from nicegui.elements.mixins.text_element import TextElement

from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.elements import ELEMENTS
from sandbox.model import Payload, View
from sandbox.page.blocks import DRAWINGS as BLOCK_DRAWINGS
from sandbox.page.blocks import Blocks
from sandbox.page.elements import DRAWINGS as ELEMENT_DRAWINGS
from sandbox.page.elements import UNKNOWN
from sandbox.page.html import tag
from sandbox.page.surface import Surface, ViewSurface
from sandbox.page.tab import Tab
from sandbox.page.turns import Turns
from sandbox.seed import Seed, SeedUser
from sandbox.server import Server
from sandbox.workspace import Workspace


@pytest.fixture
def surface() -> Iterator[Surface]:
    """A view that is shown to somebody, in a page that no browser has opened."""
    server = Server(Workspace(Seed(users=[SeedUser(id="U1", name="ada", real_name="Ada")])))
    view = View(id="V1", app_id="A1", user="U1", payload={}, hash="1", root_id="V1")
    with Client(ui.page("/"), request=None) as client:
        yield ViewSurface(tab=Tab(server, server.workspace.users["U1"], client, Turns()), view=view)


def test_every_element_an_app_may_send_has_a_drawing() -> None:
    assert set(ELEMENT_DRAWINGS) == set(ELEMENTS)


def test_every_block_an_app_may_send_has_a_drawing() -> None:
    assert set(BLOCK_DRAWINGS) | {"input"} == set(BLOCKS)


def test_blocks_and_elements_that_nobody_knows_are_told_and_break_nothing(surface: Surface) -> None:
    room = tag("div")
    blocks: list[Payload] = [
        {"type": "video", "block_id": "a"},
        {"type": "actions", "block_id": "b", "elements": [{"type": "workflow_button", "action_id": "c"}]},
        {"type": "header", "block_id": "d", "text": {"type": "plain_text", "text": "Known"}},
    ]

    Blocks(room, surface).show(blocks, {})

    told = [element.text for element in room.descendants() if isinstance(element, TextElement) and element.text]
    assert told == [UNKNOWN.format(kind="video"), UNKNOWN.format(kind="workflow_button"), "Known"]
