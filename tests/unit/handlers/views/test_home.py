from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.people import Role
from domain.ports import Block
from handlers import texts
from handlers.ids import Action
from handlers.views.attention import attention_rows
from handlers.views.blocks import actions, button, context, header, section
from handlers.views.home import home_view
from handlers.views.sessions import session_row
from handlers.views.ways import way_buttons
from handlers.views.when import when_token
from services.sessions.facts import SessionLine
from services.sessions.waits import Waits
from tests.builders.holds import a_waiting_time
from tests.builders.sessions import LONDON, TUESDAY, a_line, a_week

LAST = (*attention_rows(), context(texts.home.ZONE.format(zone=LONDON)))
COACH, SCHOLAR = frozenset({Role.COACH}), frozenset({Role.SCHOLAR})
FOR_COACHES, FOR_SCHOLARS = (actions(*way_buttons(roles), block_id="home.ways") for roles in (COACH, SCHOLAR))


@pytest.mark.parametrize(
    ("ahead", "today", "blocks"),
    [
        ([], None, [header(texts.home.NEXT), section(texts.home.NOTHING), FOR_SCHOLARS]),
        ([a_line()], None, [header(texts.home.NEXT), session_row(a_line()), FOR_SCHOLARS]),
        (None, [], [header(texts.home.TODAY), section(texts.home.NO_DAY), FOR_COACHES]),
        (
            None,
            [a_line("s1"), a_line("s2")],
            [header(texts.home.TODAY), session_row(a_line("s1")), session_row(a_line("s2")), FOR_COACHES],
        ),
    ],
)
def test_home_shows_times_and_buttons(
    ahead: list[SessionLine] | None, today: list[SessionLine] | None, blocks: list[Block]
) -> None:
    week = None if today is None else a_week(today)

    roles = COACH if ahead is None else SCHOLAR

    assert home_view(zone=LONDON, roles=roles, ahead=ahead, week=week) == {
        "type": "home",
        "blocks": [*blocks, *LAST],
    }


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ([], [section(texts.home.NO_MORE), session_row(a_line("next"))]),
        ([a_line("today")], [session_row(a_line("today"))]),
    ],
)
def test_home_of_a_coach_whose_day_is_over_shows_what_comes_next(today: list[SessionLine], shown: list[Block]) -> None:
    view = home_view(zone=LONDON, roles=COACH, week=a_week(today), following=[a_line("next")])

    assert view["blocks"] == [header(texts.home.TODAY), *shown, FOR_COACHES, *LAST]


def test_home_of_a_scholar_says_what_is_kept_and_asked_for_with_a_way_to_the_list() -> None:
    kept, asked = a_waiting_time(), a_waiting_time(is_request=True)

    view = home_view(zone=LONDON, roles=SCHOLAR, ahead=[], kept=[kept, asked, kept, kept])

    until, starts = (when_token(each, LONDON) for each in (kept.until, kept.starts))
    line, other = (each.format(until=until, starts=starts) for each in (texts.holds.HOME_KEPT, texts.holds.HOME_ASKED))
    see = button(texts.holds.HOME_SEE, Action.OPEN_SESSIONS)
    assert view["blocks"] == [
        header(texts.home.NEXT),
        section(texts.home.NOTHING),
        section(f"{line}\n{other}\n{line}", accessory=see),
        FOR_SCHOLARS,
        *LAST,
    ]


def test_home_of_a_coach_says_that_they_were_asked_and_until_when_to_answer() -> None:
    asked = a_waiting_time(is_request=True)
    later = replace(asked, until=asked.until + timedelta(hours=1))

    none, one, two = (
        home_view(zone=LONDON, roles=COACH, week=a_week([]), to_answer=requests)["blocks"]
        for requests in ([], [asked], [later, asked])
    )

    until, answer = when_token(asked.until, LONDON), button(texts.holds.ANSWER, Action.OPEN_SESSIONS)
    said = (texts.holds.HOME_TO_ANSWER, texts.holds.HOME_SEVERAL_TO_ANSWER)
    rows = [section(words.format(until=until, number=2), accessory=answer) for words in said]
    assert [one, two] == [[row, *none] for row in rows]


def test_home_of_somebody_without_sessions_says_what_the_bot_is_for() -> None:
    assert home_view(zone=LONDON)["blocks"] == [section(texts.home.PLAIN), *attention_rows()]


