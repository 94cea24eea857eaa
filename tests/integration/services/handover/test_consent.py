"""Without the scholar's consent the successor reads nothing earlier, and with it just what one wrote in that role."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.booking import Booked
from domain.errors import NotFound
from domain.handover import Consent
from domain.people import Role
from services.handover.look import takeover_details
from services.handover.sheet import changes_for
from services.handover.standing import HandoverOff
from services.session_log.log import log_session
from services.sessions.own import session_details
from storage.confidential import booking_queries
from storage.confidential.bookings import Booking
from storage.engine import table_of
from tests.builders import leaving
from tests.builders.handovers import AFTER, BEFORE, NEXT_STEP, answered, handed_over, let_begin, logged, may_read, met
from tests.builders.people import put_person, put_recusal
from tests.builders.session_logs import a_log
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants


def of(house: House, staff: str, start: str) -> Booked:
    """The session of somebody at that time that was written last."""
    with house.stores.confidential.read() as connection:
        ids = connection.execute(select(table_of(Booking).c.id).where(table_of(Booking).c.staff_id == staff)).scalars()
        found = [booking_queries.booking_by_id(connection, id_) for id_ in ids]
    return next(each for each in found if each and f"{each.starts:%Y-%m-%dT%H:%MZ}" == start)


@pytest.mark.parametrize(
    ("said", "opens"), [(Consent.GIVEN, True), (Consent.REFUSED, False), (Consent.UNKNOWN, False), (None, False)]
)
def test_successor_reads_what_was_earlier_with_a_yes_and_from_the_day_on(
    house: House, said: Consent | None, *, opens: bool
) -> None:
    logged(house)
    handed = handed_over(house, first="2027-01-15")
    if said:
        answered(house, handed, said)

    before = may_read(house)
    let_begin(house)
    details = takeover_details(house.support, house.person("dev"), handed.to_ref)

    assert (before, may_read(house), details.may_read) == (False, opens, opens)
    assert [each.text for each in details.next_steps] == [NEXT_STEP] * opens


def test_successor_reads_nothing_of_sessions_with_the_one_before_after_the_day(house: House) -> None:
    _, after = met(house)
    handed = handed_over(house)
    answered(house, handed, Consent.GIVEN, keep=[after])
    house.clock.advance(after.ends + timedelta(minutes=1) - house.clock.now())
    log = a_log(after.staff_ref, started=AFTER, ended=f"{after.ends:%Y-%m-%dT%H:%MZ}", next_step=NEXT_STEP)
    log_session(house.support, house.person("cleo"), log)

    details = takeover_details(house.support, house.person("dev"), handed.to_ref)

    assert (details.may_read, details.next_steps) == (True, ())


def test_refused_and_unanswered_read_the_same_to_the_successor(sqlite_house: House) -> None:
    logged(sqlite_house)
    handed = handed_over(sqlite_house, first="2027-01-15")
    let_begin(sqlite_house)
    dev = sqlite_house.person("dev")

    unanswered = takeover_details(sqlite_house.support, dev, handed.to_ref)
    answered(sqlite_house, handed, Consent.REFUSED)

    assert takeover_details(sqlite_house.support, dev, handed.to_ref) == unanswered


def test_consent_can_be_taken_back_at_any_time(sqlite_house: House) -> None:
    met(sqlite_house)
    handed = handed_over(sqlite_house)
    answered(sqlite_house, handed, Consent.GIVEN)
    let_begin(sqlite_house)
    opened = may_read(sqlite_house)

    answered(sqlite_house, handed, Consent.REFUSED)

    assert (opened, may_read(sqlite_house)) == (True, False)
    assert [each.ref for each in changes_for(sqlite_house.support, sqlite_house.person("ada"))] == [handed.scholar_ref]


def test_yes_opens_what_that_one_wrote_in_that_role_to_that_successor_alone(sqlite_house: House) -> None:
    house = sqlite_house
    met(house)
    put_person(house.stores.program, "gil", Role.COACH)
    answered(house, handed_over(house), Consent.GIVEN)
    let_begin(house)

    assert may_read(house)
    assert not may_read(house, author="gil")
    assert not may_read(house, role=Role.COMMUNITY_MANAGER)
    assert [may_read(house, who) for who in ("gil", "eli", "cleo", "max", "sam")] == [False] * 5


def test_next_handover_closes_what_the_one_before_had_opened(sqlite_house: House) -> None:
    house = sqlite_house
    met(house)
    put_person(house.stores.program, "gil", Role.COACH)
    first = handed_over(house)
    answered(house, first, Consent.GIVEN)
    let_begin(house)
    met(house, "2027-01-21T10:00Z", staff="dev")
    handed_over(house, by="dev", to="gil", first="2027-01-20")
    until_then = may_read(house)
    house.clock.advance(timedelta(days=7))

    assert (until_then, may_read(house)) == (True, False)
    assert not may_read(house, "gil", "dev")
    with pytest.raises(HandoverOff):
        answered(house, first, Consent.GIVEN)
    assert broken_invariants(house.stores.confidential) == []


def test_recusal_closes_what_a_yes_had_opened(sqlite_house: House) -> None:
    house = sqlite_house
    met(house)
    handed = handed_over(house)
    answered(house, handed, Consent.GIVEN)
    let_begin(house)
    put_recusal(house.stores.program, "dev", "ada")
    leaving.touch(house.stores.program)

    assert not may_read(house)
    with pytest.raises(NotFound):
        takeover_details(house.support, house.person("dev"), handed.to_ref)


def test_successor_opens_no_earlier_session_whatever_the_scholar_says(house: House) -> None:
    logged(house)
    handed = handed_over(house, first="2027-01-15")
    dev = house.person("dev")
    before = of(house, "cleo", BEFORE)
    let_begin(house)

    for consent in Consent:
        answered(house, handed, consent)
        for ref in (before.staff_ref, before.scholar_ref):
            with pytest.raises(NotFound):
                session_details(house.support, dev, ref)
