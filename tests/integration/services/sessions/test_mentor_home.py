"""A mentor's Home tab: their own next session and the way to one; the same bytes whatever scholars and support do."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import update

from domain.errors import DomainError, StoreAway, StoreBusy
from domain.kinds import RESEARCH
from domain.people import Role
from handlers import texts
from handlers.home import homes_of
from handlers.ids import Action
from handlers.views.attention import attention_rows
from handlers.views.blocks import actions, button, context, header, section
from handlers.views.sessions import session_row
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.hours.own import change_hours
from services.proposals.propose import propose_times
from services.sessions.own import upcoming_sessions
from storage.program.people_queries import member
from tests.acting.waiting_line import books, scarce, waits
from tests.builders.bookings import a_cancellation, a_proposal, a_wish
from tests.builders.groups import a_group_wish, set_up
from tests.builders.office_hours import hold, join
from tests.builders.people import account_of, put_membership
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House
from tests.looking.queries import queries_of

NOON = "2027-01-14T12:00Z"
ZONE = context(texts.home.ZONE.format(zone=LONDON))
WAYS = [
    actions(
        button(texts.due.HOME_ALL, Action.OPEN_DUE),
        button(texts.events.SEE_ALL, Action.OPEN_EVENTS),
        block_id="home.program",
    )
]
"""To deadlines and events, of which none is ahead."""
FOOT = [*attention_rows(), ZONE]
PLAIN = {"type": "home", "blocks": [*WAYS, section(texts.home.PLAIN), *attention_rows()]}
LISTED = button(texts.sessions.SESSIONS_TITLE, Action.OPEN_SESSIONS)
BOOK = button(texts.home.MENTORS, Action.OPEN_BOOKING, style="primary")


@pytest.fixture
def at_noon(house: House) -> House:
    """Cleo has set Thursday's noon aside for mentors, and all of them are in London."""
    move_to_london(house)
    return house


@pytest.fixture
def one(sqlite_house: House) -> House:
    """The same on SQLite."""
    move_to_london(sqlite_house)
    return sqlite_house


def move_to_london(house: House) -> None:
    noon = (replace(each, purpose=RESEARCH) for each in hours_in(LONDON, {3: "12:00-14:00"}).windows)
    change_hours(house.support, house.person("cleo"), lambda week: replace(week, windows=(*week.windows, *noon)))
    with house.stores.program.write() as connection:
        connection.execute(update(member).where(member.c.slack_user_id == account_of("max")).values(zone=LONDON))


def home(house: House, who: str = "max") -> dict[str, object]:
    ((_, view),) = homes_of(house.desk, [who])
    return dict(view)


def book_noon(house: House) -> str:
    return book_session(house.support, house.person("max"), a_wish(NOON, kind=RESEARCH)).ref


def test_home_of_a_mentor_shows_the_next_session_as_a_time_and_the_way_to_another(at_noon: House) -> None:
    before = home(at_noon)
    book_noon(at_noon)

    (line,) = upcoming_sessions(at_noon.support, at_noon.person("max"))
    said, listed = section(texts.home.PLAIN), actions(BOOK, LISTED, block_id="home.mentor")
    head, nothing = header("Your next session"), section(texts.home.MENTORS_NOTHING)
    assert before == {"type": "home", "blocks": [*WAYS, said, head, nothing, listed, *FOOT]}
    assert home(at_noon) == {"type": "home", "blocks": [*WAYS, said, head, session_row(line), listed, *FOOT]}


def test_home_of_a_mentor_names_neither_the_coach_nor_the_kind_nor_what_it_is_about(one: House) -> None:
    wish = a_wish(NOON, kind=RESEARCH, words="How do I plan a summer?")
    book_session(one.support, one.person("max"), wish)

    shown = json.dumps(home(one))

    assert [word for word in ("Cleo", "cleo", "esearch", "summer") if word in shown] == []


