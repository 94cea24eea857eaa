import pytest

from sandbox.page.markup import Kind, Mark, Node, parse

LINK = Mark(kind=Kind.LINK, target="https://example.org/a?b=1&c=2", children=("a page",))


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("plain words", ("plain words",)),
        ("*bold*", (Mark(kind=Kind.BOLD, children=("bold",)),)),
        ("2 * 3 * 4", ("2 * 3 * 4",)),
        ("snake_case_name", ("snake_case_name",)),
        ("*bold _and italic_*", (
            Mark(kind=Kind.BOLD, children=("bold ", Mark(kind=Kind.ITALIC, children=("and italic",)))),
        )),
        ("~gone~", (Mark(kind=Kind.STRIKE, children=("gone",)),)),
        ("`*code*`", (Mark(kind=Kind.CODE, children=("*code*",)),)),
        ("```\ntwo\nlines```", (Mark(kind=Kind.BLOCK, children=("\ntwo\nlines",)),)),
        ("&gt; said\nanswer", (Mark(kind=Kind.QUOTE, children=("said",)), "answer")),
        ("<https://example.org/a?b=1&amp;c=2|a page>", (LINK,)),
        ("<@U1>", (Mark(kind=Kind.USER, target="U1"),)),
        ("<#C1|general>", (Mark(kind=Kind.CHANNEL, target="C1", children=("general",)),)),
        ("<!here>", (Mark(kind=Kind.BROADCAST, target="here"),)),
        ("<!date^1^{date}|then>", (Mark(kind=Kind.DATE, target="1^{date}", children=("then",)),)),
        ("a &lt; b &amp;&amp; c", ("a < b && c",)),
    ],
)  # fmt: skip
def test_parse_finds_what_slack_marks(text: str, nodes: tuple[Node, ...]) -> None:
    assert parse(text) == nodes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (":warning: Nobody", "\u26a0\ufe0f Nobody"),
        ("Done :tada:!", "Done \U0001f389\ufe0f!"),
        (":hourglass::warning:", "\u231b\ufe0f\u26a0\ufe0f"),
        (":no_such_thing: room: 4.12", ":no_such_thing: room: 4.12"),
        ("10:15:30, a:b:c", "10:15:30, a:b:c"),
    ],
)
def test_parse_shows_an_emoji_for_each_name_that_is_one(text: str, shown: str) -> None:
    assert parse(text) == (shown,)


def test_parse_leaves_names_of_emoji_in_code_as_they_are() -> None:
    assert parse("`:warning:`") == (Mark(kind=Kind.CODE, children=(":warning:",)),)


@pytest.mark.parametrize("text", ["<javascript:alert(1)|press>", "<script>", "<file:///etc/passwd>"])
def test_parse_makes_no_link_of_what_could_do_harm(text: str) -> None:
    assert parse(text) == (text,)


def test_parse_links_an_address_without_the_full_stop_behind_it() -> None:
    link = Mark(kind=Kind.LINK, target="https://example.org/a", children=("https://example.org/a",))

    assert parse("See https://example.org/a.") == ("See ", link, ".")


def test_parse_of_a_verbatim_text_links_what_is_marked_and_nothing_else() -> None:
    link = Mark(kind=Kind.LINK, target="https://example.org/a?b&c", children=("https://example.org/a?b&c",))

    assert parse("https://a.example *https://b.example* <https://example.org/a?b&amp;c>", verbatim=True) == (
        "https://a.example",
        " ",
        Mark(kind=Kind.BOLD, children=("https://b.example",)),
        " ",
        link,
    )
