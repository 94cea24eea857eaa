"""A series is booked whole or not at all, told once, and its sessions live their own lives."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import update

from domain.booking import TooManyOpen
from domain.days import DateSpan
from domain.delivery import Suppressed
from domain.hours import Absence, Travel, WeeklyHours
from domain.kinds import COACHING, DEFAULT_KINDS
from domain.people import Role
from domain.series import Repeat, SeriesNotFree, SeriesTooLong
from domain.slots import Refusal
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.commands import BookSession
from services.booking.series import WHY
from services.hours.own import change_hours, save_hours
from services.offers.gone import TimeGone
from services.session_news.deliveries import ledger
from services.session_news.news import SessionNews, session_news
from services.session_news.series import series_news
from services.sessions.own import session_details, upcoming_sessions
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.builders.bookings import a_cancellation, a_move, a_wish, instant
from tests.builders.people import put_person, travel
from tests.builders.rules import closed_days, set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, UNSHARED, WEEKDAYS, House, ledger_rows, replica
from tests.looking.invariants import broken_invariants
from tests.looking.queries import queries_of

WEEKLY = Repeat(every_weeks=1, times=3)
TUESDAYS = ["2027-01-12T10:00Z", "2027-01-19T10:00Z", "2027-01-26T10:00Z"]


def a_series(
    starts: str = TUESDAYS[0], *, repeat: Repeat = WEEKLY, staff: str | None = "cleo", key: str | None = None
) -> BookSession:
    """A wish for several."""
    return replace(a_wish(starts, staff=staff, key=key, words="Whether to go on."), repeat=repeat)


def roomy(house: House, number: int) -> House:
    """The same house with so many coaching sessions in a series and ahead."""
    roomier = partial(with_kind, key=COACHING, series_max=number, open_per_scholar=number)
    set_rules(house.stores.program, lambda rules: replace(roomier(rules), fair=UNSHARED))
    return house


def refs(house: House, who: str = "ada") -> Iterator[str]:
    """The person's references to the sessions they have, soonest first."""
    return (line.ref for line in upcoming_sessions(house.support, house.person(who)))


def kinds_told(house: House, who: str) -> list[str]:
    """Messages but for reminders and files."""
    told = [kind for kind, person, *_ in house.messages() if person == who]
    return [kind for kind in told if kind != "session.reminder" and "file" not in kind]


def test_series_of_what_waits_for_a_yes_is_refused_and_one_is_asked_for(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, COACHING, needs_approval=True))

    with pytest.raises(SeriesTooLong) as refused:
        book_session(house.support, house.person("ada"), a_series())
    asked = book_session(house.support, house.person("ada"), a_series(repeat=Repeat()))

    assert (refused.value.field, asked.booked.status) == ("repeat", "requested")
    assert refused.value.message == "Sessions of this kind wait for a yes first. Please ask for one at a time."


def test_series_is_booked_at_once_and_told_once(house: House) -> None:
    details = book_session(house.support, house.person("ada"), a_series())

    assert house.bookings() == [("ada", "cleo", start, "booked") for start in TUESDAYS]
    assert details.series == tuple(map(instant, TUESDAYS))
    for who in ("ada", "cleo"):
        assert kinds_told(house, who) == ["session.series"]
        files = [kind for kind, person, *_ in house.messages() if person == who and "file" in kind]
        assert files == ["session.series_file"]
    due = [send_at for kind, who, _, send_at in house.messages() if (kind, who) == ("session.reminder", "ada")]
    assert sorted(due) == [
        "2027-01-12T09:45Z",
        "2027-01-18T10:00Z",
        "2027-01-19T09:45Z",
        "2027-01-25T10:00Z",
        "2027-01-26T09:45Z",
    ]
    assert broken_invariants(house.stores.confidential) == []


