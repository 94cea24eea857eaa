"""A message of somebody's as they typed it, from the form in which Slack keeps it."""

import re

_TOKEN = re.compile(r"<([^<>]+)>")
_WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)


def as_typed(text: str) -> str:
    """Slack's `<...>` as the words that stand for it, and its three entities as the characters they are.

    Nothing in the result means anything to Slack any more: it is to be escaped when it is sent.
    """
    plain = _TOKEN.sub(lambda token: _words(*token[1].partition("|")[::2]), text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _words(head: str, label: str) -> str:
    if head.startswith(("@", "#")):
        return f"{head[0]}{label or head[1:]}"
    if head.startswith("!date^"):
        return label
    if head.startswith("!"):
        return label if label.startswith("@") else f"@{label or head[1:]}"
    return _link(head, label)


def _link(address: str, label: str) -> str:
    shown = address.removeprefix("mailto:")
    if not label or label == _WEB.sub("", address):
        return label or shown
    return f"{label} ({shown})"
