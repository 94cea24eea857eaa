"""What a session message may tell, judged anew at the moment of sending."""

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from domain.booking import Booked
from domain.delivery import Delivery, DeliveryState, Suppressed
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.sweep import sweep_changed_programs
from services.session_news.deliveries import SessionMessage
from services.session_news.news import SessionNews, session_file, session_news
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import table_of
from tests.builders import leaving
from tests.builders.bookings import a_cancellation, a_move, a_wish, instant
from tests.fixtures.desks import LONDON, House, ledger_rows

IN_TWO_DAYS, LATER = "2027-01-13T10:00Z", "2027-01-14T10:00Z"
KINDS = ("session.booked", "session.moved", "session.canceled", "session.reminder", "session.file")
CHANGED, MOVED, CANCELED = Suppressed("session changed"), Suppressed("session moved"), Suppressed("session canceled")
_ledger = table_of(ConfidentialDelivery)


def booked(house: House) -> Booked:
    return book_session(house.support, house.person("ada"), a_wish(IN_TWO_DAYS)).booked


def move(house: House, session: Booked) -> None:
    move_session(house.support, house.person("ada"), a_move(session.scholar_ref, LATER))


def cancel(house: House, session: Booked, *, version: int = 1) -> None:
    cancel_session(house.support, house.person("cleo"), a_cancellation(session.staff_ref, version=version))


def rows_for(house: House, person_id: str) -> list[Delivery]:
    """Every row for somebody, in the order of their changes."""
    rows = [row for kind in KINDS for row in ledger_rows(house, kind) if row.person_id == person_id]
    return sorted(rows, key=lambda row: (row.object_version, KINDS.index(row.kind), row.send_at))


def told(house: House, person_id: str) -> list[tuple[str, str]]:
    """What becomes of each row but files: the time it would tell, or why it is not told."""
    answers = [
        (row.rung, session_news(house.support, row)) for row in rows_for(house, person_id) if "file" not in row.kind
    ]
    return [
        (rung, answer.reason if isinstance(answer, Suppressed) else f"{answer.starts:%d %H:%M}")
        for rung, answer in answers
    ]


def test_news_tell_the_time_and_nothing_about_who(sqlite_house: House) -> None:
    session = booked(sqlite_house)
    (for_scholar, for_staff) = ledger_rows(sqlite_house, "session.booked")

    assert [session_news(sqlite_house.support, row) for row in (for_scholar, for_staff)] == [
        SessionNews(
            ref=ref,
            version=1,
            starts=instant(IN_TWO_DAYS),
            ends=instant("2027-01-13T10:45Z"),
            zone=LONDON,
            is_for_scholar=is_for_scholar,
            may_look=True,
        )
        for ref, is_for_scholar in ((session.scholar_ref, True), (session.staff_ref, False))
    ]


def test_news_after_a_move_are_of_the_new_time_alone(sqlite_house: House) -> None:
    move(sqlite_house, booked(sqlite_house))

    assert told(sqlite_house, "ada") == [
        ("v1", "session changed"),
        ("24h v1", "session moved"),
        ("15m v1", "session moved"),
        ("v2", "14 10:00"),
        ("24h v2", "14 10:00"),
        ("15m v2", "14 10:00"),
    ]


def test_news_after_a_cancellation_are_that_alone(sqlite_house: House) -> None:
    cancel(sqlite_house, booked(sqlite_house))

    assert told(sqlite_house, "cleo") == [
        ("v1", "session canceled"),
        ("24h v1", "session canceled"),
        ("15m v1", "session canceled"),
        ("v2", "13 10:00"),
    ]


def test_news_for_somebody_who_has_left_are_not_told(sqlite_house: House) -> None:
    booked(sqlite_house)
    leaving.off_the_roster(sqlite_house.stores.program)

    assert {reason for _, reason in told(sqlite_house, "cleo")} == {"gone"}


@pytest.mark.parametrize("left", [leaving.off_the_roster, leaving.membership_over])
def test_whoever_has_left_but_has_an_account_is_told_that_it_is_off_and_nothing_else(
    sqlite_house: House, left: leaving.Change
) -> None:
    booked(sqlite_house)
    left(sqlite_house.stores.program)
    sweep_changed_programs(sqlite_house.desk)

    assert told(sqlite_house, "cleo") == [
        ("v1", "session canceled"),
        ("24h v1", "session canceled"),
        ("15m v1", "session canceled"),
        ("v2", "13 10:00"),
    ]
    (row,) = [row for row in rows_for(sqlite_house, "cleo") if row.kind == "session.canceled"]
    news = session_news(sqlite_house.support, row)
    assert isinstance(news, SessionNews)
    assert (news.may_look, news.zone) == (False, LONDON)
    (file,) = [row for row in rows_for(sqlite_house, "cleo") if row.kind == "session.file" and row.object_version == 2]
    assert b"METHOD:CANCEL" in file_of(sqlite_house, file)


