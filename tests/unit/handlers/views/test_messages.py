from dataclasses import replace
from datetime import timedelta

import pytest

from domain.people import SUPPORT_ROLES, Role
from domain.ports import Message
from handlers import texts
from handlers.commands import MENTORS, PARTIES, STAFF, WORDS
from handlers.ids import Action
from handlers.views.blocks import actions, button, section
from handlers.views.help import help_message
from handlers.views.messages import session_message, welcome_message
from tests.builders.sessions import TUESDAY, some_news

DETAILS = button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_DETAILS, value="s1.2")
ANOTHER = button(texts.messages.BOOK_ANOTHER, Action.OPEN_BOOKING, value="s1.2")


@pytest.mark.parametrize(("rebook", "buttons"), [(False, [DETAILS]), (True, [DETAILS, ANOTHER])])
def test_session_message_tells_the_time_and_nothing_else(rebook: bool, buttons: list[dict[str, object]]) -> None:  # noqa: FBT001
    message = session_message(texts.messages.SESSION_MOVED, some_news(version=2), rebook=rebook)

    assert message == Message(
        text="Your session has moved: Tue 12 Jan, 10:00 GMT.",
        blocks=(
            section("Your session has moved: *<!date^1799748000^{date_long_pretty}, {time}|Tue 12 Jan, 10:00 GMT>*."),
            actions(*buttons, block_id="details"),
        ),
    )


def test_session_message_says_from_when_to_when_a_session_has_moved() -> None:
    message = session_message(texts.messages.SESSION_MOVED, some_news(before=TUESDAY - timedelta(days=1)))

    assert message.text == "Your session has moved: from Mon 11 Jan, 10:00 GMT to Tue 12 Jan, 10:00 GMT."
    assert message.blocks[0] == section(
        "Your session has moved: from <!date^1799661600^{date_long_pretty}, {time}|Mon 11 Jan, 10:00 GMT>"
        " to *<!date^1799748000^{date_long_pretty}, {time}|Tue 12 Jan, 10:00 GMT>*."
    )


def test_session_message_of_a_series_lists_all_of_its_times() -> None:
    news = replace(some_news(), series=(TUESDAY, TUESDAY + timedelta(weeks=1)))

    message = session_message(texts.messages.SERIES_BOOKED, news)

    assert message.text == "Your sessions are set: Tue 12 Jan, 10:00 GMT; Tue 19 Jan, 10:00 GMT."
    assert message.blocks[0]["text"]["text"] == (
        "Your sessions are set:\n"
        "• *<!date^1799748000^{date_long_pretty}, {time}|Tue 12 Jan, 10:00 GMT>*\n"
        "• *<!date^1800352800^{date_long_pretty}, {time}|Tue 19 Jan, 10:00 GMT>*"
    )
    assert [element["value"] for element in message.blocks[1]["elements"]] == ["s1.1"]


def test_session_message_without_anything_to_open_is_its_time_alone() -> None:
    message = session_message(texts.messages.SESSION_CANCELED, some_news(may_look=False))

    assert [block["type"] for block in message.blocks] == ["section"]


OUTSIDERS = set(Role) - SUPPORT_ROLES - {Role.SCHOLAR, Role.STAFF}
WELCOMES = {
    frozenset({Role.SCHOLAR}): texts.messages.WELCOME,
    frozenset({Role.SCHOLAR, Role.MENTOR}): texts.messages.WELCOME,
    **{frozenset({role}): texts.messages.WELCOME_SUPPORT for role in SUPPORT_ROLES},
    frozenset({Role.COACH, Role.MENTOR}): texts.messages.WELCOME_SUPPORT,
    frozenset({Role.STAFF}): texts.messages.WELCOME_STAFF,
    frozenset({Role.STAFF, Role.OPS}): texts.messages.WELCOME_STAFF,
    **{frozenset({role}): texts.messages.WELCOME_OTHERS for role in OUTSIDERS},
}


@pytest.mark.parametrize(("roles", "lines"), WELCOMES.items())
def test_welcome_is_three_lines_with_what_the_bot_does_for_them_and_who_sees_what(
    roles: frozenset[Role], lines: tuple[str, ...]
) -> None:
    message = welcome_message(roles)

    assert len(lines) == 3
    assert message == Message(text=" ".join(lines), blocks=(section("\n".join(lines)),))


def test_welcome_of_mentors_alone_says_that_they_can_book_a_coach() -> None:
    told = {roles for roles in WELCOMES if "/support research" in welcome_message(roles, can_book_coach=True).text}

    assert told == {frozenset({Role.MENTOR}), frozenset({Role.COACH, Role.MENTOR})}


def test_welcome_speaks_of_commands_that_its_readers_have() -> None:
    named = [
        sorted({word.line for word in WORDS if word.line in " ".join(lines)})
        for lines in (
            texts.messages.WELCOME,
            texts.messages.WELCOME_SUPPORT,
            texts.messages.WELCOME_OTHERS,
            texts.messages.WELCOME_STAFF,
            (texts.helping.PLAIN,),
        )
    ]

    of_staff = ["/announce", "/deadlines", "/events", "/program", "/support"]
    assert named == [["/support"], ["/hours", "/support"], ["/support"], of_staff, ["/support"]]


@pytest.mark.parametrize("role", Role)
def test_help_lists_what_each_role_can_type_and_nothing_more(role: Role) -> None:
    message = help_message(frozenset({role}))

    allowed = [word for word in WORDS if role in word.roles & (PARTIES | STAFF | MENTORS)]
    assert [line for line in message.text.splitlines() if line.startswith("*")] == [
        f"*{word.line}*: {word.does}" for word in allowed
    ]
    assert message.text


def test_those_outside_support_are_told_what_they_can_do_and_not_where_to_ask_for_it() -> None:
    told = [texts.messages.WELCOME_OTHERS[1], texts.messages.WELCOME_STAFF[1], texts.helping.PLAIN, texts.helping.STAFF]
    told.append(texts.helping.MENTOR)

    assert [text for text in told if "tell them to type /support" not in text] == []


@pytest.mark.parametrize("role", OUTSIDERS - {Role.MENTOR})
def test_help_for_those_outside_support_is_the_same_for_all(role: Role) -> None:
    assert help_message(frozenset({role})) == help_message(frozenset({Role.OPS}))


@pytest.mark.parametrize("judge", [Role.MENTOR, Role.GRADER, Role.EVALUATOR])
def test_help_of_a_coach_who_judges_has_no_word_that_is_refused_to_them(judge: Role) -> None:
    lines = [help_message(roles).text for roles in (frozenset({Role.COACH}), frozenset({Role.COACH, judge}))]

    assert ["*/support load*" in text for text in lines] == [True, False]


def test_help_of_a_scholar_speaks_of_nothing_that_is_for_support() -> None:
    text = help_message(frozenset({Role.SCHOLAR})).text

    assert [word for word in ("set one up", "you help in", "if you are") if word in text] == []


def test_help_tells_scholars_what_is_sealed() -> None:
    assert texts.helping.SEALED in help_message(frozenset({Role.SCHOLAR})).text