@pytest.mark.parametrize("has_session", [True, False])
def test_home_of_a_mentor_is_the_same_bytes_whatever_scholars_do(at_noon: House, *, has_session: bool) -> None:
    if has_session:
        book_noon(at_noon)
    before = json.dumps(home(at_noon))
    cleo, ada = at_noon.person("cleo"), at_noon.person("ada")

    booked = [book_session(at_noon.support, ada, a_wish(f"2027-01-{day}T10:00Z", words="Max")) for day in (12, 13)]
    cancel_session(at_noon.support, ada, a_cancellation(booked[0].ref))
    propose_times(at_noon.support, cleo, ada, a_proposal("2027-01-15T10:00Z"))
    set_up(at_noon, wish=a_group_wish(starts="2027-01-15T15:00Z"))
    scarce(at_noon, "dev")
    books(at_noon, "bo", staff="dev")
    waits(at_noon, "ada", staff="dev")
    hold(at_noon)
    join(at_noon, "bo")

    assert json.dumps(home(at_noon)) == before


@pytest.mark.parametrize("number", [0, 3])
def test_home_of_a_mentor_asks_as_much_whatever_anybody_has_booked(one: House, number: int) -> None:
    if number:
        book_noon(one)
    for each in range(number):
        book_session(one.support, one.person("ada"), a_wish(f"2027-01-12T{10 + each}:00Z"))

    with queries_of(one.stores.confidential) as found:
        homes_of(one.desk, ["max"])

    assert len(found) == 3


def test_home_of_a_mentor_without_the_confidential_store_says_not_available_now(one: House) -> None:
    book_noon(one)
    absent = replace(one.desk, support_desk=None)

    ((_, view),) = homes_of(absent, ["max"])

    words = section("Not available now. Please look again later.")
    assert view == {"type": "home", "blocks": [*WAYS, section(texts.home.PLAIN), header(texts.home.NEXT), words, *FOOT]}


class _StoreInTrouble:
    def __init__(self, trouble: type[DomainError]) -> None:
        self._trouble = trouble

    def ask(self) -> None:
        raise self._trouble

    def read(self) -> None:
        raise self._trouble


@pytest.mark.parametrize("trouble", [StoreAway, StoreBusy])
def test_home_of_a_mentor_whose_store_is_away_says_the_same(one: House, trouble: type[DomainError]) -> None:
    support = replace(one.support, store=_StoreInTrouble(trouble))  # type: ignore[arg-type]  # only these are called

    away, absent = (homes_of(replace(one.desk, support_desk=each), ["max"]) for each in (support, None))

    assert away == absent


def test_home_of_a_mentor_where_nothing_is_offered_to_them_is_plain_with_the_store_and_without(one: House) -> None:
    set_rules(one.stores.program, lambda rules: with_kind(rules, RESEARCH, is_offered=False))

    ((_, absent),) = homes_of(replace(one.desk, support_desk=None), ["max"])

    assert (home(one), absent) == (PLAIN, PLAIN)


def test_a_session_that_stands_is_shown_although_no_other_can_be_booked(one: House) -> None:
    book_noon(one)
    set_rules(one.stores.program, lambda rules: with_kind(rules, RESEARCH, is_offered=False))

    blocks = home(one)["blocks"]

    assert isinstance(blocks, list)
    assert actions(LISTED, block_id="home.mentor") in blocks


def test_who_coaches_and_mentors_has_times_in_their_day_alone_and_the_way_to_book(one: House) -> None:
    put_membership(one.stores.program, "dev", Role.MENTOR)
    book_session(one.support, one.person("dev"), a_wish(NOON, kind=RESEARCH))

    blocks = home(one, "dev")["blocks"]

    assert isinstance(blocks, list)
    assert blocks.count(session_row(upcoming_sessions(one.support, one.person("dev"))[0])) == 1
    assert [actions(BOOK, LISTED, block_id="home.mentor")] == blocks[-3:-2]


def test_who_is_a_scholar_and_mentors_reads_nothing_twice(one: House) -> None:
    put_membership(one.stores.program, "ada", Role.MENTOR)

    assert texts.home.MENTORS not in json.dumps(home(one, "ada"))
