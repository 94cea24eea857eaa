"""What somebody typed, as it goes out to many: bold and lists as they meant, links that can be pressed, no mentions."""

from domain.markup import links_in
from handlers.views.blocks import clip_words, escape


def words(text: str) -> str:
    """Somebody's words as mrkdwn that notifies nobody: its three special signs escaped, its web addresses as links."""
    shown, rest = "", text
    for link in links_in(text):
        before, _, rest = rest.partition(link)
        shown += f"{escape(before)}<{escape(link)}>"
    return shown + escape(rest)


def first_words(text: str, limit: int) -> str:
    """The first of somebody's words in one line, up to so many characters; a link is there whole or not at all."""
    said = " ".join(text.split())
    kept = clip_words(said, limit)
    whole = links_in(said)
    if any(link != whole[number] for number, link in enumerate(links_in(kept))):
        return "…"  # it begins with a link that is too long
    return words(kept)