def test_news_lists_the_times_that_still_stand(house: House) -> None:
    book_session(house.support, house.person("ada"), a_series())
    (row,) = [each for each in ledger_rows(house, "session.series") if each.person_id == "ada"]
    before = series_news(house.support, row)
    first, second, third = refs(house)
    cancel_session(house.support, house.person("ada"), a_cancellation(first))
    move_session(house.support, house.person("ada"), a_move(second, "2027-01-20T11:00Z"))

    after = series_news(house.support, row)
    for ref, version in ((second, 2), (third, 1)):
        cancel_session(house.support, house.person("ada"), a_cancellation(ref, version=version))
    in_the_end = series_news(house.support, row)

    assert isinstance(before, SessionNews)
    assert isinstance(after, SessionNews)
    assert (before.series, before.ref) == (tuple(map(instant, TUESDAYS)), first)
    assert (after.series, after.ref) == ((instant("2027-01-20T11:00Z"), instant(TUESDAYS[2])), second)
    assert in_the_end == Suppressed("session canceled")


def test_each_side_opens_each_session_with_words_of_its_own(house: House) -> None:
    book_session(house.support, house.person("ada"), a_series())

    seen = [
        session_details(house.support, house.person(who), ref) for who in ("ada", "cleo") for ref in refs(house, who)
    ]

    assert [each.words for each in seen] == ["Whether to go on."] * 6
    assert len({each.ref for each in seen}) == 6
    assert {each.series for each in seen} == {tuple(map(instant, TUESDAYS))}


def test_series_keeps_the_local_time_of_whoever_takes_it(house: House) -> None:
    travel(house.stores.program, "ada", "America/Los_Angeles")
    house.clock.advance(instant("2027-03-15T12:00Z") - house.clock.now())

    book_session(house.support, house.person("ada"), a_series("2027-03-16T16:00Z"))

    assert [start for _, _, start, _ in house.bookings()] == [
        "2027-03-16T16:00Z",
        "2027-03-23T16:00Z",
        "2027-03-30T15:00Z",
    ]


def test_dates_that_do_not_work_are_named_with_their_reasons_and_nothing_is_booked(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, WEEKDAYS, {"2027-01-26": "off"}))
    book_session(house.support, house.person("bo"), a_wish(TUESDAYS[1], staff="cleo"))
    before = house.messages(), house.cells(), house.bookings(), house.keys()

    with pytest.raises(SeriesNotFree) as refused:
        book_session(house.support, house.person("ada"), a_series())

    assert refused.value.field == "repeat"
    assert refused.value.message == (
        "Nothing was booked, since not all of these times work. These do not: Tue 19 Jan 2027, 10:00 (taken); "
        "Tue 26 Jan 2027, 10:00 (outside the hours on offer). Please choose fewer times, or another time."
    )
    assert (house.messages(), house.cells(), house.bookings(), house.keys()) == before


@pytest.mark.parametrize("why", ["away", "set aside", "closed"])
def test_dates_on_which_nobody_is_there_tell_no_more_than_that(sqlite_house: House, why: str) -> None:
    second = DateSpan(first=date(2027, 1, 19), last=date(2027, 1, 19))
    closed = (closed_days("2027-01-19"),) if why == "closed" else ()
    mentoring = replace(DEFAULT_KINDS[0], key="mentor", set_aside=True)
    set_rules(
        sqlite_house.stores.program,
        lambda rules: replace(rules, kinds=(*rules.kinds, mentoring), closed=closed),
    )
    changed = {"away": _with_absence, "set aside": _with_hours_set_aside}.get(why)
    if changed:
        change_hours(sqlite_house.support, sqlite_house.person("cleo"), partial(changed, days=second))

    with pytest.raises(SeriesNotFree) as refused:
        book_session(sqlite_house.support, sqlite_house.person("ada"), a_series("2027-01-12T12:00Z"))

    said = "the program is closed that day" if why == "closed" else "outside the hours on offer"
    assert f"This one does not: Tue 19 Jan 2027, 12:00 ({said})." in refused.value.message


def _with_absence(hours: WeeklyHours, days: DateSpan) -> WeeklyHours:
    return replace(hours, absences=(Absence(days=days),))


def _with_hours_set_aside(hours: WeeklyHours, days: DateSpan) -> WeeklyHours:
    """Tuesday afternoons, which on these dates are those of Athens: two hours earlier."""
    aside = tuple(replace(one, purpose="mentor") for one in hours_in(LONDON, {1: "13-15"}).windows)
    return replace(hours, windows=(*hours.windows, *aside), travels=(Travel(days=days, zone="Europe/Athens"),))


