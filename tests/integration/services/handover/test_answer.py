"""The scholar answers: what may be read of before, and which sessions go on; whatever happens, nothing is orphaned."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select

from domain.booking import AlreadyChanged, Booked
from domain.days import DateSpan
from domain.errors import DomainError
from domain.focus import FocusArea
from domain.handover import Consent
from domain.kinds import COACHING
from domain.rules import ClosedDays
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.handover.answer import CannotGoOn, answer_handover
from services.handover.sheet import handover_sheet
from services.hours.own import save_hours
from services.offers.offer import offer_times
from services.session_news.news import session_file
from services.sessions.own import session_details
from services.sessions.topic import open_topic
from storage.confidential import booking_queries
from storage.confidential.bookings import Booking
from storage.confidential.handovers import HandoverStep
from storage.engine import Store, table_of
from tests.acting.rivals import at_once, failures, results
from tests.acting.waiting_line import scarce, waits
from tests.builders.bookings import a_cancellation, a_move, a_wish
from tests.builders.handovers import AFTER, BEFORE, LATER, an_answer, answered, handed_over, let_begin, met
from tests.builders.people import put_person
from tests.builders.rules import set_rules
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House, ledger_rows, replica
from tests.looking.invariants import broken_invariants
from tests.looking.queries import queries_of

WORDS = "I cannot get the baseline to run."


def of(house: House, staff: str, start: str) -> Booked:
    """The session of somebody at that time that was written last."""
    with house.stores.confidential.read() as connection:
        ids = connection.execute(select(table_of(Booking).c.id).where(table_of(Booking).c.staff_id == staff)).scalars()
        found = [booking_queries.booking_by_id(connection, id_) for id_ in ids]
    return next(each for each in found if each and f"{each.starts:%Y-%m-%dT%H:%MZ}" == start)


def test_session_that_goes_on_is_the_successors_with_its_words_and_all_three_hear(house: House) -> None:
    _, after = met(house, areas=[FocusArea.CAREER], words=WORDS)
    handed = handed_over(house)
    before = Counter(row[:3] for row in house.messages())

    answered(house, handed, Consent.GIVEN, move=[after])

    new = of(house, "dev", AFTER)
    ada, dev = house.person("ada"), house.person("dev")
    details = session_details(house.support, dev, new.staff_ref)
    assert house.bookings() == [
        ("ada", "cleo", BEFORE, "booked"),
        ("ada", "cleo", AFTER, "canceled"),
        ("ada", "dev", AFTER, "booked"),
    ]
    assert (details.words, details.focus_areas, details.other_name) == (WORDS, (FocusArea.CAREER,), "Ada")
    assert session_details(house.support, ada, new.scholar_ref).other_name == "Dev"
    assert len({after.id, after.scholar_ref, after.staff_ref, new.id, new.scholar_ref, new.staff_ref}) == 6
    now = Counter(row[:3] for row in house.messages())
    assert sorted((now - before).elements()) == [
        ("session.booked", "ada", "v1"),
        ("session.booked", "dev", "v1"),
        ("session.canceled", "cleo", "v2"),
        ("session.file", "ada", "v2"),
        ("session.file", "cleo", "v2"),
        ("session.file", "dev", "v1"),
        ("session.reminder", "dev", "15m v1"),
        ("session.reminder", "dev", "24h v1"),
    ]
    assert sorted((before - now).elements()) == [
        ("handover.reminded", "ada", "once"),
        ("session.file", "cleo", "v1"),
        ("session.reminder", "cleo", "15m v1"),
        ("session.reminder", "cleo", "24h v1"),
    ]
    assert broken_invariants(house.stores.confidential) == []


def test_words_go_on_under_the_new_row_alone(sqlite_house: House) -> None:
    _, after = met(sqlite_house, words=WORDS)
    answered(sqlite_house, handed_over(sqlite_house), Consent.GIVEN, move=[after])
    new = of(sqlite_house, "dev", AFTER)
    old = of(sqlite_house, "cleo", AFTER)

    with sqlite_house.stores.confidential.read() as connection:
        right = open_topic(sqlite_house.support, connection, new)
        swapped = open_topic(sqlite_house.support, connection, replace(new, topic=old.topic))

    assert (right.words, swapped.words, swapped.is_unreadable) == (WORDS, "", True)


@pytest.mark.parametrize("said", [Consent.REFUSED, Consent.UNKNOWN])
def test_words_for_the_one_before_do_not_come_along_without_a_yes(house: House, said: Consent) -> None:
    _, after = met(house, areas=[FocusArea.CAREER], words=WORDS)

    answered(house, handed_over(house), said, move=[after])

    details = session_details(house.support, house.person("dev"), of(house, "dev", AFTER).staff_ref)
    assert (details.words, details.focus_areas, details.is_unreadable) == ("", (), False)


def test_hours_of_both_are_held_in_one_order_before_anything_comes_free(
    sqlite_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = sqlite_house
    asked: list[str] = []
    lock = Store.lock

    def noted(store: Store, connection: Connection, name: str) -> None:
        asked.append(name)
        lock(store, connection, name)

    monkeypatch.setattr(Store, "lock", noted)
    _, after = met(house, BEFORE, AFTER, staff="dev")
    handed = handed_over(house, by="dev", to="cleo")
    scarce(house, staff="dev", dates={AFTER[:10]: "10:00-11:00"})
    waits(house, "bo", staff="dev")
    asked.clear()

    answered(house, handed, move=[after])

    assert list(dict.fromkeys(each for each in asked if each.startswith("hours of"))) == [
        "hours of cleo",
        "hours of dev",
    ]


def test_files_take_the_old_entry_away_and_set_the_new_one_by_each_ones_reference(sqlite_house: House) -> None:
    house = sqlite_house
    _, after = met(house)
    answered(house, handed_over(house), move=[after])
    new = of(house, "dev", AFTER)

    files = {}
    for row in ledger_rows(house, "session.file"):
        content = session_file(house.support, row)
        if isinstance(content, bytes):
            text = content.decode()
            uid = next(line for line in text.splitlines() if line.startswith("UID")).removeprefix("UID:")
            files[row.person_id, uid.partition("@")[0]] = "METHOD:CANCEL" in text

    assert files[("ada", after.scholar_ref)]
    assert files[("cleo", after.staff_ref)]
    assert (files[("ada", new.scholar_ref)], files[("dev", new.staff_ref)]) == (False, False)


def test_session_that_is_left_stays_and_can_go_on_later(house: House) -> None:
    _, after = met(house)
    handed = handed_over(house)

    kept = answered(house, handed, keep=[after]).sheet
    moved = answered(house, handed, move=[after]).sheet

    assert [each.is_kept for each in kept.sessions] == [True]
    assert moved.sessions == ()
    assert ("ada", "dev", AFTER, "booked") in house.bookings()
    assert broken_invariants(house.stores.confidential) == []


def busy(house: House) -> None:
    book_session(house.support, house.person("bo"), a_wish(AFTER, staff="dev"))


def no_hours(house: House) -> None:
    save_hours(house.support, house.person("dev"), hours_in(LONDON, WEEKDAYS, {"2027-01-15": "off"}))


def closed(house: House) -> None:
    day = a_wish(AFTER).starts.date()
    span = DateSpan(first=day, last=day)
    set_rules(house.stores.program, lambda rules: replace(rules, closed=(ClosedDays(name="Retreat", days=span),)))


def full(house: House) -> None:
    book_session(house.support, house.person("bo"), a_wish("2027-01-15T14:00Z", staff="dev"))
    capped(house, per_day=1)


def capped(house: House, **limits: Any) -> None:
    set_rules(
        house.stores.program,
        lambda rules: replace(
            rules, kinds=tuple(replace(each, **limits) if each.key == COACHING else each for each in rules.kinds)
        ),
    )


@pytest.mark.parametrize("hindered", [busy, no_hours, closed, full])
def test_session_for_which_the_successor_is_not_free_is_not_offered_and_refused_at_its_field(
    sqlite_house: House, hindered: object
) -> None:
    house = sqlite_house
    _, after = met(house)
    handed = handed_over(house)
    hindered(house)  # type: ignore[operator]  # one of those above

    shown = handover_sheet(house.support, house.person("ada"), handed.scholar_ref).sessions
    with pytest.raises(CannotGoOn) as refused:
        answered(house, handed, Consent.GIVEN, move=[after])

    assert [each.is_free for each in shown] == [False]
    assert refused.value.field == "session.0"
    assert ("ada", "cleo", AFTER, "booked") in house.bookings()
    assert handover_sheet(house.support, house.person("ada"), handed.scholar_ref).consent is Consent.UNKNOWN
    assert broken_invariants(house.stores.confidential) == []


def test_rules_that_became_stricter_do_not_hold_a_session_back(sqlite_house: House) -> None:
    _, after = met(sqlite_house)
    handed = handed_over(sqlite_house)
    capped(sqlite_house, open_per_scholar=1, horizon_days=2)

    answered(sqlite_house, handed, move=[after])

    assert ("ada", "dev", AFTER, "booked") in sqlite_house.bookings()


def test_several_sessions_go_on_together_or_not_at_all(house: House) -> None:
    _, after, later = met(house, BEFORE, AFTER, LATER)
    handed = handed_over(house)
    book_session(house.support, house.person("bo"), a_wish(LATER, staff="dev"))

    with pytest.raises(CannotGoOn) as refused:
        answered(house, handed, move=[after, later])
    untouched = house.bookings()
    answered(house, handed, move=[after], keep=[later])

    assert refused.value.field == "session.1"
    assert ("ada", "cleo", AFTER, "booked") in untouched
    assert ("ada", "dev", AFTER, "booked") in house.bookings()
    assert ("ada", "cleo", LATER, "booked") in house.bookings()
    assert broken_invariants(house.stores.confidential) == []


@pytest.mark.parametrize("change", ["moved", "canceled"])
def test_session_that_was_changed_meanwhile_says_so_and_nothing_is_saved(sqlite_house: House, change: str) -> None:
    house = sqlite_house
    _, after = met(house)
    handed = handed_over(house)
    cleo = house.person("cleo")
    if change == "moved":
        move_session(house.support, cleo, a_move(after.staff_ref, LATER))
    else:
        cancel_session(house.support, cleo, a_cancellation(after.staff_ref))

    with pytest.raises(AlreadyChanged):
        answered(house, handed, Consent.GIVEN, move=[after])

    assert broken_invariants(house.stores.confidential) == []
    assert not [row for row in house.bookings() if row[1] == "dev"]


def test_sessions_before_the_day_and_those_of_others_are_not_asked_about(sqlite_house: House) -> None:
    before, after = met(sqlite_house)
    (other,) = met(sqlite_house, LATER, staff="dev")
    handed = handed_over(sqlite_house)

    shown = handover_sheet(sqlite_house.support, sqlite_house.person("ada"), handed.scholar_ref).sessions
    for booked in (before, other):
        with pytest.raises(AlreadyChanged):
            answered(sqlite_house, handed, move=[booked])

    assert [each.ref for each in shown] == [after.scholar_ref]


def test_repeated_delivery_of_the_answer_moves_once(house: House) -> None:
    _, after = met(house)
    handed = handed_over(house)
    command = an_answer(handed, Consent.GIVEN, move=[after])

    for _ in range(2):
        answer_handover(house.support, house.person("ada"), command)

    assert [row for row in house.bookings() if row[1] == "dev"] == [("ada", "dev", AFTER, "booked")]
    with house.stores.confidential.read() as connection:
        steps = connection.execute(select(table_of(HandoverStep).c.what)).scalars()
        assert sorted(steps) == ["announced", "consent_given", "moved"]


def test_session_that_goes_on_while_others_book_the_successor_is_there_once(house: House) -> None:
    _, after = met(house)
    handed = handed_over(house)
    put_person(house.stores.program, "cy")
    rival, canceler = replica(house), replica(house)

    outcomes = at_once(
        [
            lambda: answered(house, handed, move=[after]),
            lambda: book_session(rival.support, rival.person("bo"), a_wish(AFTER, staff="dev")),
            lambda: cancel_session(canceler.support, canceler.person("cleo"), a_cancellation(after.staff_ref)),
        ]
    )

    taken = [row for row in house.bookings() if row[1:] == ("dev", AFTER, "booked")]
    assert len(taken) == 1 or not results(outcomes)
    assert all(isinstance(each, DomainError) for each in failures(outcomes))
    assert broken_invariants(house.stores.confidential) == []


def test_form_begins_with_the_successor_once_the_day_has_come(sqlite_house: House) -> None:
    house = sqlite_house
    met(house)
    handed_over(house)
    ada = house.person("ada")

    before = offer_times(house.support, ada, is_first=True).staff_id
    let_begin(house)
    after = offer_times(house.support, house.person("ada"), is_first=True).staff_id
    booked = book_session(house.support, house.person("ada"), a_wish("2027-01-19T10:00Z", staff=None)).booked

    assert (before, after, booked.staff_id) == ("cleo", "dev", "dev")


def test_queries_do_not_grow_with_sessions(sqlite_house: House) -> None:
    house = sqlite_house
    met(house)
    handed = handed_over(house)
    counts = []
    for more in ((), ("2027-01-18T10:00Z",)):
        if more:
            met(house, *more)
        with queries_of(house.stores.confidential) as asked:
            handover_sheet(house.support, house.person("ada"), handed.scholar_ref)
        counts.append(len(asked))

    assert counts[0] == counts[1]