def test_whose_account_is_gone_is_told_nothing(sqlite_house: House) -> None:
    booked(sqlite_house)
    leaving.deactivated(sqlite_house.stores.program)
    sweep_changed_programs(sqlite_house.desk)

    assert told(sqlite_house, "cleo")[-1] == ("v2", "gone")


def sent(house: House, *rungs: str, to: str = "ada") -> None:
    """These messages to somebody have gone out."""
    with house.stores.confidential.write() as connection:
        chosen = (_ledger.c.rung.in_(rungs)) & (_ledger.c.person_id == to)
        connection.execute(_ledger.update().where(chosen).values(state=DeliveryState.SENT.value))


def moved_from(house: House, person_id: str) -> list[datetime | None]:
    rows = [row for row in rows_for(house, person_id) if row.kind == SessionMessage.MOVED]
    told = [session_news(house.support, row) for row in rows]
    return [news.before for news in told if isinstance(news, SessionNews)]


def test_news_of_a_move_say_from_when_to_whoever_was_told_of_that_time(house: House) -> None:
    session = booked(house)
    sent(house, "v1")
    move(house, session)

    assert (moved_from(house, "ada"), moved_from(house, "cleo")) == ([instant(IN_TWO_DAYS)], [None])


def test_news_of_a_second_move_say_from_when_if_the_first_was_told(sqlite_house: House) -> None:
    session = booked(sqlite_house)
    sent(sqlite_house, "v1")
    move(sqlite_house, session)
    back = a_move(session.scholar_ref, "2027-01-15T10:00Z", version=2)
    move_session(sqlite_house.support, sqlite_house.person("ada"), back)
    before = moved_from(sqlite_house, "ada")
    sent(sqlite_house, "v2")

    assert (before, moved_from(sqlite_house, "ada")) == ([None], [instant(LATER)])


@pytest.mark.parametrize(
    ("rung", "left", "says"),
    [
        ("24h v1", timedelta(hours=24), "24h"),
        ("24h v1", timedelta(hours=21, minutes=36), "24h"),
        ("24h v1", timedelta(hours=21, minutes=35), ""),
        ("15m v1", timedelta(minutes=15), "15m"),
        ("15m v1", timedelta(minutes=13, seconds=30), "15m"),
        ("15m v1", timedelta(minutes=13), ""),
    ],
)
def test_reminder_that_goes_late_does_not_say_how_long_it_is_until_then(
    sqlite_house: House, rung: str, left: timedelta, says: str
) -> None:
    starts = booked(sqlite_house).starts
    sqlite_house.clock.advance(starts - left - sqlite_house.clock.now())

    (row,) = [each for each in rows_for(sqlite_house, "ada") if each.rung == rung]
    news = session_news(sqlite_house.support, row)

    assert isinstance(news, SessionNews)
    assert news.rung == says


def test_only_reminders_are_of_a_rung(sqlite_house: House) -> None:
    booked(sqlite_house)
    row = next(each for each in rows_for(sqlite_house, "ada") if each.kind == SessionMessage.BOOKED)
    news = session_news(sqlite_house.support, row)

    assert isinstance(news, SessionNews)
    assert news.rung == ""


def test_file_of_a_session_that_has_changed_since_is_left_to_the_change(sqlite_house: House) -> None:
    session = booked(sqlite_house)
    move(sqlite_house, session)
    sqlite_house.clock.advance(timedelta(minutes=1))
    cancel(sqlite_house, session, version=2)

    files = [session_file(sqlite_house.support, row) for row in rows_for(sqlite_house, "ada") if "file" in row.kind]

    assert files[:2] == [CHANGED, CHANGED]
    assert isinstance(files[2], bytes)
    (event,) = Calendar.from_ical(files[2]).walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (f"{session.scholar_ref}@scholarbot", 2, "CANCELLED")


def test_files_of_the_two_differ_in_their_uid_alone_and_are_the_same_bytes_each_time(sqlite_house: House) -> None:
    session = booked(sqlite_house)
    rows = {row.person_id: row for row in ledger_rows(sqlite_house, "session.file")}

    of_ada, of_cleo, again = (file_of(sqlite_house, rows[id_]) for id_ in ("ada", "cleo", "cleo"))

    assert of_cleo == again == of_ada.replace(session.scholar_ref.encode(), session.staff_ref.encode())
    assert session.staff_ref.encode() in of_cleo


def file_of(house: House, row: Delivery) -> bytes:
    content = session_file(house.support, row)
    assert isinstance(content, bytes)
    return content