def test_every_reason_against_a_date_is_told_in_words() -> None:
    assert set(WHY) == set(Refusal)


def test_own_session_in_the_way_is_called_that(house: House) -> None:
    book_session(house.support, house.person("ada"), a_wish(TUESDAYS[1], kind="community", staff="eli"))

    with pytest.raises(SeriesNotFree) as refused:
        book_session(house.support, house.person("ada"), a_series())

    assert "This one does not: Tue 19 Jan 2027, 10:00 (you have another session then)." in refused.value.message


def test_anyone_is_somebody_who_is_free_each_time(house: House) -> None:
    book_session(house.support, house.person("bo"), a_wish(TUESDAYS[2], staff="cleo"))

    book_session(house.support, house.person("ada"), a_series(staff=None))

    assert {staff for scholar, staff, *_ in house.bookings() if scholar == "ada"} == {"dev"}


def test_first_time_that_has_gone_is_told_with_the_next_free_ones(house: House) -> None:
    book_session(house.support, house.person("bo"), a_wish(TUESDAYS[0], staff="cleo"))

    with pytest.raises(TimeGone, match="Next free") as refused:
        book_session(house.support, house.person("ada"), a_series())

    assert refused.value.field == "start"


def test_each_session_counts_towards_those_that_may_be_ahead(house: House) -> None:
    book_session(house.support, house.person("ada"), a_wish("2027-01-13T10:00Z", staff="dev"))

    with pytest.raises(TooManyOpen) as refused:
        book_session(house.support, house.person("ada"), a_series())
    with pytest.raises(SeriesTooLong):
        book_session(house.support, house.person("bo"), a_series(repeat=Repeat(times=4)))
    book_session(house.support, house.person("ada"), a_series(repeat=Repeat(times=2)))
    with pytest.raises(TooManyOpen):
        book_session(house.support, house.person("ada"), a_series("2027-01-14T10:00Z", repeat=Repeat(times=2)))

    assert refused.value.field == "repeat"
    assert refused.value.message == (
        "You have 1 of the 3 sessions of this kind ahead that can be booked at once, so only 2 more fit. "
        "Please choose fewer times."
    )


def test_horizon_binds_the_first_session_only(house: House) -> None:
    wide = roomy(house, 4)

    book_session(wide.support, house.person("ada"), a_series(repeat=Repeat(every_weeks=2, times=4)))

    assert [start for _, _, start, _ in house.bookings()][-1] == "2027-02-23T10:00Z"


def test_the_same_form_delivered_again_books_one_series(house: House) -> None:
    ada = house.person("ada")
    first = book_session(house.support, ada, a_series(key="one press"))
    before = house.messages()

    again = book_session(house.support, ada, a_series(key="one press"))

    assert (again.ref, again.series, house.messages()) == (first.ref, first.series, before)


def test_canceling_one_leaves_the_others(house: House) -> None:
    book_session(house.support, house.person("ada"), a_series())
    _, second, _ = refs(house)

    cancel_session(house.support, house.person("ada"), a_cancellation(second))

    assert [status for *_, status in house.bookings()] == ["booked", "canceled", "booked"]
    assert kinds_told(house, "cleo") == ["session.canceled", "session.series"]
    assert broken_invariants(house.stores.confidential) == []


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_canceling_one_and_all_that_follow_is_told_once(house: House, who: str) -> None:
    book_session(house.support, house.person("ada"), a_series())
    _, second, _ = refs(house, who)
    following = replace(a_cancellation(second, reason="A trip."), and_following=True)

    cancel_session(house.support, house.person(who), following)

    assert [status for *_, status in house.bookings()] == ["booked", "canceled", "canceled"]
    for each in ("ada", "cleo"):
        assert kinds_told(house, each) == ["session.series", "session.series_canceled"]
    (row,) = [each for each in ledger_rows(house, "session.series_canceled") if each.person_id == "ada"]
    news = series_news(house.support, row)
    assert isinstance(news, SessionNews)
    assert news.series == tuple(map(instant, TUESDAYS[1:]))
    due = {send_at for kind, *_, send_at in house.messages() if kind == "session.reminder"}
    assert due == {"2027-01-12T09:45Z"}
    assert broken_invariants(house.stores.confidential) == []


