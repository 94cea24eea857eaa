"""A scholar books: what they get, and every way in which a wish is refused with a sentence at its field."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.booking import Booked, TooManyOpen
from domain.errors import DomainError, NotFound
from domain.focus import FocusArea
from domain.kinds import DEFAULT_KINDS, UnknownKind
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.hours.own import save_hours
from services.offers.gone import TimeGone
from services.sessions.facts import SessionDetails
from storage.confidential.bookings import Booking
from storage.engine import table_of
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_wish, instant
from tests.builders.scheduling import LOS_ANGELES, at, hours_in
from tests.fakes.clock import FakeClock
from tests.fixtures.desks import House, a_house
from tests.fixtures.engines import Stores

COACHING = DEFAULT_KINDS[0]
NOON = "2027-01-11T12:00Z"
SOONEST = "Next free: Mon 11 Jan, 16:00 GMT; Tue 12 Jan, 09:00, 09:30 GMT."
SECRET = "I am worried about the visa interview"


def refusal(
    house: House, starts: str = TOMORROW_TEN, *, scholar: str = "ada", staff: str = "cleo"
) -> tuple[str | None, str]:
    """The field and the sentence with which a wish is refused."""
    with pytest.raises(DomainError) as refused:
        book_session(house.support, house.person(scholar), a_wish(starts, staff=staff))
    return refused.value.field, refused.value.message


def test_book_returns_the_whole_session(house: House) -> None:
    wish = a_wish(areas=(FocusArea.CAREER,), words=SECRET)

    details = book_session(house.support, house.person("ada"), wish)

    booked = details.booked
    assert booked == Booked(
        id=booked.id,
        scholar_ref=booked.scholar_ref,
        staff_ref=booked.staff_ref,
        program_id="program-1",
        scholar_id="ada",
        staff_id="cleo",
        kind="coaching",
        status="booked",
        starts_at=at(TOMORROW_TEN),
        ends_at=at(TOMORROW_TEN) + 45 * 60,
        busy_from=at(TOMORROW_TEN),
        busy_to=at(TOMORROW_TEN) + 60 * 60,
        version=1,
        sequence=0,
        topic=booked.topic,
        created_at=at(NOON),
        changed_at=at(NOON),
        roster_version=0,
    )
    assert len({booked.id, booked.scholar_ref, booked.staff_ref}) == 3
    assert details == SessionDetails(
        ref=booked.scholar_ref,
        booked=booked,
        kind=COACHING,
        zone="Europe/London",
        other_name="Cleo",
        other_zone="Europe/London",
        place=None,
        focus_areas=(FocusArea.CAREER,),
        words=SECRET,
        reason="",
        is_off=False,
    )


def test_book_stores_no_plain_word_of_the_topic(house: House) -> None:
    book_session(house.support, house.person("ada"), a_wish(areas=(FocusArea.CAREER,), words=SECRET))

    with house.stores.confidential.read() as connection:
        (row,) = connection.execute(select(table_of(Booking))).all()
    stored = repr(tuple(row)).encode() + row.topic
    assert [word for word in (b"visa", b"interview", b"career", SECRET.encode()) if word in stored] == []


def test_book_with_anyone_takes_the_least_loaded_of_those_who_are_free(sqlite_house: House) -> None:
    support, ada, bo = sqlite_house.support, sqlite_house.person("ada"), sqlite_house.person("bo")
    book_session(support, bo, a_wish("2027-01-13T10:00Z", staff="cleo"))

    least_loaded = book_session(support, ada, a_wish("2027-01-14T10:00Z", staff=None))
    only_free = book_session(support, ada, a_wish("2027-01-13T10:00Z", staff=None))
    again_even = book_session(support, bo, a_wish("2027-01-15T10:00Z", staff=None))

    chosen = [each.booked.staff_id for each in (least_loaded, only_free, again_even)]
    assert chosen == ["dev", "dev", "cleo"]


def test_book_with_anyone_counts_neither_canceled_sessions_nor_those_of_long_ago(sqlite_house: House) -> None:
    support, ada = sqlite_house.support, sqlite_house.person("ada")
    book_session(support, ada, a_wish("2027-01-12T10:00Z", staff="cleo"))
    sqlite_house.clock.advance(timedelta(days=40))
    canceled = book_session(support, ada, a_wish("2027-02-23T10:00Z", staff="cleo")).booked
    cancel_session(support, ada, a_cancellation(canceled.scholar_ref))

    booked = book_session(support, ada, a_wish("2027-02-24T10:00Z", staff=None)).booked

    assert booked.staff_id == "cleo"


@pytest.mark.parametrize(
    ("starts", "sentence", "free"),
    [
        pytest.param("2027-01-11T11:00Z", "That time has passed. Please choose a later one.", SOONEST, id="past"),
        pytest.param(
            "2027-01-11T15:30Z",
            "That is too soon: please book at least 4 hours ahead, so choose a later time.",
            SOONEST,
            id="inside the notice",
        ),
        pytest.param(
            "2027-02-09T10:00Z",
            "That is more than 28 days ahead. Please choose an earlier time.",
            "Free before that: Mon 11 Jan, 16:00 GMT; Tue 12 Jan, 09:00, 09:30 GMT.",
            id="past the horizon",
        ),
        pytest.param(
            "2027-01-12T18:00Z",
            "That time is outside the hours on offer. Please choose one of the times in the list.",
            "Next free: Wed 13 Jan, 09:00, 09:30, 10:00 GMT.",
            id="after hours",
        ),
        pytest.param(
            "2027-01-12T16:30Z",
            "That time is outside the hours on offer. Please choose one of the times in the list.",
            "Next free: Wed 13 Jan, 09:00, 09:30, 10:00 GMT.",
            id="would end after hours",
        ),
        pytest.param(
            "2027-01-12T10:10Z",
            "Sessions do not start at that minute. Please choose one of the times in the list.",
            "Next free: Tue 12 Jan, 10:30, 11:00, 11:30 GMT.",
            id="off the grid",
        ),
    ],
)
def test_book_at_a_time_that_is_not_offered_says_why_and_what_is_free(
    sqlite_house: House, starts: str, sentence: str, free: str
) -> None:
    field, message = refusal(sqlite_house, starts)

    assert (field, message) == ("start", f"{sentence} {free}")
    assert (sqlite_house.bookings(), sqlite_house.messages(), sqlite_house.keys()) == ([], [], [])


def test_book_at_the_very_notice_books_and_a_second_later_refuses(sqlite_house: House) -> None:
    support, ada, bo = sqlite_house.support, sqlite_house.person("ada"), sqlite_house.person("bo")
    exactly_four_hours_ahead = "2027-01-11T16:00Z"

    booked = book_session(support, ada, a_wish(exactly_four_hours_ahead, staff="cleo")).booked
    sqlite_house.clock.advance(timedelta(seconds=1))
    with pytest.raises(TimeGone, match="That is too soon"):
        book_session(support, bo, a_wish(exactly_four_hours_ahead, staff="dev"))

    assert booked.starts == instant(exactly_four_hours_ahead)


def test_book_when_the_scholar_has_another_session_then_says_so(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish(staff="dev"))

    field, message = refusal(sqlite_house, staff="cleo")

    sentence = "You have another session then. Please choose another time, or move that one first."
    free = "Next free: Tue 12 Jan, 11:00, 11:30, 12:00 GMT."
    assert (field, message) == ("start", f"{sentence} {free}")


def test_book_when_nothing_is_free_any_more_suggests_nothing(sqlite_house: House) -> None:
    cleo = sqlite_house.person("cleo")
    save_hours(sqlite_house.support, cleo, hours_in("Europe/London"))

    assert refusal(sqlite_house) == (
        "start",
        "That time is outside the hours on offer. Please choose one of the times in the list.",
    )


def test_book_of_more_than_may_be_open_says_how_many_are(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    for day in (12, 13, 14):
        book_session(sqlite_house.support, ada, a_wish(f"2027-01-{day}T10:00Z"))

    with pytest.raises(TooManyOpen) as refused:
        book_session(sqlite_house.support, ada, a_wish("2027-01-15T10:00Z"))
    other_kind = book_session(sqlite_house.support, ada, a_wish("2027-01-15T10:00Z", kind="community", staff="eli"))

    assert refused.value.field == "start"
    assert refused.value.message == (
        "You have 3 sessions of this kind ahead, as many as can be booked at once. "
        "Please cancel one with /support list, or book again after the next one."
    )
    assert other_kind.booked.is_open


def test_book_again_after_a_session_has_begun_is_within_the_limit(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    for day in (12, 13, 14):
        book_session(sqlite_house.support, ada, a_wish(f"2027-01-{day}T10:00Z"))
    sqlite_house.clock.advance(timedelta(hours=22))

    booked = book_session(sqlite_house.support, ada, a_wish("2027-01-15T10:00Z")).booked

    assert booked.is_open


def test_book_of_an_unknown_kind_is_refused_at_the_kind(sqlite_house: House) -> None:
    with pytest.raises(UnknownKind) as refused:
        book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish(kind="massage"))

    assert refused.value.field == "kind"


@leaving.apart
def test_book_with_a_coach_gone_since_the_form_opened_is_refused_at_the_person(
    sqlite_house: House, apart: leaving.Change
) -> None:
    ada = sqlite_house.person("ada")
    apart(sqlite_house.stores.program)

    with pytest.raises(NotFound) as refused:
        book_session(sqlite_house.support, ada, a_wish(staff="cleo"))
    with_anyone = book_session(sqlite_house.support, ada, a_wish(staff=None)).booked

    assert (refused.value.field, refused.value.message) == (
        "staff",
        "They do not take sessions just now. Please choose somebody else.",
    )
    assert with_anyone.staff_id == "dev"


def test_book_drops_a_topic_of_the_other_kind_of_session(sqlite_house: House) -> None:
    wish = a_wish(areas=(FocusArea.CAREER, FocusArea.CONFLICT))

    details = book_session(sqlite_house.support, sqlite_house.person("ada"), wish)

    assert details.focus_areas == (FocusArea.CAREER,)


def test_book_notes_the_older_of_the_rosters_that_both_were_judged_by(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    leaving.touch(sqlite_house.stores.program)

    from_before = book_session(sqlite_house.support, ada, a_wish()).booked
    from_now = book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish("2027-01-13T10:00Z")).booked

    assert (from_before.roster_version, from_now.roster_version) == (0, 1)


def test_book_in_the_hour_that_clocks_skip_is_no_time_at_all(stores: Stores) -> None:
    house = in_los_angeles(stores, "2027-03-12T12:00Z", "1:00-4:00")

    offered = [book_start(house, start) for start in ("2027-03-14T09:30Z", "2027-03-14T10:30Z")]

    assert offered == ["2027-03-14T09:30Z", "That time is outside the hours on offer"]


def test_book_in_the_hour_that_clocks_repeat_books_each_of_the_two(stores: Stores) -> None:
    house = in_los_angeles(stores, "2027-11-05T12:00Z", "1:00-3:00")

    booked = [book_start(house, start) for start in ("2027-11-07T08:30Z", "2027-11-07T09:30Z")]
    _, message = refusal(house, "2027-11-07T08:30Z", scholar="bo")

    assert booked == ["2027-11-07T08:30Z", "2027-11-07T09:30Z"]
    assert message.startswith("That time has just been taken. Please choose another one. Next free: Sun 14 Nov")


def in_los_angeles(stores: Stores, now: str, sundays: str) -> House:
    house = a_house(stores, clock=FakeClock(datetime.fromisoformat(now).astimezone(UTC)))
    save_hours(house.support, house.person("cleo"), hours_in(LOS_ANGELES, {6: sundays}))
    return house


def book_start(house: House, start: str) -> str:
    try:
        details = book_session(house.support, house.person("ada"), a_wish(start))
    except TimeGone as refused:
        return refused.message.partition(".")[0]
    return f"{details.booked.starts:%Y-%m-%dT%H:%MZ}"
