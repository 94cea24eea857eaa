"""From an element on the page to the deed: asks first where the app wants that, and shows that it is under way."""

from collections.abc import Awaitable, Callable

from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.confirm import is_confirmed
from sandbox.page.html import set_attribute
from sandbox.page.surface import Surface


def spot_of(surface: Surface, block: Payload, element: Payload, value: str = "") -> str:
    """Names a place on the page, to put the focus back where it was when that place is drawn anew."""
    block_id = str(block["block_id"]).partition(":")[0]
    return f"{surface.spot}/{block_id}/{element['action_id']}/{value}"


async def act(surface: Surface, block: Payload, element: Payload, value: object) -> None:
    """Choose or type; what goes wrong is said where the blocks are."""
    outcome = await surface.act(str(block["block_id"]), str(element["action_id"]), value)
    if outcome.error:
        surface.complain(outcome.error)


async def press(surface: Surface, block: Payload, element: Payload, shown: Element, value: object = None) -> None:
    """Press a button, after asking where the app wants that."""
    confirm = element.get("confirm")
    if confirm is None or await is_confirmed(surface.tab, confirm):
        await busy(shown, lambda: act(surface, block, element, value))


async def busy(shown: Element, deed: Callable[[], Awaitable[None]]) -> None:
    """Do something while a button shows that it is being done and takes no second press."""
    if shown.props.get("aria-busy"):
        return
    set_attribute(shown, "aria-busy", "true")
    try:
        await deed()
    finally:
        if not shown.is_deleted:
            set_attribute(shown, "aria-busy", None)
