"""What somebody typed, as it goes out to many: bold and lists as they meant, links that can be pressed, no mentions."""

from domain.markup import links_in
from handlers.views.blocks import escape


def words(text: str) -> str:
    """Somebody's words as mrkdwn that notifies nobody: its three special signs escaped, its web addresses as links."""
    shown, rest = "", text
    for link in links_in(text):
        before, _, rest = rest.partition(link)
        shown += f"{escape(before)}<{escape(link)}>"
    return shown + escape(rest)
