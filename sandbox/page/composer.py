"""Where a person types: messages, and slash commands with completion."""

import json
from typing import Any

from nicegui import ui

from sandbox.model import Channel
from sandbox.page.completion import Suggestion, suggestions
from sandbox.page.html import fresh_id, icon, set_attribute, tag
from sandbox.page.tab import Tab


class Composer:
    """A text field with a list of commands above it, as a combobox for assistive technology."""

    def __init__(self, tab: Tab, channel: Channel, *, to: str) -> None:
        self._tab, self._channel = tab, channel
        self._offered: list[Suggestion] = []
        self._chosen = 0
        self._refused = ""
        self._marks: dict[str, str | None] = {}
        self._list_id = fresh_id()
        with tag("div", classes="composer"):
            self._list = tag("div", id=self._list_id, classes="completion", role="listbox", aria_label="Commands")
            self._notice = tag("div", " ", classes="composer-notice", role="alert")
            with tag("div", classes="composer-box"):
                self._draw_box(to)
        self._notice.set_visibility(False)
        self._offer("")

    def _draw_box(self, to: str) -> None:
        self._input = ui.textarea(placeholder=f"Write to {to}, or type / for commands", on_change=self._typed)
        self._input.props("autogrow borderless dense autofocus rows=1 data-spot=composer role=combobox")
        for key, value in (
            ("aria-label", f"Write to {to}"),
            ("aria-autocomplete", "list"),
            ("aria-controls", self._list_id),
            ("aria-expanded", "false"),
        ):
            set_attribute(self._input, key, value)
        self._input.classes("composer-input")
        self._input.on("keydown.enter.exact.prevent", self._enter, js_handler=_WITH_WORDS)
        self._input.on("keydown.up", lambda: self._step(-1), js_handler=_WHILE_COMPLETING)
        self._input.on("keydown.down", lambda: self._step(1), js_handler=_WHILE_COMPLETING)
        self._input.on("keydown.tab.exact", self._complete, js_handler=_WHILE_COMPLETING)
        self._input.on("keydown.esc", lambda: self._offer(""))
        send = tag("button", classes="send", type="button", aria_label="Send")
        send.on("click", self._press)
        with send:
            icon("send")

    def _typed(self, event: Any) -> None:
        typed = str(event.value or "")
        if typed not in ("", self._refused):  # what is put back after a refusal is no reason to hide why
            self._notice.set_visibility(False)
        self._offer(typed)

    def _offer(self, typed: str) -> None:
        offered = suggestions(self._tab.workspace.apps.values(), typed)
        if offered != self._offered:
            self._offered, self._chosen = offered, 0
        self._draw_list()

    def _draw_list(self) -> None:
        is_open = bool(self._offered)
        self._list.clear()
        self._list.set_visibility(is_open)
        with self._list:
            for number, each in enumerate(self._offered):
                self._draw_suggestion(number, each)
        active = f"{self._list_id}-{self._chosen}" if is_open else None
        self._mark({"aria-expanded": "true" if is_open else "false", "aria-activedescendant": active})

    def _mark(self, marks: dict[str, str | None]) -> None:
        # Past NiceGUI, as in `_write`: it would send the field's value along.
        if marks != self._marks:
            self._marks = marks
            self._tab.client.run_javascript(f"sandboxPage.markComposer({json.dumps(marks)})")

    def _draw_suggestion(self, number: int, suggestion: Suggestion) -> None:
        is_chosen = number == self._chosen
        row = tag(
            "div",
            id=f"{self._list_id}-{number}",
            classes=f"suggestion {'is-chosen' if is_chosen else ''}",
            role="option",
            aria_selected="true" if is_chosen else "false",
        )
        row.on("mousedown.prevent", lambda: self._take(suggestion))
        with row:
            tag("span", suggestion.command, classes="suggestion-command")
            tag("span", suggestion.hint, classes="suggestion-hint")
            tag("span", suggestion.description, classes="suggestion-words")
            tag("span", suggestion.app, classes="badge")

    def _step(self, by: int) -> None:
        if self._offered:
            self._chosen = (self._chosen + by) % len(self._offered)
            self._draw_list()

    def _complete(self) -> None:
        if self._offered:
            self._take(self._offered[self._chosen])

    def _take(self, suggestion: Suggestion) -> None:
        typed = str(self._input.value or "")
        if not typed.startswith(f"{suggestion.command} "):
            self._write(f"{suggestion.command} ", over=typed)
        self._input.run_method("focus")

    def _write(self, text: str, *, over: str) -> None:
        # Past NiceGUI, whose `set_value` reaches the page in two steps: the second undoes the keys pressed since the
        # first. What has been typed behind `over` stays; what stands there in the end comes back as if it were typed.
        self._tab.client.run_javascript(f"sandboxPage.writeComposer({json.dumps(over)}, {json.dumps(text)})")

    async def _enter(self, event: Any) -> None:
        """Enter completes a command that is not whole yet, and sends otherwise."""
        typed = str(event.args)
        if self._offered and " " not in typed and typed != self._offered[self._chosen].command:
            self._complete()
        else:
            await self._send(typed)

    async def _press(self) -> None:
        await self._send(str(self._input.value or ""))

    async def _send(self, typed: str) -> None:
        line = typed.strip()
        if not line:
            return
        self._write("", over=typed)
        tab, deeds = self._tab, self._tab.deeds
        act = deeds.slash if line.startswith("/") else deeds.say
        outcome = await tab.attempt(act(tab.user.id, self._channel.id, line))
        if outcome.error and not self._notice.is_deleted:
            self._refused = line
            self._write(line, over="")
            self._notice.text = f"{line.split()[0]}: {outcome.error}"
            self._notice.set_visibility(True)


_WHILE_COMPLETING = """(event) => {
  if (!event.target.value.includes(" ") && document.querySelector(".completion .suggestion")) {
    event.preventDefault();
    emit();
  }
}"""
"""Outside of the list these keys keep their own meaning."""

_WITH_WORDS = "(event) => emit(event.target.value)"
"""What the person sees in the field when they press Enter."""
