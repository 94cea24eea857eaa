"""What somebody wrote, from the form in which Slack keeps it."""

import pytest

from handlers.parse.said import as_typed


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("", ""),
        ("Hello\n*there*", "Hello\n*there*"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;", "&lt;"),
        ("See <https://example.org/a?b=1&amp;c=2>", "See https://example.org/a?b=1&c=2"),
        ("See <http://example.org|example.org>", "See example.org"),
        ("See <https://example.org|the page>", "See the page (https://example.org)"),
        ("Ask <mailto:ada@example.org|ada@example.org>", "Ask ada@example.org"),
        ("Ask <mailto:ada@example.org|Ada>", "Ask Ada (ada@example.org)"),
        ("Ask <@U1|ada> or <@U2>", "Ask @ada or @U2"),
        ("In <#C1|general> or <#C2>", "In #general or #C2"),
        ("<!channel> <!here|here> <!everyone|@everyone>", "@channel @here @everyone"),
        ("<!subteam^S1|@mentors>", "@mentors"),
        ("Until <!date^1700000000^{date}|November 14th>", "Until November 14th"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("a <b", "a <b"),
    ],
)
def test_message_is_read_as_it_was_typed(kept: str, typed: str) -> None:
    assert as_typed(kept) == typed
