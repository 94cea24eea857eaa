"""`/support` as people type it; who may do a thing is shown in test_routes, what comes of it end to end."""

import pytest

from domain.errors import SupportUnavailable
from domain.people import SUPPORT_ROLES, Role
from domain.ports import Message
from handlers import texts
from handlers.commands import PARTIES
from handlers.ids import Command
from handlers.reply import Reply
from handlers.request import Kind, Request
from handlers.support import support
from handlers.views.help import help_message
from services.desk import Desk
from tests.builders.payloads import a_command, an_envelope
from tests.builders.people import a_person

OUTSIDERS = sorted(set(Role) - SUPPORT_ROLES - {Role.SCHOLAR, Role.STAFF})
WORDS = ("", "book", "list", "propose", "help", "dance")


def typed(text: str, *roles: Role) -> Request:
    """Somebody with these roles types `/support` and this."""
    envelope = an_envelope(Kind.COMMAND, Command.SUPPORT, body=a_command(text=text))
    return Request(envelope=envelope, person=a_person(roles=roles))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("text", ["help", " HELP "])
def test_help_shows_the_help(idle_desk: Desk, text: str, role: Role) -> None:
    assert support(idle_desk, typed(text, role)) == Reply(message=help_message(frozenset({role})))


@pytest.mark.parametrize("role", PARTIES)
@pytest.mark.parametrize("text", ["dance", "dance list", "<!channel>"])
def test_word_it_does_not_know_is_answered_in_a_line_that_does_not_repeat_it(
    idle_desk: Desk, text: str, role: Role
) -> None:
    assert support(idle_desk, typed(text, role)) == Reply(message=Message(text=texts.helping.UNKNOWN))


@pytest.mark.parametrize("text", ["help", " HELP me please ", "help\nThanks!"])
def test_what_follows_a_word_is_not_read(idle_desk: Desk, text: str) -> None:
    assert support(idle_desk, typed(text, Role.SCHOLAR)) == Reply(message=help_message(frozenset({Role.SCHOLAR})))


@pytest.mark.parametrize("role", [role for role in OUTSIDERS if role is not Role.MENTOR])
@pytest.mark.parametrize("text", WORDS)
def test_those_outside_support_see_the_same_help_whatever_they_type(idle_desk: Desk, text: str, role: Role) -> None:
    assert support(idle_desk, typed(text, role)) == Reply(message=help_message(frozenset({Role.OPS})))


@pytest.mark.parametrize("text", WORDS)
def test_staff_see_their_help_whatever_they_type(idle_desk: Desk, text: str) -> None:
    told = support(idle_desk, typed(text, Role.STAFF)).message

    assert told == help_message(frozenset({Role.STAFF}))
    assert [line.partition(":")[0] for line in told.text.splitlines()[1:]] == [
        "*/program*",
        "*/events*",
        "*/deadlines*",
        "*/deadlines new*",
        "*/deadlines mine*",
        "*/announce*",
        "*/announce new*",
        "*/announce quiet*",
        "*/announce mine*",
        "*/support help*",
    ]


@pytest.mark.parametrize(
    ("text", "role", "why"),
    [
        ("book", Role.COACH, texts.helping.BOOK),
        ("propose", Role.SCHOLAR, texts.helping.PROPOSE),
        ("urgent", Role.COACH, texts.urgent.WHOSE),
        ("load", Role.SCHOLAR, texts.load.WHOSE),
        ("stand-ins", Role.COACH, texts.urgent.STAND_INS_WHOSE),
    ],
)
def test_word_of_another_role_says_whose_it_is_and_where_the_help_is(
    idle_desk: Desk, text: str, role: Role, why: str
) -> None:
    reply = support(idle_desk, typed(text, role))

    assert reply == Reply(message=Message(text=f"{why} /support help lists what you can type."))


@pytest.mark.parametrize(
    ("text", "role"), [("", Role.SCHOLAR), (" List ", Role.COACH), ("book", Role.SCHOLAR), ("propose", Role.COACH)]
)
def test_without_the_confidential_store_there_is_no_support_now(idle_desk: Desk, text: str, role: Role) -> None:
    with pytest.raises(SupportUnavailable):
        support(idle_desk, typed(text, role))
