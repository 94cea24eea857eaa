"""The open modals of a person: the topmost is shown, and says how many lie under it."""

from dataclasses import dataclass
from typing import Any

from nicegui import ui

from sandbox.model import View
from sandbox.page.blocks import Blocks
from sandbox.page.deed import busy
from sandbox.page.html import fresh_id, icon, tag
from sandbox.page.surface import ViewSurface
from sandbox.page.tab import Tab


class Modals:
    """A dialog that follows the stack of views. Escape and the close button close one view, the cross all."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._shown: _Sheet | None = None
        self._title = fresh_id()
        with ui.dialog().props("no-backdrop-dismiss no-refocus transition-duration=0") as self._dialog:
            self._room = tag("div", classes="modal")
        self._dialog.props["aria-labelledby"] = self._title
        self._dialog.on_value_change(self._hidden)
        tab.watch(self.show)
        self.show()

    def show(self) -> None:
        """Show what is on top now."""
        stack = self._tab.modals()
        if stack:
            self._open(stack[-1], depth=len(stack))
        elif self._dialog.value:
            self._shown = None
            self._dialog.close()
            self._tab.leave_modals()

    def _open(self, top: View, *, depth: int) -> None:
        is_other = self._shown is None or self._shown.view is not top
        if self._shown is None or is_other:
            self._room.clear()
            with self._room:
                self._shown = _Sheet(self._tab, top, depth=depth, title_id=self._title)
        is_redrawn = self._shown.show()
        self._dialog.open()
        if is_other:
            self._tab.enter_modal(top.id)
        elif is_redrawn:
            self._tab.restore_focus()

    async def _hidden(self, event: Any) -> None:
        if event.value or self._shown is None:
            return
        shown, self._shown = self._shown, None
        self._tab.leave_modals()
        await shown.close(everything=False)
        self._tab.refresh()


@dataclass(slots=True)
class _Surface(ViewSurface):
    """The surface of a modal: Enter submits, and what goes wrong is said in the modal itself."""

    sheet: "_Sheet | None" = None

    async def enter(self) -> None:
        """See `Surface`."""
        if self.sheet is not None:
            await self.sheet.submit()

    def complain(self, sentence: str) -> None:
        """See `Surface`."""
        if self.sheet is not None:
            self.sheet.complain(sentence)


class _Sheet:
    """One view as a modal: head, body and foot."""

    def __init__(self, tab: Tab, view: View, *, depth: int, title_id: str) -> None:
        self._tab = tab
        self.view = view
        self._looks: object = None
        surface = _Surface(tab=tab, view=view)
        surface.sheet = self
        with tag("div", classes="modal-head"):
            self._head = tag("h2", " ", id=title_id, classes="modal-title")
            if depth > 1:
                tag("span", f"{depth} open", classes="modal-depth")
            cross = tag("button", classes="cross", type="button", aria_label="Close all")
            cross.on("click", lambda: self.close(everything=True))
            with cross:
                icon("close")
        body = tag("div", classes="modal-body")
        self._blocks = Blocks(body, surface)
        self._trouble = tag("div", " ", classes="modal-trouble", role="alert")
        self._trouble.set_visibility(False)
        self._foot = tag("div", classes="modal-foot")
        body.on("keydown.ctrl.enter.capture.stop", self.submit)  # before a menu opens by it
        body.on("keydown.meta.enter.capture.stop", self.submit)

    def show(self) -> bool:
        """Show the view as it is now; tells whether anything was redrawn."""
        payload = self.view.payload
        self._head.text = payload["title"]["text"]
        is_redrawn = self._blocks.show(payload["blocks"], self.view.errors)
        looks = (payload.get("submit"), payload.get("close"))
        if looks != self._looks:
            self._looks = looks
            self._draw_foot()
        return is_redrawn

    async def submit(self) -> None:
        """Press the submit button, if there is one."""
        if self.view.payload.get("submit"):
            await busy(self._submit, self._send)

    async def close(self, *, everything: bool) -> None:
        """Close this view or all; the app hears of it if it wants to."""
        outcome = await self._tab.attempt(self._tab.deeds.close(self._tab.user.id, everything=everything))
        if outcome.error:
            self._tab.warn(outcome.error)

    def complain(self, sentence: str) -> None:
        """Say above the buttons that something went wrong."""
        if not self._trouble.is_deleted:
            self._trouble.text = sentence
            self._trouble.set_visibility(bool(sentence))

    async def _send(self) -> None:
        self.complain("")
        outcome = await self._tab.attempt(self._tab.deeds.submit(self._tab.user.id))
        if outcome.error:
            self.complain(outcome.error)
        elif outcome.errors and not self._trouble.is_deleted:
            self._tab.focus_first_error()

    def _draw_foot(self) -> None:
        payload = self.view.payload
        self._foot.clear()
        with self._foot:
            words = payload["close"]["text"] if payload.get("close") else "Close"
            close = tag("button", str(words), classes="press", type="button")
            close.on("click", lambda: self.close(everything=False))
            if payload.get("submit"):
                self._submit = tag("button", str(payload["submit"]["text"]), classes="press primary", type="button")
                self._submit.on("click", self.submit)
