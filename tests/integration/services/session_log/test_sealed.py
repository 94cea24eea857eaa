"""What is sealed after a session opens for its own row alone, under the keys of its own class."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from domain.booking import Booked
from domain.focus import FocusArea
from domain.kinds import COACHING, COMMUNITY
from domain.sealing import RecordClass, SealError
from domain.session_log import Outcome
from services.session_log import record
from services.session_log.aftermath import aftermath
from services.session_log.facts import LoggedSession
from services.session_log.log import log_session, log_sheet
from services.session_log.rating import rate_session, rating_sheet
from storage.confidential import data_keys, session_log_queries
from storage.confidential.bookings import Booking
from storage.confidential.session_log import SessionLog, SessionRating
from storage.engine import table_of
from tests.builders.session_logs import a_log, a_rating, ended_session
from tests.fixtures.desks import House

_log, _rating, _booking = table_of(SessionLog), table_of(SessionRating), table_of(Booking)
NEXT_STEP = "Ask for the reference by Friday."
WORDS = "Less advice, more listening."


def logged(house: House, kind: str = COACHING, **said: object) -> Booked:
    staff = "eli" if kind == COMMUNITY else "cleo"
    booked = ended_session(house, kind=kind, staff=staff)
    command = a_log(booked.staff_ref, areas=[FocusArea.CAREER, FocusArea.CONFLICT], next_step=NEXT_STEP, **said)  # type: ignore[arg-type]  # the builder's own
    log_session(house.support, house.person(staff), command)
    return booked


def read(house: House, booked: Booked) -> LoggedSession | None:
    with house.stores.confidential.read() as connection:
        return record.read_log(house.support, connection, booked)


def change(house: House, **values: object) -> None:
    with house.stores.confidential.write() as connection:
        connection.execute(update(_log).values(**values))


@pytest.mark.parametrize(
    ("kind", "record_class"), [(COACHING, RecordClass.COACHING_LOG), (COMMUNITY, RecordClass.COMMUNITY_LOG)]
)
def test_log_is_sealed_under_the_keys_of_its_own_class(house: House, kind: str, record_class: RecordClass) -> None:
    logged(house, kind)

    with house.stores.confidential.read() as connection:
        classes = set(connection.execute(select(data_keys.table.c.record_class)).scalars())

    assert classes == {RecordClass.BOOKING, record_class}


def test_log_of_the_community_manager_never_opens_as_a_coachs(house: House) -> None:
    booked = logged(house, COMMUNITY)
    (stored,) = last_logs(house, booked)
    right = record._identity(booked, stored, None)  # noqa: SLF001
    sealer = house.support.sealer

    with house.stores.confidential.read() as connection:
        opened = sealer.open(connection, stored.sealed, identity=right)
        with pytest.raises(SealError):
            sealer.open(connection, stored.sealed, identity=replace(right, record_class=RecordClass.COACHING_LOG))
    as_coachs = read(house, replace(booked, kind=COACHING))

    assert NEXT_STEP in opened
    assert as_coachs is not None
    assert (as_coachs.is_unreadable, as_coachs.next_step, as_coachs.focus_areas) == (True, "", ())


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": Outcome.NO_SHOW.value},
        {"started_at": 1},
        {"ended_at": None},
        {"author_id": "dev"},
        {"version": 2},
        {"booking_id": "another"},
    ],
    ids=lambda values: next(iter(values)),
)
def test_log_whose_row_was_touched_shows_nothing_and_says_so(
    sqlite_house: House, values: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    booked = logged(sqlite_house)
    change(sqlite_house, **values)
    if "booking_id" in values:
        with sqlite_house.stores.confidential.write() as connection:
            connection.execute(update(_booking).values(id="another"))
        sqlite_house.is_broken_on_purpose = True
        booked = replace(booked, id="another")

    with caplog.at_level(logging.ERROR):
        found = read(sqlite_house, booked)

    assert found is not None
    assert (found.is_unreadable, found.next_step, found.focus_areas) == (True, "", ())
    assert [entry.getMessage() for entry in caplog.records] == [
        "a session_log could not be opened: its row is not as it was sealed"
    ]


def test_log_whose_first_version_was_swapped_does_not_open_any_more(sqlite_house: House) -> None:
    booked = logged(sqlite_house)
    log_session(sqlite_house.support, sqlite_house.person("cleo"), a_log(booked.staff_ref, next_step=NEXT_STEP))
    intact = read(sqlite_house, booked)

    with sqlite_house.stores.confidential.write() as connection:
        connection.execute(update(_log).where(_log.c.version == 1).values(sealed=b"another"))
    swapped = read(sqlite_house, booked)

    assert intact is not None
    assert swapped is not None
    assert (intact.is_unreadable, swapped.is_unreadable) == (False, True)


def test_log_that_does_not_open_can_be_looked_at_and_written_anew(sqlite_house: House) -> None:
    booked = logged(sqlite_house)
    change(sqlite_house, sealed=b"nothing")
    cleo = sqlite_house.person("cleo")
    shown = aftermath(sqlite_house.support, cleo, booked)

    log_session(sqlite_house.support, cleo, a_log(booked.staff_ref, next_step=NEXT_STEP))

    assert shown is not None
    assert shown.log is not None
    assert shown.log.is_unreadable
    again = log_sheet(sqlite_house.support, cleo, booked.staff_ref).log
    assert again is not None
    assert (again.next_step, again.is_unreadable) == (NEXT_STEP, False)


def test_words_of_an_answer_whose_number_was_changed_do_not_open(sqlite_house: House) -> None:
    booked = ended_session(sqlite_house)
    ada = sqlite_house.person("ada")
    rate_session(sqlite_house.support, ada, a_rating(booked.scholar_ref, 2, words=WORDS))

    with sqlite_house.stores.confidential.write() as connection:
        connection.execute(update(_rating).values(score=9))

    rating = rating_sheet(sqlite_house.support, ada, booked.scholar_ref).rating
    assert rating is not None
    assert rating.words == ""


def test_answers_with_and_without_words_take_the_same_space(sqlite_house: House) -> None:
    booked = ended_session(sqlite_house)
    ada = sqlite_house.person("ada")
    for words in (WORDS, ""):
        rate_session(sqlite_house.support, ada, a_rating(booked.scholar_ref, words=words))

    with sqlite_house.stores.confidential.read() as connection:
        lengths = {len(sealed) for sealed in connection.execute(select(_rating.c.sealed)).scalars()}
        classes = set(connection.execute(select(data_keys.table.c.record_class)).scalars())

    assert len(lengths) == 1
    assert classes == {RecordClass.BOOKING, RecordClass.RATING}


def last_logs(house: House, booked: Booked) -> list[session_log_queries.Logged]:
    with house.stores.confidential.read() as connection:
        return session_log_queries.last_logs(connection, booked.id)