def test_canceling_the_last_and_all_that_follow_is_canceling_one(house: House) -> None:
    book_session(house.support, house.person("ada"), a_series())
    *_, third = refs(house)

    cancel_session(house.support, house.person("ada"), replace(a_cancellation(third), and_following=True))

    assert kinds_told(house, "ada") == ["session.canceled", "session.series"]


def test_move_of_one_tells_from_when_if_the_series_was_told(house: House) -> None:
    book_session(house.support, house.person("ada"), a_series())
    with house.stores.confidential.write() as connection:
        told = update(ledger).where(ledger.c.kind == "session.series", ledger.c.person_id == "ada")
        connection.execute(told.values(state="sent"))
    _, second, _ = refs(house)
    move_session(house.support, house.person("ada"), a_move(second, "2027-01-20T11:00Z"))

    before = {}
    for row in ledger_rows(house, "session.moved"):
        news = session_news(house.support, row)
        assert isinstance(news, SessionNews)
        before[row.person_id] = news.before

    assert before == {"ada": instant(TUESDAYS[1]), "cleo": None}
    assert [start for _, _, start, _ in house.bookings()] == [TUESDAYS[0], "2027-01-20T11:00Z", TUESDAYS[2]]


def test_looking_for_the_times_asks_no_more_for_many_people(house: House) -> None:
    def asked() -> int:
        with queries_of(house.stores.confidential) as of_support, pytest.raises(SeriesNotFree):
            book_session(house.support, ada, a_series(staff=None))
        return len(of_support)

    ada = house.person("ada")
    book_session(house.support, house.person("ada"), a_wish(TUESDAYS[1], kind="community", staff="eli"))
    few = asked()
    for number in range(10):
        coach = put_person(house.stores.program, f"coach-{number}", Role.COACH)
        save_hours(house.support, house.person(coach), hours_in(LONDON, WEEKDAYS))

    assert asked() == few


def test_rivals_for_overlapping_series_get_exactly_one_whole(house: House) -> None:
    people = [put_person(house.stores.program, f"scholar-{number}") for number in range(12)]
    houses = [replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(2)]
    starts = (TUESDAYS[0], TUESDAYS[1], TUESDAYS[0])

    outcomes = at_once(
        [
            partial(book_session, houses[number % 2].support, house.person(who), a_series(starts[number % 3]))
            for number, who in enumerate(people)
        ]
    )

    assert len(results(outcomes)) == 1
    assert {type(each) for each in failures(outcomes)} <= {TimeGone, SeriesNotFree}
    assert len(house.bookings()) == 3
    assert broken_invariants(house.stores.confidential) == []


def test_one_series_sent_from_two_devices_at_once_is_booked_once(house: House) -> None:
    ada = house.person("ada")

    outcomes = at_once([partial(book_session, each.support, ada, a_series()) for each in (house, replica(house))])

    assert [type(each) for each in failures(outcomes)] == [TooManyOpen]
    assert len(house.bookings()) == 3
    assert broken_invariants(house.stores.confidential) == []


def test_canceling_all_that_follow_against_a_move_of_one_has_no_half_ways(house: House) -> None:
    rival = replica(house)
    book_session(house.support, house.person("ada"), a_series())
    first, *_ = refs(house)
    _, theirs, _ = refs(house, "cleo")

    outcomes = at_once(
        [
            partial(
                cancel_session,
                house.support,
                house.person("ada"),
                replace(a_cancellation(first), and_following=True),
            ),
            partial(move_session, rival.support, house.person("cleo"), a_move(theirs, "2027-01-20T11:00Z")),
        ]
    )

    assert len(results(outcomes)) >= 1
    assert [status for *_, status in house.bookings()] == ["canceled"] * 3
    assert (house.cells(), broken_invariants(house.stores.confidential)) == ({}, [])
