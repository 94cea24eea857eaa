"""Asks "are you sure?" in the app's words."""

from nicegui import ui

from sandbox.model import Payload
from sandbox.page.html import fresh_id, tag
from sandbox.page.tab import Tab
from sandbox.page.words import text_object


async def is_confirmed(tab: Tab, confirm: Payload) -> bool:
    """Show a confirmation dialog of Block Kit and wait for the answer."""
    title = fresh_id()
    style = "danger" if confirm.get("style") == "danger" else "primary"
    with tab.client, ui.dialog() as dialog, tag("div", classes="modal confirm"):
        dialog.props["aria-labelledby"] = title
        tag("h2", str(confirm["title"]["text"]), id=title, classes="modal-title")
        text_object(tab, confirm["text"])
        with tag("div", classes="modal-foot"):
            deny = tag("button", str(confirm["deny"]["text"]), classes="press", type="button")
            deny.on("click", lambda: dialog.submit(False))
            sure = tag("button", str(confirm["confirm"]["text"]), classes=f"press {style}", type="button")
            sure.props["data-autofocus"] = "true"
            sure.on("click", lambda: dialog.submit(True))
    is_sure = bool(await dialog)
    if not dialog.is_deleted:  # who closes the page meanwhile has answered no
        dialog.delete()
    return is_sure