def test_home_of_somebody_who_is_both_shows_both() -> None:
    blocks = home_view(zone=LONDON, roles=COACH | SCHOLAR, ahead=[], week=a_week())["blocks"]

    heads = [block["text"]["text"] for block in blocks if block["type"] == "header"]
    assert heads == [texts.home.TODAY, texts.home.NEXT]
    assert [block for block in blocks if block["type"] == "actions"] == [
        actions(*way_buttons(COACH | SCHOLAR), block_id="home.ways"),
        *attention_rows(),
    ]


def test_home_of_a_coach_shows_the_days_of_the_week_as_numbers_and_times() -> None:
    wednesday, friday = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=3)
    several = [a_line("s2", starts=wednesday), a_line("s3", starts=wednesday + timedelta(hours=5))]

    blocks = home_view(zone=LONDON, roles=COACH, week=a_week([a_line()], several, [], [a_line("s4", starts=friday)]))[
        "blocks"
    ]

    lines = [
        "*Your week*",
        f"Tue 12 Jan: 1 session, {token(TUESDAY)} to {token(TUESDAY, minutes=45)}",
        f"Wed 13 Jan: 2 sessions, {token(wednesday)} to {token(wednesday, minutes=345)}",
        f"Fri 15 Jan: 1 session, {token(friday)} to {token(friday, minutes=45)}",
    ]
    assert blocks == [header(texts.home.TODAY), session_row(a_line()), section("\n".join(lines)), FOR_COACHES, *LAST]


def token(instant: datetime, *, minutes: int = 0) -> str:
    moment = instant + timedelta(minutes=minutes)
    return f"<!date^{int(moment.timestamp())}^{{time}}|{moment:%H:%M} GMT>"


def test_home_of_a_scholar_says_what_waits_and_nothing_about_it() -> None:
    blocks = home_view(zone=LONDON, roles=SCHOLAR, ahead=[], waits=[Waits.OFFERED, Waits.IN_LINE])["blocks"]

    assert blocks[:2] == [
        section("You are in line.", accessory=button(texts.office_hours.MY_PLACE, Action.SEE_PLACE)),
        section(texts.home.OFFERED, accessory=button(texts.home.SEE_OFFERED, Action.OPEN_SESSIONS)),
    ]


def test_home_of_staff_is_the_plain_one_with_ways_to_what_they_announce_and_to_the_rules() -> None:
    ways = actions(
        button("Announcements", Action.OPEN_ANNOUNCEMENTS),
        button("Deadlines", Action.OPEN_DEADLINES),
        button("Events", Action.OPEN_EVENTS),
        button(texts.home.RULES, Action.OPEN_PROGRAM),
        block_id="home.staff",
    )

    assert home_view(zone=LONDON, is_staff=True)["blocks"] == [section(texts.home.PLAIN), ways, *attention_rows()]


def test_home_in_a_demo_says_what_time_it_is_for_the_bot() -> None:
    blocks = home_view(zone=LONDON, roles=SCHOLAR, ahead=[], moved_to=TUESDAY)["blocks"]

    assert blocks[-3:] == [
        context("In this demo the time has been moved. For me it is now Tue 12 Jan, 10:00 GMT."),
        *LAST,
    ]


@pytest.mark.parametrize(("number", "says"), [(1, "1 session waits for a log."), (3, "3 sessions wait for a log.")])
def test_home_of_a_coach_counts_what_waits_for_a_log_below_the_day(number: int, says: str) -> None:
    blocks = home_view(zone=LONDON, roles=COACH, week=a_week(), to_log=number)["blocks"]

    waiting = section(says, accessory=button(texts.session_log.SEE, Action.OPEN_LOGS))
    assert blocks == [header(texts.home.TODAY), section(texts.home.NO_DAY), waiting, FOR_COACHES, *LAST]


def test_home_of_a_scholar_says_that_a_question_waits_and_not_about_what() -> None:
    blocks = home_view(zone=LONDON, roles=SCHOLAR, ahead=[], question=a_line("mine"))["blocks"]

    answer = button(texts.rating.ANSWER, Action.OPEN_RATING, value="mine.1")
    waiting = section("A short question waits for you.", accessory=answer)
    assert blocks == [header(texts.home.NEXT), section(texts.home.NOTHING), waiting, FOR_SCHOLARS, *LAST]
