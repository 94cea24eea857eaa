"""The page asks first where an app wants that; whoever closes the page while it asks has said no."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from nicegui import Client, core
from nicegui.page import page

from sandbox.page.confirm import is_confirmed
from sandbox.page.tab import Tab

CONFIRM = {part: {"type": "plain_text", "text": part} for part in ("title", "text", "confirm", "deny")}


async def closed_while_it_asks() -> bool:
    client = Client(page("/asked"), request=None)
    asked = asyncio.create_task(is_confirmed(cast("Tab", SimpleNamespace(client=client)), cast("Any", CONFIRM)))
    await asyncio.sleep(0)
    client.delete()
    return await asked


def test_page_that_is_closed_while_it_asks_has_said_no(monkeypatch: pytest.MonkeyPatch) -> None:
    async def with_a_loop() -> bool:
        monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
        return await closed_while_it_asks()

    assert asyncio.run(with_a_loop()) is False
