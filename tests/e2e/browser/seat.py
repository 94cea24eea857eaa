"""Somebody at a tab of the page: what they do with the keyboard and the mouse, and what they see."""

import re

from playwright.sync_api import Locator, Page, TimeoutError, expect  # noqa: A004 the name that Playwright gives it

PATIENCE_MS = 30_000
REBUILT_MS = 6_000
TRIES = 5


class Seat:
    """One person at one tab. `page` is for what only one test does."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url
        page.goto(url)
        expect(self.composer).to_be_focused()

    @property
    def composer(self) -> Locator:
        """Where messages and commands are typed."""
        return self.page.get_by_role("combobox", name="Write to #general")

    @property
    def dialog(self) -> Locator:
        """The modal."""
        return self.page.get_by_role("dialog")

    @property
    def log(self) -> Locator:
        """The messages in sight."""
        return self.page.get_by_role("log")

    def command(self, line: str) -> None:
        """Type a whole command and send it."""
        self.composer.fill(line)
        self.composer.press("Enter")

    def open_app(self, tab: str) -> None:
        """Go to the app, and there to one of its tabs."""
        self.page.get_by_role("link", name="Scholarbot").click()
        self.page.get_by_role("tab", name=tab).click()

    def field(self, label: str) -> Locator:
        """A field of the modal by its label, whatever is said behind it."""
        return self.dialog.get_by_label(re.compile(f"^{re.escape(label)}"))

    def choose(self, label: str, option: str | None = None) -> None:
        """Choose in a menu of the modal; the first option unless told.

        An earlier choice may rebuild the form under the hand and close the menu; then it is opened again, as people do.
        """
        options = self.page.get_by_role("option")
        wanted = (options.filter(has_text=option) if option else options).first
        for _ in range(TRIES):
            self.field(label).click()
            try:
                wanted.click(timeout=REBUILT_MS)
            except TimeoutError:
                continue
            return
        raise AssertionError(f"the menu {label} does not stay open")

    def choose_anew(self, label: str, option: str, *, rebuilds: str) -> None:
        """Choose where that rebuilds another field, and wait until it has: what is chosen there before is lost."""
        before = self.field(rebuilds).element_handle()
        self.choose(label, option)
        before.wait_for_element_state("hidden")

    def submit(self, name: str) -> None:
        """Press the button at the foot of the modal."""
        self.dialog.get_by_role("button", name=name, exact=True).click()

    def sees_modal(self, title: str) -> None:
        """Wait for a modal with this title on top."""
        expect(self.dialog.get_by_role("heading", name=title, exact=True)).to_be_visible()
