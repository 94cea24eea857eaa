"""Draws a text of Slack's, plain or mrkdwn, as elements of the page."""

from collections.abc import Iterable
from typing import Any

from nicegui.element import Element

from sandbox.page.dates import date_token
from sandbox.page.html import tag
from sandbox.page.markup import Kind, Mark, Node, parse, with_emoji
from sandbox.page.tab import Tab

_TAGS = {
    Kind.BOLD: "strong",
    Kind.ITALIC: "em",
    Kind.STRIKE: "s",
    Kind.CODE: "code",
    Kind.BLOCK: "pre",
    Kind.QUOTE: "blockquote",
}


def text_object(tab: Tab, text: dict[str, Any], *, name: str = "div", classes: str = "") -> Element:
    """A text object of Block Kit."""
    if text["type"] == "plain_text":
        words = str(text["text"])
        return tag(name, with_emoji(words) if text.get("emoji") else words, classes=f"words {classes}")
    return mrkdwn(tab, str(text["text"]), name=name, classes=classes, verbatim=bool(text.get("verbatim")))


def mrkdwn(tab: Tab, text: str, *, name: str = "div", classes: str = "", verbatim: bool = False) -> Element:
    """A text in mrkdwn."""
    element = tag(name, classes=f"words {classes}")
    with element:
        _draw_all(tab, parse(text, verbatim=verbatim))
    return element


def _draw_all(tab: Tab, nodes: Iterable[Node]) -> None:
    for node in nodes:
        if isinstance(node, str):
            tag("span", node)
        else:
            _draw(tab, node)


def _draw(tab: Tab, mark: Mark) -> None:
    label = str(mark.children[0]) if mark.children else ""
    if mark.kind is Kind.LINK:
        _link(label, mark.target)
    elif mark.kind is Kind.DATE:
        words, link = date_token(mark.target, label, zone=tab.zone, now=tab.now())
        _link(words, link) if link else tag("time", words, title=label)
    elif mark.kind is Kind.USER:
        tag("span", f"@{tab.name_of(mark.target) or label or mark.target}", classes="mention")
    elif mark.kind is Kind.CHANNEL:
        tag("span", f"#{tab.channel_name(mark.target) or label or mark.target}", classes="mention")
    elif mark.kind is Kind.BROADCAST:
        tag("span", f"@{label or mark.target}", classes="mention")
    else:
        with tag(_TAGS[mark.kind]):
            _draw_all(tab, mark.children)


def _link(label: str, target: str) -> None:
    if target.lower().startswith(("https://", "http://", "mailto:")):
        tag("a", label, href=target, target="_blank", rel="noopener noreferrer")
    else:
        tag("span", label)
