import pytest

from sandbox.acting.escaping import as_said, as_stored, escaped
from sandbox.seed import Seed, SeedChannel, SeedUser
from sandbox.workspace import Workspace

ADA, GENERAL = "U0AAAAAAAAA", "C0AAAAAAAAA"


@pytest.fixture
def workspace() -> Workspace:
    users = [SeedUser(id=ADA, name="ada", real_name="Ada")]
    return Workspace(Seed(users=users, channels=[SeedChannel(id=GENERAL, name="general")]))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("book @ada", f"book <@{ADA}|ada>"),
        ("in #general please", f"in <#{GENERAL}|general> please"),
        ("@ada @nobody #nowhere", f"<@{ADA}|ada> @nobody #nowhere"),
        ("<!channel> & more", "&lt;!channel&gt; &amp; more"),
        ("<@U0AAAAAAAAA>", "&lt;@U0AAAAAAAAA&gt;"),
    ],
)
def test_escaped_command_names_people_and_channels_by_id(workspace: Workspace, typed: str, sent: str) -> None:
    assert escaped(workspace, typed) == sent


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Hello @ada.", f"Hello <@{ADA}>."),
        ("see #general & more", f"see <#{GENERAL}> &amp; more"),
        ("write to me@ada or c#general", "write to me@ada or c#general"),
        ("<!channel>", "&lt;!channel&gt;"),
        (
            "all of @channel and @here, but not me@here or @heresy",
            "all of <!channel> and <!here>, but not me@here or @heresy",
        ),
    ],
)
def test_message_names_people_and_channels_as_slacks_client_does(workspace: Workspace, typed: str, said: str) -> None:
    assert as_said(workspace, typed) == said


def test_stored_text_escapes_three_characters_alone() -> None:
    typed = """<a> & "b" 'c'"""

    assert as_stored(typed) == """&lt;a&gt; &amp; "b" 'c'"""
